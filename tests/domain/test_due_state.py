"""Where an item stands on a day, to the day, and what comes first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from nurse_app.domain.due_protocol import DueRule
from nurse_app.domain.due_state import DueDays, days_of, due_rules, near_in, standings
from nurse_app.domain.protocol import InfusionProtocol

TODAY = date(2026, 11, 22)


def on(days_from_today: int, span: int = 0) -> DueDays:
    first = TODAY + timedelta(days=days_from_today)
    return DueDays(first, first + timedelta(days=span))


def listed(protocol: InfusionProtocol, days: Mapping[str, DueDays]) -> list[str]:
    return [item.rule.name for item in standings(protocol, days, TODAY)]


@pytest.mark.parametrize(
    ("name", "days", "state", "late"),
    [
        ("mri", DueDays(), "never", 0),
        ("mri", on(-1), "overdue", 1),
        ("mri", on(0), "now", 0),
        ("mri", on(1), "soon", 0),
        ("mri", on(28), "soon", 0),
        ("mri", on(29), "later", 0),
        ("next-infusion", on(-7, 6), "overdue", 1),
        ("next-infusion", on(-6, 6), "now", 0),
        ("next-infusion", on(0, 6), "now", 0),
        ("next-infusion", on(7, 6), "soon", 0),
        ("next-infusion", on(8, 6), "later", 0),
        ("pml-watch", on(0), "watch", 0),
        ("pml-watch", on(90), "watch", 0),
    ],
)
def test_each_state_begins_on_its_day(
    protocol: InfusionProtocol, name: str, days: DueDays, state: str, late: int
) -> None:
    (only,) = standings(protocol, {name: days}, TODAY)
    assert (only.state, only.late_days) == (state, late)


@pytest.mark.parametrize(
    ("name", "days", "is_listed"),
    [
        ("missed-infusion", on(0), False),
        ("missed-infusion", on(-1), True),
        ("treatment-gap", on(0), False),
        ("treatment-gap", on(-1), True),
        ("pml-watch", on(0), True),
        ("pml-watch", on(-1), False),
    ],
)
def test_what_is_listed_only_for_a_time(protocol: InfusionProtocol, name: str, days: DueDays, is_listed: bool) -> None:
    assert bool(listed(protocol, {name: days})) is is_listed


def test_a_worse_name_takes_the_place_of_the_milder_one(protocol: InfusionProtocol) -> None:
    late = {"next-infusion": on(-60, 6), "missed-infusion": on(-33)}
    assert listed(protocol, {**late, "treatment-gap": on(0)}) == ["missed-infusion"]
    assert listed(protocol, {**late, "treatment-gap": on(-1)}) == ["treatment-gap"]


@pytest.mark.parametrize(
    ("days", "before_first", "bears"),
    [
        ({"liver": on(0)}, False, "none"),
        ({"liver": on(-1)}, False, "caution"),
        ({"liver": on(-1)}, True, "hold"),
        ({"liver": DueDays()}, True, "hold"),
        ({"mri": DueDays()}, True, "caution"),
        ({"edss": on(-1)}, False, "none"),
        ({"authorisation": on(-1)}, False, "stop"),
        ({"authorisation": DueDays()}, False, "hold"),
        ({"risk-talk": DueDays()}, False, "hold"),
        ({"next-infusion": DueDays()}, False, "hold"),
        ({"next-infusion": on(-7, 6)}, False, "caution"),
    ],
)
def test_what_it_means_for_today(
    protocol: InfusionProtocol, days: Mapping[str, DueDays], before_first: bool, bears: str
) -> None:
    (only,) = standings(protocol, days, TODAY, before_first=before_first)
    assert only.bears == bears


def test_what_comes_first(protocol: InfusionProtocol) -> None:
    days = {
        "liver": on(3),
        "thyroid": on(-400),
        "blood-count": on(-5),
        "jcv": on(40),
        "mri": DueDays(),
        "antibodies": on(-9),
        "risk-talk": on(-1),
        "authorisation": on(-1),
        "edss": on(0),
    }
    assert listed(protocol, days) == [
        "authorisation",
        "risk-talk",
        "mri",
        "antibodies",
        "blood-count",
        "thyroid",
        "edss",
        "liver",
        "jcv",
    ]


@pytest.mark.parametrize(
    ("days", "text"),
    [(DueDays(), None), (on(0), "2026-11-22"), (on(0, 6), "2026-11-22/2026-11-28")],
)
def test_the_days_survive_a_summary(days: DueDays, text: str | None) -> None:
    assert days.text() == text
    assert days_of(text) == days


@pytest.mark.parametrize(
    ("ahead", "names"),
    [
        (0, ["jcv", "blood-count", "edss"]),
        (4, ["jcv", "blood-count", "edss"]),
        (5, ["jcv", "blood-count", "edss", "liver"]),
        (28, ["jcv", "blood-count", "edss", "liver", "next-infusion"]),
    ],
)
def test_what_is_near_is_read_from_a_summary(protocol: InfusionProtocol, ahead: int, names: list[str]) -> None:
    summary = {
        "name": "SAMPLE",
        "next_infusion": on(-1).text(),
        "due:jcv": None,
        "due:blood-count": on(-1).text(),
        "due:edss": on(0).text(),
        "due:liver": on(5).text(),
        "due:next-infusion": on(28, 6).text(),
        "due:mri": on(29).text(),
        "due:pml-watch": on(1).text(),
    }
    assert [item.rule.name for item in near_in(protocol, summary, TODAY, ahead)] == names


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (True, [("liver", "hold"), ("antibodies", "caution")]),
        (False, [("antibodies", "caution"), ("liver", "caution")]),
    ],
)
def test_before_a_first_dose_a_summary_ranks_by_what_holds_it(
    protocol: InfusionProtocol, first: bool, expected: list[tuple[str, str]]
) -> None:
    summary = {"due:antibodies": on(-9).text(), "due:liver": on(-1).text(), "may_be_first": first}
    assert [(item.rule.name, item.bears) for item in near_in(protocol, summary, TODAY)] == expected


def test_what_is_asked_instead_counts_though_it_is_far_away(protocol: InfusionProtocol) -> None:
    summary = {"due:mri": on(-1).text(), "due:risk-mri": on(100).text()}
    assert near_in(protocol, summary, TODAY) == ()


def test_a_name_that_the_protocol_does_not_know_is_not_listed(protocol: InfusionProtocol) -> None:
    assert listed(protocol, {"old-item": DueDays()}) == []


def test_without_a_due_list_the_monitoring_is_the_list(protocol: InfusionProtocol) -> None:
    rules = due_rules(replace(protocol, due=None))
    assert [rule.name for rule in rules] == [item.name for item in protocol.labs.monitoring]
    liver = next(rule for rule in rules if rule.name == "liver")
    assert liver == DueRule("liver", "results", 0, "caution", "nobody", "liver", "hold")
