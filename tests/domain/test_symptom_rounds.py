"""When a symptom round is due: by step, a little early counts, late ones stay due; none where nobody is here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.alarms import alarms
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.symptom_rounds import is_round_overdue, is_round_wanted, round_due
from tests.domain.kit import Tape
from tests.kit import WELL, TestVisit

DONE = e.RoundDone()
Begin = Callable[[Tape], Tape]


def due_in(tape: Tape) -> float | None:
    """Minutes from now; negative when late."""
    due = round_due(tape.state)
    return None if due is None else (due.latest - tape.now.latest).total_seconds() / 60


def infusing(tape: Tape) -> Tape:
    return tape.infusing()


def observing(tape: Tape) -> Tape:
    return tape.observing()


@pytest.mark.parametrize(
    ("begin", "done", "due"),
    [
        pytest.param(infusing, (), 15, id="the first quarter of an hour"),
        pytest.param(infusing, (15,), 30, id="the second"),
        pytest.param(infusing, (9.99,), 15, id="more than five minutes early does not count"),
        pytest.param(infusing, (10,), 30, id="five minutes early counts"),
        pytest.param(infusing, (15, 30, 45), 60, id="the whole hour"),
        pytest.param(infusing, (36,), 45, id="one late round answers all that went by"),
        pytest.param(observing, (), 30, id="half an hour of watching"),
        pytest.param(observing, (24.9,), 30, id="too early for it"),
        pytest.param(observing, (25,), 60, id="early enough for it"),
        pytest.param(observing, (30, 55), None, id="nothing more after the last"),
    ],
)
def test_the_next_point_that_no_round_has_answered(
    protocol: InfusionProtocol, begin: Begin, done: tuple[float, ...], due: float | None
) -> None:
    tape, gone = begin(Tape(protocol)), 0.0
    for minute in done:
        tape.wait(minutes=minute - gone).note(DONE)
        gone = minute
    assert due_in(tape) == (None if due is None else pytest.approx(due - gone))


@pytest.mark.parametrize(("minutes_before", "due"), [(0, None), (5, None), (5.1, 0)])
def test_a_round_is_done_when_the_bag_is_empty(
    protocol: InfusionProtocol, minutes_before: float, due: float | None
) -> None:
    tape = Tape(protocol).infusing().wait(minutes=50).note(DONE).wait(seconds=minutes_before * 60)
    assert due_in(tape.note(e.BagEmptied(None, variance=False))) == due


def test_wanted_a_little_before_and_overdue_from_its_point_on(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).infusing().wait(minutes=10, seconds=-1)
    assert (is_round_wanted(tape.state, tape.now), is_round_overdue(tape.state, tape.now)) == (False, False)
    tape.wait(seconds=1)
    assert (is_round_wanted(tape.state, tape.now), is_round_overdue(tape.state, tape.now)) == (True, False)
    tape.wait(minutes=5)
    assert (is_round_wanted(tape.state, tape.now), is_round_overdue(tape.state, tape.now)) == (True, True)


@pytest.mark.parametrize("event", [e.NoteAdded("before"), e.ReactionOpened(()), e.Discharged()])
def test_no_round_before_in_a_reaction_and_after(protocol: InfusionProtocol, event: e.Event) -> None:
    tape = Tape(protocol).note(event)
    assert due_in(tape) is None
    assert not is_round_wanted(tape.state, tape.now)
    assert not is_round_overdue(tape.state, tape.now)


@pytest.mark.parametrize(("outcome", "due"), [("transferred", None), ("died", None), ("improving", 30)])
def test_whoever_was_handed_over_is_not_asked_here(
    protocol: InfusionProtocol, outcome: e.Outcome, due: float | None
) -> None:
    tape = Tape(protocol).infusing().note(e.ReactionOpened(()), e.ReactionClosed(outcome))
    assert due_in(tape.note(e.ObservationStarted("reaction"))) == due


def test_a_reaction_in_the_watch_begins_its_rounds_anew(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).observing().wait(minutes=30).note(DONE).wait(minutes=5)
    tape.note(e.ReactionOpened(()), e.ReactionClosed("resolved"), e.ObservationStarted("reaction"))
    assert due_in(tape) == 30


def test_a_protocol_of_before_knows_no_rounds(protocol: InfusionProtocol) -> None:
    tape = Tape(replace(protocol, symptom_rounds=None)).infusing().wait(minutes=20)
    assert round_due(tape.state) is None
    assert not is_round_wanted(tape.state, tape.now)


def test_a_round_marked_in_error_was_not_done(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).infusing().wait(minutes=14).note(DONE)
    tape.note(e.EntryMarkedInError(tape.state.number, "wrong patient"))
    assert tape.state.rounds == ()
    assert due_in(tape) == 1


def test_a_round_is_no_alarm_of_its_own(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).infusing().wait(minutes=14).note(e.VitalSignsRecorded(WELL)).wait(minutes=10)
    assert is_round_overdue(tape.state, tape.now)
    assert alarms(tape.state, tape.now) == ()


# --- traps of others ---


def test_trap_the_interval_is_the_protocols_and_nowhere_in_code(protocol: InfusionProtocol) -> None:
    assert protocol.symptom_rounds is not None
    ten, two = Decimal(10), Decimal(2)
    times = replace(protocol.vital_sign_schedule, infusion_every_minutes=ten, early_minutes=two)
    rounds = replace(protocol.symptom_rounds, infusion_every_minutes=ten, early_minutes=two)
    visit = TestVisit(replace(protocol, vital_sign_schedule=times, symptom_rounds=rounds)).to("infuse")

    assert visit.shown()["vitals_due_in_s"] == 600
    assert round_due(visit.state) == visit.now.plus(timedelta(minutes=10))
    assert visit.wait(minutes=10).shown()["alarms"] != []
    assert is_round_overdue(visit.state, visit.now)


def test_trap_overdue_is_known_without_any_page(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).infusing().wait(minutes=16)
    assert [condition.name for condition in alarms(tape.state, tape.now)] == ["vital-signs-due"]
    assert is_round_overdue(tape.state, tape.now)
