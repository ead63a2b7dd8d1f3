"""The locked view: after two minutes without a touch names are hidden; clocks and Reaction go on working."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.domain import station_events as s
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import StreamKind
from nurse_app.window import SAMPLE_PIN
from tests.ui.driver import CALM, FIRST, RISING, Ward
from tests.ui.quick import begin, function_key, open_visit, said_beside, shown_strings, work_to

PATIENT_NAMES = ("SAMPLE, Patient", "Patient One", "TRN0004")


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    yield ward
    ward.close()


def leave(ward: Ward, **duration: float) -> None:
    """Let time pass with nobody there."""
    ward.clock.advance(timedelta(**duration))
    ward.settle()


def nobodys_name_is_on(ward: Ward) -> bool:
    seen = shown_strings(ward)
    return not any(name in seen for name in PATIENT_NAMES)


def sign_in_again(ward: Ward) -> None:
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)


def test_two_minutes_without_a_touch_hide_the_names_but_not_the_clock_and_unlocking_goes_back(ward: Ward) -> None:
    ward.sign_in()
    visit = work_to(ward, "infuse")
    assert not nobodys_name_is_on(ward)
    open_visit(ward, visit)
    ward.wait(minutes=5)
    leave(ward, minutes=1, seconds=59)
    assert ward.shows("visit_frame")
    leave(ward, seconds=1)
    assert "Locked" in ward.words()
    assert nobodys_name_is_on(ward)
    assert ward.find(f"locked.{visit}.value").text() == "53:00 left"
    leave(ward, minutes=10)
    assert ward.find(f"locked.{visit}.value").text() == "43:00 left"
    assert "vital signs and symptom round due since" in ward.words()
    station = ward.parts.users
    assert station.station.number > 0
    sign_in_again(ward)
    assert ward.shows("visit_frame")
    assert ward.shows("pause")
    assert "Nurse: SAMPLE, Nurse One" in ward.words()
    assert not nobodys_name_is_on(ward)


@pytest.mark.parametrize("how", ["press", "wheel", "key"])
def test_any_touch_of_the_window_counts_wherever_it_lands(ward: Ward, how: str) -> None:
    ward.sign_in()
    window = ward.stage.windowHandle()
    assert window is not None
    leave(ward, minutes=1, seconds=59)
    if how == "press":
        # As a mouse does it: to the window, which finds out what is under it.
        centre = ward.find("home.add").mapTo(ward.stage, ward.find("home.add").rect().center())
        QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, centre)
    elif how == "wheel":
        QTest.wheelEvent(window, QPointF(400, 400), QPoint(0, 120))
    else:
        QTest.keyClick(window, Qt.Key.Key_A)
    ward.settle()
    leave(ward, minutes=1, seconds=59)
    assert "Locked" not in ward.words()
    leave(ward, seconds=1)
    assert "Locked" in ward.words()


def test_a_moved_wall_clock_neither_locks_nor_keeps_open(ward: Ward) -> None:
    ward.sign_in()
    ward.clock.set_wall_by(timedelta(hours=3))
    ward.settle()
    assert ward.shows("home.add")
    ward.clock.set_wall_by(timedelta(hours=-6))
    leave(ward, minutes=2)
    assert "Locked" in ward.words()


def test_a_key_anywhere_keeps_it_open(ward: Ward) -> None:
    ward.sign_in()
    for _turn in range(4):
        ward.wait(minutes=1)
    assert ward.shows("home.add")
    leave(ward, minutes=2)
    assert not ward.shows("home.add")


def test_locking_by_hand_is_recorded_and_keys_lead_nowhere(ward: Ward) -> None:
    ward.sign_in()
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    QTest.keyClick(ward.stage, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    ward.settle()
    assert "Locked" in ward.words()
    log = ward.parts.service._records.open(StreamKind.STATION, "station")
    assert isinstance(log.recorded()[-1].event, s.ScreenLocked)
    for key in ("F2", "F3", "F4", "F5", "F7", "F9"):
        function_key(ward, key)
        ward.key("Esc")
        assert "Locked" in ward.words(), key
        assert nobodys_name_is_on(ward), key
    assert not ward.shows("sign_in.add")
    assert not ward.shows("sign_in.back")


@pytest.mark.parametrize("how", ["F8", "press"])
def test_a_reaction_from_the_locked_view_takes_one_act_and_is_signed_later(ward: Ward, how: str) -> None:
    ward.sign_in()
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    leave(ward, minutes=4)
    assert said_beside(ward, f"locked.{visit}.reaction").endswith("(F8)")
    if how == "F8":
        ward.key("F8")
    else:
        ward.press(f"locked.{visit}.reaction")
    assert ward.phase() == "reaction"
    last = ward.visit(CALM).record[-1]
    assert last.entry.sign_later
    assert ward.shows("reaction_page")
    assert "Names are hidden" in ward.words()
    assert nobodys_name_is_on(ward)
    ward.press("sign.hives")
    assert ward.visit(CALM).record[-1].entry.sign_later
    assert ward.shows("reaction_page"), "an act leaves the reaction on the screen"


def test_when_the_reaction_is_closed_the_locked_view_comes_back_and_the_pin_leads_to_the_visit(ward: Ward) -> None:
    ward.sign_in()
    visit = work_to(ward, "infuse")
    leave(ward, minutes=3)
    ward.key("F8")
    ward.press("sign.hives")
    ward.press("close_reaction")
    ward.press("close_reaction_sheet.outcome.improving")
    ward.press("close_reaction_sheet.submit")
    assert (ward.phase(), ward.visit(CALM).record[-1].entry.sign_later) == ("observe", True)
    assert "Locked" in ward.words()
    assert nobodys_name_is_on(ward)
    sign_in_again(ward)
    assert ward.shows("visit_frame")
    assert ward.visit(CALM).visit_id == visit
    assert not nobodys_name_is_on(ward)


def test_with_several_visits_f8_means_the_one_in_which_a_reaction_can_be(ward: Ward) -> None:
    ward.sign_in()
    begin(ward, FIRST)
    running = work_to(ward, "infuse")
    begin(ward, RISING)
    leave(ward, minutes=3)
    assert [ward.shows(f"locked.{key}.reaction") for key in ward.parts.service.visits()] == [True] * 3
    assert said_beside(ward, f"locked.{running}.reaction") == "Reaction (F8)"
    ward.key("F8")
    assert ward.phase() == "reaction"


def test_with_several_visits_none_running_f8_leaves_the_choice_to_the_nurse(ward: Ward) -> None:
    ward.sign_in()
    first = begin(ward, FIRST)
    begin(ward, RISING)
    leave(ward, minutes=3)
    ward.key("F8")
    assert ward.stage.focusWidget().objectName() == f"locked.{first}.reaction"
    assert [ward.phase(FIRST), ward.phase(RISING)] == ["identify", "identify"]


def test_before_anybody_signs_in_a_reaction_is_possible_and_shows_no_name(ward: Ward) -> None:
    ward.parts.service.start_visit(ward.patient(FIRST), Author(ward.user()))
    ward.settle()
    assert nobodys_name_is_on(ward)
    work_to(ward, "infuse")
    ward.key("F8")
    assert ward.phase() == "reaction"
    assert nobodys_name_is_on(ward)
    entry = ward.visit(CALM).record[-1].entry
    assert (entry.by, entry.sign_later) == ("program", True)
    ward.press("footer.user")
    assert "sign_in.add" not in shown_strings(ward)
    assert not ward.shows("sign_in.add")
    ward.press(f"sign_in.people.{ward.user()}")
    sign_in_again(ward)
    assert ward.shows("reaction_page")
    assert not nobodys_name_is_on(ward)


def test_a_locked_nurses_name_makes_no_other_nurse(ward: Ward) -> None:
    ward.sign_in()
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    leave(ward, minutes=3)
    ward.key("F8")
    ward.press("footer.user")
    assert not ward.shows("sign_in.add")
    function_key(ward, "F2")
    assert not ward.shows("new_person.name")


@pytest.mark.parametrize("where", ["sign_in", "new_person"])
def test_the_lock_also_ends_a_switch_that_nobody_finished(ward: Ward, where: str) -> None:
    ward.sign_in()
    ward.press("footer.user")
    if where == "new_person":
        ward.press("sign_in.add")
    leave(ward, minutes=3)
    assert "Locked" in ward.words()
    assert not ward.shows("sign_in.add")
    ward.key("Esc")
    assert "Locked" in ward.words()
