"""Antibodies that vanished, that stayed, and that need a second test."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.antibody_course import AntibodyCourse, PositiveStretch, antibody_course
from nurse_app.domain.rules.context import Case
from tests.domain.kit import NOW

DAY_0, DAY_41, DAY_42, DAY_90 = date(2026, 1, 1), date(2026, 2, 11), date(2026, 2, 12), date(2026, 4, 1)


def course(protocol: InfusionProtocol, *rows: tuple[str, date]) -> AntibodyCourse:
    labs = tuple(LabResult("ADA", word, day) for word, day in rows)
    return antibody_course(Case(protocol, Facts(labs=labs), NOW))


@pytest.mark.parametrize(
    ("rows", "parts", "now"),
    [
        ((), (), None),
        ((("negative", DAY_0),), ("negative",), None),
        ((("positive", DAY_0),), ("single",), "single"),
        ((("positive", DAY_0), ("positive", DAY_41)), ("single", "single"), "single"),
        ((("positive", DAY_0), ("positive", DAY_42)), ("persistent", "persistent"), "persistent"),
        ((("positive", DAY_0), ("negative", DAY_42)), ("transient", "negative"), None),
        (
            (("positive", DAY_0), ("indeterminate", DAY_41), ("positive", DAY_42)),
            ("persistent", "unclear", "persistent"),
            "persistent",
        ),
        (
            (("positive", DAY_0), ("negative", DAY_41), ("positive", DAY_42), ("positive", DAY_90)),
            ("transient", "negative", "persistent", "persistent"),
            "persistent",
        ),
        (
            (("positive", DAY_0), ("positive", DAY_42), ("negative", DAY_90)),
            ("persistent", "persistent", "negative"),
            None,
        ),
        # within a day the positive counts as the later one, and a time says otherwise
        ((("positive", DAY_0), ("negative", DAY_0)), ("negative", "single"), "single"),
        (
            (("positive", datetime(2026, 1, 1, 8, tzinfo=UTC)), ("negative", datetime(2026, 1, 1, 9, tzinfo=UTC))),
            ("transient", "negative"),
            None,
        ),
        (
            (
                ("positive", datetime(2026, 1, 1, 8, tzinfo=UTC)),
                ("negative", datetime(2026, 1, 1, 9, tzinfo=UTC)),
                ("positive", datetime(2026, 1, 1, 10, tzinfo=UTC)),
            ),
            ("transient", "negative", "single"),
            "single",
        ),
    ],
)
def test_each_result_has_its_part(
    protocol: InfusionProtocol, rows: tuple[tuple[str, date], ...], parts: tuple[str, ...], now: str | None
) -> None:
    found = course(protocol, *reversed(rows))

    assert tuple(result.part for result in found.results) == parts
    assert (found.now and found.now.course) == now


def test_a_stretch_knows_its_days_and_when_a_repeat_decides(protocol: InfusionProtocol) -> None:
    found = course(protocol, ("positive", DAY_0), ("positive", DAY_41), ("negative", DAY_90))

    assert found.stretches == (PositiveStretch(DAY_0, DAY_41, DAY_90, DAY_42, "transient"),)
    assert found.stretches[0].days == 41


def test_a_protocol_without_antibodies_has_no_course(protocol: InfusionProtocol) -> None:
    without = replace(protocol, labs=replace(protocol.labs, antibodies=None))

    assert course(without, ("positive", DAY_0)) == AntibodyCourse()
