"""Where every file of the built folder comes from: byte by byte the file of a locked library, of Python, of the
machine's Debian packages, or the program's own. What nobody can account for is named, and fails the build.
"""

import fnmatch
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

PACKAGING = Path(__file__).resolve().parent
LOCK = PACKAGING.parent / "requirements.lock"
KNOWN_PARTS = PACKAGING / "known_parts.toml"
OWN, PYTHON, PYINSTALLER = "nurse-app", "python", "pyinstaller"
# The executables; Windows has one for the window and one for commands.
PROGRAMS = (OWN, f"{OWN}-window")
# Where the program's own files lie. Two lists are not in the list: itself, and the one of all resources with digests,
# which is made last and holds the digest of this one (packaging/file_list.py).
INNER = "_internal"
RESOURCES = PurePosixPath(INNER, "resources")
LIST_FILE = RESOURCES / "sbom.cdx.json"
NOT_LISTED = {LIST_FILE, RESOURCES / "files.sha256"}
BASE_LIBRARY = PurePosixPath(INNER, "base_library.zip")
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ \\;]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Modules that PyInstaller puts into its archive.
_PYINSTALLER_MODULES = ("pyimod", "pyiboot", "pyi_rth", "_pyi_rth_utils", "pyi_splash", "struct")


class UnaccountedError(Exception):
    """Something in the folder that nobody can account for. Text is for the builder: a line each."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A library as the lock file names it, with the digests of its wheels."""

    name: str
    version: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from: a distribution's key, OWN, PYTHON, or "debian:<package>", and its path there."""

    source: str
    path: str


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of the folder: path in it, SHA-256, the id of the part it belongs to, and where it comes from."""

    path: str
    sha256: str
    part: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the folder was built from.

    ``libraries``: the site-packages folder; ``python_folders``: where the files of Python ``python_version`` may lie;
    ``machine`` says where a shared library of this machine lies, by its name, and ``owner`` which Debian package a file
    is of.
    """

    libraries: Path
    python_folders: tuple[Path, ...]
    machine: Callable[[str], Iterable[Path]]
    owner: Callable[[Path], str]
    python_version: str = platform.python_version()


def sha256_of(file: Path) -> str:
    """A file's digest in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def normal(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(text: str) -> dict[str, Locked]:
    """Every library of a lock file by its normal name."""
    found: dict[str, Locked] = {}
    name, version, hashes = "", "", list[str]()
    for line in [*text.splitlines(), "end==0"]:
        begins = _LOCKED.match(line)
        if begins is not None:
            if name:
                found[name] = Locked(name, version, tuple(hashes))
            name, version, hashes = normal(begins[1]), begins[2], []
        hashes += _HASH.findall(line)
    return found


def known_parts() -> dict[str, Any]:
    """The table of parts that describe themselves nowhere."""
    return tomllib.loads(KNOWN_PARTS.read_text(encoding="utf-8"))


def installed(libraries: Path, lock: Mapping[str, Locked]) -> dict[str, Distribution]:
    """The locked libraries that are installed. Raises UnaccountedError when one has another version than the lock."""
    found: dict[str, Distribution] = {}
    for distribution in distributions(path=[str(libraries)]):
        name = normal(distribution.metadata["Name"])
        if name in lock and distribution.version != lock[name].version:
            message = f"{name} {distribution.version} is installed; the lock file says {lock[name].version}"
            raise UnaccountedError(message)
        if name in lock or name == PYINSTALLER:
            found[name] = distribution
    return found


# --- this machine ---


def this_machine(libraries: Path, python_folders: Iterable[Path] = (), python_version: str = "") -> Surroundings:
    """What a build with this Python was made from; ``python_folders`` of another Python instead, such as Windows’."""
    places: dict[str, list[Path]] = {}
    for line in _linker_cache():
        places.setdefault(line.split(" ", 1)[0], []).append(Path(line.rsplit(" => ", 1)[-1]))
    own = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_config_var("LIBDIR") or sys.base_prefix))
    version = python_version or platform.python_version()
    folders = tuple(python_folders) or own
    return Surroundings(libraries, folders, lambda name: places.get(name, ()), debian_package, version)


def _linker_cache() -> list[str]:
    """The lines of the linker's table: name (kinds) => path."""
    tool = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin")
    if tool is None:
        return []
    told = subprocess.run([tool, "-p"], capture_output=True, text=True, check=True).stdout
    return [line.strip() for line in told.splitlines() if " => " in line]


@cache
def debian_package(file: Path) -> str:
    """The Debian package a file belongs to; empty when there is none."""
    if shutil.which("dpkg") is None:
        return ""
    real = file.resolve()
    # Packages know the paths from before / and /usr were joined.
    before = Path("/", *real.parts[2:]) if real.parts[1] == "usr" else real
    paths = [str(path) for path in dict.fromkeys((file, real, before))]
    told = subprocess.run(["dpkg", "-S", *paths], capture_output=True, text=True, check=False).stdout
    return told.split(":", 1)[0] if told else ""


# --- the account ---


