"""Builds the folder that a clinic copies: the program with its own Python and libraries, from one command.

python packaging/build.py                         dist/nurse-app-<version>-<platform>/
python packaging/build.py --archive --deb         the same as one compressed file and as a Debian package, too
python packaging/build.py --update-key FILE       with the public key that updates are checked against
python packaging/build.py --version 0.2.0         another version, for trying updates
python packaging/build.py --windows               the Windows folder, zip, installer and MSI, made on Linux
python packaging/build.py --twin                  a bare window with the same libraries, to measure against
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deb import Package, make_deb
from file_list import write_list

PACKAGING = Path(__file__).resolve().parent
PROJECT = PACKAGING.parent
BUILD = PROJECT / "build"
LOCK = PROJECT / "requirements-build.lock"
VERSION_LINE = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
MADE_LINE = re.compile(r'^__made__ = "(.+)"$', re.MULTILINE)
UPDATE_KEY = Path("resources", "update", "release_key.pub")
STARTER = {"linux": PACKAGING / "linux" / "starter.sh"}
TWIN = PACKAGING / "benchmarks" / "twin_window.py"
# What PyInstaller needs of a build machine beside Python.
TOOLS = ("objdump", "ldd")


@dataclass(frozen=True, slots=True)
class Source:
    """The staged tree: what was copied, from which state. ``made_at``: seconds since 1970 of that state."""

    tree: Path
    version: str
    identity: str
    made_at: int


def platform_name() -> str:
    """The platform as file names and updates say it."""
    return f"{sys.platform}-{platform.machine()}".lower()


def stage(version: str, update_key: Path | None) -> Source:
    """Copy the program's source as it is now, stamped with where it is from. Files git does not know stay out."""
    tree = BUILD / "staged"
    shutil.rmtree(tree, ignore_errors=True)
    for name in ("nurse_app", "resources", "LICENSE"):
        for file in _tracked(name):
            target = tree / file.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    identity, made_at = _state()
    own = tree / "nurse_app" / "__init__.py"
    text = own.read_text(encoding="utf-8")
    if version:
        text = VERSION_LINE.sub(f'__version__ = "{version}"', text)
    # No right clock is before the sources were as they are.
    text = MADE_LINE.sub(f'__made__ = "{datetime.fromtimestamp(made_at, UTC):%Y-%m-%d}"', text)
    own.write_text(text, encoding="utf-8")
    found = VERSION_LINE.search(text)
    if found is None:
        sys.exit(f"{own} names no version.")
    if update_key is not None:
        (tree / UPDATE_KEY).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(update_key, tree / UPDATE_KEY)
    (tree / "resources" / "build.txt").write_text(f"{identity}, {platform_name()}\n", encoding="utf-8")
    return Source(tree, found[1], identity, made_at)


def _tracked(name: str) -> list[Path]:
    """The files below a name that git knows; without git all but what Python leaves behind."""
    listed = _git("ls-files", "-z", "--", name)
    if listed is not None:
        return [PROJECT / file for file in listed.split("\0") if file]
    top = PROJECT / name
    files = [top] if top.is_file() else sorted(file for file in top.rglob("*") if file.is_file())
    return [file for file in files if "__pycache__" not in file.parts]


def _state() -> tuple[str, int]:
    """The commit and its time; in a copy without git a digest of the sources and the time of the newest file."""
    commit = _git("rev-parse", "--short=12", "HEAD")
    if commit is not None:
        changed = "" if not (_git("status", "--porcelain", "--untracked-files=no") or "").strip() else " with changes"
        return f"commit {commit.strip()}{changed}", int(_git("log", "-1", "--format=%ct") or "0")
    files = [file for name in ("nurse_app", "resources") for file in _tracked(name)]
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(PROJECT).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return f"sources {digest.hexdigest()[:12]}", int(max(file.stat().st_mtime for file in files))


def _git(*words: str) -> str | None:
    if not (PROJECT / ".git").exists() or shutil.which("git") is None:
        return None
    done = subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


def build_environment() -> Path:
    """A Python of its own with the locked libraries and PyInstaller, each checked against its digest."""
    stamp_text = f"{hashlib.sha256(LOCK.read_bytes()).hexdigest()} {sys.version}"
    folder = BUILD / "environment"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = folder / "stamp.txt"
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == stamp_text):
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(folder))
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")
        _run(*pip, "--only-binary", ":all:", "--require-hashes", "--requirement", str(LOCK))
        stamp.write_text(stamp_text, encoding="utf-8")
    return python


