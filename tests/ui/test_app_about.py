"""The About page in the running program: by key and touch, each licence to read, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.presentation.intents import GoToAbout
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.ui.widgets.long_text import LongText
from tests.ui.driver import Ward
from tests.ui.quick import said_beside
from tests.ui.test_app_layout import enlarge, keeps_the_rules


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def to_about(ward: Ward) -> DataTable:
    ward.program.controller.on_intent(GoToAbout())
    ward.settle()
    table = ward.find("about.parts")
    assert isinstance(table, DataTable)
    return table


def press_key(ward: Ward, key: Qt.Key) -> None:
    QTest.keyClick(ward.stage.focusWidget() or ward.stage, key)
    ward.settle()


def reader(ward: Ward) -> LongText:
    text = ward.find("about.text")
    assert isinstance(text, LongText)
    return text


def test_the_page_says_which_program_this_is(ward: Ward) -> None:
    to_about(ward)
    words = ward.words()
    for said in ("nurse-app 0.1.0", "checkout, Python", "natalizumab 1.0.0", "not a certified medical device"):
        assert said in words
    assert len(said_beside(ward, "about.fact.3").replace(" ", "")) == 64


def test_a_licence_is_read_and_left_by_keys_alone(ward: Ward) -> None:
    table = to_about(ward)
    assert ward.stage.focusWidget() is table
    press_key(ward, Qt.Key.Key_Down)
    press_key(ward, Qt.Key.Key_Return)
    text = reader(ward)
    assert "Python Software Foundation" in text.toPlainText()
    assert ward.stage.focusWidget() is text
    before = text.verticalScrollBar().value()
    press_key(ward, Qt.Key.Key_PageDown)
    assert text.verticalScrollBar().value() > before
    press_key(ward, Qt.Key.Key_Escape)
    assert not ward.shows("about.text")
    assert ward.stage.focusWidget() is table
    assert ward.shows("about.back")
    press_key(ward, Qt.Key.Key_Escape)
    assert ward.shows("home.add")


def test_a_licence_is_read_by_touch(ward: Ward) -> None:
    to_about(ward)
    ward.press("about.parts.0")
    assert "Apache License" in reader(ward).toPlainText()
    assert "nurse-app" in said_beside(ward, "sheet.title.title")
    assert not ward.shows("about.back")
    ward.press("sheet.close")
    ward.press("about.back")
    assert ward.shows("home.add")


def test_what_comes_when_another_screen_is_on_is_not_shown(ward: Ward) -> None:
    to_about(ward)
    QTest.mouseClick(ward.find("about.parts.1"), Qt.MouseButton.LeftButton)
    QTest.keyClick(ward.stage, Qt.Key.Key_F4)
    ward.settle()
    assert ward.shows("home.add")
    ward.program.controller.on_intent(GoToAbout())
    QTest.keyClick(ward.stage, Qt.Key.Key_F4)
    ward.settle()
    assert ward.shows("home.add")


def test_a_list_that_cannot_be_read_is_said_on_the_page(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        message = "no list"
        raise ValueError(message)

    monkeypatch.setattr("nurse_app.cli.about.installed_libraries", broken)
    to_about(ward)
    assert "The list of parts cannot be read" in ward.words()
    assert ward.shows("about.parts.0")


@pytest.mark.parametrize("percent", [100, 150])
def test_the_page_and_a_licence_keep_the_rules_of_layout(ward: Ward, percent: int) -> None:
    enlarge(ward, percent)
    to_about(ward)
    keeps_the_rules(ward, "about")
    ward.press("about.parts.1")
    keeps_the_rules(ward, "a licence")