class Account:
    """Finds the origin and the part of every file of one built folder."""

    def __init__(self, folder: Path, around: Surroundings, lock: Mapping[str, Locked]) -> None:
        self._folder = folder
        self._around = around
        self._rules = known_parts()["part"]
        self.distributions = installed(around.libraries, lock)
        # In one case: Windows sees none, and libraries there come under both.
        self._names = {file.name.lower() for file in folder.rglob("*")}
        self._origins: dict[str, list[Origin]] = {}
        for origin, file in self._candidates():
            self._origins.setdefault(sha256_of(file), []).append(origin)

    def files(self) -> list[BuiltFile]:
        """Every file but the lists, in the order of their paths. Raises UnaccountedError, naming all."""
        found, missing = [], []
        for path in sorted(self._folder.rglob("*")):
            place = PurePosixPath(path.relative_to(self._folder).as_posix())
            if path.is_symlink():
                # A second name of a file that is here as well.
                if not path.resolve().is_relative_to(self._folder.resolve()) or not path.exists():
                    missing.append(f"{place}: a link that leads out of the folder or nowhere")
            elif path.is_file() and place not in NOT_LISTED:
                digest = sha256_of(path)
                origin = self._origin(path, place, digest)
                if origin is None:
                    missing.append(f"{place}: is of no locked library, nor of Python, nor of a Debian package here")
                else:
                    found.append(BuiltFile(str(place), digest, self.part_of(origin), origin))
        if missing:
            raise UnaccountedError("\n".join(missing))
        return found

    def part_of(self, origin: Origin) -> str:
        """The id of the part a file belongs to."""
        for rule in self._rules:
            if rule["from"] in ("*", origin.source) and any(fnmatch.fnmatchcase(origin.path, m) for m in rule["match"]):
                return str(rule["id"])
        return origin.source

    def _candidates(self) -> Iterator[tuple[Origin, Path]]:
        """Files that may be in the folder, by their names; the locked libraries first."""
        for name, distribution in self.distributions.items():
            for listed in distribution.files or ():
                file = Path(str(distribution.locate_file(listed)))
                if listed.name.lower() in self._names and file.is_file():
                    yield Origin(name, listed.as_posix()), file
        for folder in self._around.python_folders:
            for file in _named_in(folder, self._names):
                yield Origin(PYTHON, file.relative_to(folder).as_posix()), file
        for name in sorted({file.name for file in self._folder.rglob("*")}):
            for file in self._around.machine(name):
                package = self._around.owner(file) if file.is_file() else ""
                if package:
                    yield Origin(f"debian:{package}", str(file)), file

    def _origin(self, path: Path, place: PurePosixPath, digest: str) -> Origin | None:
        if place.is_relative_to(RESOURCES):
            return Origin(OWN, str(place.relative_to(INNER)))
        if place == BASE_LIBRARY:
            return Origin(PYTHON, place.name) if not strangers(_zipped_modules(path), {}) else None
        if len(place.parts) == 1 and place.stem in PROGRAMS:
            return Origin(OWN, str(place))
        same = self._origins.get(digest, [])
        inside = str(place.relative_to(INNER)) if place.is_relative_to(INNER) else str(place)
        alike = (origin for origin in same if origin.path.lower() == inside.lower())
        return next(alike, same[0] if same else None)


def _named_in(folder: Path, names: set[str]) -> Iterator[Path]:
    """The files below a folder of Python’s that have one of the names, without what was installed there."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - {"site-packages", "test", "__pycache__"})
        yield from (Path(place, name) for name in sorted(files) if name.lower() in names)


def _zipped_modules(file: Path) -> list[str]:
    with ZipFile(file) as archive:
        return [name.removesuffix(".pyc").replace("/", ".") for name in archive.namelist()]


def strangers(modules: Iterable[str], owners: Mapping[str, str]) -> list[str]:
    """Modules that are neither of the standard library, nor ours, nor PyInstaller's, nor of an owner by package."""
    return [module for module in modules if not owner_of(module, owners)]


def owner_of(module: str, owners: Mapping[str, str]) -> str:
    """Whose a module is; empty when nobody’s. ``owners``: top package to distribution."""
    top = module.split(".", 1)[0]
    if top in {"nurse_app", "__main__"}:
        return OWN
    if top.startswith(_PYINSTALLER_MODULES) and top not in sys.stdlib_module_names:
        return PYINSTALLER
    if top in sys.stdlib_module_names or top.startswith(("_sysconfigdata", "__pyinstaller")):
        return PYTHON
    return owners.get(top, "")


def top_packages(libraries: Mapping[str, Distribution]) -> dict[str, str]:
    """The top package or module to the distribution it is of."""
    found: dict[str, str] = {}
    for name, distribution in libraries.items():
        for listed in distribution.files or ():
            top = listed.parts[0]
            if top.endswith((".dist-info", ".data", "..")) or listed.suffix not in (".py", ".so", ".pyd", ".pyi"):
                continue
            found.setdefault(top.split(".", 1)[0], name)
    return found
