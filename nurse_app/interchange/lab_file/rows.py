"""What a file of results holds, whatever its format: rows that can be judged, and places that cannot."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


class UnreadableFileError(Exception):
    """Nothing can be taken from a file. The text says where in the file, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class TextAsCame:
    """One result letter by letter as its file has it; "" is nothing."""

    collected_at: str
    test: str
    value: str
    unit: str = ""
    ref_low: str = ""
    ref_high: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One result, read but not judged yet.

    ``place`` is where in the file, for people: “line 12”, “entry 3”. ``tests`` are all names the file has for the test
    (LOINC codes first). ``value`` has a decimal point, and a comparator in front where the file has one: “14.5”, “<5”,
    “negative”. ``unit`` is what the file says, blanks around it taken away. ``collected`` with a time has an offset.
    ``withdrawn``: the sender says that this result was never so (entered in error, deleted).
    """

    place: str
    record_no: str
    tests: tuple[str, ...]
    value: str
    collected: datetime | date
    text: TextAsCame
    unit: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None
    birth_date: date | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A place in the file that is not taken, and why: one sentence part, such as “the value is missing”."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class LabFile:
    """Everything in a file, in its order."""

    rows: tuple[FileRow, ...]
    refused: tuple[RefusedRow, ...] = ()
