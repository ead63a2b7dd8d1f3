"""Whether something can have happened to a patient on a day: a mistyped year is noticed where it is entered."""

from datetime import date
from typing import Literal

# Nobody who is treated was born before; it only tells a mistyped year when the birth date is not known.
EARLIEST = date(1900, 1, 1)
DayProblem = Literal["future", "before-birth", "too-early"]


def day_problem(day: date, today: date, born: date | None) -> DayProblem | None:
    """Why a day cannot be that of something that has happened to a patient; None when it can."""
    if day > today:
        return "future"
    if day < EARLIEST:
        return "too-early"
    return "before-birth" if born is not None and day < born else None
