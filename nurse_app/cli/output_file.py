"""Writing the one file that a command makes: whole or not at all, and never over a record."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

from nurse_app.cli.outcome import CommandError


def require_place(output: Path, records: Path) -> Path:
    """The file to write, with links followed. Raises CommandError when nothing may or can be written there."""
    try:
        place = output.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise CommandError(f"{output}: no file can have this name. Choose another one.") from error
    if place.is_relative_to(records.resolve()):
        raise CommandError(f"{output}: this lies in the folder of the records. Choose a place outside of it.")
    if place.is_dir():
        raise CommandError(f"{output}: this is a folder. Name the file to write in it.")
    if place.exists() and not place.is_file():
        raise CommandError(f"{output}: this is not an ordinary file. Choose another name.")
    if not place.parent.is_dir():
        raise CommandError(f"{output}: the folder {place.parent} does not exist. Make it first.")
    return place


def write_output(output: Path, place: Path, content: bytes) -> None:
    """Put the content there in one step. Raises CommandError; then what was there before is still there."""
    unfinished: Path | None = None
    try:
        descriptor, name = mkstemp(prefix=f".{place.name}.", dir=place.parent)
        unfinished = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except OSError as error:
        if unfinished is not None:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        raise CommandError(
            f"{output}: this file cannot be written ({error.strerror}). Choose another place and try again."
        ) from error
