"""The sound test in the running program: offered on home, one touch each, its answer an entry; sound that is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from nurse_app.domain import station_events as s
from nurse_app.presentation.intents import GoToSoundTest
from nurse_app.ui.parts import AppParts
from nurse_app.visit.alarm_sound import AlarmSound, NoAlarmSound
from nurse_app.window import Surrounds
from tests.sound_kit import RecordingAlarmSound
from tests.ui.driver import CALM, Ward
from tests.ui.layout_rules import broken_rules
from tests.ui.test_app_layout import enlarge

TURNS = 3


class SoundWard(Ward):
    """A ward that is no training, with a sound of the test."""

    def __init__(self, folder: Path, app: QApplication) -> None:
        self.sound = RecordingAlarmSound()
        super().__init__(folder, app)

    def _surrounds(self) -> Surrounds:
        return replace(super()._surrounds(), alarm_sound=self.sound)

    def _open(self) -> AppParts:
        # With the sample patients, but as on the ward.
        return replace(super()._open(), training=False)

    def tested(self) -> list[tuple[object, str]]:
        """Every entry about the sound, and whose it is."""
        self.settle()
        recorded = self.parts.users._log.recorded()
        return [(item.event, item.entry.by) for item in recorded if isinstance(item.event, s.SoundEvent)]

    def play(self) -> None:
        """Play all sounds to their end."""
        self.press("sound_test.play")
        for _turn in range(TURNS):
            self.clock.advance(timedelta(seconds=5))
            self.settle()


@pytest.fixture
def ward(qapp: QApplication, tmp_path: Path) -> Iterator[SoundWard]:
    made = SoundWard(tmp_path, qapp)
    yield made
    made.close()


def test_home_offers_the_test_and_one_touch_each_leads_through_it(ward: SoundWard) -> None:
    ward.sign_in()
    assert "A new shift" in ward.words()
    ward.press("home.sound.test")
    assert ward.sound.asked == ["look again"], "nothing rings before somebody asks for it"
    ward.play()
    assert ward.sound.rung == ["high", "medium", "low"]
    ward.press("sound_test.heard")
    assert "Noted: you heard the sounds." in ward.words()
    assert ward.tested() == [(s.SoundTested(True, "loudspeaker"), ward.user())]
    ward.press("sound_test.back")
    assert not ward.shows("home.sound.text")
    assert ward.shows("home.sound_test")


def test_the_whole_test_by_keys(ward: SoundWard) -> None:
    ward.sign_in()
    ward.key("F9")
    ward.key("Enter")
    for _turn in range(TURNS):
        ward.clock.advance(timedelta(seconds=5))
        ward.settle()
    ward.key("Enter")
    ward.key("Enter")
    assert ward.program.stage.current().objectName() == "home"
    ward.key("F9")
    ward.key("P")
    assert ward.sound.rung == ["high", "medium", "low", "high"]
    ward.key("P")
    assert ward.sound.asked[-1] == "stop"
    for _turn in range(TURNS):
        ward.key("P")
        ward.key("P")
    ward.key("Esc")
    assert [event for event, _by in ward.tested()] == [s.SoundTested(True, "loudspeaker")]


def test_not_heard_says_what_to_do_and_stays_until_a_test_is_heard(ward: SoundWard) -> None:
    ward.sign_in()
    ward.sound.is_wrong = "muted"
    ward.settle()
    assert "The loudspeaker is muted." in ward.words()
    ward.press("home.sound.test")
    ward.play()
    ward.key("N")
    assert "1. Turn the volume of this computer up." in ward.words()
    assert ward.tested() == [(s.SoundTested(False, "loudspeaker", "muted"), ward.user())]
    ward.sound.is_wrong = None
    ward.key("Esc")
    assert "The last sound test was not heard." in ward.words()
    assert not ward.shows("home.sound.later"), "what is wrong is not put off"
    ward.press("home.sound.test")
    ward.play()
    ward.key("Y")
    ward.key("Esc")
    assert not ward.shows("home.sound.text")


def test_an_answer_is_kept_once(ward: SoundWard) -> None:
    ward.sign_in()
    ward.press("home.sound.test")
    ward.play()
    screen = ward.program.stage.current()
    screen.heard.emit()  # type: ignore[union-attr]
    screen.not_heard.emit()  # type: ignore[union-attr]
    ward.settle()
    assert len(ward.tested()) == 1


def test_a_test_is_put_off_until_somebody_else_signs_in(ward: SoundWard) -> None:
    ward.sign_in()
    ward.press("home.sound.later")
    assert not ward.shows("home.sound.text")
    ward.press("footer.user")
    ward.sign_in(1)
    assert ward.shows("home.sound.text")


def test_a_shift_later_it_is_offered_again(ward: SoundWard) -> None:
    ward.sign_in()
    ward.parts.users.note_sound_test(heard=True, device="loudspeaker", trouble=None, by=ward.user())
    ward.settle()
    assert not ward.shows("home.sound.text")
    ward.sound.mark = "headphones"
    ward.settle()
    assert "The loudspeaker is another one" in ward.words()
    ward.sound.mark = "loudspeaker"
    ward.clock.advance(timedelta(hours=12, seconds=1))
    ward.settle()
    ward.sign_in()
    assert "A new shift" in ward.words()


def test_whoever_leaves_ends_the_sounds_and_late_looks_leave_none_out(ward: SoundWard) -> None:
    ward.sign_in()
    ward.press("home.sound.test")
    ward.press("sound_test.play")
    ward.clock.advance(timedelta(minutes=1))
    ward.settle()
    assert ward.sound.rung == ["high", "medium"], "each has its turn, however late"
    ward.key("Esc")
    assert ward.sound.asked[-1] == "stop"
    ward.press("home.recall")
    ward.clock.advance(timedelta(seconds=10))
    ward.settle()
    assert ward.sound.rung == ["high", "medium"]


def test_the_reaction_key_works_in_the_test_and_on_home_with_the_offer(ward: SoundWard) -> None:
    ward.sign_in()
    ward.to_prechecks()
    visit = ward.visit(CALM).visit_id
    ward.key("F4")
    assert ward.shows("home.sound.text")
    ward.press("home.sound.test")
    ward.press("sound_test.play")
    ward.key("F8")
    assert ward.sound.asked[-1] == "stop"
    assert ward.parts.service.visits()[visit].state.phase == "reaction"


def test_training_offers_no_test_but_has_one(qapp: QApplication, tmp_path: Path) -> None:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    assert isinstance(ward.parts.alarm_sound, NoAlarmSound)
    assert not ward.shows("home.sound.text")
    ward.press("home.sound_test")
    assert ward.shows("sound_test.play")
    ward.close()


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("percent", [100, 150])
def test_every_state_of_the_test_keeps_the_rules(ward: SoundWard, size: tuple[int, int], percent: int) -> None:
    enlarge(ward, percent)
    ward.sign_in()
    ward.resize(QSize(*size))
    assert broken_rules(ward.stage) == {}, "home with the offer"
    ward.sound.is_wrong = "failed"
    ward.settle()
    assert broken_rules(ward.stage) == {}, "home with what is wrong"
    ward.program.controller.on_intent(GoToSoundTest())
    ward.settle()
    assert broken_rules(ward.stage) == {}, "before"
    ward.play()
    assert broken_rules(ward.stage) == {}, "asks"
    ward.press("sound_test.not_heard")
    # The strip that has just come makes the page longer: its scroll bar is there after the next look.
    ward.settle()
    assert broken_rules(ward.stage) == {}, "not heard"


def test_everything_is_seen_without_scrolling(ward: SoundWard) -> None:
    ward.sign_in()
    ward.sound.is_wrong = "failed"
    ward.program.controller.on_intent(GoToSoundTest())
    ward.resize(QSize(1366, 768))
    ward.play()
    for name in ("sound_test.heard", "sound_test.not_heard", "sound_test.play"):
        button = ward.find(name)
        assert button.height() >= 44
        assert ward.stage.rect().contains(button.mapTo(ward.stage, button.rect().bottomRight()))


def test_no_sound_is_a_sound_like_any_other() -> None:
    silent: AlarmSound = NoAlarmSound()
    silent.ring("high")
    silent.stop()
    silent.look_again()
    assert (silent.trouble(), silent.device()) == (None, "")
