"""What the machine of the ward must have for the built folder: shared libraries that are not in it, and whose they are.

python packaging/linux_needs.py FOLDER             a line each: library, Debian package, the first files that ask for it
python packaging/linux_needs.py --depends FOLDER   the Depends line of a Debian package: newer names behind a bar
Asks readelf (binutils) what each file of the folder needs, and dpkg which package has it here.
"""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from built_files import UnaccountedError, this_machine

_NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[(.+)\]")
_VERSION = re.compile(r"\bName: (GLIBC|GLIBCXX|CXXABI|GCC)_(\d+(?:\.\d+)*)")
_ELF = b"\x7fELF"
# Only asked for by a plugin that is left out when it is not there: without it there is no printer, only PDF files.
OPTIONAL = {"libcups.so.2"}
# The same library under the name that it has had since Debian 13.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64", "libcups2": "libcups2t64"}
# Named by what Debian's own tools would name: the C library with the version that is asked for.
C_LIBRARY = "libc6"


def elf_files(folder: Path) -> list[Path]:
    """The programs and libraries in the folder, without second names."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink())
    return [file for file in files if _begins(file) == _ELF]


def _begins(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(len(_ELF))


def read_elf(file: Path) -> tuple[set[str], dict[str, tuple[int, ...]]]:
    """The libraries a file asks for, and the newest version of each set of symbols (GLIBC and so on)."""
    told = subprocess.run(["readelf", "-dVW", str(file)], capture_output=True, text=True, check=True).stdout
    newest: dict[str, tuple[int, ...]] = {}
    for kind, version in _VERSION.findall(told):
        newest[kind] = max(newest.get(kind, ()), tuple(map(int, version.split("."))))
    return set(_NEEDED.findall(told)), newest


def needs(folder: Path) -> tuple[dict[str, list[str]], dict[str, tuple[int, ...]]]:
    """Each library that is asked for and not in the folder, with who asks; and the newest sets of symbols."""
    there = {path.name for path in folder.rglob("*")}
    asked: dict[str, list[str]] = {}
    newest: dict[str, tuple[int, ...]] = {}
    for file in elf_files(folder):
        wanted, versions = read_elf(file)
        for name in sorted(wanted - there):
            asked.setdefault(name, []).append(file.name)
        for kind, version in versions.items():
            newest[kind] = max(newest.get(kind, ()), version)
    return asked, newest


def packages_of(libraries: Iterable[str]) -> dict[str, str]:
    """The Debian package of each library on this machine. Raises UnaccountedError for one that is nobody's here."""
    around = this_machine(Path())
    found: dict[str, str] = {}
    for library in libraries:
        owners = [around.owner(path) for path in around.machine(library)]
        owner = next((name for name in owners if name), "")
        if not owner:
            message = f"{library} is of no Debian package of this machine"
            raise UnaccountedError(message)
        found[library] = owner
    return found


def depends_line(packages: Mapping[str, str], newest: Mapping[str, tuple[int, ...]]) -> str:
    """What a Debian package says of them: the C library at least as new as asked for, each other by its names."""
    glibc = ".".join(map(str, newest.get("GLIBC", (0,))))
    others = sorted(set(packages.values()) - {C_LIBRARY})
    named = [f"{RENAMED[name]} | {name}" if name in RENAMED else name for name in others]
    return ", ".join([f"{C_LIBRARY} (>= {glibc})", *named])


def main(words: list[str]) -> int:
    """Print what is needed. 1 when something is nobody's."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of one version")
    parser.add_argument("--depends", action="store_true", help="as the line of a Debian package")
    arguments = parser.parse_args(words)
    if shutil.which("readelf") is None:
        print("This needs readelf (Debian: binutils).", file=sys.stderr)
        return 1
    asked, newest = needs(arguments.folder)
    try:
        packages = packages_of(asked)
    except UnaccountedError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments.depends:
        print(depends_line({name: packages[name] for name in packages if name not in OPTIONAL}, newest))
        return 0
    for library, files in sorted(asked.items()):
        more = f" and {len(files) - 3} more" if len(files) > 3 else ""
        more += " (only to print)" if library in OPTIONAL else ""
        print(f"{library:<28}{packages[library]:<18}{', '.join(files[:3])}{more}")
    print("Symbols up to: " + ", ".join(f"{kind} {'.'.join(map(str, each))}" for kind, each in sorted(newest.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
