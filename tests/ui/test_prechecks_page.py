"""Pre-checks by keyboard and touch: answers go up, findings come back under their question, the next row is in work."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.prechecks import present_prechecks
from nurse_app.ui.steps.prechecks_page import PrechecksPage
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.checklist_row import ChecklistRow
from nurse_app.ui.widgets.column import VerticalScroll
from nurse_app.ui.widgets.finding import FindingStrip
from nurse_app.ui.widgets.question_row import QuestionRow
from nurse_app.ui.widgets.yes_no import YesNo
from tests.kit import WELL, TestVisit, base_facts
from tests.ui.hands import noted, part, tap, words

ShowWindow = Callable[..., QWidget]
FIRST, SECOND, THIRD = "new_neurological_symptoms", "immune_condition", "immunosuppressant_last_month"


def sick(data: dict[str, Any]) -> None:
    data["patient"]["medicines"] = ["azathioprine 50 mg"]
    data["labs"] = [row | {"value": "52"} if row["test"] == "ALT" else row for row in data["labs"]]


class Shown:
    """The page in its scrolled place, fed by a visit as the program feeds it."""

    def __init__(self, visit: TestVisit) -> None:
        self.visit = visit
        self.page = PrechecksPage()
        self.scroll = VerticalScroll(self.page)
        self.asked = noted(self.page.intent_requested)
        self.refresh()

    def refresh(self) -> None:
        self.page.show_view(present_prechecks(self.visit.context()))

    def do(self, *acts: c.Command) -> None:
        for act in acts:
            self.visit.do(act)
        self.refresh()
        # Wrapped texts and scrolled pages settle in a few rounds of layout.
        for _ in range(4):
            QApplication.processEvents()

    def row(self, question: str) -> QuestionRow:
        return part(self.page, QuestionRow, f"question.{question}")

    def key(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    @property
    def in_work(self) -> str:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None else ""


@pytest.fixture
def shown(show_window: ShowWindow, protocol: InfusionProtocol) -> Shown:
    shown = Shown(TestVisit(protocol).to("prechecks"))
    show_window(shown.scroll, size=(830, 600))
    shown.page.first_focus()
    return shown


@pytest.fixture
def shown_sick(show_window: ShowWindow, protocol: InfusionProtocol) -> Shown:
    shown = Shown(TestVisit(protocol, base_facts(sick, for_visit=True)).to("prechecks"))
    show_window(shown.scroll, size=(830, 600))
    shown.page.first_focus()
    return shown


def test_the_work_begins_at_the_first_question(shown: Shown) -> None:
    assert shown.in_work == f"question.{FIRST}.answer"
    assert all(shown.row(item.id).answer is None for item in shown.visit.protocol.questions)


def test_y_and_n_answer_and_go_on_to_the_next_question(shown: Shown) -> None:
    shown.key(Qt.Key.Key_N)
    assert shown.in_work == f"question.{SECOND}.answer"
    shown.key(Qt.Key.Key_Y)

    assert shown.in_work == f"question.{THIRD}.answer"
    assert shown.asked == [c.AnswerQuestion(FIRST, answer=False), c.AnswerQuestion(SECOND, answer=True)]


def test_a_tap_answers_and_shows_nothing_before_it_is_saved(shown: Shown) -> None:
    tap(shown.page, f"question.{SECOND}.answer.yes")

    assert shown.asked == [c.AnswerQuestion(SECOND, answer=True)]
    assert shown.row(SECOND).answer is None
    shown.do(c.AnswerQuestion(SECOND, answer=True))
    assert shown.row(SECOND).answer is True


def test_going_on_leaves_out_what_is_answered_and_comes_back_for_what_was_passed(shown: Shown) -> None:
    shown.do(c.AnswerQuestion(SECOND, answer=False))

    shown.key(Qt.Key.Key_N)
    assert shown.in_work == f"question.{THIRD}.answer"

    last = shown.visit.protocol.questions[-1].id
    part(shown.page, YesNo, f"question.{last}.answer").setFocus()
    shown.key(Qt.Key.Key_N)
    assert shown.in_work == f"question.{FIRST}.answer"


def test_up_and_down_walk_through_the_rows_and_stop_at_the_ends(shown: Shown) -> None:
    shown.key(Qt.Key.Key_Up)
    assert shown.in_work == f"question.{FIRST}.answer"
    for _ in range(len(shown.visit.protocol.questions)):
        shown.key(Qt.Key.Key_Down)
    assert shown.in_work == "prechecks_page.rest"
    part(shown.page, Button, "prechecks_page.rest").setFocus()
    QTest.keyClick(shown.page, Qt.Key.Key_Down)
    assert shown.in_work == "prechecks_page.vital_signs.action"
    QTest.keyClick(shown.page, Qt.Key.Key_Down)
    assert shown.in_work == "prechecks_page.vital_signs.action"


def test_the_row_in_work_is_always_in_sight(shown: Shown) -> None:
    for _ in range(8):
        shown.key(Qt.Key.Key_N)

    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.visibleRegion().boundingRect().height() == focus.height()


def test_a_finding_appears_under_its_question_and_the_row_in_work_stays_in_sight(shown: Shown) -> None:
    for _ in range(7):
        shown.key(Qt.Key.Key_N)

    shown.do(*(c.AnswerQuestion(item.id, answer=True) for item in shown.visit.protocol.questions[:7]))

    strips = shown.row("infection_signs").findChildren(FindingStrip)
    assert [strip.finding.key for strip in strips] == ["infection"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.visibleRegion().boundingRect().height() == focus.height()


def test_why_is_asked_with_the_rule(shown: Shown) -> None:
    shown.do(c.AnswerQuestion("infection_signs", answer=True))

    tap(shown.page, "question.infection_signs.finding0.why")

    assert shown.asked == [OpenSheet(SheetKind.WHY, "infection")]


def test_findings_of_the_record_stand_first_the_stop_before_the_caution(shown_sick: Shown) -> None:
    strips = [strip.finding for strip in shown_sick.page.findChildren(FindingStrip)]

    assert [(item.key, item.severity) for item in strips[:2]] == [
        ("immunosuppressant-medicine", "stop"),
        ("liver-enzymes", "caution"),
    ]
    assert "From the record" in words(shown_sick.page)
    assert "listed: azathioprine 50 mg" in words(shown_sick.row(THIRD))


def test_without_findings_of_the_record_there_is_no_group_for_them(shown: Shown) -> None:
    assert "From the record" not in words(shown.page)
    assert "Good to know" in words(shown.page)


def test_all_others_no_is_a_second_choice_with_its_condition_beside_it(shown: Shown) -> None:
    rest = part(shown.page, Button, "prechecks_page.rest")

    assert rest.role() == "secondary"
    assert "Only when you have asked every question" in words(shown.page)
    QTest.keyClick(shown.page, Qt.Key.Key_A)

    assert shown.asked == [c.AnswerRest(answer=False)]
    assert shown.in_work == "prechecks_page.vital_signs.action"


def test_when_all_is_answered_the_vital_signs_are_the_next_thing(shown: Shown) -> None:
    action = part(shown.page, Button, "prechecks_page.vital_signs.action")
    assert action.role() == "secondary"

    shown.do(c.AnswerRest(answer=False))

    assert action.role() == "primary"
    assert not part(shown.page, Button, "prechecks_page.rest").isVisible()
    QTest.keyClick(shown.page, Qt.Key.Key_V)
    assert shown.asked == [OpenSheet(SheetKind.VITAL_SIGNS)]


def test_measured_vital_signs_are_no_longer_the_next_thing(shown: Shown) -> None:
    shown.do(c.AnswerRest(answer=False), c.RecordVitalSigns(WELL))

    assert part(shown.page, Button, "prechecks_page.vital_signs.action").role() == "secondary"
    assert "124/78" in words(part(shown.page, ChecklistRow, "prechecks_page.vital_signs"))


def test_once_all_is_asked_the_cautions_of_the_record_come_into_sight(shown_sick: Shown) -> None:
    shown_sick.do(c.AnswerRest(answer=False))
    shown_sick.page.first_focus()
    assert shown_sick.scroll.verticalScrollBar().value() > 0
    part(shown_sick.page, Button, "prechecks_page.vital_signs.action").clearFocus()

    shown_sick.do(c.RecordVitalSigns(WELL))

    strip = shown_sick.page.findChildren(FindingStrip)[0]
    assert not strip.visibleRegion().isEmpty()


def test_another_protocol_brings_its_own_questions(shown: Shown, protocol: InfusionProtocol) -> None:
    shown.visit = TestVisit(replace(protocol, questions=protocol.questions[:2])).to("prechecks")
    shown.refresh()
    QApplication.processEvents()

    assert [row.objectName() for row in shown.page.findChildren(QuestionRow)] == [
        f"question.{FIRST}",
        f"question.{SECOND}",
    ]


def test_before_anything_is_shown_keys_and_taps_ask_for_nothing(show_window: ShowWindow) -> None:
    page = PrechecksPage()
    asked = noted(page.intent_requested)
    show_window(page)

    QTest.keyClick(page, Qt.Key.Key_A)
    part(page, ChecklistRow, "prechecks_page.vital_signs").action_requested.emit()
    QTest.keyClick(page, Qt.Key.Key_B)

    assert asked == []
