"""The watch: two gates, who may be watched for less, and what starts it anew."""

from datetime import timedelta

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.moment import ZERO
from nurse_app.domain.observation import Watch, may_be_shortened, watch
from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import Change, Tape, aware, both, given_before, put, visit_facts

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
SHORTEN = e.DecisionRecorded("observation-time", "proceed", "prescriber")


def seen(tape: Tape) -> Watch:
    return watch(tape.state, tape.now)


def started_then_stopped(protocol: InfusionProtocol, after: int) -> Tape:
    tape = Tape(protocol).infusing().wait(minutes=after)
    return tape.note(e.InfusionStopped("leak"), e.ObservationStarted("stop"))


def test_before_the_watch_all_of_it_is_to_come(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).wait(minutes=30)
    assert seen(tape) == Watch("not-started", ZERO, 60 * MINUTE, ready=False, not_before=None)


@pytest.mark.parametrize(
    ("elapsed", "ready"), [(ZERO, False), (60 * MINUTE - SECOND, False), (60 * MINUTE, True), (61 * MINUTE, True)]
)
def test_the_watch_lasts_an_hour_from_the_end_of_the_flush(
    protocol: InfusionProtocol, elapsed: timedelta, ready: bool
) -> None:
    tape = Tape(protocol).observing()
    started = tape.now
    tape.passed += elapsed
    assert seen(tape) == Watch("running", elapsed, 60 * MINUTE - elapsed, ready, started.plus(60 * MINUTE))


@pytest.mark.parametrize(
    ("ran", "watched", "ready"),
    [(10, 60, False), (10, 109, False), (10, 110, True), (50, 69, False), (50, 70, True), (60, 60, True)],
)
def test_the_watch_never_ends_before_two_hours_after_the_start(
    protocol: InfusionProtocol, ran: int, watched: int, ready: bool
) -> None:
    tape = started_then_stopped(protocol, ran)
    began = tape.state.run.started_at
    assert began is not None
    tape.wait(minutes=watched)
    assert seen(tape).ready is ready
    assert seen(tape).not_before == began.plus(120 * MINUTE)


def test_a_watch_without_an_infusion_needs_its_hour_only(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).note(e.ObservationStarted("reaction")).wait(minutes=60)
    assert seen(tape).ready
    assert seen(tape).not_before == tape.now


def test_sleep_counts_and_a_moved_clock_does_not(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).observing().wait(minutes=30).move_wall(hours=5)
    assert seen(tape).elapsed == 30 * MINUTE
    assert not seen(tape).ready


def test_the_end_needs_proof(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).observing().reboot(off=55 * MINUTE, started_for=6 * MINUTE)
    assert seen(tape).elapsed == 6 * MINUTE
    assert not seen(tape).ready
    assert seen(tape.wait(minutes=54)).ready


@pytest.mark.parametrize(
    ("event", "status"), [(e.ObservationCompleted(), "completed"), (e.LeftEarly("bus"), "left-early")]
)
def test_the_watch_stands_still_when_it_is_over(protocol: InfusionProtocol, event: e.Event, status: str) -> None:
    tape = Tape(protocol).observing().wait(minutes=61).note(event).wait(minutes=30)
    assert seen(tape).elapsed == 61 * MINUTE
    assert seen(tape).status == status


def test_a_closed_reaction_starts_the_watch_anew(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).observing().wait(minutes=45).note(e.ReactionOpened(("itching",)))
    tape.wait(minutes=21).note(e.ReactionClosed("resolved"), e.ObservationStarted("reaction")).wait(minutes=59)
    assert seen(tape).elapsed == 59 * MINUTE
    assert not seen(tape).ready
    assert seen(tape.wait(minutes=1)).ready


@pytest.mark.parametrize("before", [True, False])
def test_an_order_shortens_the_watch_whenever_it_was_given(protocol: InfusionProtocol, before: bool) -> None:
    tape = Tape(protocol, visit_facts(given_before(12)))
    if before:
        tape.note(SHORTEN).observing()
    else:
        tape.observing().note(SHORTEN)
    assert seen(tape).ready
    assert seen(tape).remaining == 60 * MINUTE


def test_an_order_is_taken_back_by_the_next_one(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).observing().note(SHORTEN)
    tape.note(e.DecisionRecorded("observation-time", "do-not-give", "prescriber"))
    assert not seen(tape).ready


@pytest.mark.parametrize("phase", ["before", "in"])
def test_no_order_outlives_a_reaction(protocol: InfusionProtocol, phase: str) -> None:
    tape = Tape(protocol).note(SHORTEN)
    if phase == "before":
        tape.infusing().note(e.ReactionOpened(("nausea",)), e.ReactionClosed("resolved"))
    tape.observing()
    if phase == "in":
        tape.note(e.ReactionOpened(("nausea",)), e.ReactionClosed("resolved"), e.ObservationStarted("reaction"))
    assert not seen(tape).ready


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        pytest.param(given_before(11), False, id="infusion 12"),
        pytest.param(given_before(12), True, id="infusion 13"),
        pytest.param(given_before(60), True, id="infusion 61"),
        pytest.param(put("patient.treatment.infusions_given", None), False, id="number not known"),
        pytest.param(
            both(given_before(12), put("patient.treatment.last_infusion", "2026-08-31")), True, id="83 days ago"
        ),
        pytest.param(
            both(given_before(12), put("patient.treatment.last_infusion", "2026-08-30")), False, id="84 days ago"
        ),
        pytest.param(
            both(given_before(12), put("patient.treatment.last_infusion", "2026-08-31T12:00:00+00:00")),
            True,
            id="83 days ago at noon",
        ),
        pytest.param(
            both(given_before(12), put("patient.treatment.last_infusion", None)), False, id="last one not known"
        ),
        pytest.param(
            both(given_before(12), put("patient.history.natalizumab_hypersensitivity", True)),
            False,
            id="a reaction in the past",
        ),
        pytest.param(
            both(given_before(12), put("patient.history.natalizumab_hypersensitivity", None)),
            False,
            id="past reactions not known",
        ),
        pytest.param(both(given_before(12), put("patient.history", None)), False, id="no history"),
        pytest.param(put("patient.treatment", None), False, id="no course"),
        pytest.param(put("patient", None), False, id="no patient"),
    ],
)
def test_who_may_be_watched_for_less(protocol: InfusionProtocol, change: Change, allowed: bool) -> None:
    assert may_be_shortened(Tape(protocol, visit_facts(change)).state) is allowed


def test_a_reaction_today_forbids_a_shorter_watch(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol, visit_facts(given_before(12))).infusing().note(e.ReactionOpened(()))
    assert not may_be_shortened(tape.state)


@pytest.mark.parametrize(
    ("last", "allowed"),
    [("2026-08-31", False), ("2026-08-31T20:00:00+00:00", True), ("2026-09-01", True)],
)
def test_the_gap_is_counted_in_days_of_the_workstation(protocol: InfusionProtocol, last: str, allowed: bool) -> None:
    facts = visit_facts(given_before(12), put("patient.treatment.last_infusion", last))
    # 22 November 20:00 in UTC is the morning of the 23rd here.
    tape = Tape(protocol, facts, begins=Tape.T0.replace(hour=20))
    assert may_be_shortened(aware(tape.state, timedelta(hours=10))) is allowed
