"""What a recorded decision does to a finding: of today or standing, the newest, never for a stop."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from nurse_app.domain.decision_rules import apply_decisions, newest_decision, standing_decision
from nurse_app.domain.facts import DecisionWord, Facts, Patient, PrescriberDecision
from nurse_app.domain.finding import Ctcae, Finding
from nurse_app.domain.protocol import InfusionProtocol, Severity
from nurse_app.domain.rules.context import Case

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def said(at: datetime | date, decision: DecisionWord = "proceed", about: str = "mood") -> PrescriberDecision:
    return PrescriberDecision(about, decision, "prescriber", at)


def case(protocol: InfusionProtocol, *decisions: PrescriberDecision, visit_day: date | None = None) -> Case:
    return Case(protocol, Facts(patient=Patient(decisions=decisions)), NOW, visit_day)


@pytest.mark.parametrize(
    ("made", "newest"),
    [
        pytest.param([], None, id="nobody decided"),
        pytest.param([said(NOW, about="fever")], None, id="about something else"),
        pytest.param([said(NOW)], 0, id="at this moment"),
        pytest.param([said(NOW + HOUR)], None, id="of the future"),
        pytest.param([said(date(2026, 11, 23))], None, id="of tomorrow"),
        pytest.param([said(date(2026, 11, 22))], 0, id="of today without a time"),
        pytest.param([said(NOW - HOUR), said(NOW)], 1, id="the later one"),
        pytest.param([said(NOW), said(NOW - HOUR)], 0, id="the later one, noted first"),
        pytest.param([said(NOW), said(NOW)], 1, id="of two at one time the later in the list"),
        pytest.param([said(NOW), said(date(2026, 11, 22))], 1, id="of one day, one without a time"),
        pytest.param([said(date(2026, 11, 22)), said(NOW - 24 * HOUR)], 0, id="of two days"),
        pytest.param([said(NOW - HOUR), said(NOW + HOUR)], 0, id="not the one of the future"),
    ],
)
def test_the_newest_decision_counts(made: list[PrescriberDecision], newest: int | None) -> None:
    assert newest_decision(made, "mood", NOW) == (None if newest is None else made[newest])


@pytest.mark.parametrize(
    ("at", "months", "stands"),
    [
        (NOW - HOUR, 0, True),
        (date(2026, 11, 22), 0, True),
        (date(2026, 11, 21), 0, False),
        (date(2025, 11, 22), 12, True),
        (date(2025, 11, 21), 12, False),
        (date(2026, 5, 22), 6, True),
        (date(2026, 5, 21), 6, False),
    ],
)
def test_a_decision_stands_to_the_last_day_of_its_months(at: datetime | date, months: int, stands: bool) -> None:
    assert (standing_decision([said(at)], "mood", NOW, months) is not None) is stands


def test_which_day_it_is_is_said_by_the_workstation() -> None:
    at = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    assert standing_decision([said(at)], "mood", NOW, 0) is None
    assert standing_decision([said(at)], "mood", NOW.astimezone(timezone(2 * HOUR)), 0) is not None


@pytest.mark.parametrize(
    ("rule", "severity", "decision", "becomes"),
    [
        ("mood", "hold", "proceed", "information"),
        ("mood", "hold", "do-not-give", "hold"),
        ("mood", "stop", "proceed", "stop"),
        ("mood", "caution", "proceed", "caution"),
        ("age-elderly", "hold", "proceed", "caution"),
        ("pml-risk", "hold", "proceed", "hold"),
    ],
)
def test_what_a_decision_of_today_makes_of_a_finding(
    protocol: InfusionProtocol, rule: str, severity: Severity, decision: DecisionWord, becomes: Severity
) -> None:
    found = Finding(rule, severity, "yes", {"figure": "1"}, Ctcae("5.0", 2))
    (after,) = apply_decisions(protocol.decisions, case(protocol, said(NOW, decision, rule)), [found])
    assert (after.rule, after.severity, after.variant, after.ctcae) == (rule, becomes, "yes", Ctcae("5.0", 2))
    decided = {"decided_by": "prescriber", "decided_at": NOW.isoformat()} if becomes != severity else {}
    assert after.figures == {"figure": "1"} | decided


@pytest.mark.parametrize(("visit_day", "becomes"), [(None, "hold"), (date(2026, 11, 21), "information")])
def test_a_decision_of_the_visits_first_day_counts_past_midnight(
    protocol: InfusionProtocol, visit_day: date | None, becomes: Severity
) -> None:
    late = said(datetime(2026, 11, 21, 23, 45, tzinfo=UTC))
    found = Finding("mood", "hold", "yes")
    (after,) = apply_decisions(protocol.decisions, case(protocol, late, visit_day=visit_day), [found])
    assert after.severity == becomes


def test_without_a_decision_a_finding_stays(protocol: InfusionProtocol) -> None:
    found = Finding("mood", "hold", "yes")
    assert apply_decisions(protocol.decisions, case(protocol), [found]) == [found]


def test_a_later_no_takes_back_a_yes(protocol: InfusionProtocol) -> None:
    made = (said(NOW - HOUR), said(NOW, "do-not-give"))
    (after,) = apply_decisions(protocol.decisions, case(protocol, *made), [Finding("mood", "hold", "yes")])
    assert after.severity == "hold"
