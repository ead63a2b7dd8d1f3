"""A prescriber's decision: about what, how, who, read back; nothing chosen beforehand, nothing sent by halves."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.decision import present_decision
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.ui.sheets.decision_sheet import DecisionSheet
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.finding import FindingStrip
from tests.kit import WELL, TestVisit
from tests.ui.hands import fill, noted, part, tap, words

ShowWindow = Callable[..., QWidget]


def shown(show_window: ShowWindow, protocol: InfusionProtocol, *acts: c.Command, subject: str = "") -> DecisionSheet:
    visit = TestVisit(protocol).to("prechecks")
    for act in (*acts, c.AnswerRest(answer=False), c.RecordVitalSigns(WELL)):
        visit.do(act)
    sheet = DecisionSheet(present_decision(visit.context(), subject))
    show_window(sheet, size=(830, 700))
    sheet.first_focus()
    return sheet


INFECTED = c.AnswerQuestion("infection_signs", answer=True)
YELLOW = c.AnswerQuestion("jaundice_or_dark_urine", answer=True)


@pytest.fixture
def sheet(show_window: ShowWindow, protocol: InfusionProtocol) -> DecisionSheet:
    return shown(show_window, protocol, INFECTED)


def complete(sheet: DecisionSheet, *, word: str = "proceed") -> None:
    tap(sheet, "decision_sheet.about.infection")
    tap(sheet, f"decision_sheet.word.{word}")
    fill(sheet, "decision_sheet.by", "Dr Sample")
    tap(sheet, "decision_sheet.read_back.yes")


def test_nothing_is_chosen_beforehand(sheet: DecisionSheet) -> None:
    assert not any(chip.chosen for chip in sheet.findChildren(Choice))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "decision_sheet.about.infection"


@pytest.mark.parametrize("word", ["proceed", "do-not-give"])
def test_a_whole_decision_is_one_command(sheet: DecisionSheet, word: str) -> None:
    asked = noted(sheet.intent_requested)
    complete(sheet, word=word)

    tap(sheet, "decision_sheet.submit")

    (decision,) = asked
    assert isinstance(decision, c.RecordDecision)
    assert (decision.about, decision.decision, decision.by, decision.read_back) == (
        "infection",
        word,
        "Dr Sample",
        True,
    )


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("about.infection", "Choose what the decision is about."),
        ("word.proceed", "Choose what was decided."),
        ("read_back.yes", "Read the decision back, then confirm it here."),
    ],
)
def test_what_is_missing_is_said_beside_it(sheet: DecisionSheet, name: str, complaint: str) -> None:
    asked = noted(sheet.intent_requested)
    complete(sheet)
    tap(sheet, f"decision_sheet.{name}")

    tap(sheet, "decision_sheet.submit")

    assert asked == []
    assert complaint in words(sheet)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == f"decision_sheet.{name}"


def test_a_decision_needs_a_name(sheet: DecisionSheet) -> None:
    asked = noted(sheet.intent_requested)
    complete(sheet)
    part(sheet, TextField, "decision_sheet.by").clear()

    tap(sheet, "decision_sheet.submit")

    assert asked == []
    assert part(sheet, TextField, "decision_sheet.by").message()


def test_the_hold_that_is_chosen_can_be_read_out(sheet: DecisionSheet, protocol: InfusionProtocol) -> None:
    assert protocol.text("finding.infection.yes") not in words(sheet)

    tap(sheet, "decision_sheet.about.infection")

    assert protocol.text("finding.infection.yes") in words(sheet)
    asked = noted(sheet.intent_requested)
    tap(sheet, "decision_sheet.chosen.0.why")
    assert asked == [OpenSheet(SheetKind.WHY, "infection")]


def test_a_stop_is_shown_and_cannot_be_chosen(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    sheet = shown(show_window, protocol, INFECTED, YELLOW)

    assert "A stop cannot be decided here" in words(sheet)
    assert sheet.findChild(Choice, "decision_sheet.about.jaundice") is None
    assert [strip.finding.key for strip in sheet.findChildren(FindingStrip)] == ["jaundice"]
    asked = noted(sheet.intent_requested)
    tap(sheet, "decision_sheet.stop.0.why")
    assert asked == [OpenSheet(SheetKind.WHY, "jaundice")]


def test_a_name_used_before_is_one_touch(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    said = c.RecordDecision("mood", "proceed", "Dr Known", read_back=True)
    sheet = shown(show_window, protocol, INFECTED, said)

    tap(sheet, "decision_sheet.known.Dr Known")

    assert part(sheet, TextField, "decision_sheet.by").text() == "Dr Known"


def test_the_only_thing_that_can_be_meant_is_chosen(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    sheet = shown(show_window, protocol, subject="resume-after-mild")
    asked = noted(sheet.intent_requested)

    tap(sheet, "decision_sheet.word.proceed")
    fill(sheet, "decision_sheet.by", "Dr Sample")
    tap(sheet, "decision_sheet.read_back.yes")
    tap(sheet, "decision_sheet.submit")

    assert asked == [c.RecordDecision("resume-after-mild", "proceed", "Dr Sample", read_back=True)]
