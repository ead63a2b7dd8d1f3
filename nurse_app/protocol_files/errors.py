"""What is wrong with a protocol folder, said with file and place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nurse_app.plain_data import MisfitError


class ProtocolError(Exception):
    """A protocol cannot be used. The text names file, place and problem and is for people."""

    def __init__(self, path: Path, place: str, problem: str) -> None:
        super().__init__(": ".join(part for part in (path.name, place, problem) if part))
        self.path = path
        self.place = place
        self.problem = problem


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn a misfit found inside into an error that names the file."""
    try:
        yield
    except MisfitError as error:
        raise ProtocolError(path, error.place, error.problem) from error
