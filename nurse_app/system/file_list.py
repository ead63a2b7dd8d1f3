"""The list of the files that the program is delivered with, each with its SHA-256, and what differs from it.

The list is a file of the form that ``sha256sum -c`` reads, beside the files themselves. It finds a file that somebody
edited or lost; who wants to deceive can edit the list too, and therefore every report of a self-test names the digest
of the list, to be compared with the release's. What a site adds is told apart from what it changed.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from nurse_app.visit.self_test import FilesFound

LIST_FILE = "files.sha256"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\0\\]+)")
# A site puts its approval there itself; it is bound to the protocol's content (protocol_files/approval.py).
_OF_THE_SITE = re.compile(r"protocols/[^/]+/[^/]+/approval\.toml")
_CHUNK_BYTES = 1 << 20


class NoListError(Exception):
    """There is no list to go by. Text says why, without a path."""


def list_text(resources: Path) -> str:
    """The list of everything in a folder, by name. Raises OSError."""
    return "".join(f"{_digest(resources / name)}  {name}\n" for name in sorted(_names(resources)))


def compare_with_list(resources: Path) -> FilesFound:
    """What differs from the list in the folder. Raises OSError only for a folder that cannot be listed."""
    try:
        content = (resources / LIST_FILE).read_bytes()
        wanted = _read(content)
    except FileNotFoundError:
        return FilesFound(problem="it is missing")
    except OSError as error:
        return FilesFound(problem=f"it cannot be read ({error.strerror})")
    except NoListError as error:
        return FilesFound(problem=str(error))
    there = frozenset(_names(resources))
    changed: list[str] = []
    unreadable: list[str] = []
    for name in sorted(there & wanted.keys()):
        try:
            if _digest(resources / name) != wanted[name]:
                changed.append(name)
        except OSError:
            unreadable.append(name)
    return FilesFound(
        listed=tuple(wanted),
        missing=tuple(sorted(wanted.keys() - there)),
        changed=tuple(changed),
        unreadable=tuple(unreadable),
        added=tuple(sorted(name for name in there - wanted.keys() if not _OF_THE_SITE.fullmatch(name))),
        list_digest=hashlib.sha256(content).hexdigest(),
    )


def _read(content: bytes) -> dict[str, str]:
    """The digest of each name. Raises NoListError."""
    try:
        lines = content.decode().splitlines()
    except UnicodeDecodeError:
        raise NoListError("it is not UTF-8 text") from None
    wanted: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        found = _LINE.fullmatch(line)
        if found is None or found[2] in wanted:
            raise NoListError(f"line {number} does not have its form")
        wanted[found[2]] = found[1]
    if not wanted:
        raise NoListError("it is empty")
    return wanted


def _names(resources: Path) -> Iterator[str]:
    """Every file but the list, by its path with slashes; what a system hides in folders by itself is left out."""
    for path in resources.rglob("*"):
        name = path.relative_to(resources).as_posix()
        if path.is_file() and name != LIST_FILE and path.name not in (".DS_Store", "Thumbs.db", "desktop.ini"):
            yield name


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK_BYTES):
            digest.update(piece)
    return digest.hexdigest()
