"""A Python for Windows, put together on Linux from the package registry alone, in which PyInstaller runs under Wine.

- python311.dll, its extension modules and Microsoft's run-time library: those that python.org publishes, taken from the
  wheel of panda3d, which carries them along. The wheel is pinned by digest (windows-python.lock).
- python3.dll, which that wheel lacks: made here; it holds no code, every name in it forwards to python311.dll.
- the standard library's Python files: those of the Python that runs this, of the same minor version.
- python.exe for building: made here. What is shipped has PyInstaller's own executables instead.
- libraries and PyInstaller: the wheels for Windows that the project's lock file names, each checked by its digest.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

import wine as w

VERSION = (3, 11)
# Of python311.dll in the pinned wheel.
FULL_VERSION = "3.11.9"
RUNTIME_LOCK = w.HERE / "windows-python.lock"
RUNTIME_FOLDER = "deploy_libs/"
RUNTIME_LIBRARIES = {"python311.dll", "VCRUNTIME140.dll", "libffi-8.dll", "libcrypto-3.dll"}
# Of the network, of Tk and of databases: nothing in the program asks for them.
LEFT_OUT = {"_ssl.pyd", "_tkinter.pyd", "_sqlite3.pyd", "_msi.pyd"}
LEFT_OUT_FOLDERS = {"site-packages", "test", "tests", "idlelib", "lib2to3", "ensurepip", "tkinter", "turtledemo"}
OTHER_PLATFORM = re.compile(r"""^[^ \n]+ ; sys_platform == ['"](?!win32)\w+['"].*\n(?:    .*\n)*""", re.MULTILINE)
WINDOWS_ONLY = re.compile(r""" ; sys_platform == ['"]win32['"]""")


def for_windows(lock: str) -> str:
    """A lock file's text as Windows would read it: pip judges “sys_platform” by where it runs, not by --platform."""
    return WINDOWS_ONLY.sub("", OTHER_PLATFORM.sub("", lock if lock.endswith("\n") else f"{lock}\n"))


def windows_python(place: Path, lock: Path) -> Path:
    """The Windows Python in a folder, made anew when a lock file or this Python changed. Its python.exe.

    Raises CalledProcessError when a tool or the registry fails, or a digest differs.
    """
    if sys.version_info[:2] != VERSION:
        sys.exit(f"The Windows Python is a {'.'.join(map(str, VERSION))}; build with the same, this is {sys.version}.")
    folder = place / "python"
    python = folder / "python.exe"
    stamp = folder / "stamp.txt"
    wanted = f"{hashlib.sha256(lock.read_bytes() + RUNTIME_LOCK.read_bytes() + own_source()).hexdigest()} {sys.version}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    [runtime] = _wheels(RUNTIME_LOCK.read_text(encoding="utf-8"), place / "wheels-python")
    _unpack_runtime(runtime, folder)
    _copy_standard_library(folder / "Lib")
    w.compile_c(w.HERE / "python.c", python, "-municode", str(folder / "python311.dll"))
    make_forwarding(folder / "python311.dll", folder / "python3.dll", place)
    for wheel in _wheels(for_windows(lock.read_text(encoding="utf-8")), place / "wheels"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / "Lib" / "site-packages")
    stamp.write_text(wanted, encoding="utf-8")
    return python


def own_source() -> bytes:
    """What the result depends on beside the lock files."""
    return Path(__file__).read_bytes() + (w.HERE / "python.c").read_bytes()


def _wheels(lock: str, place: Path) -> Sequence[Path]:
    """Fetch the wheels for Windows that a lock file names; pip refuses one whose digest differs."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    listed = place / "for-windows.lock"
    listed.write_text(lock, encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "download", "-qqq", "--disable-pip-version-check", "--no-input")
    target = ("--platform", "win_amd64", "--python-version", ".".join(map(str, VERSION)), "--only-binary", ":all:")
    words = (*pip, *target, "--no-deps", "--require-hashes", "--requirement", str(listed), "--dest", str(place))
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return sorted(place.glob("*.whl"))


def _unpack_runtime(wheel: Path, folder: Path) -> None:
    (folder / "DLLs").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            name = member.filename.removeprefix(RUNTIME_FOLDER)
            if name == member.filename or "/" in name or name in LEFT_OUT:
                continue
            if name in RUNTIME_LIBRARIES:
                (folder / name).write_bytes(archive.read(member))
            elif name.endswith(".pyd"):
                (folder / "DLLs" / name).write_bytes(archive.read(member))
    missing = [name for name in RUNTIME_LIBRARIES if not (folder / name).is_file()]
    if missing:
        sys.exit(f"{wheel.name} lacks {', '.join(missing)}.")


def _copy_standard_library(target: Path) -> None:
    source = Path(sysconfig.get_path("stdlib"))

    def unwanted(folder: str, names: list[str]) -> set[str]:
        return {
            name
            for name in names
            if name in LEFT_OUT_FOLDERS
            or name.startswith("_sysconfigdata")
            or (not name.endswith(".py") and (Path(folder) / name).is_file())
        } | {name for name in names if name in ("__pycache__", "lib-dynload") or name.startswith("config-")}

    shutil.copytree(source, target, ignore=unwanted)


def make_forwarding(library: Path, target: Path, place: Path) -> None:
    """The library of Python's stable interface: names without code, each the same name of ``library``."""
    definition, nothing = place / "python3.def", place / "nothing.c"
    names = sorted(name for name in w.exports(library) if name.isidentifier())
    definition.write_text(
        "\n".join([f'LIBRARY "{target.name}"', "EXPORTS", *(f"{name}={library.stem}.{name}" for name in names), ""]),
        encoding="ascii",
    )
    nothing.write_text("", encoding="ascii")
    w.compile_c(nothing, target, "-shared", "-nostdlib", "-Wl,-e,0", str(definition))
