"""Cards, findings, questions, checklist lines: each says in word and shape what its colour says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import Theme
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.checklist_row import ChecklistRow, RowView
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.kinds import Severity
from nurse_app.ui.widgets.question_row import QuestionRow
from nurse_app.ui.widgets.text import Digits, Text
from nurse_app.ui.widgets.visit_card import VisitCard, VisitCardView
from tests.ui.reading import ShowWindow, button_of, shapes_on, words_on

STOP = FindingLine("medicine", "stop", "Do not give: azathioprine", "Tell the prescriber.")
HOLD = FindingLine("infection", "hold", "Hold: signs of infection", "Needs the prescriber's decision.")
NOTE = FindingLine("decision", "information", "Decided at 10:03", why=False)


def test_a_card_shows_title_value_and_note(show_window: ShowWindow) -> None:
    card = Card("Given so far", "93 mg", "36 of about 115 mL", name="given")
    show_window(card)

    assert set(words_on(card)) == {"Given so far", "93 mg", "36 of about 115 mL"}
    assert (card.accessibleName(), card.accessibleDescription()) == ("Given so far", "93 mg, 36 of about 115 mL")


def test_a_card_without_a_note_keeps_no_room_for_one(qtbot: QtBot) -> None:
    with_note, without = Card("Dose", "300 mg", "fixed", name="a"), Card("Dose", "300 mg", name="b")
    qtbot.addWidget(with_note)
    qtbot.addWidget(without)

    assert without.sizeHint().height() < with_note.sizeHint().height()


def test_a_card_can_be_told_anew_in_parts(qtbot: QtBot) -> None:
    card = Card(name="clock")
    qtbot.addWidget(card)

    card.set_title("Since stop")
    card.set_value("01:12")
    card.set_note("stopped 10:41")

    assert card.value() == "01:12"
    assert card.accessibleDescription() == "01:12, stopped 10:41"


@pytest.mark.parametrize("tone", ["done", "information", "caution", "hold", "stop"])
def test_a_toned_card_has_bar_and_shape(show_window: ShowWindow, theme: Theme, tone: Severity) -> None:
    card = Card("Result so far", "HOLD", name="result")
    show_window(card, size=(300, 100))
    assert shapes_on(card) == []

    card.set_tone(tone)

    colour = "brand" if tone == "information" else tone
    assert card.grab().toImage().pixelColor(2, card.height() // 2) == theme.colour(colour)
    assert shapes_on(card) == ["check" if tone == "done" else tone]


def test_facts_are_smaller_than_clocks(show_window: ShowWindow) -> None:
    clock, fact = Card("a", "12", name="a"), Card("b", "12", name="b", size="fact")
    show_window(clock, fact)

    sizes = [card.findChildren(Digits)[0].fontInfo().pixelSize() for card in (clock, fact)]

    assert sizes == [28, 20]


@pytest.mark.parametrize(
    ("severity", "word"), [("information", "Note"), ("caution", "Caution"), ("hold", "Hold"), ("stop", "Stop")]
)
def test_a_finding_says_its_severity_in_word_and_shape(show_window: ShowWindow, severity: Severity, word: str) -> None:
    strip = FindingStrip(FindingLine("rule", severity, "Title", "Sentence."), name="strip")
    show_window(strip)

    assert words_on(strip) == [word, "Title", "Sentence."]
    assert shapes_on(strip) == [severity]
    assert strip.accessibleName() == f"{word}: Title"


def test_why_asks_for_the_reasons_of_its_own_finding(qtbot: QtBot, show_window: ShowWindow) -> None:
    strip = FindingStrip(STOP, name="strip")
    show_window(strip)

    with qtbot.waitSignal(strip.why_requested) as asked:
        qtbot.mouseClick(button_of(strip, "strip.why"), Qt.MouseButton.LeftButton)

    assert asked.args == ["medicine"]
    assert button_of(strip, "strip.why").accessibleName() == "Why? Do not give: azathioprine"


def test_a_finding_without_reasons_offers_none(qtbot: QtBot) -> None:
    strip = FindingStrip(NOTE, name="strip")
    qtbot.addWidget(strip)

    assert not button_of(strip, "strip.why").isVisibleTo(strip)


def test_a_strip_can_show_another_finding(qtbot: QtBot) -> None:
    strip = FindingStrip(STOP, name="strip")
    qtbot.addWidget(strip)
    strip.show_finding(HOLD)

    assert strip.finding == HOLD
    assert "Hold: signs of infection" in words_on(strip)
    assert shapes_on(strip) == ["hold"]


def test_a_question_passes_its_answer_on(qtbot: QtBot, show_window: ShowWindow) -> None:
    row = QuestionRow("Fever today?", "Cough, urine", name="fever", yes_tone="hold")
    show_window(row)

    with qtbot.waitSignal(row.answered) as said:
        qtbot.mouseClick(button_of(row, "fever.answer.yes"), Qt.MouseButton.LeftButton)
    assert said.args == [True]

    row.set_answer(True)
    assert row.answer is True


def test_the_focus_of_a_question_is_its_answer(qtbot: QtBot, show_window: ShowWindow) -> None:
    row = QuestionRow("Fever today?", name="fever")
    show_window(row)
    row.setFocus()

    with qtbot.waitSignal(row.answered) as said:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)

    assert said.args == [False]


def test_findings_come_and_go_under_their_question(qtbot: QtBot, show_window: ShowWindow) -> None:
    row = QuestionRow("Fever today?", name="fever")
    show_window(row)

    row.show_findings((STOP, HOLD))
    QApplication.processEvents()
    first = row.findChildren(FindingStrip)
    row.show_findings((HOLD,))
    QApplication.processEvents()

    assert [strip.finding for strip in first[:1]] == [HOLD]
    row.show_findings((HOLD, NOTE))
    QApplication.processEvents()
    shown = [strip.finding for strip in row.findChildren(FindingStrip) if strip.isVisibleTo(row)]
    assert shown == [HOLD, NOTE]

    with qtbot.waitSignal(row.why_requested) as asked:
        qtbot.mouseClick(button_of(row, "fever.finding0.why"), Qt.MouseButton.LeftButton)
    assert asked.args == ["infection"]


def test_findings_told_again_are_left_alone(show_window: ShowWindow) -> None:
    row = QuestionRow("Fever today?", name="fever")
    show_window(row)
    row.show_findings((STOP,))
    before = row.findChildren(FindingStrip)

    row.show_findings((STOP,))

    assert row.findChildren(FindingStrip) == before


def test_the_note_of_a_question_can_change(qtbot: QtBot) -> None:
    row = QuestionRow("Medicines?", name="medicines")
    qtbot.addWidget(row)

    row.set_note("listed: azathioprine")

    assert "listed: azathioprine" in words_on(row)


@pytest.fixture
def line(show_window: ShowWindow) -> ChecklistRow:
    row = ChecklistRow(name="line")
    show_window(row)
    return row


def test_a_line_done_shows_what_was_recorded(line: ChecklistRow) -> None:
    line.show_row(RowView("Inspect the vial", "No particles", "done", "clear", action="Inspect"))

    assert words_on(line) == ["Inspect the vial", "No particles", "clear"]
    assert shapes_on(line) == ["check"]
    assert not button_of(line, "line.action").isVisible()
    assert line.accessibleDescription() == "clear"


def test_a_line_done_badly_says_so_in_its_own_tone(line: ChecklistRow) -> None:
    line.show_row(RowView("Inspect the vial", "", "done", "particles", "stop"))

    assert shapes_on(line) == ["stop"]
    chip = line.findChild(Chip)
    assert chip is not None
    assert chip.text() == "particles"


def test_the_current_line_has_the_primary_button(qtbot: QtBot, line: ChecklistRow) -> None:
    line.show_row(RowView("Add 15 mL", "", "current", action="Added now", action_key="A"))

    assert (line.button.label(), line.button.role()) == ("Added now (A)", "primary")
    with qtbot.waitSignal(line.action_requested):
        qtbot.mouseClick(line.button, Qt.MouseButton.LeftButton)


def test_an_open_line_has_a_secondary_button(line: ChecklistRow) -> None:
    line.show_row(RowView("Oxygen", "", "open", action="Done now"))

    assert line.button.isVisible()
    assert line.button.role() == "secondary"


def test_a_waiting_line_says_that_it_waits(line: ChecklistRow) -> None:
    line.show_row(RowView("Invert gently"))
    assert words_on(line) == ["Invert gently", "next"]

    line.show_row(RowView("Invert gently", next_text="after mixing"))
    assert words_on(line) == ["Invert gently", "after mixing"]

    line.show_row(RowView("Invert gently", next_text=""))
    assert words_on(line) == ["Invert gently"]
    assert not line.button.isVisible()


def test_what_matters_most_is_larger(line: ChecklistRow) -> None:
    line.show_row(RowView("EPINEPHrine", "", "current", action="Given now", emphasis=True))

    title = line.findChild(Text, "line.title")
    assert title is not None
    assert title.fontInfo().pixelSize() == 17
    assert line.button.height() > 44


def test_an_editor_is_seen_while_its_line_is_current(line: ChecklistRow) -> None:
    editor = TextField("Lot", name="lot")
    line.show_row(RowView("Scan", state="current"))
    line.set_editor(editor)
    assert editor.isVisible()

    line.show_row(RowView("Scan", state="done", done_text="A12345"))
    assert not editor.isVisible()


def test_a_line_told_the_same_keeps_half_typed_input(line: ChecklistRow) -> None:
    editor = TextField("Lot", name="lot")
    line.set_editor(editor)
    view = RowView("Scan", state="current")
    line.show_row(view)
    editor.set_text("A12")

    line.show_row(RowView("Scan", state="current"))

    assert editor.text() == "A12"
    assert editor.isVisible()


def test_a_visit_card_opens_its_visit(qtbot: QtBot, show_window: ShowWindow) -> None:
    card = VisitCard(name="visit1")
    show_window(card)
    card.show_visit(VisitCardView("v-1", "SAMPLE, Patient Three", "Pre-checks", "HOLD", "", "hold", "Open", "1"))

    assert words_on(card) == ["SAMPLE, Patient Three", "Pre-checks", "HOLD"]
    assert shapes_on(card) == ["hold"]
    assert card.button.label() == "Open (1)"
    with qtbot.waitSignal(card.opened) as opened:
        qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert opened.args == ["v-1"]
