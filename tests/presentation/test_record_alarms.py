"""The alarms on the printed record: one a row, due, noticed, sounded, acknowledged by whom, over."""

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.alarm_commands import AlarmGrowth, NoteAlarmSounded, NoticeAlarms, PauseAudio
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.record_document import RecordRow
from nurse_app.presentation.entry_words_alarms import alarm_title
from nurse_app.presentation.record import RecordSource, record_document
from nurse_app.presentation.record_parts import ALARMS
from nurse_app.presentation.timeline import present_timeline
from tests.kit import WELL, TestVisit
from tests.presentation.running_visits import running

PROGRAM = "program"


def rows(visit: TestVisit) -> tuple[RecordRow, ...]:
    document = record_document(RecordSource(visit.context(), "d1g357", sample=True, training=False))
    tables = [part.table for part in document.sections if part.title == "Alarms"]
    return tables[0].rows if tables and tables[0] is not None else ()


def noted(protocol: InfusionProtocol) -> tuple[TestVisit, str]:
    """Vital signs were due at 09:55 and noticed two minutes later."""
    visit = running(protocol, 17)
    visit.do(NoticeAlarms(), PROGRAM)
    (alarm,) = visit.state.alarm_book
    return visit, alarm


def test_a_visit_without_alarms_has_no_table(protocol: InfusionProtocol) -> None:
    assert rows(running(protocol)) == ()


def test_one_alarm_is_one_row_from_due_to_over(protocol: InfusionProtocol) -> None:
    visit, alarm = noted(protocol)
    visit.wait(seconds=1).do(NoteAlarmSounded((alarm,), "low"), PROGRAM)
    visit.wait(seconds=19).do(c.AcknowledgeAlarm(alarm))
    visit.wait(minutes=1).do(c.RecordVitalSigns(WELL))
    visit.do(NoticeAlarms(), PROGRAM)

    (row,) = rows(visit)
    first = visit.state.alarm_book[alarm].entry
    assert row.cells == (
        f"{first}, {first + 1}, {first + 2}, {first + 4}",
        "vital signs due (low)",
        "09:55:00",
        "09:57:00",
        "09:57:01",
        "09:57:20 SAMPLE, Nurse One",
        "09:58:20",
    )
    assert row.marks == ""


def test_reminders_that_were_done_with_at_once_are_one_line(protocol: InfusionProtocol) -> None:
    visit = running(protocol)
    for _round in range(2):
        visit.wait(minutes=15).do(NoticeAlarms(), PROGRAM)
        visit.do(NoteAlarmSounded(tuple(visit.state.alarm_book), "low"), PROGRAM)
        visit.wait(seconds=30).do(c.RecordVitalSigns(WELL))
        visit.do(NoticeAlarms(), PROGRAM)
        visit.wait(seconds=-30)

    document = record_document(RecordSource(visit.context(), "d1g357", sample=True, training=False))
    (section,) = [part for part in document.sections if part.title == "Alarms"]
    numbers = [item.number for item in visit.visit.record if type(item.event) in ALARMS]
    assert section.table is None
    said = "Reminders heard when due and done within a minute: vital signs due 09:55:00, 10:10:00"
    listed = ", ".join(str(number) for number in numbers)
    assert section.lines == (f"{said} (entries {listed}).",)


@pytest.mark.parametrize(("trouble", "late_s"), [("muted", 30), ("", 61)])
def test_a_reminder_that_was_late_or_silent_has_its_row(
    protocol: InfusionProtocol, trouble: str, late_s: float
) -> None:
    visit = running(protocol, 15)
    visit.do(NoticeAlarms(), PROGRAM)
    visit.do(NoteAlarmSounded(tuple(visit.state.alarm_book), "low", trouble), PROGRAM)
    visit.wait(seconds=late_s).do(c.RecordVitalSigns(WELL))
    visit.do(NoticeAlarms(), PROGRAM)

    assert len(rows(visit)) == 1


def test_what_nobody_answered_and_what_nobody_could_hear_is_said(protocol: InfusionProtocol) -> None:
    visit, alarm = noted(protocol)
    visit.do(NoteAlarmSounded((alarm,), "low", "muted"), PROGRAM)
    visit.wait(minutes=2).do(NoticeAlarms((AlarmGrowth(alarm, 1, "low"), AlarmGrowth(alarm, 2, "medium"))), PROGRAM)
    visit.wait(minutes=3).do(NoticeAlarms((AlarmGrowth(alarm, 3, "medium"),)), PROGRAM)
    visit.do(PauseAudio((alarm,), 120))

    (row,) = rows(visit)
    assert row.cells[4:] == ("no sound", "—", "—")
    assert row.marks == (
        "[not acknowledged: front 09:59:00, medium 09:59:00, whole screen 10:02:00] [sound paused 10:02:00]"
    )


def test_an_acknowledgement_of_an_earlier_version_has_its_row(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 61)
    visit.do(c.AcknowledgeAlarm("infusion-time-over"))

    (row,) = rows(visit)
    assert row.cells[1:] == ("infusion time over", "—", "—", "—", "10:41:00 SAMPLE, Nurse One", "—")


def test_the_same_alarm_again_is_another_row(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 61)
    visit.do(c.RecordVitalSigns(WELL))
    visit.do(NoticeAlarms(), PROGRAM)
    visit.do(c.PauseInfusion("pump"))
    visit.do(NoticeAlarms(), PROGRAM)
    visit.do(c.ResumeInfusion())
    visit.do(NoticeAlarms(), PROGRAM)

    assert [row.cells[1] for row in rows(visit)] == ["infusion time over (medium)"] * 2
    assert [row.cells[6] == "—" for row in rows(visit)] == [False, True]


def test_the_program_signs_nothing(protocol: InfusionProtocol) -> None:
    visit, _alarm = noted(protocol)
    document = record_document(RecordSource(visit.context(), "d1g357", sample=True, training=False))

    assert not any(PROGRAM in line for line in document.signatures)


def test_the_timeline_says_what_the_program_noticed(protocol: InfusionProtocol) -> None:
    visit, alarm = noted(protocol)
    visit.do(NoteAlarmSounded((alarm,), "low"), PROGRAM)
    visit.do(NoteAlarmSounded((alarm,), "low"), PROGRAM)

    words = [row.words for row in present_timeline(visit.context()).rows]
    assert "Alarm, low priority: vital signs due, due since 09:55:00." in words
    assert words[-1] == "Alarm sounded: vital signs due."


def test_a_condition_of_a_later_version_is_shown_by_its_name() -> None:
    assert alarm_title("weather-bad/7") == "weather-bad"
