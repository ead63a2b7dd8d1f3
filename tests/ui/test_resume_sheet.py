"""A visit in progress after the program was away: what is shown first, and the time that a nurse confirms."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import events as e
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.window import MADE
from tests.ui.driver import CALM, FIRST, Ward

RESUMED = "resume_sheet.submit"


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def come_back(ward: Ward, off_for: timedelta | None = None, up_for: timedelta = timedelta(0)) -> None:
    """The program is started again; the nurse signs in and goes to her patient."""
    ward.restart(off_for, up_for)
    ward.sign_in()
    ward.press(f"due.{ward.patient(CALM)}")


def retype(ward: Ward, text: str) -> None:
    ward.find("resume_sheet.time.entry").clear()
    ward.write_into("resume_sheet.time", text)
    ward.key("Enter")


def last_events(ward: Ward) -> list[type]:
    return [type(item.event) for item in ward.entries()[-2:]]


def test_a_visit_opened_again_is_first_shown_with_what_to_know_once(ward: Ward) -> None:
    ward.to_infuse()
    ward.wait(minutes=22)
    come_back(ward)
    assert "The program was closed. It last ran at 09:22." in ward.words()
    ward.press(RESUMED)
    assert not ward.shows(RESUMED)
    ward.key("F4")
    ward.press(f"due.{ward.patient(CALM)}")
    assert not ward.shows(RESUMED)


def test_after_a_restart_of_the_computer_the_nurse_types_what_the_clock_on_the_wall_shows(ward: Ward) -> None:
    ward.to_infuse()
    ward.wait(minutes=22)
    come_back(ward, timedelta(minutes=19), timedelta(minutes=2))
    assert "between 24 and 43 min" in ward.words()
    assert "It is now between 09:24 and 09:43." in ward.words()
    # With somebody at the keyboard: an alarm that nobody has answered would take the screen.
    ward.wait(minutes=1)
    assert "It is now between 09:25 and 09:44." in ward.words()
    ward.write("0944")
    assert last_events(ward)[-1] is e.ClockConfirmed
    assert ward.entries()[-1].entry.by == ward.user()
    assert not ward.shows(RESUMED)
    assert not ward.shows("confirm_time")
    assert "16:00" in ward.words()


def test_a_time_that_is_not_possible_is_refused_beside_the_field_and_the_sheet_stays(ward: Ward) -> None:
    ward.to_infuse()
    ward.wait(minutes=22)
    come_back(ward, timedelta(minutes=19))
    ward.write("7 o'clock")
    assert "Write the time such as 14:05." in ward.words()
    retype(ward, "12:30")
    assert "This time is not possible. Read the clock on the wall again." in ward.words()
    assert ward.shows(RESUMED)
    assert e.ClockConfirmed not in last_events(ward)


def test_it_can_be_put_off_and_the_way_back_stays_on_the_screen(ward: Ward) -> None:
    ward.to_infuse()
    ward.wait(minutes=22)
    come_back(ward, timedelta(minutes=19))
    ward.press("resume_sheet.cancel")
    assert "The computer was restarted: the time is not certain." in ward.words()
    ward.press("confirm_time")
    ward.write("0941")
    assert last_events(ward)[-1] is e.ClockConfirmed


def test_reaction_is_one_press_away_and_its_screen_is_not_covered(ward: Ward) -> None:
    ward.to_infuse()
    ward.wait(minutes=22)
    come_back(ward, timedelta(minutes=19))
    ward.key("F8")
    assert ward.phase() == "reaction"
    assert not ward.shows(RESUMED)
    come_back(ward, timedelta(minutes=3))
    assert ward.phase() == "reaction"
    assert not ward.shows(RESUMED)
    assert ward.shows("confirm_time")


def test_a_range_of_days_asks_for_the_day_too(ward: Ward) -> None:
    ward.to_infuse()
    ward.wait(minutes=22)
    come_back(ward, timedelta(days=3))
    assert "between 22-Nov-2026 09:22 +00:00 and 25-Nov-2026 09:22 +00:00" in ward.words()
    ward.write_into("resume_sheet.time", "09:22")
    ward.press(RESUMED)
    confirmed = ward.entries()[-1].event
    assert isinstance(confirmed, e.ClockConfirmed)
    assert confirmed.ward_clock.isoformat() == "2026-11-25T09:22:00+00:00"


# --- a clock in doubt ---


def doubtful(ward: Ward) -> None:
    ward.clock.set_wall_by(timedelta(days=-3))
    ward.settle()
    ward.press(f"due.{ward.patient(CALM)}")


def test_with_a_clock_before_the_last_entry_no_new_visit_begins_until_somebody_has_looked(ward: Ward) -> None:
    doubtful(ward)
    assert "Is the clock of this computer right?" in ward.words()
    assert "19-Nov-2026 09:00 +00:00" in ward.words()
    assert "22-Nov-2026 09:00 +00:00" in ward.words()
    assert not ward.parts.service.visits()
    ward.press("clock_check_sheet.cancel")
    assert not ward.parts.service.visits()
    ward.press(f"due.{ward.patient(CALM)}")
    ward.press("clock_check_sheet.submit")
    assert ward.phase() == "identify"
    trusted = ward.parts.users.station.clock_trusted
    assert trusted == ClockDoubt(ward.clock.wall, ward.clock.wall + timedelta(days=3))


def test_once_somebody_has_looked_the_next_visit_begins_at_once(ward: Ward) -> None:
    doubtful(ward)
    ward.press("clock_check_sheet.submit")
    ward.key("F4")
    ward.press(f"due.{ward.patient(FIRST)}")
    assert ward.phase(FIRST) == "identify"


def test_enter_by_habit_does_not_say_that_the_clock_is_right(ward: Ward) -> None:
    doubtful(ward)
    ward.key("Enter")
    assert not ward.parts.service.visits()
    assert ward.parts.users.station.clock_trusted is None


def test_a_visit_in_progress_goes_on_whatever_the_clock_shows(ward: Ward) -> None:
    ward.to_infuse()
    ward.key("F4")
    doubtful(ward)
    assert ward.phase() == "infuse"
    assert "Is the clock of this computer right?" not in ward.words()


def test_a_clock_before_the_day_this_program_was_made_is_doubted_on_an_empty_folder(
    tmp_path: Path, qapp: QApplication
) -> None:
    ward = Ward(tmp_path / "other", qapp, training=False, begins=datetime(1970, 1, 1, tzinfo=UTC))
    assert ward.parts.clock_doubt() == ClockDoubt(ward.clock.wall, MADE)
    ward.close()
