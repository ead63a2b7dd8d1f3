"""When vital signs are due: by step, a little early counts, a fallen pressure sooner."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import baseline
from nurse_app.domain.schedule import vital_signs_due
from tests.domain.kit import Tape, pressure
from tests.kit import WELL

TAKEN = e.VitalSignsRecorded(WELL)
Begin = Callable[[Tape], Tape]


def due_in(tape: Tape) -> float | None:
    """Minutes from now; negative when late."""
    due = vital_signs_due(tape.state, tape.now)
    return None if due is None else (due.latest - tape.now.latest).total_seconds() / 60


def infusing(tape: Tape) -> Tape:
    return tape.note(TAKEN).wait(minutes=5).infusing()


def observing(tape: Tape) -> Tape:
    return tape.note(TAKEN).wait(minutes=5).observing()


def reacting(tape: Tape) -> Tape:
    return infusing(tape).wait(minutes=20).note(e.ReactionOpened(("itching",)), e.InfusionPaused("reaction"))


@pytest.mark.parametrize(
    ("begin", "taken", "due"),
    [
        pytest.param(infusing, (), 15, id="the first quarter of an hour"),
        pytest.param(infusing, (15,), 30, id="the second"),
        pytest.param(infusing, (9.99,), 15, id="more than five minutes early does not count"),
        pytest.param(infusing, (10,), 30, id="five minutes early counts"),
        pytest.param(infusing, (15, 24.9), 30, id="an extra set answers no point"),
        pytest.param(infusing, (19, 31), 45, id="late sets answer their own points"),
        pytest.param(infusing, (15, 30, 45), 60, id="the whole hour"),
        pytest.param(observing, (), 30, id="half an hour of watching"),
        pytest.param(observing, (24.9,), 30, id="too early for it"),
        pytest.param(observing, (25,), 60, id="early enough for it"),
        pytest.param(observing, (30,), 60, id="the end of watching"),
        pytest.param(observing, (30, 55), None, id="nothing more after that"),
        pytest.param(reacting, (), 5, id="five minutes into a reaction"),
        pytest.param(reacting, (2.4,), 5, id="less than half of that does not count"),
        pytest.param(reacting, (2.5,), 10, id="half of that does"),
        pytest.param(reacting, (5, 11), 15, id="every five minutes"),
    ],
)
def test_the_next_point_that_no_set_has_answered(
    protocol: InfusionProtocol, begin: Begin, taken: tuple[float, ...], due: float | None
) -> None:
    tape, gone = begin(Tape(protocol)), 0.0
    for minute in taken:
        tape.wait(minutes=minute - gone).note(TAKEN)
        gone = minute
    assert due_in(tape) == (None if due is None else pytest.approx(due - gone))


def test_what_is_late_stays_due(protocol: InfusionProtocol) -> None:
    assert due_in(infusing(Tape(protocol)).wait(minutes=22)) == -7


@pytest.mark.parametrize("event", [e.NoteAdded("before"), e.PatientIdentified("TRN000417", "typed"), e.Discharged()])
def test_no_vital_signs_fall_due_before_and_after(protocol: InfusionProtocol, event: e.Event) -> None:
    assert due_in(Tape(protocol).note(event)) is None


@pytest.mark.parametrize(("minutes_before", "due"), [(0, None), (5, None), (5.1, 0)])
def test_a_set_is_taken_when_the_bag_is_empty(
    protocol: InfusionProtocol, minutes_before: float, due: float | None
) -> None:
    tape = infusing(Tape(protocol)).wait(minutes=50).note(TAKEN).wait(seconds=minutes_before * 60)
    assert due_in(tape.note(e.BagEmptied(None, variance=False))) == due


def test_without_any_set_one_is_due_when_the_bag_is_empty(protocol: InfusionProtocol) -> None:
    assert due_in(Tape(protocol).infusing().wait(minutes=60).note(e.BagEmptied(None, variance=False))) == 0


def fallen(tape: Tape, begin: Begin, after: float) -> Tape:
    """Systolic pressure 150 before, and so many minutes after the beginning of a step fallen by a fifth."""
    begin(tape.note(e.VitalSignsRecorded(pressure(150))).wait(minutes=1))
    return tape.wait(minutes=after).note(e.VitalSignsRecorded(pressure(120)))


def only_infusing(tape: Tape) -> Tape:
    return tape.infusing()


def flushing(tape: Tape) -> Tape:
    return tape.infusing().wait(minutes=60).note(e.BagEmptied(None, variance=False))


def watching(tape: Tape) -> Tape:
    return tape.observing()


@pytest.mark.parametrize(
    ("begin", "after"),
    [
        pytest.param(only_infusing, 16, id="long before the next point"),
        pytest.param(flushing, 1, id="when nothing else is due"),
        pytest.param(watching, 3, id="in the watch"),
        pytest.param(watching, 61, id="after the last point of the watch"),
    ],
)
def test_a_fallen_pressure_is_taken_again_after_five_minutes(
    protocol: InfusionProtocol, begin: Begin, after: float
) -> None:
    tape = fallen(Tape(protocol), begin, after)
    assert due_in(tape) == 5
    assert due_in(tape.wait(minutes=5).note(e.VitalSignsRecorded(pressure(140)))) != 5


def test_the_sooner_of_recheck_and_schedule_is_due(protocol: InfusionProtocol) -> None:
    tape = fallen(Tape(protocol), only_infusing, 9.9)
    assert due_in(tape) == 5
    tape = fallen(Tape(protocol), only_infusing, 9.9).wait(minutes=1)
    assert due_in(tape) == 4


def test_a_recheck_needs_the_pressure(protocol: InfusionProtocol) -> None:
    tape = fallen(Tape(protocol), only_infusing, 16).wait(minutes=2)
    tape.note(e.VitalSignsRecorded(VitalSigns(temperature_c=WELL.temperature_c)))
    assert due_in(tape) == 3


def test_a_low_pressure_before_the_start_is_no_fall(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).note(e.VitalSignsRecorded(pressure(150))).wait(minutes=5)
    tape.note(e.VitalSignsRecorded(pressure(110)))
    assert due_in(tape) is None
    assert due_in(tape.infusing()) == 15


def test_in_a_reaction_its_own_round_is_kept(protocol: InfusionProtocol) -> None:
    tape = fallen(Tape(protocol), only_infusing, 16).wait(minutes=4).note(e.ReactionOpened(("itching",)))
    assert due_in(tape) == 5


def test_at_the_instant_of_the_start_the_order_of_the_entries_tells(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol).note(e.VitalSignsRecorded(pressure(150)))
    tape.infusing().note(e.VitalSignsRecorded(pressure(110)))
    usual = baseline(tape.state)
    assert usual is not None
    assert usual.systolic == 150
    assert [tape.state.is_since_start(taken) for taken in tape.state.vitals] == [False, True]
    assert vital_signs_due(tape.state, tape.now) == tape.now.plus(timedelta(minutes=5)), "a fall is taken again soon"
