"""Help in the running program: from everywhere and back to the same place; clocks, alarms and Reaction in reach."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlock
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from nurse_app.domain.facts import Treatment
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.presentation.intents import (
    GoToAbout,
    GoToCheck,
    GoToHelp,
    GoToPatient,
    GoToRecall,
    GoToReports,
    GoToSelfTest,
    GoToSoundTest,
    GoToTrends,
    GoToUpdate,
    MakePaper,
)
from nurse_app.presentation.paper_form import FormSource, paper_form
from nurse_app.ui.help_paper import WRITING_PT
from nurse_app.ui.record_pdf import record_pdf
from nurse_app.ui.stage import Stage
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.help_text import HelpText
from nurse_app.ui.widgets.text import Digits, Text
from nurse_app.ui.widgets.topic_list import TopicList
from nurse_app.window import SAMPLE_PIN
from tests.ui.driver import CALM, HELD, Ward
from tests.ui.hands import part
from tests.ui.layout_rules import broken_rules
from tests.ui.quick import begin, function_key, open_visit, said_beside, shown_strings, work_to


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    yield ward
    ward.close()


@pytest.fixture
def infusing(ward: Ward) -> str:
    ward.sign_in()
    visit = work_to(ward, "infuse")
    open_visit(ward, visit)
    return visit


def title(ward: Ward) -> str:
    return said_beside(ward, "help.title")


def stage(ward: Ward) -> Stage:
    return ward.program.stage


def press_outside(ward: Ward, key: str) -> None:
    """A key that the window itself takes."""
    stage(ward).key_pressed.emit(key)
    ward.settle()


# --- from everywhere, and back ---


def test_before_anybody_is_signed_in_help_tells_how(ward: Ward) -> None:
    ward.press("sign_in.pin.2")
    ward.key("F1")
    assert title(ward) == "Sign in and people"

    ward.key("Esc")

    assert ward.shows("sign_in.pin")
    for digit in SAMPLE_PIN[1:]:
        ward.press(f"sign_in.pin.{digit}")
    ward.press(f"sign_in.people.{ward.user()}")
    ward.press("sign_in.pin.done")
    assert ward.shows("home.add"), "the digit before the help counts"


def test_the_very_first_start_has_help_too(tmp_path: Path, qapp: QApplication) -> None:
    ward = Ward(tmp_path, qapp, training=False)
    ward.press("footer.F1")
    assert title(ward) == "Sign in and people"
    ward.press("help.back")
    assert ward.shows("new_person.name")
    ward.close()


def test_each_place_beside_a_visit_leads_to_its_topic_and_back_to_itself(ward: Ward) -> None:
    ward.sign_in()
    controller = ward.program.controller
    for intent, topic, there in (
        (None, "Home", "home.add"),
        (GoToPatient(ward.patient(CALM)), "Patient record", "patient.save"),
        (GoToTrends(ward.patient(CALM)), "Lab trends", "trend.ALT.latest"),
        (GoToTrends(ward.patient(CALM), timeline=True), "MS timeline", "timeline.title"),
    ):
        if intent is not None:
            controller.on_intent(intent)
            ward.settle()
        for way_back in ("F1", "F4", "Esc"):
            ward.key("F1")
            assert title(ward) == topic
            ward.key(way_back)
            assert ward.shows(there), (topic, way_back)
        assert not ward.shows("help.title")


@pytest.mark.parametrize(
    ("press", "topic"),
    [("home.reports", "Reports"), ("home.recall", "Recall list"), ("home.import", "Import results")],
)
def test_lists_and_the_import_have_their_topics(ward: Ward, press: str, topic: str) -> None:
    ward.sign_in()
    ward.press(press)
    ward.press("footer.F1")
    assert title(ward) == topic


def test_the_check_of_the_records_has_its_topic(ward: Ward) -> None:
    ward.sign_in()
    ward.press("home.reports")
    ward.press("reports.check")
    ward.key("F1")
    assert title(ward) == "Check of the records"


@pytest.mark.parametrize(
    ("step", "topic"),
    [
        ("prechecks", "Pre-checks"),
        ("prepare", "Prepare"),
        ("infuse", "Infuse"),
        ("flush", "Flush"),
        ("observe", "Observe"),
        ("discharge", "Discharge"),
    ],
)
def test_each_step_has_its_topic(ward: Ward, step: str, topic: str) -> None:
    ward.sign_in()
    open_visit(ward, work_to(ward, step))
    ward.key("F1")
    assert title(ward) == topic


def test_identifying_the_timeline_and_a_reaction_have_their_topics(ward: Ward) -> None:
    ward.sign_in()
    open_visit(ward, begin(ward, CALM))
    ward.key("F1")
    assert title(ward) == "Identify"
    ward.key("F1")
    function_key(ward, "F7")
    ward.key("F1")
    assert title(ward) == "Timeline and record"
    ward.key("F1")
    ward.key("F8")
    ward.key("F1")
    assert title(ward) == "Reaction"


def test_a_sheet_keeps_what_was_typed_while_its_help_is_read(ward: Ward, infusing: str) -> None:
    ward.key("V")
    ward.write("131")
    ward.key("F1")
    assert title(ward) == "Vital signs"
    ward.wait(minutes=1)

    ward.key("F1")

    ward.write("78")
    for value in ("72", "14", "98", "36.7"):
        ward.write(value)
    taken = ward.parts.service.visits()[infusing].state.vitals[-1].vitals
    assert (taken.systolic, taken.diastolic) == (131, 78)


def test_the_focus_goes_back_where_it_was_and_never_to_reaction(ward: Ward, infusing: str) -> None:
    before = ward.stage.focusWidget()
    ward.key("F1")
    ward.key("F1")
    assert ward.stage.focusWidget() is before

    ward.key("V")
    ward.key("F1")
    # The panel is gone by the time the help is left.
    visit = ward.program.controller._scenes.places.visit
    assert visit is not None
    visit.close_sheet()
    ward.wait(minutes=17)
    ward.key("F1")
    focus = ward.stage.focusWidget()
    assert focus is not None
    assert focus.objectName() != "reaction"


def test_a_scanned_vial_has_the_help_of_preparing(ward: Ward) -> None:
    ward.sign_in()
    open_visit(ward, work_to(ward, "prepare"))
    ward.write("0100364406008016")
    assert ward.shows("product_sheet.lot")
    ward.key("F1")
    assert title(ward) == "Prepare"


def test_a_form_that_is_half_filled_is_still_there_after_help(ward: Ward) -> None:
    ward.sign_in()
    ward.press("home.add")
    ward.write_into("patient.name", "SAMPLE, Patient New")
    ward.key("F1")
    ward.key("F1")
    assert part(ward.stage, TextField, "patient.name").text() == "SAMPLE, Patient New"


def test_a_note_asked_for_in_the_help_is_written_in_the_visit(ward: Ward, infusing: str) -> None:
    ward.key("F1")
    press_outside(ward, "F9")
    assert not ward.shows("help.title")
    assert ward.shows("note_sheet.submit")


def test_another_place_may_be_gone_to_from_the_help(ward: Ward, infusing: str) -> None:
    ward.key("F1")
    press_outside(ward, "F7")
    assert ward.shows("record.title")
    assert not ward.shows("help.title")
    ward.key("F1")
    ward.key("Esc")
    assert ward.shows("record.title")


def test_when_something_was_not_saved_that_comes_first(ward: Ward, infusing: str) -> None:
    ward.program.controller._scenes.show_not_saved("Not saved: the disk is full.")
    ward.key("F1")
    assert title(ward) == "Not saved"
    assert "the disk is full" in ward.words()
    ward.key("F1")
    ward.program.controller._scenes.show_not_saved("")


def test_the_question_about_the_clock_has_its_topic(ward: Ward) -> None:
    ward.sign_in()
    ward.clock.set_wall_by(timedelta(days=-400))
    ward.press(f"due.{ward.patient(CALM)}")
    assert ward.shows("clock_check_sheet.submit")
    ward.key("F1")
    assert title(ward) == "The clock jumped"


# --- what stays in reach ---


def test_clocks_go_on_beside_the_help(ward: Ward, infusing: str) -> None:
    ward.key("F1")
    card = f"help.{infusing}.value"
    assert clock_of(ward, card) == "1:00:00 left"
    ward.wait(minutes=5)
    assert clock_of(ward, card) == "55:00 left"


def clock_of(ward: Ward, name: str) -> str:
    return part(ward.stage, Digits, name).text()


def test_an_alarm_is_seen_and_acknowledged_in_the_help(ward: Ward, infusing: str) -> None:
    ward.key("F1")
    ward.wait(minutes=17)
    assert "Vital signs and the symptom round are due." in ward.words()
    ward.press("alert_bar.0.acknowledge")
    assert ward.parts.service.visits()[infusing].state.acknowledged
    assert ward.shows("help.title")


@pytest.mark.parametrize("by_key", [True, False])
def test_reaction_is_one_press_away(ward: Ward, infusing: str, *, by_key: bool) -> None:
    ward.key("F1")
    if by_key:
        ward.key("F8")
    else:
        ward.press(f"help.{infusing}.reaction")
    assert ward.phase() == "reaction"
    assert ward.shows("sign.hives")
    assert not ward.shows("help.title")


def test_of_several_visits_reaction_means_the_one_that_was_on(ward: Ward, infusing: str) -> None:
    press_outside(ward, "F4")
    other = begin(ward, HELD)
    open_visit(ward, other)
    ward.key("F1")
    ward.key("F8")
    assert ward.parts.service.visits()[other].state.phase == "reaction"
    assert ward.parts.service.visits()[infusing].state.phase == "infuse"


def test_from_the_locked_view_nobody_is_named_and_reaction_works(ward: Ward, infusing: str) -> None:
    press_outside(ward, "Ctrl+L")
    ward.key("F1")
    assert title(ward) == "Sign in and people"
    controller = ward.program.controller
    controller.on_intent(GoToHelp("paper-forms"))
    ward.settle()
    assert ward.shows("paper.blank.pdf")
    assert not ward.shows("paper.due.pdf")
    assert not ward.shows("paper.patient.pdf")
    assert "TRN0004" not in shown_strings(ward)
    assert "Patient One" not in shown_strings(ward)
    ward.key("F8")
    assert ward.phase() == "reaction"


def test_help_that_nobody_reads_is_locked_like_every_screen(ward: Ward, infusing: str) -> None:
    ward.key("F1")
    ward.clock.advance(timedelta(minutes=2))
    ward.settle()
    assert "Locked" in ward.words()
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert ward.shows("pause")


# --- reading ---


def test_topics_are_picked_by_keys_and_finger_and_only_their_group_is_open(ward: Ward) -> None:
    ward.sign_in()
    ward.key("F1")
    topics = part(ward.stage, TopicList, "help.topics")
    topics.setFocus()
    ward_key(ward, topics, Qt.Key.Key_Down)
    assert title(ward) == "Patient record"
    ward_key(ward, topics, Qt.Key.Key_Up)
    ward_key(ward, topics, Qt.Key.Key_Up)
    assert title(ward) == "Discharge", "the last of the group before"
    shown = [topics.item(row).text() for row in range(topics.count()) if not topics.item(row).isHidden()]
    assert "Flush" in shown
    assert "Recall list" not in shown

    heading = next(topics.item(row) for row in range(topics.count()) if topics.item(row).text() == "What to do when")
    topics.scrollToItem(heading)
    QTest.mouseClick(topics.viewport(), Qt.MouseButton.LeftButton, pos=topics.visualItemRect(heading).center())
    ward.settle()
    assert title(ward) == "Not saved"


def ward_key(ward: Ward, topics: TopicList, key: Qt.Key) -> None:
    QTest.keyClick(topics, key)
    ward.settle()


def test_paging_in_the_list_reads_on_in_the_topic(ward: Ward) -> None:
    ward.sign_in()
    ward.program.controller.on_intent(GoToHelp("looking-after"))
    ward.settle()
    topics, text = part(ward.stage, TopicList, "help.topics"), part(ward.stage, HelpText, "help.text")
    topics.setFocus()
    ward_key(ward, topics, Qt.Key.Key_PageDown)
    assert text.verticalScrollBar().value() > 0
    ward_key(ward, topics, Qt.Key.Key_PageUp)
    assert text.verticalScrollBar().value() == 0
    ward_key(ward, topics, Qt.Key.Key_Home)


def test_the_ends_of_the_list_are_ends(ward: Ward) -> None:
    ward.sign_in()
    ward.program.controller.on_intent(GoToHelp("quick-start"))
    ward.settle()
    topics = part(ward.stage, TopicList, "help.topics")
    ward_key(ward, topics, Qt.Key.Key_Up)
    assert title(ward) == "Quick start"
    ward_key(ward, topics, Qt.Key.Key_D)
    assert title(ward) == "Quick start", "a letter is no search"


def test_a_link_leads_to_its_topic_and_to_nothing_else(ward: Ward) -> None:
    ward.sign_in()
    ward.program.controller.on_intent(GoToHelp("quick-start"))
    ward.settle()
    text = part(ward.stage, HelpText, "help.text")
    text.anchorClicked.emit(QUrl("not-saved.md"))
    assert title(ward) == "Not saved"
    text.anchorClicked.emit(QUrl("https://somewhere.example/"))
    assert title(ward) == "Not saved"


def test_pictures_are_never_wider_than_the_page(ward: Ward) -> None:
    ward.sign_in()
    ward.program.controller.on_intent(GoToHelp("first-visit"))
    ward.settle()
    text = part(ward.stage, HelpText, "help.text")
    wide = text.document().idealWidth()
    assert 0 < wide <= text.viewport().width() + 1
    ward.stage.resize(1024, 700)
    ward.settle()
    assert text.document().idealWidth() < wide
    assert text.horizontalScrollBar().maximum() == 0


def test_keys_and_links_look_like_what_they_are_in_each_theme(ward: Ward) -> None:
    ward.sign_in()
    ward.key("F1")
    text = part(ward.stage, HelpText, "help.text")
    looks = set()
    for _scheme in range(3):
        keys, links = set(), set()
        for block in blocks(text):
            for piece in block.textFormats():
                form = piece.format
                if form.background().style() != Qt.BrushStyle.NoBrush:
                    keys.add(form.background().color().name())
                if form.anchorHref():
                    links.add(form.foreground().color().name())
        assert len(keys) == len(links) == 1
        looks.add((*keys, *links))
        press_outside(ward, "Ctrl+T")
    assert len(looks) == 3


def blocks(text: HelpText) -> Iterator[QTextBlock]:
    block = text.document().begin()
    while block.isValid():
        yield block
        block = block.next()


@pytest.mark.parametrize("percent", [100, 150])
def test_the_help_keeps_the_rules_of_layout(ward: Ward, infusing: str, percent: int) -> None:
    while ward.program.looks.settings.text_percent < percent:
        press_outside(ward, "Ctrl++")
    for topic in ("infuse", "paper-forms"):
        ward.program.controller.on_intent(GoToHelp(topic))
        for _turn in range(4):
            ward.settle()
        screen = stage(ward).current()
        assert screen is not None
        assert broken_rules(screen) == {}, topic


def test_f1_stands_first_at_the_foot_of_every_screen(ward: Ward, infusing: str) -> None:
    def first() -> str:
        buttons = [widget for widget in stage(ward).current().footer._key_buttons if widget.isVisible()]
        return buttons[0].label()

    assert first() == "F1 Help"
    for key in ("F5", "F7", "F3", "F4"):
        press_outside(ward, key)
        assert first() == "F1 Help", key
    press_outside(ward, "Ctrl+L")
    assert first() == "F1 Help"
    ward.press("footer.F1")
    assert first() == "F1 Back"
    ward.press("footer.F1")
    assert not ward.shows("help.title")


# --- paper ---


def paper(ward: Ward, patient_id: str = "") -> None:
    ward.program.controller.on_intent(GoToHelp("paper-forms", patient_id))
    ward.settle()


def pages_of(file: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", file.read_bytes()))


def pdfs(ward: Ward, name: str) -> list[Path]:
    return sorted(ward.folder.glob(f"{name}*.pdf"))


def test_the_blank_form_has_two_pages_and_says_training(ward: Ward) -> None:
    paper(ward)
    ward.press("paper.blank.pdf")
    (file,) = pdfs(ward, "paper-form")
    assert pages_of(file) == 2
    assert part(ward.stage, Text, "help.said").text() == f"Written to {file}"


def test_a_form_from_the_patients_record_has_two_pages_with_the_name(ward: Ward) -> None:
    ward.sign_in()
    ward.program.controller.on_intent(GoToPatient(ward.patient(HELD)))
    ward.settle()
    ward.press("patient.paper")
    ward.press("paper.patient.pdf")
    (file,) = pdfs(ward, "paper-form")
    assert pages_of(file) == 2
    assert "Patient" not in file.name
    ward.key("F1")
    assert ward.shows("patient.save")


def test_from_a_visit_its_patient_is_offered(ward: Ward, infusing: str) -> None:
    paper(ward)
    assert "SAMPLE, Patient One: PDF" in ward.words()


def test_forms_for_all_who_are_due_are_two_pages_each(ward: Ward) -> None:
    ward.sign_in()
    paper(ward)
    assert "All 3 due: PDF" in ward.words()
    ward.press("paper.due.pdf")
    (file,) = pdfs(ward, "paper-form")
    assert pages_of(file) == 6


def test_a_second_form_does_not_take_the_place_of_the_first(ward: Ward) -> None:
    paper(ward)
    ward.press("paper.blank.pdf")
    ward.press("paper.blank.pdf")
    assert len(pdfs(ward, "paper-form")) == 2


def test_of_many_who_are_due_todays_come_first(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_app.ui.helping.MOST_FORMS", 1)
    ward.sign_in()
    paper(ward)
    assert "1 of 3 due: PDF" in ward.words()
    asked: list[str] = []
    patient = ward.parts.service.patient
    monkeypatch.setattr(ward.parts.service, "patient", lambda key: asked.append(key) or patient(key))
    ward.press("paper.due.pdf")
    assert asked == [ward.patient(CALM)]
    assert pages_of(pdfs(ward, "paper-form")[0]) == 2


def test_a_new_patient_has_no_form_yet(ward: Ward) -> None:
    ward.sign_in()
    ward.press("home.add")
    assert not ward.shows("patient.paper")


def test_the_quick_start_is_one_page(ward: Ward) -> None:
    ward.sign_in()
    ward.program.controller.on_intent(GoToHelp("quick-start"))
    ward.settle()
    ward.press("help.save")
    (file,) = pdfs(ward, "help-quick-start")
    assert pages_of(file) == 1


def test_a_topic_with_pictures_takes_the_pages_it_needs(ward: Ward) -> None:
    ward.program.controller.on_intent(GoToHelp("first-visit"))
    ward.settle()
    ward.press("help.save")
    assert pages_of(pdfs(ward, "help-first-visit")[0]) > 3


def test_a_file_that_cannot_be_written_is_said(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nurse_app.ui.help_paper.save_whole", lambda _content, _path: "the disk is full")
    paper(ward)
    ward.press("paper.blank.pdf")
    assert said_beside(ward, "help.said").startswith("Not written: the disk is full.")
    assert ward.find("help.said").property("tone") == "hold"


def test_without_a_printer_the_pdf_is_named(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    paper(ward)
    ward.press("paper.blank.print")
    assert "no printer" in said_beside(ward, "help.said")


def test_pages_go_upright_to_the_printer_that_is_chosen(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ward 3"])
    ward.sign_in()
    for topic, press in (("paper-forms", "paper.blank.print"), ("quick-start", "help.print")):
        ward.program.controller.on_intent(GoToHelp(topic))
        ward.settle()
        ward.press(press)
        dialog = part(ward.stage, QPrintDialog, "print_dialog")
        printer = dialog.printer()
        file = ward.folder / f"{topic}.pdf"
        printer.setOutputFormat(printer.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        dialog.done(QDialog.DialogCode.Accepted.value)
        ward.settle()
        assert said_beside(ward, "help.said").startswith("Sent to")
        assert pages_of(file) == (2 if topic == "paper-forms" else 1)


@pytest.mark.qt_log_ignore("QPainter::begin")
@pytest.mark.parametrize(("topic", "press"), [("paper-forms", "paper.blank.print"), ("quick-start", "help.print")])
def test_a_printer_that_takes_nothing_is_said(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, topic: str, press: str
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ward 3"])
    ward.program.controller.on_intent(GoToHelp(topic))
    ward.settle()
    ward.press(press)
    dialog = part(ward.stage, QPrintDialog, "print_dialog")
    printer = dialog.printer()
    printer.setOutputFormat(printer.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(ward.folder / "gone" / "printed.pdf"))
    dialog.done(QDialog.DialogCode.Accepted.value)
    ward.settle()
    assert "took nothing" in said_beside(ward, "help.said")


@pytest.mark.parametrize(
    "name", ["SAMPLE, Patient One", "SAMPLE, A Patient with a Very Long Double-Barrelled Family Name"]
)
def test_a_patient_with_much_on_record_still_fits_on_two_pages(ward: Ward, name: str) -> None:
    details = PatientDetails(
        record_no="TRN000999",
        name=name,
        birth_date=date(1955, 1, 1),
        weight_kg=Decimal(120),
        indication="crohns-disease",
        allergies=("penicillin", "latex", "contrast medium", "sulfonamides"),
        medicines=(
            "prednisolone",
            "azathioprine",
            "mesalazine",
            "fampridine",
            "vitamin D",
            "levothyroxine",
            "metformin",
        ),
        treatment=Treatment(first_infusion=date(2025, 1, 1), infusions_given=10, last_infusion=date(2026, 5, 1)),
    )
    record = PatientRecord(details, sample=True, hypersensitivity="permanent")
    protocol = ward.parts.service.protocol
    form = paper_form(FormSource(protocol, ward.clock.read().wall, ward.parts.zone, training=True, record=record))
    content = record_pdf(form, writing_pt=WRITING_PT)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 2


# --- to the program's own pages ---


@pytest.mark.parametrize(("key", "page"), [("T", "self_test"), ("V", "update"), ("A", "about")])
def test_help_leads_to_the_pages_about_the_program_itself(ward: Ward, key: str, page: str) -> None:
    ward.sign_in()
    stage(ward).key_pressed.emit("F1")
    ward.program.controller.on_intent(GoToHelp("looking-after"))
    ward.settle()
    ward.key(key)
    ward.settle()
    assert stage(ward).current().objectName() == page


@pytest.mark.parametrize(
    "page",
    [GoToSelfTest(), GoToSoundTest(), GoToUpdate(), GoToAbout(), GoToReports(), GoToRecall(), GoToCheck()],
)
def test_the_reaction_key_works_on_pages_without_a_visit(ward: Ward, infusing: str, page: object) -> None:
    ward.program.controller.on_intent(page)
    ward.settle()
    ward.key("F8")
    assert ward.parts.service.visits()[infusing].state.phase == "reaction"
    assert ward.shows("reaction_page")


def test_who_left_the_help_gets_no_paper_with_names(ward: Ward, tmp_path: Path) -> None:
    ward.sign_in()
    ward.program.controller.on_intent(GoToHelp("paper-forms", ward.patient(CALM)))
    ward.settle()
    before = set(ward.parts.documents_folder.iterdir())
    screen = stage(ward).current()
    screen.intent_requested.emit(MakePaper("patient", "pdf", ward.patient(CALM)))
    press_outside(ward, "F1")
    assert set(ward.parts.documents_folder.iterdir()) == before
