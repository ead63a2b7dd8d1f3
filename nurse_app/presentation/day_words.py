"""Why a day that was entered cannot be."""

from nurse_app.domain.possible_days import EARLIEST, DayProblem
from nurse_app.i18n import _


def day_problem_words(problem: DayProblem) -> str:
    """The sentence beside the field; what is wanted instead is the caller’s to say."""
    return {
        "future": _("This day is in the future."),
        "before-birth": _("This day is before the patient was born."),
        "too-early": _("This day is before the year {year}.").format(year=EARLIEST.year),
    }[problem]
