"""The alarms of the ward in words: whose, since when, what ends it, what is paused, and which has the screen."""

from datetime import UTC, timedelta

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.alarm_signals import SignalFigures
from nurse_app.domain.alarms import alarms
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.sound import SoundTrouble
from nurse_app.presentation import alarm_words, entry_words_alarms
from nurse_app.presentation.home import OpenVisitFacts
from nurse_app.presentation.ward_alarms import WardAlarms, alarm_key, present_ward_alarms
from nurse_app.visit.alarm_watch import STATION, AlarmWatch
from tests.kit import TestVisit
from tests.presentation.running_visits import running

HERE, THERE = "v-1", "v-2"


class Ward:
    """Visits with an alarm watch over them."""

    def __init__(self, figures: SignalFigures, **visits: TestVisit) -> None:
        self.watch = AlarmWatch(figures)
        self.visits = {name.replace("_", "-"): visit for name, visit in visits.items()}

    def shown(self, here: str = HERE, trouble: SoundTrouble | None = None, *, private: bool = False) -> WardAlarms:
        reading = next(iter(self.visits.values())).reading()
        picture = self.watch.look({key: visit.visit for key, visit in self.visits.items()}, reading, trouble)
        facts = {
            key: OpenVisitFacts(key, visit.state, visit.now, f"SAMPLE, Patient {key}")
            for key, visit in self.visits.items()
        }
        return present_ward_alarms(picture, facts, here, UTC, private=private)

    def wait(self, **duration: float) -> "Ward":
        for visit in self.visits.values():
            visit.wait(**duration)
        return self


@pytest.fixture
def ward(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> Ward:
    return Ward(alarm_figures, v_1=running(protocol, 17))


def test_an_alarm_says_since_when_and_what_ends_it(ward: Ward) -> None:
    (alarm,) = ward.shown().alarms

    assert (alarm.priority, alarm.text) == ("low", "Vital signs and the symptom round are due.")
    assert alarm.note == "since 09:55 · ends when vital signs are recorded"
    assert (alarm.opens, alarm.acknowledged, alarm.paused) == ("", False, "")
    assert alarm_key(alarm.key) == (HERE, next(iter(alarms(ward.visits[HERE].state, ward.visits[HERE].now))).id)


def test_that_of_another_visit_says_whose_and_leads_there(ward: Ward) -> None:
    (alarm,) = ward.shown(here="").alarms

    assert (alarm.whose, alarm.opens) == ("SAMPLE, Patient v-1", HERE)


def test_names_are_hidden_where_they_must_be(ward: Ward) -> None:
    (alarm,) = ward.shown(here="", private=True).alarms

    assert alarm.whose == "Visit since 09:00"


def test_a_pause_counts_down(ward: Ward) -> None:
    assert ward.shown().may_pause
    ward.watch.pause(ward.visits[HERE].reading())
    shown = ward.wait(seconds=13).shown()

    assert shown.alarms[0].paused == "sound paused 01:47"
    assert not shown.may_pause


def test_after_five_minutes_without_an_answer_one_has_the_screen(ward: Ward) -> None:
    ward.shown()
    assert ward.wait(seconds=299).shown().alone is None

    alone = ward.wait(seconds=1).shown().alone
    assert alone is not None
    assert alone.text == "Vital signs and the symptom round are due."


def test_what_was_acknowledged_never_has_the_screen(ward: Ward) -> None:
    (alarm,) = ward.shown().alarms
    ward.watch.answer(alarm_key(alarm.key))

    assert ward.wait(seconds=600).shown().alone is None


def test_a_visit_that_was_closed_since_the_last_look_has_no_alarm(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    visit = running(protocol, 17)
    picture = AlarmWatch(alarm_figures).look({HERE: visit.visit}, visit.reading())

    assert present_ward_alarms(picture, {}, HERE, UTC, private=False).alarms == ()


def test_without_sound_the_screen_is_the_alarm(ward: Ward) -> None:
    shown = ward.shown(trouble="muted")

    assert shown.silent == "medium"
    assert not shown.may_pause
    (station,) = [alarm for alarm in shown.alarms if alarm_key(alarm.key) == (STATION, "muted")]
    assert (station.opens, station.wants_screen) == ("", False)


@pytest.mark.parametrize(("trouble", "may_pause"), [("muted", False), ("failed", True), ("not-heard", True)])
def test_a_sound_that_may_come_after_all_can_be_paused(ward: Ward, trouble: SoundTrouble, may_pause: bool) -> None:
    assert ward.shown(trouble=trouble).may_pause == may_pause


def test_without_sound_a_medium_alarm_has_the_screen_when_nobody_is_here(
    alarm_figures: SignalFigures, protocol: InfusionProtocol
) -> None:
    alone = Ward(alarm_figures, v_1=running(protocol, 61)).shown(trouble="muted").alone

    assert alone is not None
    assert alone.text == "The planned infusion time is over. Look at the bag."


def test_a_low_one_alone_does_not_take_the_screen_when_there_is_no_sound(ward: Ward) -> None:
    ward.shown(trouble="muted")
    ward.watch.answer((STATION, "muted"))
    shown = ward.shown(trouble="muted")

    assert (shown.silent, shown.alone) == ("low", None)


def test_all_is_quiet_when_nothing_is_there(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    assert Ward(alarm_figures, v_1=running(protocol)).shown() == WardAlarms()


def test_the_most_urgent_comes_first_over_all_visits(alarm_figures: SignalFigures, protocol: InfusionProtocol) -> None:
    first, second = running(protocol, 17), running(protocol, 17)
    second.passed = first.passed = timedelta(hours=2)
    ward = Ward(alarm_figures, v_1=first, v_2=second)
    second.do(c.OpenReaction(("wheeze",)))
    second.do(c.GiveTreatment("antihistamine"))

    assert next((alarm.priority, alarm.opens) for alarm in ward.shown().alarms) == ("high", THERE)


def test_every_condition_has_its_words_its_end_and_its_short_name() -> None:
    words = {*alarm_words._PLAIN, *alarm_words._WORDED}

    assert words == set(alarm_words._ENDS) == set(entry_words_alarms.TITLES)
