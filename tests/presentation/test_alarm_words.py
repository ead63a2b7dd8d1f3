"""Alarm conditions in words, the most urgent first, each with what acknowledging names."""

from datetime import timedelta
from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.alarms import alarms
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.alarm_words import present_alarm_lines
from tests.kit import TestVisit
from tests.presentation.running_visits import running, vitals


def lines(visit: TestVisit) -> dict[str, tuple[str, str]]:
    """Priority and words by the name of the condition."""
    return {line.key.partition("/")[0]: (line.priority, line.text) for line in present_alarm_lines(visit.context())}


def test_what_is_due_says_since_when(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 17)

    (line,) = present_alarm_lines(visit.context())

    (condition,) = alarms(visit.state, visit.now)
    assert (line.key, line.priority, line.text, line.note, line.acknowledged) == (
        condition.id,
        "low",
        "Vital signs and the symptom round are due.",
        "since 09:55",
        False,
    )


def test_what_was_seen_is_shown_as_seen(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 17)
    visit.do(c.AcknowledgeAlarm(present_alarm_lines(visit.context())[0].key))

    assert [line.acknowledged for line in present_alarm_lines(visit.context())] == [True]


def test_alarming_figures_are_named(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(c.RecordVitalSigns(VitalSigns(spo2=Decimal(91))))
    visit.wait(minutes=1)
    alarming = lines(visit)
    visit.do(vitals(121, 76, 104))

    assert list(alarming.values()) == [("high", "Alarming: SpO₂ 91 %. Stop the pump and look at the patient.")]
    assert list(lines(visit).values()) == [("low", "Outside the limits: Pulse 104 /min. Watch the patient.")]


def test_the_clocks_of_infusion_pause_bag_and_watch_have_their_sentence(protocol: InfusionProtocol) -> None:
    over = running(protocol, 61)
    paused = running(protocol, 5)
    paused.do(c.PauseInfusion("Waiting"))
    paused.wait(hours=8)
    watched = TestVisit(protocol).to("observe").wait(minutes=61)

    assert lines(over)["infusion-time-over"] == ("medium", "The planned infusion time is over. Look at the bag.")
    assert lines(paused)["paused-long"][1] == "The infusion has been paused for long. Decide how it goes on."
    assert lines(paused)["bag-too-old"][1].startswith("The bag has passed its time limit.")
    assert lines(watched)["observation-over"] == ("medium", "The observation time is over.")


def test_epinephrine_that_is_missing_or_due_again_is_said(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 5)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.do(c.GiveTreatment("oxygen"))
    missing = lines(visit)
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    visit.wait(minutes=5)

    assert missing["first-line-missing"] == (
        "high",
        "EPINEPHrine has not been given. Nothing else takes its place.",
    )
    assert lines(visit)["repeat-due"] == ("high", "EPINEPHrine. Not better: again every 5 to 15 min.")


def test_a_moved_wall_clock_says_by_how_much(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 5)
    visit.do(c.NoticeClockStep(timedelta(minutes=-90)))

    assert lines(visit)["clock-step"] == (
        "medium",
        "The clock of this computer was moved by 1:30:00. Running times go on. Compare with another clock.",
    )


def test_a_time_that_is_not_certain_says_what_to_do(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 5).wait(minutes=20).reboot()
    visit.do(c.ReopenVisit())

    assert lines(visit)["time-unsure"] == (
        "medium",
        "The computer was restarted: the time is not certain. Read another clock and confirm the time.",
    )


def test_a_closed_visit_alarms_no_more(protocol: InfusionProtocol) -> None:
    assert present_alarm_lines(TestVisit(protocol).to("closed").context()) == ()
