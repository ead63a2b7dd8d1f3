"""What holds for any record and any clock: time that is proven, folds that can stop, data that comes back."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nurse_app.domain import events as e
from nurse_app.domain import patient_events as p
from nurse_app.domain import station_events as s
from nurse_app.domain.evolve import evolve, fold
from nurse_app.domain.facts import LabResult
from nurse_app.domain.moment import ZERO
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.run import delivered, running_time
from nurse_app.domain.snapshot import snapshot
from nurse_app.plain_data import build, plain
from tests.domain.generated import MOVES, REBOOTS, UNSEEN, WAITS, Happening, Reboot, Wait, values
from tests.domain.kit import Tape, visit_facts

NewTape = Callable[..., Tape]
ALL_EVENTS: tuple[Any, ...] = (*get_args(e.Event), *get_args(p.PatientEvent), *get_args(s.StationEvent))
# There are many kinds of event, and each has few parts: a quarter of the cases is enough for each.
FEW = settings(max_examples=settings().max_examples // 4)


# --- data ---


@pytest.mark.parametrize("kind", [kind for kind in ALL_EVENTS if kind is not e.VisitStarted])
@FEW
@given(data=st.data())
def test_every_event_comes_back_from_plain_data(kind: Any, data: st.DataObject) -> None:
    event = data.draw(values(kind))
    assert build(kind, json.loads(json.dumps(plain(event)))) == event


def test_the_start_of_a_visit_comes_back_with_its_whole_protocol(protocol: InfusionProtocol) -> None:
    started = e.VisitStarted("p-1", "TRN000417", protocol, "digest", visit_facts())
    assert build(e.VisitStarted, json.loads(json.dumps(plain(started)))) == started


def test_a_number_as_a_laboratory_value_comes_back_as_its_text() -> None:
    result = LabResult("ALT", Decimal("25.0"), Tape.T0)
    assert build(LabResult, plain(result)).value == "25.0"


# --- clocks ---

HAPPENINGS = get_args(Happening)
NOTE = st.just(e.NoteAdded("all well"))


def happen(tape: Tape, course: Sequence[Any]) -> Tape:
    """Let it all happen, one after the other."""
    for item in course:
        if isinstance(item, HAPPENINGS):
            item.happen(tape)
        else:
            tape.note(item)
    return tape


@given(course=st.lists(WAITS | MOVES | REBOOTS | NOTE, max_size=12))
def test_true_time_lies_between_the_bounds(new_tape: NewTape, course: list[Any]) -> None:
    tape = happen(new_tape(), course)
    assert tape.now.earliest <= tape.truth <= tape.now.latest


@given(course=st.lists(WAITS | MOVES | UNSEEN | REBOOTS | NOTE, max_size=12))
def test_no_clock_proves_more_time_than_has_passed(new_tape: NewTape, course: list[Any]) -> None:
    tape = happen(new_tape(), course)
    assert tape.now.earliest <= tape.truth
    assert tape.now.earliest <= tape.now.latest


@given(course=st.lists(WAITS | MOVES | UNSEEN | NOTE, max_size=12))
def test_without_a_restart_of_the_machine_time_is_exact(new_tape: NewTape, course: list[Any]) -> None:
    tape = happen(new_tape(), course)
    assert tape.now.earliest == tape.now.latest == tape.truth


# --- running ---

PAUSE, RESUME = e.InfusionPaused("alarm"), e.InfusionResumed()
RATES = st.decimals(Decimal("0.1"), 120, places=1)
RATE_CHANGES = st.builds(e.RateChanged, RATES, st.just("order"))
HOURS = st.just(Wait(timedelta(hours=2)))
RUNS = st.lists(WAITS | HOURS | MOVES | REBOOTS | NOTE | st.just(PAUSE) | st.just(RESUME) | RATE_CHANGES, max_size=14)


def truly_run(course: Sequence[Any]) -> timedelta:
    """How long a drug that starts with the course really runs."""
    runs, total = True, ZERO
    for item in course:
        if isinstance(item, e.InfusionPaused | e.InfusionResumed):
            runs = isinstance(item, e.InfusionResumed)
        passed = item.lasting if isinstance(item, Wait) else item.off + item.up if isinstance(item, Reboot) else ZERO
        total += passed if runs else ZERO
    return total


@given(course=RUNS)
def test_the_running_time_is_at_least_what_is_proven_and_at_most_what_can_be(
    new_tape: NewTape, course: list[Any]
) -> None:
    tape = happen(new_tape().infusing(), course)
    ran = running_time(tape.state.run, tape.now)
    assert ran.least <= truly_run(course) <= ran.most


@given(course=RUNS, rate=RATES)
def test_no_rate_and_no_time_gives_more_than_the_bag(new_tape: NewTape, course: list[Any], rate: Decimal) -> None:
    tape = happen(new_tape().infusing(str(rate)), course)
    given_so_far = delivered(tape.state.protocol, tape.state.run, tape.now)
    assert 0 <= given_so_far.volume_ml <= 115
    assert 0 <= given_so_far.dose_mg <= 300


@given(course=RUNS, days=st.integers(-4000, 4000), shift=MOVES)
def test_running_and_watching_do_not_change_with_the_calendar(
    new_tape: NewTape, course: list[Any], days: int, shift: Happening
) -> None:
    here = happen(new_tape().infusing(), course)
    there = new_tape(Tape.T0 + timedelta(days=days)).infusing()
    happen(there, course)
    assert running_time(here.state.run, here.now) == running_time(there.state.run, there.now)
    before = running_time(there.state.run, there.now)
    shift.happen(there)
    assert running_time(there.state.run, there.now) == before


@given(course=st.lists(WAITS | UNSEEN | REBOOTS, min_size=2, max_size=8), ran=st.sampled_from([0, 0, 60, 150]))
def test_a_watch_is_never_over_before_both_its_gates(new_tape: NewTape, course: list[Any], ran: int) -> None:
    tape = new_tape().infusing().wait(minutes=ran).note(e.InfusionStopped("leak"), e.ObservationStarted("stop"))
    begun = tape.truth
    happen(tape, course)
    if watch(tape.state, tape.now).ready:
        assert tape.truth - begun >= timedelta(minutes=max(60, 120 - ran))


# --- folding ---

IN_REACTION = (e.ReactionOpened(("nausea",)),)
# The others change what was before them, so that no fold can stop in front of them.
BACKWARDS = (e.VisitStarted, e.EntryMarkedInError, e.EntryTimeCorrected, e.ClockConfirmed)
FREE = tuple(kind for kind in get_args(e.Event) if kind not in BACKWARDS)


def any_record(new_tape: NewTape, data: st.DataObject) -> list[Recorded[e.Event]]:
    """Any events in any order, after a reaction was opened, so that signs have where to go."""
    kinds = data.draw(st.lists(st.sampled_from(FREE), max_size=10))
    tape = new_tape().note(*IN_REACTION)
    for kind in kinds:
        tape.note(data.draw(values(kind))).wait(minutes=data.draw(st.integers(0, 30)))
    return tape.items


@given(data=st.data())
def test_a_fold_may_stop_anywhere_and_go_on(new_tape: NewTape, data: st.DataObject) -> None:
    record = any_record(new_tape, data)
    cut = data.draw(st.integers(1, len(record)))
    state = fold(record[:cut])
    for item in record[cut:]:
        state = evolve(state, item)
    assert state == fold(record)


@given(data=st.data())
def test_no_record_is_too_odd_to_be_shown(new_tape: NewTape, data: st.DataObject) -> None:
    state = fold(any_record(new_tape, data))
    shown = snapshot(state, state.last_moment)
    assert json.loads(json.dumps(shown)) == shown


@given(data=st.data())
def test_an_entry_marked_in_error_counts_like_a_note(new_tape: NewTape, data: st.DataObject) -> None:
    record = any_record(new_tape, data)
    wrong = data.draw(st.sampled_from(record[2:] or record[1:]))
    assume(not isinstance(wrong.event, e.ReactionOpened))
    last = record[-1]
    mark = Recorded(
        last.number + 1, "mark", Entry(e.EntryMarkedInError(wrong.number, "wrong"), "nurse", last.entry.reading)
    )
    note = Recorded(wrong.number, wrong.event_id, Entry(e.NoteAdded(""), wrong.entry.by, wrong.entry.reading))
    without = [note if item is wrong else item for item in record]
    assert fold([*record, mark]) == fold([*without, mark])
