"""Not given, discard, correct: a reason from chips and words, then the command."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.reasons import ReasonView, present_correct, present_discard_bag, present_not_given
from nurse_app.ui.sheets.correct_sheet import CorrectSheet
from nurse_app.ui.sheets.discard_bag_sheet import DiscardBagSheet
from nurse_app.ui.sheets.not_given_sheet import NotGivenSheet
from nurse_app.ui.sheets.reason_sheet import ReasonSheet
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.fields import TextField
from tests.kit import TestVisit
from tests.ui.hands import fill, noted, part, tap, words

ShowWindow = Callable[..., QWidget]


@pytest.fixture
def view(protocol: InfusionProtocol) -> ReasonView:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.AnswerQuestion("jaundice_or_dark_urine", answer=True))
    return present_not_given(visit.context())


@pytest.fixture
def sheet(show_window: ShowWindow, view: ReasonView) -> NotGivenSheet:
    sheet = NotGivenSheet(view)
    show_window(sheet)
    sheet.first_focus()
    return sheet


def test_the_work_begins_at_the_reasons_and_none_is_chosen(sheet: NotGivenSheet) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "not_given_sheet.reason.rule.jaundice"

    asked = noted(sheet.intent_requested)
    tap(sheet, "not_given_sheet.submit")

    assert asked == []
    assert "Choose at least one reason." in words(sheet)


def test_several_reasons_and_words_make_one_entry(sheet: NotGivenSheet) -> None:
    asked = noted(sheet.intent_requested)
    tap(sheet, "not_given_sheet.reason.rule.jaundice")
    tap(sheet, "not_given_sheet.reason.unwell")
    fill(sheet, "not_given_sheet.more", "Dr Sample informed", enter=True)

    assert asked == [c.DoNotGive("Jaundice or dark urine; Patient unwell; Dr Sample informed")]


def test_choosing_a_reason_takes_the_complaint_away(sheet: NotGivenSheet) -> None:
    tap(sheet, "not_given_sheet.submit")
    tap(sheet, "not_given_sheet.reason.unwell")

    assert "Choose at least one reason." not in words(sheet)


def test_another_reason_needs_words(sheet: NotGivenSheet) -> None:
    asked = noted(sheet.intent_requested)
    tap(sheet, "not_given_sheet.reason.other")
    tap(sheet, "not_given_sheet.submit")
    assert asked == []
    assert part(sheet, TextField, "not_given_sheet.more").message() == "Say which."

    fill(sheet, "not_given_sheet.more", "fire alarm", enter=True)

    assert asked == [c.DoNotGive("fire alarm")]


def test_what_still_has_to_be_done_is_said(sheet: NotGivenSheet, view: ReasonView) -> None:
    assert all(note in words(sheet) for note in view.notes)


def test_a_refusal_stands_beside_the_button_until_the_next_try(sheet: NotGivenSheet) -> None:
    sheet.show_refusal("This is not possible in the present step.")
    assert "not possible" in words(sheet)

    tap(sheet, "not_given_sheet.submit")

    assert "not possible" not in words(sheet)


def test_cancel_closes_and_asks_for_nothing(sheet: NotGivenSheet) -> None:
    asked = noted(sheet.intent_requested)
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))

    tap(sheet, "not_given_sheet.cancel")

    assert (closed, asked) == ([True], [])


def test_the_whole_sheet_works_by_keyboard(sheet: NotGivenSheet) -> None:
    asked = noted(sheet.intent_requested)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    part(sheet, TextField, "not_given_sheet.more").setFocus()
    QTest.keyClick(part(sheet, TextField, "not_given_sheet.more").entry, Qt.Key.Key_Return)

    assert asked == [c.DoNotGive("Jaundice or dark urine")]


def test_discarding_sends_its_own_command(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    sheet = DiscardBagSheet(present_discard_bag(TestVisit(protocol).context()))
    asked = noted(sheet.intent_requested)
    show_window(sheet)

    tap(sheet, "discard_bag_sheet.reason.damaged")
    tap(sheet, "discard_bag_sheet.submit")

    assert asked == [c.DiscardBag("Leaking or dropped")]


def test_a_correction_names_the_entry(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    (entry,) = visit.do(c.AnswerQuestion("infection_signs", answer=True))
    sheet = CorrectSheet(present_correct(visit.context(), entry.number))
    asked = noted(sheet.intent_requested)
    show_window(sheet)

    tap(sheet, "correct_sheet.reason.slip")
    tap(sheet, "correct_sheet.submit")

    assert asked == [c.CorrectEntry(entry.number, "Typed or tapped wrong")]


def test_a_form_without_entries_begins_at_its_button(show_window: ShowWindow) -> None:
    form = SheetForm(name="bare", submit="Save")
    form.finish()
    show_window(form)

    form.first_focus()

    assert form.submit_button.hasFocus()


def test_a_form_must_say_what_it_is_worth(view: ReasonView, theme: object) -> None:
    with pytest.raises(NotImplementedError):
        SheetForm(name="bare", submit="Save").submit()
    with pytest.raises(NotImplementedError):
        ReasonSheet(view, name="bare").intent_of("reason")
