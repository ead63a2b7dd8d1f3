"""What a file of results holds, whatever its format: rows that can be judged, and places that cannot."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nurse_app.domain.incoming_results import IncomingResult


@dataclass(frozen=True, slots=True)
class Question:
    """What a person can declare so that a file can be read.

    ``column`` is our name of a column that the file calls otherwise, ``names`` are the file’s.
    """

    about: Literal["decimal", "dates", "column"]
    column: str = ""
    names: tuple[str, ...] = ()


class UnreadableFileError(Exception):
    """Nothing can be taken from a file. The text says where in the file, what is wrong and what to do.

    With a ``question`` it only says what is wrong: how it is answered depends on where.
    """

    def __init__(self, text: str, question: Question | None = None) -> None:
        super().__init__(text)
        self.question = question


@dataclass(frozen=True, slots=True)
class Limits:
    """A reference range: its ends, and each as the file has it."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_text: str = ""
    upper_text: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A place in the file that is not taken, and why: one sentence part, such as “the value is missing”."""

    place: str
    reason: str
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class LabFile:
    """Everything in a file, in its order."""

    rows: tuple[IncomingResult, ...]
    refused: tuple[RefusedRow, ...] = ()
