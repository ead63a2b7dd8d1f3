"""After a reaction in the running program: hand-over sheet, grade, report data, follow-up call, the flag cleared."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain import patient_events as p
from nurse_app.presentation.home_calls import CallRow
from nurse_app.presentation.intents import (
    GoToPatient,
    GoToReactions,
    GoToTrends,
    GoToVisit,
    OpenSheet,
    RecordFollowUpCall,
    SheetKind,
)
from nurse_app.ui import reaction_papers, trend_printing
from nurse_app.ui.blocks.call_list import MOST, CallList
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.visit.open_visit import Accepted, Author
from nurse_app.visit.ports import UnreadableRecordError
from tests.ui.conftest import ShowWindow
from tests.ui.driver import CALM, HELD, Ward
from tests.ui.quick import open_visit, shown_strings, work_to
from tests.ui.test_app_recall import control, text_of

NAMES = ("SAMPLE, Patient", "Patient One", "TRN0004", "1988")


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def react(ward: Ward, *signs: str) -> str:
    """An infusion of 18 minutes, its page open, then a reaction."""
    visit_id = work_to(ward, "infuse")
    open_visit(ward, visit_id)
    ward.wait(minutes=18)
    ward.key("F8")
    for sign in signs:
        ward.press(f"sign.{sign}")
    return visit_id


def do(ward: Ward, visit_id: str, *commands: c.Command) -> None:
    """Commands at the service, then the screen as it is."""
    for command in commands:
        result = ward.parts.service.handle(visit_id, command, Author(ward.user()))
        assert isinstance(result, Accepted), (command, result)
    ward.settle()


def closed_after(ward: Ward, *signs: str) -> str:
    """A visit that a reaction ended, closed, and home on the screen."""
    visit_id = react(ward, *signs)
    do(ward, visit_id, c.CloseReaction("resolved"))
    ward.clock.advance(timedelta(hours=3))
    do(ward, visit_id, c.CompleteObservation(), c.Discharge())
    sign_in_if_locked(ward)
    ward.key("F4")
    return visit_id


def sign_in_if_locked(ward: Ward) -> None:
    if ward.shows("sign_in.pin.done"):
        ward.enter_pin("sign_in.pin", "246810")


def last_event(ward: Ward) -> e.Event:
    return ward.visit(CALM).record[-1].event


def pages(ward: Ward, what: str, ending: str = "pdf") -> list[Path]:
    return sorted(ward.folder.glob(f"{what}-*.{ending}"))


# --- the hand-over sheet ---


def test_the_sheet_is_one_key_away_and_follows_the_reaction(ward: Ward) -> None:
    react(ward, "hives", "wheeze")
    ward.key("h")
    assert "Suspected anaphylaxis" in ward.words()
    assert "09:58, 00:00 ago" in ward.words()
    assert "90 mg, 34.5 mL" in ward.words()
    ward.wait(minutes=2)
    assert "09:58, 02:00 ago" in ward.words()
    assert ward.find("since.value").isVisible(), "the clocks stay beside it"
    do(ward, ward.visit(CALM).visit_id, c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    assert "0.5 mg IM 10:00. Next from 10:05" in ward.words()
    assert ward.phase() == "reaction"


def test_one_touch_hands_over_and_the_name_may_stay_empty(ward: Ward) -> None:
    react(ward, "hives")
    ward.key("h")
    ward.press("hand_over_sheet.to.ambulance")
    assert last_event(ward) == e.HandedOver("ambulance")
    ward.key("h")
    assert "Handed over 09:58 by SAMPLE, Nurse One to: Ambulance crew" in ward.words()
    ward.write_into("hand_over_sheet.name", "Sam")
    ward.press("hand_over_sheet.to.ward")
    assert last_event(ward) == e.HandedOver("ward", "Sam")
    ward.key("h")
    ward.key("4")
    assert last_event(ward) == e.HandedOver("next-nurse")


def test_no_enter_hands_over_by_mistake(ward: Ward) -> None:
    react(ward, "hives")
    before = ward.visit(CALM).state.number
    ward.key("h")
    ward.key("Enter")
    assert ward.visit(CALM).state.number == before


def test_the_sheet_as_a_page_names_nobody_in_its_files_name(ward: Ward) -> None:
    react(ward, "hives", "wheeze")
    ward.key("h")
    control(ward, Qt.Key.Key_S)
    control(ward, Qt.Key.Key_S)
    first, second = pages(ward, "hand-over")  # the second file has a number, which sorts before the ending
    assert first.read_bytes().startswith(b"%PDF")
    assert not [name for name in NAMES if name in first.name + second.name]
    words = text_of(first)
    assert "Page 1 of 1" in words
    assert "SAMPLE, Patient One" in words
    assert "Taken over by: name, signature, time" in words
    assert first.name in ward.words().replace("\u200b", "")


def test_while_locked_it_works_without_names(ward: Ward) -> None:
    work_to(ward, "infuse")
    ward.clock.advance(timedelta(minutes=3))
    ward.settle()
    ward.key("F8")
    ward.press("sign.stridor")
    ward.key("h")
    assert "hidden while locked: read the wristband" in ward.words()
    assert not [name for name in NAMES if name in shown_strings(ward)]
    ward.press("hand_over_sheet.pdf")
    (page,) = pages(ward, "hand-over")
    assert not [name for name in NAMES if name in text_of(page)]
    ward.press("hand_over_sheet.to.emergency-team")
    last = ward.visit(CALM).record[-1]
    assert (last.event, last.entry.sign_later) == (e.HandedOver("emergency-team"), True)


def test_printing_asks_for_a_printer_and_paints_the_page(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(trend_printing, "ask_and_print", lambda *given: asked.append(given))
    react(ward, "hives")
    ward.key("h")
    ward.press("hand_over_sheet.print")
    window, _paint, _done, _refused, *_paper = asked[0]
    assert window is ward.stage


def test_a_page_that_cannot_be_written_is_said(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaction_papers, "save_whole", lambda _content, _path: "no room")
    react(ward, "hives")
    ward.key("h")
    ward.press("hand_over_sheet.pdf")
    assert "no room" in ward.words()


def test_without_the_patients_record_the_page_is_still_made(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    react(ward, "hives")
    ward.key("h")

    def unreadable(_patient_id: str) -> None:
        raise UnreadableRecordError("damaged")

    monkeypatch.setattr(ward.parts.service, "patient", unreadable)
    ward.press("hand_over_sheet.pdf")
    assert len(pages(ward, "hand-over")) == 1


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_who_takes_over_is_there_without_scrolling(ward: Ward, size: tuple[int, int]) -> None:
    react(ward, "hives", "wheeze")
    ward.resize(QSize(*size))
    ward.key("h")
    for to in ("ambulance", "emergency-team", "ward", "next-nurse"):
        button = ward.find(f"hand_over_sheet.to.{to}")
        bottom = button.mapTo(ward.stage, button.rect().bottomLeft()).y()
        assert button.height() >= 60
        assert bottom < size[1]


# --- closing and the grade ---


def test_a_grade_chosen_while_closing_is_an_entry_before_it(ward: Ward) -> None:
    react(ward, "hives", "wheeze")
    ward.key("c")
    ward.press("close_reaction_sheet.outcome.transferred")
    assert "Suggested: grade 3. Why: Wheeze." in ward.words()
    ward.press("close_reaction_sheet.grade.4")
    ward.press("close_reaction_sheet.submit")
    kinds = [item.event for item in ward.visit(CALM).record[-3:]]
    assert kinds[0] == e.CtcaeGraded("anaphylaxis", 4, "5.0")
    assert kinds[1] == e.ReactionClosed("transferred")


def test_closing_never_needs_a_grade_and_its_button_is_in_sight(ward: Ward) -> None:
    react(ward, "hives", "wheeze")
    ward.resize(QSize(1366, 768))
    ward.key("c")
    ward.press("close_reaction_sheet.outcome.resolved")
    button = ward.find("close_reaction_sheet.submit")
    assert button.mapTo(ward.stage, button.rect().bottomLeft()).y() < 723
    ward.press("close_reaction_sheet.submit")
    assert not [item for item in ward.visit(CALM).record if isinstance(item.event, e.CtcaeGraded)]
    assert ward.phase() == "observe"


def test_the_grade_is_recorded_and_changed_later(ward: Ward) -> None:
    visit_id = closed_after(ward, "hives")
    go_to(ward, visit_id)
    ward.key("g")
    ward.press("ctcae_sheet.submit")
    assert "Choose one term, then its grade." in ward.words()
    ward.press("ctcae_sheet.grading.term.fever")
    ward.press("ctcae_sheet.grading.grade.fever.2")
    ward.press("ctcae_sheet.submit")
    assert last_event(ward) == e.CtcaeGraded("fever", 2, "5.0")
    ward.key("g")
    assert "In the record: CTCAE 5.0: Fever, grade 2" in ward.words()
    ward.press("ctcae_sheet.grading.term.allergic-reaction")
    ward.press("ctcae_sheet.grading.grade.allergic-reaction.1")
    ward.press("ctcae_sheet.submit")
    assert last_event(ward) == e.CtcaeGraded("allergic-reaction", 1, "5.0")
    assert "CTCAE 5.0: Allergic reaction, grade 1" in ward.words()


def go_to(ward: Ward, visit_id: str) -> None:
    """Any visit, as the list of visits leads to it."""
    ward.program.controller.on_intent(GoToVisit(visit_id))
    ward.settle()


# --- the report ---


def test_the_report_is_saved_as_page_and_as_fhir(ward: Ward) -> None:
    visit_id = closed_after(ward, "hives")
    go_to(ward, visit_id)
    ward.key("r")
    assert "Missing: Term and grade" in ward.words()
    ward.press("reaction_report_sheet.serious.hospital")
    control(ward, Qt.Key.Key_S)
    control(ward, Qt.Key.Key_J)
    (page,) = pages(ward, "report")
    (data,) = pages(ward, "report", "json")
    found = json.loads(data.read_text(encoding="utf-8"))
    assert found["resourceType"] == "AdverseEvent"
    assert found["seriousness"]["coding"][0]["code"] == "SeriousResultsInHospitalization"
    words = text_of(page)
    assert "Hospital stay, new or longer" in words
    assert "It copies no form" in words
    assert not [name for name in ("SAMPLE, Patient", "TRN0004") if name in words + data.read_text(encoding="utf-8")]


def test_not_serious_stands_alone(ward: Ward) -> None:
    go_to(ward, closed_after(ward, "hives"))
    ward.key("r")
    ward.press("reaction_report_sheet.serious.death")
    ward.press("reaction_report_sheet.serious.not-serious")
    ward.press("reaction_report_sheet.pdf")
    assert "Choose “Not serious” alone, or what made it serious." in ward.words()
    assert pages(ward, "report") == []
    ward.press("reaction_report_sheet.serious.death")
    ward.press("reaction_report_sheet.pdf")
    assert len(pages(ward, "report")) == 1
    assert "Choose “Not serious” alone, or what made it serious." not in ward.words()


def test_the_papers_are_reached_from_the_timeline_too(ward: Ward) -> None:
    go_to(ward, closed_after(ward, "hives"))
    ward.press("timeline")
    ward.key("o")
    ward.press("hand_over_sheet.pdf")
    assert len(pages(ward, "hand-over")) == 1


# --- the follow-up call ---


def call_button(ward: Ward) -> str:
    return f"home.calls.{ward.patient(CALM)}"


def later(ward: Ward, **duration: float) -> None:
    ward.clock.advance(timedelta(**duration))
    ward.settle()
    sign_in_if_locked(ward)
    ward.key("F4")


def test_home_asks_for_the_call_in_its_time_and_one_touch_makes_it(ward: Ward) -> None:
    closed_after(ward, "hives")
    assert not ward.shows(call_button(ward)), "its time has not come"
    later(ward, hours=25)
    assert "Follow-up call due until 25-Nov-2026 09:58" in ward.words()
    ward.press(call_button(ward))
    assert "Suspected allergy. No further dose until a prescriber clears it." in ward.words()
    ward.key("c")
    ward.key("w")
    assert "Follow-up call: well, nothing new (SAMPLE, Nurse One)" in ward.words()
    ward.key("h")
    assert not ward.shows(call_button(ward))


def test_a_call_that_nobody_made_is_overdue(ward: Ward) -> None:
    closed_after(ward, "hives")
    later(ward, hours=80)
    assert "Follow-up call overdue since 25-Nov-2026 09:58" in ward.words()
    ward.press(call_button(ward))
    ward.key("c")
    ward.key("x")
    assert "Follow-up call: not reached" in ward.words()
    ward.key("h")
    assert ward.shows(call_button(ward)), "it stays due"


def test_delayed_signs_mark_the_allergy_anew(ward: Ward) -> None:
    closed_after(ward, "hives")
    patient_id = ward.patient(CALM)
    assert ward.parts.service.clear_hypersensitivity(patient_id, "Dr. Sample", "no antibodies", Author(ward.user()))
    later(ward, hours=30)
    ward.press(call_button(ward))
    ward.key("c")
    ward.key("r")
    assert "Choose what is new." in ward.words()
    ward.press("follow_up_call_sheet.signs.rash")
    assert "No further dose until the prescriber has decided." in ward.words()
    ward.key("w")
    assert "Something new is chosen." in ward.words()
    ward.press("visit")
    assert ward.shows("closed_page"), "the way to a visit is always open"
    ward.program.controller.on_intent(GoToReactions(patient_id))
    ward.settle()
    ward.key("c")
    ward.press("follow_up_call_sheet.signs.rash")
    ward.press("patient")
    assert "Record what is new first, or close this panel." in ward.words()
    ward.write_into("follow_up_call_sheet.note", "since this morning")
    ward.press("follow_up_call_sheet.record")
    assert ward.parts.service.patient(patient_id).state.hypersensitivity == "suspected"
    assert "Follow-up call: Rash. since this morning" in ward.words()


def recalled(ward: Ward) -> str:
    """Everything in the table of the recall list."""
    model = cast("DataTable", ward.find("recall.table")).model()
    places = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    return "\n".join(str(model.index(*place).data()) for place in places)


def test_the_recall_list_and_what_is_due_lead_to_the_call(ward: Ward) -> None:
    closed_after(ward, "hives")
    ward.press("home.recall")
    assert "Follow-up call from 23-Nov-2026 09:58 to 25-Nov-2026 09:58" in recalled(ward)
    table: Any = ward.find("recall.table")
    table.row_activated.emit(ward.patient(CALM))
    ward.settle()
    assert "Reactions to the drug" in ward.words()
    ward.key("h")
    ward.press("home.recall")
    table = ward.find("recall.table")
    table.row_activated.emit(ward.patient(HELD))
    ward.settle()
    assert "Reactions to the drug" not in ward.words()


def test_the_list_of_what_is_due_has_the_way_there(ward: Ward) -> None:
    closed_after(ward, "hives")
    ward.program.controller.on_intent(GoToTrends(ward.patient(CALM)))
    ward.settle()
    ward.key("u")
    assert "Follow-up call after a reaction" in shown_strings(ward)
    ward.press("due_sheet.reactions")
    assert "Reactions to the drug" in ward.words()


def test_a_call_becomes_due_while_the_page_is_on(ward: Ward) -> None:
    closed_after(ward, "hives")
    ward.program.controller.on_intent(GoToReactions(ward.patient(CALM)))
    ward.settle()
    assert "Follow-up call from 23-Nov-2026 09:58" in ward.words()
    for _hour in range(21):
        ward.wait(minutes=61)
    sign_in_if_locked(ward)
    assert "Follow-up call due until" in ward.words()


# --- the flag ---


def test_a_prescriber_clears_the_flag_from_the_patients_page(ward: Ward) -> None:
    closed_after(ward, "hives")
    patient_id = ward.patient(CALM)
    go_to_patient(ward, patient_id)
    control(ward, Qt.Key.Key_R)
    ward.key("f")
    ward.press("clear_flag_sheet.submit")
    assert ward.parts.service.patient(patient_id).state.hypersensitivity == "suspected"
    ward.write_into("clear_flag_sheet.by", "Dr. Sample")
    ward.press("patient")
    assert "Clear the flag first, or close this panel." in ward.words()
    ward.write_into("clear_flag_sheet.reason", "antibodies negative")
    ward.press("clear_flag_sheet.submit")
    assert "Read the decision back, then confirm it here." in ward.words()
    ward.press("clear_flag_sheet.read_back.yes")
    ward.press("clear_flag_sheet.submit")
    assert ward.parts.service.patient(patient_id).state.hypersensitivity == "no"
    assert "Allergy cleared by Dr. Sample: antibodies negative (SAMPLE, Nurse One)" in ward.words()
    assert "Allergy marked as suspected" in ward.words(), "the history stays"


def go_to_patient(ward: Ward, patient_id: str) -> None:
    ward.program.controller.on_intent(GoToPatient(patient_id))
    ward.settle()


def test_after_a_severe_reaction_nobody_clears_it(ward: Ward) -> None:
    closed_after(ward, "stridor")
    ward.program.controller.on_intent(GoToReactions(ward.patient(CALM)))
    ward.settle()
    button = ward.find("clear_flag")
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    assert "After a severe reaction it is never cleared." in ward.words()


def test_in_a_visit_nothing_is_cleared_even_when_it_began_meanwhile(ward: Ward) -> None:
    closed_after(ward, "hives")
    patient_id = ward.patient(CALM)
    ward.program.controller.on_intent(GoToReactions(patient_id))
    ward.settle()
    ward.key("f")
    ward.write_into("clear_flag_sheet.by", "Dr. Sample")
    ward.write_into("clear_flag_sheet.reason", "antibodies negative")
    ward.press("clear_flag_sheet.read_back.yes")
    ward.parts.service.start_visit(patient_id, Author(ward.user()))
    ward.press("clear_flag_sheet.submit")
    assert "It was not cleared" in ward.words()
    assert ward.parts.service.patient(patient_id).state.hypersensitivity == "suspected"


def test_the_page_of_a_patient_in_a_visit_has_the_reaction_button(ward: Ward) -> None:
    visit_id = work_to(ward, "infuse")
    patient_id = ward.patient(CALM)
    ward.program.controller.on_intent(GoToReactions(patient_id))
    ward.settle()
    ward.key("F8")
    assert ward.parts.service.visits()[visit_id].state.phase == "reaction"
    assert ward.shows("reaction_page")


def test_what_is_asked_of_a_page_that_was_left_goes_nowhere(ward: Ward) -> None:
    closed_after(ward, "hives")
    work = ward.program.controller._scenes.places.need_reactions()
    work.open_sheet(OpenSheet(SheetKind.CLEAR_FLAG, ward.patient(CALM)))
    work.show_refusal("late")
    work.refresh(None)
    work._on_intent(p_call(ward))
    ward.settle()
    assert ward.shows("home.recall")


def p_call(ward: Ward) -> object:
    return RecordFollowUpCall(ward.patient(CALM), p.FollowUpCallMade("v-1", reached=False))


# --- the list on home ---


def test_home_shows_the_first_calls_and_says_that_there_are_more(show_window: ShowWindow) -> None:
    calls = CallList(name="calls")
    rows = tuple(CallRow(f"p-{n}", f"Sample {n}", "Follow-up call due", "caution") for n in range(MOST + 1))
    asked: list[object] = []
    calls.intent_requested.connect(asked.append)
    window = show_window(calls)
    calls.show_calls(rows)
    calls.show_calls(rows)
    QApplication.processEvents()
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) == MOST
    assert window.findChildren(QWidget, "calls.more")
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert asked == [GoToReactions("p-1")]
    calls.show_calls(())
    assert not calls.isVisible()
