"""Who is at the keyboard: the first start, a second nurse, switching, wrong PINs, and whose entry is whose."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.window import SAMPLE_PIN
from tests.ui.driver import CALM, Ward

GOOD_PIN, OTHER_PIN = "482915", "739164"


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    yield ward
    ward.close()


@pytest.fixture
def new_ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    """A workstation that nobody has used."""
    ward = Ward(tmp_path, qapp, training=False)
    yield ward
    ward.close()


def make_first(ward: Ward, name: str = "SAMPLE, First Nurse", pin: str = GOOD_PIN) -> None:
    ward.write_into("new_person.name", name)
    ward.enter_pin("new_person.pin", pin)
    ward.enter_pin("new_person.pin", pin)


def message(ward: Ward, pad: str) -> str:
    return str(ward.find(f"{pad}.message").property("text"))


def test_the_first_start_makes_the_first_nurse_and_opens_home(new_ward: Ward) -> None:
    assert "Welcome. Who are you?" in new_ward.words()
    make_first(new_ward)
    assert new_ward.shows("home.add")
    assert "Nurse: SAMPLE, First Nurse" in new_ward.words()
    assert [user.name for user in new_ward.parts.users.station.active()] == ["SAMPLE, First Nurse"]
    new_ward.restart()
    assert "Who is here?" in new_ward.words()
    new_ward.enter_pin("sign_in.pin", GOOD_PIN)
    assert new_ward.shows("home.add"), "the only nurse is chosen already"


def test_tapping_a_name_that_is_chosen_already_keeps_it_and_goes_on_to_the_pin(new_ward: Ward) -> None:
    make_first(new_ward)
    (first,) = new_ward.parts.users.station.active()
    new_ward.restart()
    new_ward.press(f"sign_in.people.{first.user_id}")
    new_ward.write(GOOD_PIN)
    assert new_ward.shows("home.add")


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        ("123456", "Digits in a row are guessed first. Choose another PIN."),
        ("111111", "Repeated digits are guessed first. Choose another PIN."),
        ("246810", "This PIN is guessed first. Choose another one."),
        ("140388", "Dates are guessed first. Choose another PIN."),
    ],
)
def test_a_pin_that_is_easily_guessed_is_refused_with_words(new_ward: Ward, pin: str, words: str) -> None:
    make_first(new_ward, pin=pin)
    assert message(new_ward, "new_person.pin") == words
    assert not new_ward.parts.users.station.active()
    make_first(new_ward, name="", pin=GOOD_PIN)
    assert new_ward.shows("home.add")


def test_a_short_pin_two_different_ones_and_no_name_are_refused(new_ward: Ward) -> None:
    new_ward.enter_pin("new_person.pin", GOOD_PIN)
    assert "new_person.name" in new_ward.stage.focusWidget().objectName()
    new_ward.write("SAMPLE, First Nurse")
    assert new_ward.stage.focusWidget().objectName() == "new_person.pin"
    new_ward.enter_pin("new_person.pin", "4829")
    assert "6" in message(new_ward, "new_person.pin")
    new_ward.press("new_person.pin.clear")
    new_ward.enter_pin("new_person.pin", GOOD_PIN)
    assert "The same PIN again" in new_ward.words()
    new_ward.enter_pin("new_person.pin", OTHER_PIN)
    assert message(new_ward, "new_person.pin") == "The two PINs differ. Begin again."
    assert not new_ward.parts.users.station.active()


def test_enter_in_an_empty_name_stays_there(new_ward: Ward) -> None:
    new_ward.find("new_person.name.entry").setFocus()
    new_ward.key("Enter")
    assert new_ward.stage.focusWidget().objectName() == "new_person.name.entry"


def test_a_nurse_adds_another_and_stays_who_she_is(new_ward: Ward) -> None:
    make_first(new_ward)
    new_ward.press("home.footer.user") if new_ward.shows("home.footer.user") else new_ward.press("footer.user")
    QTest.keyClick(new_ward.stage, Qt.Key.Key_F2)
    new_ward.settle()
    make_first(new_ward, "SAMPLE, Second Nurse", OTHER_PIN)
    users = new_ward.parts.users.station.active()
    assert [user.name for user in users] == ["SAMPLE, First Nurse", "SAMPLE, Second Nurse"]
    assert "Nurse: SAMPLE, First Nurse" in new_ward.words()


def test_adding_a_nurse_can_be_left_and_so_can_switching(ward: Ward) -> None:
    ward.sign_in()
    ward.press("footer.user")
    ward.press("sign_in.add")
    ward.key("Esc")
    assert ward.shows("home.add")
    ward.press("footer.user")
    ward.key("Esc")
    assert ward.shows("home.add")
    assert "Nurse: SAMPLE, Nurse One" in ward.words()


def test_switching_takes_a_name_and_a_pin_and_entries_carry_who_made_them(ward: Ward) -> None:
    ward.sign_in()
    ward.to_prechecks()
    ward.press("footer.user")
    ward.press(f"sign_in.people.{ward.user(1)}")
    for digit in SAMPLE_PIN:
        ward.key(digit)
    ward.key("Enter")
    assert ward.shows("prechecks_page.rest"), "the second nurse is where the first one was"
    ward.press("prechecks_page.rest")
    authors = [(type(item.event).__name__, item.entry.by) for item in ward.visit(CALM).record]
    assert ("IdentityConfirmed", ward.user(0)) in authors or authors[1][1] == ward.user(0)
    assert authors[-1] == ("RestAnswered", ward.user(1)) or authors[-1][1] == ward.user(1)
    assert "Nurse: SAMPLE, Nurse Two" in ward.words()


def test_only_a_training_store_tells_a_pin(ward: Ward) -> None:
    assert f"the PIN of the sample nurses is {SAMPLE_PIN}." in ward.words()
    real = Ward(ward.folder / "real", QApplication.instance(), training=False)
    make_first(real)
    QTest.keyClick(real.stage, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    real.settle()
    assert real.shows("sign_in")
    assert SAMPLE_PIN not in real.words()
    real.close()


def test_no_pin_is_asked_for_before_a_name_is_chosen(ward: Ward) -> None:
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert message(ward, "sign_in.pin") == "Choose your name first."


def test_five_wrong_pins_lock_the_name_for_a_while_and_no_clock_setting_opens_it(ward: Ward) -> None:
    ward.press(f"sign_in.people.{ward.user()}")
    ward.enter_pin("sign_in.pin", GOOD_PIN)
    assert message(ward, "sign_in.pin") == "Not the right PIN. 4 more before a pause."
    for _turn in range(4):
        ward.enter_pin("sign_in.pin", GOOD_PIN)
    assert "This name takes none for 01:00" in message(ward, "sign_in.pin")
    ward.clock.set_wall_by(timedelta(hours=1))
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert "This name takes none" in message(ward, "sign_in.pin")
    assert ward.parts.users.station.user(ward.user()).failures == 5
    ward.press(f"sign_in.people.{ward.user(1)}")
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert ward.shows("home.add"), "another name is not locked"
    ward.press("footer.user")
    ward.press(f"sign_in.people.{ward.user()}")
    ward.clock.advance(timedelta(seconds=61))
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert "Nurse: SAMPLE, Nurse One" in ward.words()


def test_the_second_check_is_recorded_as_the_second_nurses(ward: Ward) -> None:
    ward.sign_in()
    ward.to_second_check()
    ward.second_check(pin=GOOD_PIN)
    assert "Not the right PIN" in ward.words()
    ward.enter_pin("second_check_sheet.pin", SAMPLE_PIN)
    last = ward.visit(CALM).record[-1]
    assert (type(last.event).__name__, last.entry.by) == ("SecondCheckPassed", ward.user(1))
    assert {item.entry.by for item in ward.visit(CALM).record[:-1]} == {ward.user(0)}
