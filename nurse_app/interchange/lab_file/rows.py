"""What a file of results holds, whatever its format: rows that can be judged, and places that cannot."""

from dataclasses import dataclass

from nurse_app.domain.incoming_results import IncomingResult


class UnreadableFileError(Exception):
    """Nothing can be taken from a file. The text says where in the file, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A place in the file that is not taken, and why: one sentence part, such as “the value is missing”."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class LabFile:
    """Everything in a file, in its order."""

    rows: tuple[IncomingResult, ...]
    refused: tuple[RefusedRow, ...] = ()
