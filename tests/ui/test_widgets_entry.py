"""Entry: understood strictly, refused with a sentence that says how to write it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.widgets.date_field import DateField
from nurse_app.ui.widgets.entry_text import EntryError, read_date, read_number, shown_date
from nurse_app.ui.widgets.fields import NumberField, TextField, in_sentence
from nurse_app.ui.widgets.search_field import SearchField
from tests.ui.reading import ShowWindow

BORN = date(1988, 3, 14)
MEASURED = {
    "systolic": "124",
    "diastolic": "78",
    "pulse": "72",
    "respiration": "14",
    "spo2": "98",
    "temperature_c": "36,7",
}


@pytest.mark.parametrize(
    ("typed", "decimals", "value"),
    [
        ("36.7", 1, "36.7"),
        ("36,7", 1, "36.7"),
        (" 72 ", 0, "72"),
        ("37.0", 1, "37"),
        ("0.5", 1, "0.5"),
        ("100", 1, "100"),
        ("0", 0, "0"),
    ],
)
def test_a_clear_number_is_taken(typed: str, decimals: int, value: str) -> None:
    assert read_number(typed, decimals) == value


@pytest.mark.parametrize(
    ("typed", "decimals", "advice"),
    [
        ("", 0, "whole number such as 72"),
        ("7x", 0, "whole number such as 72"),
        ("72.5", 0, "whole number such as 72"),
        ("-5", 1, "number such as 36.7"),
        ("036.7", 1, "number such as 36.7"),
        ("36.", 1, "number such as 36.7"),
        ("1e3", 1, "number such as 36.7"),
        ("36.7.1", 1, "number such as 36.7"),
        ("٣٦", 0, "whole number such as 72"),
        ("1234567", 0, "whole number such as 72"),
        (".5", 1, "0 before the point"),
        ("36.75", 1, "At most: 1"),
    ],
)
def test_an_unclear_number_is_refused_with_advice(typed: str, decimals: int, advice: str) -> None:
    with pytest.raises(EntryError, match=advice):
        read_number(typed, decimals)


@given(st.decimals(min_value=0, max_value=999_999, places=2), st.sampled_from(".,"))
def test_every_number_keeps_its_value(number: Decimal, mark: str) -> None:
    assert Decimal(read_number(str(number).replace(".", mark), 2)) == number


@pytest.mark.parametrize(
    "typed",
    [
        "1988-03-14",
        "14-Mar-1988",
        "14.03.1988",
        "14.3.1988",
        "14 Mar 1988",
        "14 march 1988",
        "14MAR1988",
        " 14-mar-1988 ",
    ],
)
def test_a_clear_date_is_taken(typed: str) -> None:
    assert read_date(typed) == BORN


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("03/04/1988", "can be confused"),
        ("14/03/1988", "can be confused"),
        ("14-03-1988", "can be confused"),
        ("3/4/88", "can be confused"),
        ("14-Mar-88", "four digits"),
        ("14.03.88", "four digits"),
        ("30-Feb-1988", "not in the calendar"),
        ("1988-13-01", "not in the calendar"),
        ("0000-01-01", "not in the calendar"),
        ("14-Mrz-1988", "such as 31-Dec-1980"),
        ("yesterday", "such as 31-Dec-1980"),
        ("", "such as 31-Dec-1980"),
    ],
)
def test_an_unclear_date_is_refused_with_advice(typed: str, advice: str) -> None:
    with pytest.raises(EntryError, match=advice):
        read_date(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_shown_is_read_as_the_same_date(day: date) -> None:
    assert read_date(shown_date(day)) == day


def test_labels_go_into_sentences_with_a_small_letter_except_abbreviations() -> None:
    assert [in_sentence(label) for label in ("Pulse", "SpO₂", "PIN", "")] == ["pulse", "SpO₂", "PIN", ""]


def entry(widget: QWidget, name: str) -> QLineEdit:
    found = widget.findChild(QLineEdit, f"{name}.entry")
    assert found is not None
    return found


def test_a_required_text_asks_for_what_is_missing(show_window: ShowWindow) -> None:
    field = TextField("Lot number", name="lot", required=True)
    show_window(field)

    assert not field.is_complete()
    assert field.message() == "Enter the lot number."
    assert field.entry.property("wrong") == "yes"
    assert field.entry.accessibleDescription() == "Enter the lot number."


def test_typing_takes_the_message_away(qtbot: QtBot, show_window: ShowWindow) -> None:
    field = TextField("Lot number", name="lot", required=True)
    show_window(field)
    field.is_complete()

    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(entry(field, "lot"), " A1 ")

    assert (field.message(), field.text(), field.is_complete()) == ("", "A1", True)


def test_an_optional_text_may_stay_empty(qtbot: QtBot) -> None:
    field = TextField("Note", name="note")
    qtbot.addWidget(field)

    assert field.is_complete()


def test_enter_says_that_a_field_is_done(qtbot: QtBot, show_window: ShowWindow) -> None:
    field = TextField("Record no.", name="record_no")
    show_window(field)

    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(entry(field, "record_no"), Qt.Key.Key_Return)


def test_a_field_can_be_cleared(qtbot: QtBot) -> None:
    field = TextField("Lot", name="lot", required=True)
    qtbot.addWidget(field)
    field.set_text("A1")
    field.set_message("Not this lot.")

    field.clear()

    assert (field.text(), field.message()) == ("", "")


def test_a_number_field_gives_canonical_values_only(qtbot: QtBot) -> None:
    field = NumberField("Temperature", "°C", name="t", decimals=1)
    qtbot.addWidget(field)
    given_back = []
    for typed in ("36,70", "36,7", "x", ""):
        field.set_text(typed)
        given_back.append((field.value(), field.is_complete()))

    assert given_back == [(None, False), ("36.7", True), (None, False), (None, True)]
    assert field.entry.accessibleName() == "Temperature °C"


def test_a_required_number_is_asked_for(qtbot: QtBot) -> None:
    field = NumberField("Pulse", name="p", required=True)
    qtbot.addWidget(field)

    assert not field.is_complete()
    assert field.message() == "Enter the pulse."


def test_a_date_field_shows_what_it_understood(qtbot: QtBot, show_window: ShowWindow) -> None:
    field = DateField("Born", name="born", required=True)
    show_window(field)

    qtbot.keyClicks(entry(field, "born"), "14.03.1988")

    assert field.value() == BORN
    assert field.message() == "Understood as 14-Mar-1988"
    assert field.entry.property("wrong") == "no"


def test_a_date_field_refuses_what_could_be_two_dates_when_it_is_left(qtbot: QtBot, show_window: ShowWindow) -> None:
    field, other = DateField("Born", name="born"), TextField("Other", name="other")
    show_window(field, other)
    field.setFocus()
    qtbot.keyClicks(entry(field, "born"), "03/04/1988")
    assert field.message() == ""

    other.setFocus()

    assert "can be confused" in field.message()
    assert field.value() is None
    assert not field.is_complete()


def test_a_date_field_left_empty_or_done_says_nothing_wrong(qtbot: QtBot, show_window: ShowWindow) -> None:
    field = DateField("Born", name="born", required=True)
    show_window(field)
    qtbot.keyClick(entry(field, "born"), Qt.Key.Key_Return)
    assert field.message() == ""
    assert not field.is_complete()
    assert field.message() == "Enter the born."

    field.set_date(BORN)
    qtbot.keyClick(entry(field, "born"), Qt.Key.Key_Return)
    assert field.text() == "14-Mar-1988"
    assert field.message() == "Understood as 14-Mar-1988"
    assert field.is_complete()


def test_searching_follows_the_typing_and_the_scan(qtbot: QtBot, show_window: ShowWindow) -> None:
    search = SearchField("Find or scan patient", name="search")
    show_window(search)
    heard: list[str] = []
    search.searched.connect(heard.append)

    qtbot.keyClicks(entry(search, "search"), "TRN")
    with qtbot.waitSignal(search.submitted) as submitted:
        qtbot.keyClick(entry(search, "search"), Qt.Key.Key_Return)

    assert heard == ["T", "TR", "TRN"]
    assert submitted.args == ["TRN"]
    assert entry(search, "search").accessibleName() == "Find or scan patient"
