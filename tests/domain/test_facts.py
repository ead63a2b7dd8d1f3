"""Facts that cannot be are refused where they are made."""

from datetime import date
from decimal import Decimal

import pytest

from nurse_app.domain.facts import LabResult, Treatment


@pytest.mark.parametrize("given", [None, 0, 7])
def test_a_course_has_no_infusion_or_some(given: int | None) -> None:
    assert Treatment(infusions_given=given).infusions_given == given


def test_a_course_has_never_fewer_than_no_infusions() -> None:
    with pytest.raises(ValueError, match="infusions_given must be 0 or more"):
        Treatment(infusions_given=-1)


@pytest.mark.parametrize(
    ("lln", "uln", "problem"),
    [
        (None, None, None),
        ("10", "40", None),
        ("40", "40", None),
        ("0", "40", None),
        ("10", None, None),
        (None, "0", "uln must be greater than 0"),
        (None, "-1", "uln must be greater than 0"),
        ("41", "40", "lln is above uln"),
    ],
)
def test_the_limits_of_a_result_make_sense(lln: str | None, uln: str | None, problem: str | None) -> None:
    def made() -> LabResult:
        lower, upper = (None if limit is None else Decimal(limit) for limit in (lln, uln))
        return LabResult("ALT", "25", date(2026, 11, 2), "U/L", lower, upper)

    if problem is None:
        assert made().uln == (None if uln is None else Decimal(uln))
    else:
        with pytest.raises(ValueError, match=problem):
            made()
