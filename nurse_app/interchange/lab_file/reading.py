"""One file of results, whatever its format: what it is shows in its first letters."""

import re
from datetime import tzinfo
from importlib import import_module
from pathlib import Path
from typing import cast

from nurse_app.interchange.lab_file.csv_file import CsvForm, read_csv
from nurse_app.interchange.lab_file.plain_text import shown, without_strange
from nurse_app.interchange.lab_file.rows import LabFile, UnreadableFileError
from nurse_app.interchange.lab_file.text import LIMIT_BYTES, decoded

# A message or a batch of HL7 v2, also in the frame in which it is sent over a network; JSON of FHIR.
_HL7 = re.compile(r"[\s\x0b]*(?:FHS|BHS|MSH)[^A-Za-z0-9\s]")
_FHIR = re.compile(r"\s*[{\[]")


def content_of(path: Path) -> bytes:
    """The bytes of a file, no more than are ever needed to refuse it. Raises OSError."""
    with path.open("rb") as file:
        return file.read(LIMIT_BYTES + 1)


def read_lab_file(content: bytes, form: CsvForm, zone: tzinfo | None) -> LabFile:
    """Everything in the file. A time without an offset is one of ``zone``. Raises UnreadableFileError."""
    try:
        return without_strange(_read(decoded(content), form, zone))
    except UnreadableFileError as error:
        raise UnreadableFileError(shown(str(error)), error.question) from None


def _read(text: str, form: CsvForm, zone: tzinfo | None) -> LabFile:
    # Loaded when a file of their kind arrives: most wards have files of one kind only.
    if _HL7.match(text):
        return cast("LabFile", import_module("nurse_app.interchange.lab_file.hl7").read_hl7(text, zone))
    if _FHIR.match(text):
        return cast("LabFile", import_module("nurse_app.interchange.lab_file.fhir").read_fhir(text))
    return read_csv(text, form, zone)
