"""Reading the one file that a command is given."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from nurse_app.cli.outcome import CommandError
from nurse_app.cli.streams import Streams
from nurse_app.interchange.json_text import LIMIT_BYTES, read_json
from nurse_app.plain_data import MisfitError

T = TypeVar("T")
STANDARD_INPUT = "-"


def read_input(name: str, streams: Streams, understand: Callable[[object], T]) -> T:
    """What ``understand`` makes of the JSON in a file, or in standard input for “-”. Raises CommandError."""
    shown = "standard input" if name == STANDARD_INPUT else name
    content = _content(name, shown, streams.stdin)
    try:
        return understand(read_json(content))
    except MisfitError as error:
        raise misfit(shown, error) from error


def misfit(name: str, error: MisfitError) -> CommandError:
    """The sentence about something in a file that does not fit."""
    place = f": {error.place}" if error.place else ""
    return CommandError(f"{name}{place}: {error.problem}. Correct it and try again.")


def _content(name: str, shown: str, stdin: BinaryIO) -> bytes:
    """The bytes of the input; never more than one above the limit, which reading refuses."""
    if name == STANDARD_INPUT:
        return stdin.read(LIMIT_BYTES + 1)
    path = Path(name)
    if path.is_dir():
        raise CommandError(f"{shown}: this is a folder, not a file. Name a file in it.")
    try:
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except FileNotFoundError:
        problem = "there is no such file. Check the name and try again"
    except PermissionError:
        problem = "this file may not be read. Ask for access to it and try again"
    except ValueError:
        problem = "no file can have this name. Check the name and try again"
    except OSError as error:
        problem = f"this file cannot be read ({error.strerror}). Check it and try again"
    raise CommandError(f"{shown}: {problem}.")
