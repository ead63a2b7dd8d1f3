"""T-27 and T-28: times of the future, clocks that are too early, ends before beginnings: kept, shown, no crash."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.alarms import alarms
from nurse_app.domain.clock_trust import ClockDoubt, clock_doubt
from nurse_app.domain.facts import LabResult
from nurse_app.domain.moment import ZERO
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.run import running_time
from nurse_app.domain.snapshot import snapshot
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.record import RecordSource, record_document
from nurse_app.presentation.resume import present_resume
from nurse_app.presentation.steps import present_step
from nurse_app.presentation.timeline import present_timeline
from nurse_app.window import MADE
from tests.domain.kit import Tape
from tests.figures import figure
from tests.kit import TestVisit

NewTape = Callable[[], Tape]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STOPPED = (e.InfusionStopped("leak"), e.ObservationStarted("stop"))


# --- T-27 ---


def said_to_happen_tomorrow(tape: Tape) -> bool:
    """An act that a person dates into the future counts as of now."""
    tape.infusing().wait(minutes=5).note(*STOPPED, happened_at=tape.truth + DAY)
    started = tape.state.observation.started_at
    return started is not None and started.latest <= tape.truth and not watch(tape.state, tape.now).ready


def wall_two_days_ahead_and_back(tape: Tape) -> bool:
    """Entries with a wall clock of the day after tomorrow, then it is set back: nothing jumps."""
    tape.infusing().move_wall(days=2).note(e.ClockStepNoticed(2 * DAY)).wait(minutes=10).note(e.NoteAdded("a"))
    tape.move_wall(days=-2).note(e.ClockStepNoticed(-2 * DAY)).wait(minutes=10)
    ran = running_time(tape.state.run, tape.now)
    return ran.least == ran.most == 20 * MINUTE and "clock-step" in {item.name for item in alarms(tape.state, tape.now)}


def machine_restarted_with_an_earlier_wall(tape: Tape) -> bool:
    """The last entry is later than the wall clock after a restart: only the uptime counts, and the nurse is asked."""
    tape.infusing().wait(minutes=10).move_wall(days=-2).reboot(HOUR, 3 * MINUTE).note(e.VisitReopened())
    ran = running_time(tape.state.run, tape.now)
    names = {item.name for item in alarms(tape.state, tape.now)}
    return ran.least == 3 * MINUTE and "time-unsure" in names and not watch(tape.state, tape.now).ready


def machine_restarted_with_a_later_wall(tape: Tape) -> bool:
    """A wall clock that went ahead while the machine was off proves nothing, and the nurse is asked."""
    tape.infusing().wait(minutes=1).note(*STOPPED).move_wall(days=2).reboot(MINUTE, MINUTE).note(e.VisitReopened())
    names = {item.name for item in alarms(tape.state, tape.now)}
    return not watch(tape.state, tape.now).ready and "time-unsure" in names


def new_visit_before_the_last_entry(_tape: Tape) -> bool:
    newest = datetime(2026, 11, 25, 9, tzinfo=UTC)
    return clock_doubt(newest - HOUR, newest, None) == ClockDoubt(newest - HOUR, newest)


def new_visit_before_the_program_was_made(_tape: Tape) -> bool:
    return clock_doubt(datetime(1970, 1, 1, tzinfo=UTC), MADE, None) is not None


def new_visit_after_somebody_has_looked(_tape: Tape) -> bool:
    newest = datetime(2026, 11, 25, 9, tzinfo=UTC)
    return clock_doubt(newest - HOUR, newest, ClockDoubt(newest - 2 * HOUR, newest)) is None


def result_of_tomorrow(tape: Tape) -> bool:
    """A laboratory result of the future is no result of today: it does not make the patient fit."""
    facts = tape.state.facts
    tape.note(e.FactsUpdated(type(facts)(**{**_fields(facts), "labs": (LabResult("ALT", "25", tape.truth + DAY),)})))
    return snapshot(tape.state, tape.now)["decision"] in ("hold", "stop")


def _fields(facts: object) -> dict[str, object]:
    return {name: getattr(facts, name) for name in type(facts).__slots__}


STRANGE = (
    said_to_happen_tomorrow,
    wall_two_days_ahead_and_back,
    machine_restarted_with_an_earlier_wall,
    machine_restarted_with_a_later_wall,
    new_visit_before_the_last_entry,
    new_visit_before_the_program_was_made,
    new_visit_after_somebody_has_looked,
    result_of_tomorrow,
)


def test_times_of_the_future_and_clocks_that_are_too_early_open_no_gate(new_tape: NewTape) -> None:
    held = [case.__name__ for case in STRANGE if case(new_tape())]
    assert held == [case.__name__ for case in STRANGE]
    figure(f"T-27 {len(held)} of {len(STRANGE)}")


# --- T-28 ---


def end_before_its_start(tape: Tape) -> None:
    tape.infusing().wait(minutes=30).note(*STOPPED, happened_at=tape.truth - 2 * HOUR)


def before_the_visit(tape: Tape) -> None:
    tape.note(e.NoteAdded("a"), happened_at=tape.begins - 400 * DAY)


def all_at_one_instant(tape: Tape) -> None:
    tape.infusing().note(e.InfusionPaused("a"), e.InfusionResumed(), e.InfusionPaused("b"), *STOPPED)
    tape.note(e.ObservationCompleted(), e.Discharged())


def uptime_that_goes_back(tape: Tape) -> None:
    tape.infusing().wait(minutes=30).note(e.NoteAdded("a"))
    tape.passed -= 20 * MINUTE
    tape.note(e.InfusionPaused("alarm"), e.InfusionResumed())


def wall_that_goes_back(tape: Tape) -> None:
    tape.infusing().move_wall(minutes=-2).note(e.BagEmptied(None, variance=False), e.FlushFinished(Decimal(15)))


def watch_ended_before_it_began(tape: Tape) -> None:
    tape.observing().wait(minutes=10).note(e.ObservationCompleted(), happened_at=tape.truth - 3 * HOUR)


def negative_uptime_after_a_restart(tape: Tape) -> None:
    tape.infusing().reboot(-HOUR, ZERO).note(e.VisitReopened(), e.InfusionStopped("leak"))


ODD = (
    end_before_its_start,
    before_the_visit,
    all_at_one_instant,
    uptime_that_goes_back,
    wall_that_goes_back,
    watch_ended_before_it_began,
    negative_uptime_after_a_restart,
)


def show_everything(tape: Tape, protocol: InfusionProtocol) -> int:
    """Every page of the visit and its printed record; how many entries are on the timeline."""
    context = TestVisit(protocol).context()
    context = VisitContext(
        context.visit_id, tape.state, tuple(tape.items), tape.now, UTC, context.user_id, context.name_of
    )
    present_step(context)
    present_resume(context)
    assert snapshot(tape.state, tape.now)
    document = record_document(RecordSource(context, "digest", sample=True, training=True))
    assert document
    return len(present_timeline(context).rows)


@pytest.mark.parametrize("course", ODD, ids=lambda course: course.__name__)
def test_an_odd_course_is_kept_by_number_and_shown(
    new_tape: NewTape, protocol: InfusionProtocol, course: Callable[[Tape], None]
) -> None:
    tape = new_tape()
    course(tape)
    assert [item.number for item in tape.items] == list(range(1, len(tape.items) + 1))
    assert show_everything(tape, protocol) == len(tape.items)
    ran = running_time(tape.state.run, tape.now)
    assert ZERO <= ran.least <= ran.most
    assert tape.now.earliest <= tape.now.latest
    figure(f"T-28 {course.__name__.replace('_', ' ')}: {len(tape.items)} entries in their order, all pages shown")


def test_a_visit_goes_on_after_an_odd_course(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")
    visit.wall_moved -= 2 * MINUTE
    visit.do(c.NoticeClockStep(-2 * MINUTE))
    visit.to("closed")
    assert visit.state.phase == "closed"
