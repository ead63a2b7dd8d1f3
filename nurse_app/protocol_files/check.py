"""``python -m nurse_app.protocol_files.check FOLDER``: one line for each installed protocol, version and language."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.protocol_files.digest import digest
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.protocol_files.loader import load_protocol
from nurse_app.protocol_files.toml_file import read_toml

_USAGE = "Name one folder: python -m nurse_app.protocol_files.check resources/protocols"
_TEXTS = "text.*.toml"


def check_all(folder: Path) -> Iterator[tuple[bool, str]]:
    """For each protocol, version and language whether it is sound, and a line about it. Raises ProtocolError."""
    catalog = ProtocolCatalog(folder, "en")
    for protocol_id in catalog.ids():
        for version in catalog.versions(protocol_id):
            yield from _check_version(folder / protocol_id / version, f"{protocol_id} {version}")


def _check_version(folder: Path, name: str) -> Iterator[tuple[bool, str]]:
    languages = sorted(path.name.split(".")[1] for path in folder.glob(_TEXTS)) or ["en"]
    for language in languages:
        try:
            yield True, _sound(folder, name, language)
        except ProtocolError as error:
            yield False, f"{name} {language}: {error}"


def _sound(folder: Path, name: str, language: str) -> str:
    protocol = load_protocol(folder, language)
    read_toml(folder / "cases.toml")
    _check_sources_page(folder / "SOURCES.md", protocol.sources)
    return f"{name} {language}: sound, {protocol.status}, {len(protocol.texts)} texts, digest {digest(protocol)}"


def _check_sources_page(path: Path, sources: Iterable[str]) -> None:
    try:
        page = path.read_text("utf-8")
    except OSError as error:
        raise ProtocolError(path, "", f"cannot be read: {error.strerror}") from error
    for source in sources:
        if f"`{source}`" not in page:
            raise ProtocolError(path, "", f"does not mention the source `{source}`")


def main(arguments: Sequence[str], out: TextIO, problems: TextIO) -> int:
    """0 when every protocol is sound, 1 when one is not, 2 when there is nothing to check."""
    if len(arguments) != 1:
        problems.write(f"{_USAGE}\n")
        return 2
    folder = Path(arguments[0])
    try:
        results = list(check_all(folder))
    except ProtocolError as error:
        problems.write(f"{error}\n")
        return 2
    if not results:
        problems.write(f"{folder}: no protocol is installed here\n")
        return 2
    for is_sound, line in results:
        (out if is_sound else problems).write(f"{line}\n")
    return 0 if all(is_sound for is_sound, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout, sys.stderr))
