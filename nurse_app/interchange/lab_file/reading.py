"""One file of results, whatever its format: what it is shows in its first letters."""

from datetime import tzinfo
from pathlib import Path

from nurse_app.interchange.lab_file.csv_file import CsvForm, read_csv
from nurse_app.interchange.lab_file.rows import LabFile
from nurse_app.interchange.lab_file.text import LIMIT_BYTES, decoded


def content_of(path: Path) -> bytes:
    """The bytes of a file, no more than are ever needed to refuse it. Raises OSError."""
    with path.open("rb") as file:
        return file.read(LIMIT_BYTES + 1)


def read_lab_file(content: bytes, form: CsvForm, zone: tzinfo | None) -> LabFile:
    """Everything in the file. A time without an offset is one of ``zone``. Raises UnreadableFileError."""
    return read_csv(decoded(content), form, zone)
