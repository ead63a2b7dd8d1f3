"""Notes, acknowledged alarms, new facts, and what the program itself notices."""

from datetime import timedelta

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason
from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import put, visit_facts
from tests.domain.stages import Stages, at


def test_a_note_has_words(stages: Stages) -> None:
    assert stages.events("closed", c.AddNote(" slept ")) == (e.NoteAdded("slept"),)
    assert stages.reason("infuse", c.AddNote(" \n")) == Reason.TEXT_MISSING


def test_an_alarm_is_acknowledged_once_and_only_while_it_is_there(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse").wait(minutes=15)
    (alarm,) = visit.shown()["alarms"]
    assert visit.refused(c.AcknowledgeAlarm("vital-signs-due")).reason == Reason.UNKNOWN_ALARM
    assert [entry.event for entry in visit.do(c.AcknowledgeAlarm(alarm))] == [e.AlarmAcknowledged(alarm)]
    assert visit.do(c.AcknowledgeAlarm(alarm)) == ()
    assert visit.shown()["alarms"] == [alarm]


def test_an_acknowledged_clock_step_is_gone(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "infuse")
    visit.do(c.NoticeClockStep(timedelta(hours=1)))
    visit.do(c.AcknowledgeAlarm("clock-step/0"))
    assert visit.shown()["alarms"] == []
    assert visit.refused(c.AcknowledgeAlarm("clock-step/0")).reason == Reason.UNKNOWN_ALARM


def test_facts_that_are_the_same_are_no_news(stages: Stages) -> None:
    assert stages.events("prechecks", c.UpdateFacts(visit_facts())) == ()


def test_new_facts_are_judged_at_once(protocol: InfusionProtocol) -> None:
    visit = at(protocol, "ready")
    visit.do(c.UpdateFacts(visit_facts(put("patient.history.pml", True))))
    assert visit.shown()["decision"] == "stop"


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (c.NoticeClockStep(timedelta(seconds=-90)), e.ClockStepNoticed(timedelta(seconds=-90))),
        (c.ReopenVisit(17), e.VisitReopened(17)),
    ],
)
def test_what_the_program_notices_is_noted(stages: Stages, command: c.Command, event: e.Event) -> None:
    assert stages.events("closed", command) == (event,)
