"""How long the infusion has run and what has gone in: pauses do not count, nothing is promised that is not proven."""

from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.moment import ZERO, Span
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.run import Delivered, delivered, paused_for, projected_end, remaining, running_time, seconds
from tests.domain.kit import Tape

MINUTE = timedelta(minutes=1)


def exactly(minutes: float) -> Span:
    return Span(minutes * MINUTE, minutes * MINUTE)


def given(tape: Tape) -> Delivered:
    return delivered(tape.state.protocol, tape.state.run, tape.now)


@pytest.fixture
def tape(protocol: InfusionProtocol) -> Tape:
    return Tape(protocol).wait(minutes=40)


def test_before_the_start_nothing_has_run_and_no_end_is_foreseen(tape: Tape) -> None:
    assert running_time(tape.state.run, tape.now) == exactly(0)
    assert remaining(tape.state, tape.now) == 60 * MINUTE
    assert given(tape) == Delivered(Decimal(0), Decimal(0))
    assert projected_end(tape.state, tape.now) is None
    assert paused_for(tape.state.run, tape.now) == ZERO


def test_pauses_do_not_count(tape: Tape) -> None:
    tape.infusing().wait(minutes=40).note(e.InfusionPaused("pump alarm")).wait(minutes=12)
    assert running_time(tape.state.run, tape.now) == exactly(40)
    assert paused_for(tape.state.run, tape.now) == 12 * MINUTE
    assert projected_end(tape.state, tape.now) is None

    tape.note(e.InfusionResumed()).wait(minutes=5)
    assert running_time(tape.state.run, tape.now) == exactly(45)
    assert paused_for(tape.state.run, tape.now) == ZERO
    assert remaining(tape.state, tape.now) == 15 * MINUTE
    assert projected_end(tape.state, tape.now) == tape.now.plus(15 * MINUTE)


def test_time_over_the_plan_is_negative(tape: Tape) -> None:
    tape.infusing().wait(minutes=61, seconds=30)
    assert remaining(tape.state, tape.now) == timedelta(seconds=-90)
    assert projected_end(tape.state, tape.now) == tape.now.plus(timedelta(seconds=-90))


@pytest.mark.parametrize(
    ("minutes", "volume_ml", "dose_mg"), [(0, "0", "0"), (30, "57.5", "150"), (60, "115", "300"), (61, "115", "300")]
)
def test_what_has_gone_in_is_rate_times_time_and_at_most_the_bag(
    tape: Tape, minutes: int, volume_ml: str, dose_mg: str
) -> None:
    tape.infusing().wait(minutes=minutes)
    assert given(tape) == Delivered(Decimal(volume_ml), Decimal(dose_mg))


@pytest.mark.parametrize(("ran", "dose_mg"), [(51, "4.25"), (3, "0.25"), (1836, "153")])
def test_no_figure_is_rounded_before_it_is_shown(tape: Tape, ran: int, dose_mg: str) -> None:
    tape.infusing().wait(seconds=ran)
    assert given(tape).dose_mg == Decimal(dose_mg)


def test_stretches_are_added_before_they_are_divided(tape: Tape) -> None:
    for ran in (600, 600, 636):
        tape.note(e.InfusionResumed()) if tape.state.run.segments else tape.infusing()
        tape.wait(seconds=ran).note(e.InfusionPaused("line"))
    assert given(tape).volume_ml == Decimal("58.65")


def test_each_stretch_counts_at_its_own_rate(tape: Tape) -> None:
    tape.infusing(120).wait(minutes=30).note(e.RateChanged(Decimal(60), "patient feels cold")).wait(minutes=10)
    assert given(tape).volume_ml == 60 + 10
    assert running_time(tape.state.run, tape.now) == exactly(40)


def test_a_rate_changed_in_a_pause_counts_from_going_on(tape: Tape) -> None:
    tape.infusing(60).wait(minutes=10).note(e.InfusionPaused("cold")).wait(minutes=10)
    tape.note(e.RateChanged(Decimal(120), "order")).wait(minutes=10)
    assert running_time(tape.state.run, tape.now) == exactly(10)
    assert given(tape).volume_ml == 10

    tape.note(e.InfusionResumed()).wait(minutes=10)
    assert given(tape).volume_ml == 10 + 20


def test_an_empty_bag_has_given_the_whole_dose_however_early(tape: Tape) -> None:
    tape.infusing().wait(minutes=50).note(e.BagEmptied("free flow", variance=True)).wait(minutes=9)
    assert given(tape) == Delivered(Decimal(115), Decimal(300))
    assert running_time(tape.state.run, tape.now) == exactly(50)
    assert projected_end(tape.state, tape.now) == tape.state.started_at.plus(90 * MINUTE)


def test_a_stop_ends_the_run_where_it_is(tape: Tape) -> None:
    tape.infusing().wait(minutes=20).note(e.InfusionStopped("leak")).wait(minutes=20)
    assert running_time(tape.state.run, tape.now) == exactly(20)
    assert given(tape).dose_mg == 100
    assert projected_end(tape.state, tape.now) == tape.state.started_at.plus(60 * MINUTE)


def test_a_stop_in_a_pause_adds_nothing(tape: Tape) -> None:
    tape.infusing().wait(minutes=20).note(e.InfusionPaused("leak")).wait(minutes=20)
    tape.note(e.InfusionStopped("leak")).wait(minutes=20)
    assert running_time(tape.state.run, tape.now) == exactly(20)


def test_after_a_restart_of_the_machine_only_what_is_proven_has_gone_in(tape: Tape) -> None:
    tape.infusing().wait(minutes=12).note(e.NoteAdded("all well"))
    tape.reboot(off=20 * MINUTE, started_for=6 * MINUTE)
    assert running_time(tape.state.run, tape.now) == Span(18 * MINUTE, 38 * MINUTE)
    assert given(tape).dose_mg == 90
    assert remaining(tape.state, tape.now) == 42 * MINUTE


def test_the_longest_pause_that_may_be_counts(tape: Tape) -> None:
    tape.infusing().note(e.InfusionPaused("pump alarm")).reboot(off=31 * MINUTE)
    assert paused_for(tape.state.run, tape.now) == 31 * MINUTE


def test_seconds_are_exact() -> None:
    assert seconds(timedelta(days=400, microseconds=1)) == Decimal("34560000.000001")
