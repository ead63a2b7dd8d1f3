"""The plan of the sound test: its file is strict, and the program has the same figures for a damaged one."""

from pathlib import Path

import pytest

from nurse_app.cli.alarm_sound import machine_sound, sound_test_plan
from nurse_app.domain.sound import SoundTestPlan
from nurse_app.interchange.sound_test_plan import read_sound_test_plan
from nurse_app.system.sound_bursts import HANGS_AFTER_S
from tests.sound_kit import SOUNDS

RESOURCES = SOUNDS.parent
WHOLE = "offered_after_h = 8\nmedium_after_s = 4\nlow_after_s = 6\nasked_after_s = 9\n"


def with_file(folder: Path, text: str) -> Path:
    (folder / "alarms").mkdir()
    (folder / "alarms" / "sound-test.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_file_that_comes_with_the_program_has_the_figures_of_the_program() -> None:
    assert read_sound_test_plan(RESOURCES) == SoundTestPlan() == sound_test_plan(RESOURCES)


def test_every_figure_has_a_source() -> None:
    lines = (RESOURCES / "alarms" / "sound-test.toml").read_text(encoding="utf-8").split("\n\n")[1:]
    assert all(part.startswith("#") and "Our default" in part for part in lines)


def test_each_sound_has_its_time_with_a_player_that_ends_late() -> None:
    """The most urgent takes 3.2 s; one that hangs is known before the next begins."""
    plan = read_sound_test_plan(RESOURCES)
    assert plan.medium_after_s >= 3.2 + HANGS_AFTER_S - 0.2


def test_a_site_may_change_it(tmp_path: Path) -> None:
    assert sound_test_plan(with_file(tmp_path, WHOLE)) == SoundTestPlan(8, 4, 6, 9)


@pytest.mark.parametrize(
    "text",
    ["", "x", WHOLE + "more = 1\n", WHOLE.replace("4", '"four"'), WHOLE.replace("= 4", "= 0"),
     WHOLE.replace("= 6", "= 4"), WHOLE.replace("= 9", "= 6"), WHOLE.replace("= 8", "= 0")],
    ids=["empty", "no table", "unknown key", "no number", "at once", "together", "asked too early", "always"],
)  # fmt: skip
def test_a_damaged_file_is_refused_and_the_program_goes_on_with_its_own_figures(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    resources = with_file(tmp_path, text)
    if text:
        with pytest.raises(ValueError):
            read_sound_test_plan(resources)
        assert sound_test_plan(resources) == SoundTestPlan()
        assert "the plan of the sound test cannot be read" in caplog.messages[0]
    else:
        assert read_sound_test_plan(resources) == SoundTestPlan(), "what is not said is as it comes"


def test_without_a_file_the_program_goes_on(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_sound_test_plan(tmp_path)
    assert sound_test_plan(tmp_path) == SoundTestPlan()


def test_the_window_gets_the_sounds_of_the_program() -> None:
    sound = machine_sound(RESOURCES)
    sound._bursts.read()
    assert not sound._bursts.lacks_sound
    sound.end()
