"""The record of a visit as JSON: everything that is stored, and what is printed of it."""

from nurse_app.interchange.json_text import json_page
from nurse_app.interchange.record_document import MachineRecord
from nurse_app.plain_data import plain

FORMAT, FORMAT_VERSION = "nurse-app visit record", 1


def record_json(record: MachineRecord) -> str:
    """One JSON object; it says which format it has."""
    return json_page({"format": FORMAT, "format_version": FORMAT_VERSION, **plain(record)}) + "\n"
