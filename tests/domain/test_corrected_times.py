"""Times corrected afterwards: what may be, what counts then, and that both times stay."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.corrected_times import TIMEABLE, entry_times
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import baseline, delivered_at_onset, pressure_alarm_line
from nurse_app.domain.reaction_commands import CorrectTime
from nurse_app.domain.schedule import vital_signs_due
from tests.domain.kit import pressure
from tests.domain.stages import at
from tests.kit import TestVisit
from tests.presentation.running_visits import running

MINUTE = timedelta(minutes=1)


def entry_of(visit: TestVisit, kind: type) -> int:
    return next(item.number for item in reversed(visit.visit.record) if isinstance(item.event, kind))


def in_anaphylaxis(protocol: InfusionProtocol) -> TestVisit:
    """Opened 18 min into the infusion, epinephrine entered three minutes later."""
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.wait(minutes=3).do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    return visit


def ago(visit: TestVisit, minutes: float) -> datetime:
    return visit.now.latest - minutes * MINUTE


def test_the_repeat_clock_counts_from_the_corrected_time(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    entered = visit.shown()["reaction"]["epinephrine_repeat_in_s"]

    visit.do(CorrectTime(entry_of(visit, e.TreatmentGiven), ago(visit, 2)))

    assert (entered, visit.shown()["reaction"]["epinephrine_repeat_in_s"]) == (300, 180)


def test_a_correction_is_an_entry_and_the_corrected_one_keeps_its_own_time(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    number, was, said = entry_of(visit, e.TreatmentGiven), visit.now, ago(visit, 2)
    (entry,) = visit.wait(minutes=1).do(CorrectTime(number, said))

    times = {item.number: times for item, times in entry_times(visit.visit.record)}

    assert entry.event == e.EntryTimeCorrected(number, said)
    assert (times[number].entered, times[number].happened.latest, times[number].corrected) == (was, said, True)
    assert (times[number - 1].happened, times[number - 1].corrected) == (times[number - 1].entered, False)


def test_the_newest_correction_counts_and_a_reopened_record_says_the_same(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    number = entry_of(visit, e.TreatmentGiven)
    visit.do(CorrectTime(number, ago(visit, 2)))
    visit.do(CorrectTime(number, ago(visit, 1)))
    before = visit.state

    assert visit.shown()["reaction"]["epinephrine_repeat_in_s"] == 240
    assert visit.reopen().state == before


def test_doses_count_in_the_order_in_which_they_were_given(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    visit.wait(minutes=5).do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    # The dose entered second was the first one.
    visit.do(CorrectTime(entry_of(visit, e.TreatmentGiven), ago(visit, 7)))

    given = visit.state.reactions[-1].treatments

    assert [item.at.latest for item in given] == [ago(visit, 7), ago(visit, 5)]
    assert visit.shown()["reaction"]["epinephrine_repeat_in_s"] == 0


def test_an_earlier_onset_moves_the_dose_at_onset_and_the_series_of_vital_signs(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    stopped = visit.state.run.ended_at
    visit.do(CorrectTime(entry_of(visit, e.ReactionOpened), ago(visit, 9)))
    reaction = visit.state.reactions[-1]
    given = delivered_at_onset(visit.state, reaction)
    due = vital_signs_due(visit.state, visit.now)

    assert given is not None
    # Twelve minutes of 115 mL/h: 23 mL, 60 mg.
    assert (given.volume_ml, given.dose_mg) == (Decimal(23), Decimal(60))
    assert due is not None
    assert due.latest == ago(visit, 9) + 5 * MINUTE
    assert visit.state.run.ended_at == stopped
    assert dict(reaction.signs)["wheeze"].latest == ago(visit, 9)


def test_a_time_later_than_its_entry_is_possible_up_to_now(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    number = entry_of(visit, e.TreatmentGiven)
    visit.wait(minutes=4)
    visit.do(CorrectTime(number, ago(visit, 1)))

    assert visit.state.reactions[-1].treatments[0].at.latest == ago(visit, 1)
    assert visit.shown()["reaction"]["epinephrine_repeat_in_s"] == 240


def test_the_observation_begins_where_it_began_whatever_is_corrected(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    visit.wait(minutes=10).do(c.CloseReaction("resolved"))
    before = watch(visit.state, visit.now)
    for kind in (e.ReactionOpened, e.TreatmentGiven):
        visit.do(CorrectTime(entry_of(visit, kind), visit.state.started_at.latest))

    assert watch(visit.state, visit.now) == before


@pytest.mark.parametrize("minutes", [-0.001, 200])
def test_a_time_outside_the_visit_is_refused(protocol: InfusionProtocol, minutes: float) -> None:
    visit = in_anaphylaxis(protocol)
    command = CorrectTime(entry_of(visit, e.TreatmentGiven), ago(visit, minutes))
    assert visit.refused(command) == Rejected(Reason.TIME_OUTSIDE_VISIT)


@pytest.mark.parametrize("minutes", ["start", "now"])
def test_the_ends_of_the_visit_are_possible(protocol: InfusionProtocol, minutes: str) -> None:
    visit = in_anaphylaxis(protocol)
    said = visit.state.started_at.latest if minutes == "start" else visit.now.latest
    visit.do(CorrectTime(entry_of(visit, e.TreatmentGiven), said))
    assert visit.state.reactions[-1].treatments[0].at.latest == said


def test_a_reaction_does_not_begin_after_its_end(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    visit.do(c.CloseReaction("resolved"))
    closed, first = visit.now.latest, entry_of(visit, e.ReactionOpened)
    visit.wait(minutes=5).do(c.OpenReaction(("nausea",)))
    second = entry_of(visit, e.ReactionOpened)

    assert visit.refused(CorrectTime(first, closed + MINUTE)) == Rejected(Reason.TIME_OUTSIDE_VISIT)
    visit.do(CorrectTime(first, closed))
    visit.wait(minutes=1).do(CorrectTime(second, visit.now.latest))
    assert [reaction.opened_at.latest for reaction in visit.state.reactions] == [closed, visit.now.latest]


@pytest.mark.parametrize("kind", [e.InfusionStarted, e.InfusionPaused, e.InfusionStopped, e.ReactionGraded])
def test_what_gates_rest_on_keeps_its_time(protocol: InfusionProtocol, kind: type) -> None:
    visit = in_anaphylaxis(protocol)
    assert visit.refused(CorrectTime(entry_of(visit, kind), ago(visit, 1))) == Rejected(Reason.TIME_STAYS)


def test_no_entry_and_one_in_error_have_no_time_to_correct(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    number = entry_of(visit, e.TreatmentGiven)
    visit.do(c.CorrectEntry(number, "not given"))

    assert visit.refused(CorrectTime(999, ago(visit, 1))) == Rejected(Reason.UNKNOWN_ENTRY)
    assert visit.refused(CorrectTime(number, ago(visit, 1))) == Rejected(Reason.ALREADY_CORRECTED)


def test_vital_signs_stay_on_their_side_of_the_start(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    before = entry_of(visit, e.VitalSignsRecorded)
    visit.do(c.RecordVitalSigns(pressure(118)))
    after = entry_of(visit, e.VitalSignsRecorded)
    started = visit.state.run.started_at
    assert started is not None
    line = pressure_alarm_line(visit.state)

    late, early = CorrectTime(before, started.latest + MINUTE), CorrectTime(after, started.latest - MINUTE)
    assert visit.refused(late) == visit.refused(early) == Rejected(Reason.TIME_OUTSIDE_VISIT)
    visit.do(CorrectTime(before, started.latest))
    visit.do(CorrectTime(after, started.latest))

    assert pressure_alarm_line(visit.state) == line
    first = baseline(visit.state)
    assert first is not None
    assert first.systolic == Decimal(124)


def test_before_the_start_vital_signs_may_have_any_time_of_the_visit(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "prechecks")
    visit.do(c.RecordVitalSigns(pressure(118)))
    visit.do(CorrectTime(entry_of(visit, e.VitalSignsRecorded), visit.state.started_at.latest))

    assert visit.state.vitals[-1].at == visit.state.started_at


def test_vital_signs_count_in_the_order_in_which_they_were_taken(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 10)
    visit.do(c.RecordVitalSigns(pressure(118)))
    visit.wait(minutes=5).do(c.RecordVitalSigns(pressure(112)))
    visit.do(CorrectTime(entry_of(visit, e.VitalSignsRecorded), ago(visit, 9)))

    assert [taken.vitals.systolic for taken in visit.state.vitals][-2:] == [Decimal(112), Decimal(118)]


def test_after_a_restart_a_corrected_time_is_as_sure_as_the_clock(protocol: InfusionProtocol) -> None:
    visit = in_anaphylaxis(protocol)
    visit.wait(minutes=10).reboot(up_for_minutes=1).do(c.ReopenVisit())
    number = entry_of(visit, e.TreatmentGiven)
    visit.do(CorrectTime(number, visit.now.latest - MINUTE))

    at_ = visit.state.reactions[-1].treatments[0].at

    assert at_.latest == visit.now.latest - MINUTE
    assert at_.earliest == min(visit.now.earliest, at_.latest)


def test_every_kind_that_may_have_another_time_is_applied_at_it(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction())
    visit.do(c.NoteSign("hives"))
    visit.do(c.DoAction("new-line"))
    visit.do(c.GiveTreatment("oxygen"))
    visit.do(c.RecordVitalSigns(pressure(118)))
    visit.wait(minutes=5)
    for kind in TIMEABLE:
        visit.do(CorrectTime(entry_of(visit, kind), ago(visit, 7)))
    reaction = visit.state.reactions[-1]
    found: list[Any] = [reaction.opened_at, reaction.signs[0][1], reaction.actions[0][1], reaction.treatments[0].at]

    assert {moment.latest for moment in (*found, visit.state.vitals[-1].at)} == {ago(visit, 7)}


def test_before_the_drug_was_started_nothing_had_gone_in(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    visit.do(c.OpenReaction(("dizziness",)))
    assert delivered_at_onset(visit.state, visit.state.reactions[-1]) is None

    later = running(protocol, 18)
    later.do(c.OpenReaction())
    started = later.state.run.started_at
    assert started is not None
    later.do(CorrectTime(entry_of(later, e.ReactionOpened), started.latest - MINUTE))
    assert delivered_at_onset(later.state, later.state.reactions[-1]) is None


def test_after_the_bag_the_whole_dose_had_gone_in_and_before_its_end_less(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")
    visit.do(c.OpenReaction())
    reaction = visit.state.reactions[-1]
    empty = visit.state.run.bag_empty_at
    assert empty is not None
    whole = delivered_at_onset(visit.state, reaction)
    earlier = delivered_at_onset(visit.state, replace(reaction, opened_at=empty.plus(-30 * MINUTE)))

    assert whole is not None
    assert earlier is not None
    assert whole.dose_mg == Decimal(300)
    assert earlier.volume_ml == Decimal(115) - Decimal("57.5")


def test_only_what_ran_before_the_onset_counts(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 12)
    visit.do(c.PauseInfusion("alarm"))
    visit.wait(minutes=5).do(c.ResumeInfusion())
    visit.wait(minutes=12).do(c.OpenReaction())
    visit.do(CorrectTime(entry_of(visit, e.ReactionOpened), ago(visit, 14)))

    given = delivered_at_onset(visit.state, visit.state.reactions[-1])

    # In the pause: the first twelve minutes only.
    assert given is not None
    assert given.volume_ml == Decimal(23)
