"""Home in the running program: who is due, finding a patient, several visits at once, Reaction."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.visit.ports import StreamKind
from tests.ui.driver import CALM, FIRST, HELD, RISING, Ward
from tests.ui.quick import begin, function_key, open_visit, work_to


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def listed(ward: Ward) -> list[str]:
    """The patients on home, from top to bottom, by record number."""
    known = {ward.patient(record_no): record_no for record_no in (CALM, HELD, FIRST, RISING)}
    rows = [
        (ward.find(f"due.{key}").mapToGlobal(ward.stage.pos()).y(), no)
        for key, no in known.items()
        if ward.shows(f"due.{key}")
    ]
    return [record_no for _place, record_no in sorted(rows)]


def search(ward: Ward, text: str, then: str = "") -> None:
    field = ward.find("search.entry")
    field.clear()
    field.setFocus()
    ward.write(text, then=then)
    ward.settle()


def test_home_lists_everybody_by_the_day_the_infusion_is_due(ward: Ward) -> None:
    entries = ward.parts.index.entries(StreamKind.PATIENT).values()
    summaries = {str(entry.summary["record_no"]): entry.summary for entry in entries}
    by_day = sorted(summaries, key=lambda no: (str(summaries[no]["next_infusion"] or ""), str(summaries[no]["name"])))
    assert listed(ward) == by_day
    assert len(by_day) == 4
    assert "Due" in ward.words()


def test_search_finds_by_record_number_and_by_part_of_a_name(ward: Ward) -> None:
    search(ward, "418")
    assert listed(ward) == [HELD]
    assert "Found" in ward.words()
    search(ward, "patient one")
    assert listed(ward) == [CALM]
    search(ward, "nobody of that name")
    assert listed(ward) == []
    assert ward.find("home.empty").isVisible()
    search(ward, "")
    assert len(listed(ward)) == 4


def test_an_exact_record_number_and_enter_opens_the_visit(ward: Ward) -> None:
    search(ward, FIRST, then="Enter")
    assert ward.phase(FIRST) == "identify"
    assert ward.shows("identify_page.check")


def test_part_of_a_number_and_enter_opens_nothing(ward: Ward) -> None:
    search(ward, "TRN0004", then="Enter")
    assert ward.shows("home.add")
    assert not ward.parts.service.visits()


def test_an_unknown_number_and_enter_offers_the_form_with_it(ward: Ward) -> None:
    search(ward, "TRN000999", then="Enter")
    assert ward.find("patient.record_no.entry").property("text") == "TRN000999"


def test_visits_in_progress_show_their_clocks_and_open(ward: Ward) -> None:
    waiting = begin(ward, FIRST)
    running = work_to(ward, "infuse")
    ward.wait(minutes=7)
    assert ward.find(f"visit.{running}.value").text() == "53:00 left"
    assert ward.find(f"visit.{waiting}.value").text() == "Identify"
    ward.wait(minutes=10)
    assert ward.find(f"visit.{running}.value").text() == "43:00 left"
    ward.press(f"visit.{waiting}.open")
    assert ward.shows("identify_page.check")
    function_key(ward, "F4")
    ward.press(f"visit.{running}.open")
    assert ward.shows("pause")


def test_starting_for_somebody_whose_visit_is_open_goes_on_with_it(ward: Ward) -> None:
    visit = work_to(ward, "prechecks")
    ward.press(f"due.{ward.patient(CALM)}")
    assert ward.visit(CALM).visit_id == visit
    assert ward.shows("prechecks_page.rest")


def test_f8_on_home_means_the_one_visit_in_which_a_reaction_can_be(ward: Ward) -> None:
    begin(ward, FIRST)
    work_to(ward, "infuse")
    ward.key("F8")
    assert ward.phase() == "reaction"
    assert not ward.visit(CALM).record[-1].entry.sign_later
    assert ward.shows("reaction_page")


def test_f8_with_no_visit_does_nothing_and_with_two_alike_asks_which(ward: Ward) -> None:
    ward.key("F8")
    assert ward.shows("home.add")
    first = begin(ward, FIRST)
    begin(ward, RISING)
    ward.key("F8")
    assert ward.stage.focusWidget().objectName() == f"visit.{first}.reaction"


def test_the_reaction_button_of_a_card_opens_that_visits_reaction(ward: Ward) -> None:
    visit = work_to(ward, "observe")
    begin(ward, FIRST)
    ward.press(f"visit.{visit}.reaction")
    assert ward.phase() == "reaction"


def test_a_closed_visit_leaves_home(ward: Ward) -> None:
    visit = work_to(ward, "closed")
    function_key(ward, "F4")
    assert not ward.shows(f"visit.{visit}.open")


def test_a_visit_whose_record_was_emptied_from_outside_does_not_vanish_in_silence(ward: Ward) -> None:
    visit, other = begin(ward, CALM), begin(ward, HELD)
    (file,) = (ward.folder / "records" / "visits").rglob(f"{visit}.jsonl")
    file.write_bytes(b"")
    ward.restart()
    ward.sign_in()
    assert list(ward.parts.service.visits()) == [other]
    said = ward.find("home.notices")
    assert said.isVisible()
    assert f"visit {visit}" in said.text().replace("\u200b", "")
    assert "is gone or empty" in said.text()


@pytest.mark.parametrize("step", ["infuse", "observe"])
def test_enter_on_a_visit_just_opened_opens_no_reaction(ward: Ward, step: str) -> None:
    visit = work_to(ward, step)
    open_visit(ward, visit)
    assert ward.stage.focusWidget() is not ward.find("reaction")
    QTest.keyClick(ward.stage.focusWidget(), Qt.Key.Key_Return)
    ward.settle()
    assert ward.parts.service.visits()[visit].state.phase == step
