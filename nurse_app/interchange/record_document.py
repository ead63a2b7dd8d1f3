"""The printed record of a visit as plain text in sections and rows; PDF, JSON and CSV are made from it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row of a table. ``struck``: the entry behind it was marked in error; it stays readable.

    ``marks`` are said about the entry, behind the text of the cell with the number ``marks_in``; they are never struck.
    """

    cells: tuple[str, ...]
    struck: bool = False
    marks: str = ""
    marks_in: int = 0

    def text(self, place: int) -> str:
        """The whole text of a cell."""
        return f"{self.cells[place]} {self.marks}" if self.marks and place == self.marks_in else self.cells[place]


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Rows under column titles."""

    columns: tuple[str, ...]
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True)
class RecordSection:
    """A part of the record: lines of label and value, then a table, then sentences; each may be missing."""

    title: str
    pairs: tuple[tuple[str, str], ...] = ()
    table: RecordTable | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One entry of the visit in words. Times are ISO 8601 with offset; ``marks`` say late, sign later, in error."""

    number: int
    happened_at: str
    recorded_at: str
    author: str
    what: str
    marks: tuple[str, ...] = ()
    in_error: bool = False


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """The record of one visit. ``banners`` (training, sample) go on every page, and so does ``foot``."""

    title: str
    banners: tuple[str, ...]
    notices: tuple[str, ...]
    subject: tuple[tuple[str, str], ...]
    sections: tuple[RecordSection, ...]
    signatures: tuple[str, ...]
    foot: tuple[str, ...]
    entries: tuple[RecordEntry, ...]


@dataclass(frozen=True, slots=True)
class RecordEnd:
    """What shows later whether a record was changed: the end of its chain, and the workstation's short code for it."""

    head_digest: str
    code: str


@dataclass(frozen=True, slots=True)
class MachineRecord:
    """A visit for other programs: every stored entry as it is, the state after them, and the printed record.

    ``entries`` are the stored documents in order, ``head_digest`` ends their chain. ``code`` is the workstation's short
    code for exactly these entries, empty when it has no key.
    """

    visit_id: str
    entries: tuple[Mapping[str, object], ...]
    head_digest: str
    code: str
    state: Mapping[str, object]
    document: RecordDocument
