"""A small built folder with everything it was made from: two libraries, Python, a Debian package, our own files."""

import base64
import hashlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.packaging.scripts import script

built_files = script("built_files")

LOCK_TEXT = """\
small==1.0 \\
    --hash=sha256:{} \\
    --hash=sha256:{}
PySide6_Essentials==6.11.3 ; sys_platform != 'none' \\
    --hash=sha256:{}
""".format("a" * 64, "b" * 64, "c" * 64)
LGPL = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"


def write(file: Path, content: str | bytes = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return file


def install(libraries: Path, name: str, version: str, files: dict[str, bytes], meta: str = "") -> None:
    """A distribution as an installer leaves it."""
    info = f"{name}-{version}.dist-info"
    given = files | {f"{info}/METADATA": f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{meta}\n".encode()}
    lines = [f"{info}/RECORD,,"]
    for place, content in given.items():
        write(libraries / place, content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{place},sha256={digest},{len(content)}")
    write(libraries / info / "RECORD", "\n".join(lines) + "\n")


class Built:
    """The folder at ``program``, and ``around`` it what it was made from."""

    def __init__(self, place: Path) -> None:
        self.libraries, self.python, self.machine = place / "site-packages", place / "python", place / "machine"
        small = {
            "small/__init__.py": b"x = 1\n",
            "small/data.bin": b"data",
            "small-1.0.dist-info/licenses/LICENSE": b"S",
        }
        install(self.libraries, "small", "1.0", small, "License-Expression: MIT\nLicense-File: LICENSE")
        qt = {"PySide6/QtCore.abi3.so": b"binding", "PySide6/Qt/lib/libQt6Core.so.6": b"qt", "PySide6/__init__.py": b""}
        install(self.libraries, "PySide6_Essentials", "6.11.3", qt, f"License: {LGPL}")
        install(self.libraries, "pyinstaller", "6.22.3", {"pyinstaller-6.22.3.dist-info/COPYING.txt": b"GPL with"})
        write(self.python / "LICENSE.txt", "PSF")
        write(self.python / "lib-dynload" / "zlib.so", b"zlib module")
        write(self.machine / "libz.so.1", b"zlib library")
        self.program = place / "built"
        inner = self.program / "_internal"
        write(self.program / "nurse-app", b"program")
        for name, content in small.items():
            write(inner / name, content)
        write(inner / "PySide6" / "QtCore.abi3.so", b"binding")
        write(inner / "PySide6" / "Qt" / "lib" / "libQt6Core.so.6", b"qt")
        (inner / "libQt6Core.so.6").symlink_to("PySide6/Qt/lib/libQt6Core.so.6")
        write(inner / "python3.11" / "lib-dynload" / "zlib.so", b"zlib module")
        write(inner / "libz.so.1", b"zlib library")
        write(inner / "resources" / "build.txt", "commit 12\n")
        write(inner / "resources" / "fonts" / "DejaVuSans.ttf", b"font")
        write(inner / "resources" / "fonts" / "LICENSE-DejaVu.txt", "fonts")
        self.library(["os.pyc", "encodings/__init__.pyc"])

    def library(self, names: list[str]) -> None:
        with ZipFile(self.program / "_internal" / "base_library.zip", "w") as archive:
            for name in names:
                archive.writestr(name, b"")

    def around(self, package: str = "zlib1g") -> Any:
        def places(name: str) -> list[Path]:
            return [self.machine / name] if (self.machine / name).is_file() else []

        return built_files.Surroundings(self.libraries, (self.python,), places, lambda _file: package)

    def lock(self) -> Any:
        return built_files.read_lock(LOCK_TEXT)

    def account(self, package: str = "zlib1g") -> Any:
        return built_files.Account(self.program, self.around(package), self.lock())