def freeze(python: Path, source: Source, name: str, twin: Path | None = None) -> Path:
    """Let PyInstaller make the program's folder. ``twin``: a script to make one of instead, with the same libraries."""
    place = BUILD / name
    shutil.rmtree(place, ignore_errors=True)
    environment = os.environ | {
        "NURSE_APP_SOURCE": str(source.tree),
        "NURSE_APP_TWIN": str(twin or ""),
        # The same sources and libraries give the same folder.
        "SOURCE_DATE_EPOCH": str(source.made_at),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    folders = ("--distpath", str(place), "--workpath", str(place / "work"))
    words = ("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", *folders)
    _run(str(python), *words, str(PACKAGING / "nurse_app.spec"), environment=environment)
    return place / "nurse-app"


def list_parts(python: Path, program: Path, source: Source) -> None:
    """Put the list of all parts and their licences into the folder; a file without an owner ends the build."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(source.made_at), "PYTHONDONTWRITEBYTECODE": "1"}
    made = (str(PACKAGING / "sbom.py"), str(program), "--version", source.version)
    _run(str(python), *made, environment=environment)


def assemble(program: Path, source: Source, output: Path) -> Path:
    """Put the starter, the program and what to read first into the clinic folder."""
    folder = output / f"nurse-app-{source.version}-{platform_name()}"
    shutil.rmtree(folder, ignore_errors=True)
    versions = folder / "versions"
    versions.mkdir(parents=True)
    shutil.copytree(program, versions / source.version, symlinks=True)
    # Last, when everything else is in its place: the self-test goes by it.
    write_list(versions / source.version / "_internal" / "resources")
    starter = folder / "nurse-app"
    shutil.copyfile(STARTER[sys.platform], starter)
    starter.chmod(0o755)
    (folder / "current").write_text(f"{source.version}\n", encoding="ascii")
    shutil.copyfile(source.tree / "LICENSE", folder / "LICENSE")
    shutil.copyfile(PACKAGING / "linux" / "START HERE.txt", folder / "START HERE.txt")
    return folder


def archive(folder: Path, source: Source) -> Path:
    """The clinic folder as one compressed file, the same for the same folder."""
    file = folder.with_name(f"{folder.name}.tar.xz")

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = source.made_at
        return member

    with tarfile.open(file, "w:xz", preset=6) as packed:
        for path in (folder, *sorted(folder.rglob("*"))):
            packed.add(path, str(Path(folder.name) / path.relative_to(folder)), recursive=False, filter=plain)
    return file


def size_of(folder: Path) -> float:
    """What the files of a folder take, in millions of bytes; a link to one of them counts nothing."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6


def _run(*command: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"This failed: {' '.join(command)}")


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, default=PROJECT / "dist", help="where the folder goes")
    parser.add_argument("--version", default="", help="build as this version instead")
    parser.add_argument("--update-key", type=Path, help="the public key of updates; without one none is accepted")
    parser.add_argument("--windows", action="store_true", help="instead what a clinic with Windows gets")
    parser.add_argument("--archive", action="store_true", help="also as one compressed file")
    parser.add_argument("--deb", action="store_true", help="also as a Debian package")
    parser.add_argument("--twin", action="store_true", help="only the bare window that bench.py compares with")
    return parser.parse_args(words)


def build_for_windows(arguments: argparse.Namespace) -> int:
    """Have windows/build_windows.py make folder, zip, installer and MSI; its exit code."""
    words = ["--output", str(arguments.output), "--version", arguments.version]
    words += ["--update-key", str(arguments.update_key)] if arguments.update_key else []
    command = [sys.executable, str(PACKAGING / "windows" / "build_windows.py"), *words]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode


def main(words: list[str]) -> int:
    """Build what is asked for and say where it is."""
    arguments = _arguments(words)
    if arguments.windows:
        return build_for_windows(arguments)
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        print(f"Building needs {' and '.join(missing)} (Debian: binutils, libc-bin).", file=sys.stderr)
        return 1
    source = stage(arguments.version, arguments.update_key)
    if arguments.twin:
        bare = arguments.output.resolve() / f"twin-{platform_name()}"
        shutil.rmtree(bare, ignore_errors=True)
        shutil.copytree(freeze(build_environment(), source, "twin", TWIN), bare, symlinks=True)
        print(f"{bare}  {size_of(bare):.0f} MB")
        return 0
    python = build_environment()
    program = freeze(python, source, "program")
    list_parts(python, program, source)
    folder = assemble(program, source, arguments.output.resolve())
    print(f"{folder}  {size_of(folder):.0f} MB, {source.identity}")
    if arguments.deb:
        about = Package(source.version, platform.machine(), source.identity, source.made_at)
        icon = source.tree / "resources" / "app" / "icon.svg"
        file = make_deb(folder / "versions" / source.version, icon, source.tree / "LICENSE", about, folder.parent)
        print(f"{file}  {file.stat().st_size / 1e6:.0f} MB")
    if arguments.archive:
        file = archive(folder, source)
        print(f"{file}  {file.stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
