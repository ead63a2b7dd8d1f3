"""What may stand in a result, whatever the format of its file: short texts that a screen can show."""

from dataclasses import replace

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.interchange.lab_file.rows import LabFile, RefusedRow

_LONGEST = {"record_no": 64, "unit": 40}
_LONGEST_TEXT = 200
# A spreadsheet would run such a cell when the results are exported again.
_FORMULA_STARTS = ("=", "@")
_UNSHOWN = "\N{REPLACEMENT CHARACTER}"


def strange(name: str, text: str) -> str:
    """Why a text cannot be the ``name`` of a result; "" when it can."""
    if len(text) > _LONGEST.get(name, _LONGEST_TEXT):
        return f"{name} is longer than any can be"
    if not text.isprintable():
        return f"{name} holds characters that cannot be shown"
    return f"{name} begins like a formula" if text.startswith(_FORMULA_STARTS) else ""


def shown(text: str) -> str:
    """A sentence about a file, without the letters of the file that cannot be shown."""
    return "".join(letter if letter.isprintable() else _UNSHOWN for letter in text)


def without_strange(file: LabFile) -> LabFile:
    """The file with every row refused that holds a text no result can hold."""
    judged = [(row, _strange_row(row)) for row in file.rows]
    refused = [RefusedRow(row.place, problem) for row, problem in judged if problem]
    told = [replace(each, place=shown(each.place), reason=shown(each.reason)) for each in file.refused]
    return LabFile(tuple(row for row, problem in judged if not problem), (*told, *refused))


def _strange_row(row: IncomingResult) -> str:
    text = row.text
    parts = [
        ("record_no", row.record_no),
        ("value", row.value),
        ("unit", row.unit),
        ("collected_at", text.collected_at),
    ]
    parts += [("test", name) for name in row.tests]
    parts += [("value", text.value), ("unit", text.unit), ("ref_low", text.ref_low), ("ref_high", text.ref_high)]
    return next(filter(None, (strange(*part) for part in parts)), "")
