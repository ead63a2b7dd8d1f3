"""A nurse who is called away from a critical step finds a card: where she was, what to read again, one button."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from nurse_app.presentation.intents import GoToHelp, OpenSheet, SheetKind
from nurse_app.ui.widgets.text import Digits
from nurse_app.window import SAMPLE_PIN
from tests.ui.driver import CALM, FIRST, Ward
from tests.ui.quick import begin, function_key, open_visit, said_beside, work_to


@pytest.fixture
def ward(tmp_path: Path, qapp: QApplication) -> Iterator[Ward]:
    ward = Ward(tmp_path, qapp)
    ward.sign_in()
    yield ward
    ward.close()


def away(ward: Ward, seconds: float) -> None:
    """Nobody touches anything for a while."""
    ward.clock.advance(timedelta(seconds=seconds))
    ward.settle()


def ask(ward: Ward, kind: SheetKind) -> None:
    """Open a sheet of the visit."""
    ward.program.controller.on_intent(OpenSheet(kind))
    ward.settle()


def shown_clock(ward: Ward) -> str:
    clock = ward.find("interrupted.clock")
    assert isinstance(clock, Digits)
    return clock.text()


def typed(ward: Ward, name: str) -> str:
    return str(ward.find(f"{name}.entry").property("text"))


def test_after_ninety_seconds_in_a_second_check_the_card_says_what_to_read_and_the_check_begins_anew(
    ward: Ward,
) -> None:
    ward.to_second_check()
    ward.press(f"second_check_sheet.who.{ward.user(1)}")
    ward.write_into("second_check_sheet.lot", "A12345")
    away(ward, 89)
    assert not ward.shows("interrupted")

    away(ward, 1)

    lead = "You were at: Second nurse checks. Patient: SAMPLE, Patient One, TRN000417."
    assert lead in ward.words()
    assert "the name and record number on the wristband, the lot on the vial" in said_beside(
        ward, "interrupted.read_again"
    )
    assert said_beside(ward, "interrupted.go_on") == "Start this step again (Enter)"
    assert not ward.shows("second_check_sheet.lot")
    assert ward.shows("reaction"), "clocks and Reaction stay"
    before = len(ward.visit(CALM).record)

    ward.key("Enter")

    assert ward.shows("second_check_sheet.lot")
    assert typed(ward, "second_check_sheet.lot") == ""
    assert ward.stage.focusWidget().objectName().startswith("second_check_sheet.who")
    assert len(ward.visit(CALM).record) == before, "nothing is recorded about it"
    ward.second_check()
    assert ward.visit(CALM).state.bag.second_check is not None


def test_a_sheet_that_nobody_has_begun_to_fill_in_is_no_interrupted_step(ward: Ward) -> None:
    ward.to_second_check()
    away(ward, 119)
    assert not ward.shows("interrupted")
    assert ward.shows("second_check_sheet.lot")


def test_the_start_counts_as_begun_when_it_is_opened_because_one_enter_starts_the_drug(ward: Ward) -> None:
    ward.to_second_check()
    ward.second_check()
    ward.press("line")
    ward.press("line_sheet.site.left forearm")
    ward.press("line_sheet.submit")
    ward.press("start")
    away(ward, 90)
    assert "the rate on the pump" in said_beside(ward, "interrupted.read_again")
    ward.key("Enter")
    assert ward.visit(CALM).state.run.started_at is None
    assert ward.shows("start_sheet.submit")


@pytest.mark.parametrize(
    ("phase", "kind", "entry"),
    [
        ("prechecks", SheetKind.VITAL_SIGNS, "124"),
        ("infuse", SheetKind.VITAL_SIGNS, "124"),
        ("infuse", SheetKind.CHANGE_RATE, "110"),
        ("flush", SheetKind.FLUSH, "9"),
    ],
)
def test_each_half_typed_critical_sheet_begins_anew(ward: Ward, phase: str, kind: SheetKind, entry: str) -> None:
    open_visit(ward, work_to(ward, phase))
    ask(ward, kind)
    ward.write(entry, then="")
    away(ward, 90)
    assert ward.shows("interrupted")
    ward.key("Enter")
    assert not ward.shows("interrupted")
    focus = ward.stage.focusWidget()
    assert focus.property("text") == ""
    assert ward.find("sheet").isAncestorOf(focus)


def test_while_mixing_the_card_lists_the_lines_and_the_hand_goes_on_at_the_first_that_is_open(ward: Ward) -> None:
    ward.to_prepare()
    away(ward, 100)
    assert not ward.shows("interrupted"), "nothing was begun"
    ward.write("01003644060080161727083110A12345")
    ward.press("line.inspect-vial.look.clear")
    away(ward, 90)
    assert said_beside(ward, "interrupted.line.product.note").startswith("Recorded: ")
    assert said_beside(ward, "interrupted.line.diluent.note") == "Next line"
    assert said_beside(ward, "interrupted.line.added.note") == ""
    lines = len(ward.visit(CALM).record)
    ward.key("Enter")
    assert not ward.shows("interrupted")
    assert ward.stage.focusWidget().objectName() == "line.diluent.row.action"
    assert len(ward.visit(CALM).record) == lines


def test_a_volume_that_was_half_typed_on_the_page_is_empty_again(ward: Ward) -> None:
    ward.to_prepare()
    ward.write("01003644060080161727083110A12345")
    ward.press("line.inspect-vial.look.clear")
    ward.press("line.diluent.row.action")
    ward.press("diluent_sheet.diluent.sodium-chloride-0.9")
    ward.press("diluent_sheet.size.right")
    ward.write_into("diluent_sheet.lot", "B778")
    ward.press("diluent_sheet.submit")
    ward.press("line.added.volume.ask")
    ward.write("14", then="")
    away(ward, 90)
    ward.key("Enter")
    assert not ward.shows("line.added.volume.added")
    assert ward.stage.focusWidget().objectName() == "line.added.row.action"


def test_a_bag_that_is_ready_waits_for_the_second_nurse_without_a_card(ward: Ward) -> None:
    ward.to_second_check()
    ward.key("Esc")
    away(ward, 119)
    assert not ward.shows("interrupted")


def test_the_card_is_still_there_after_the_lock_for_whoever_signs_in(ward: Ward) -> None:
    ward.to_second_check()
    ward.press(f"second_check_sheet.who.{ward.user(1)}")
    away(ward, 90)
    away(ward, 30)
    assert "Locked" in ward.words()
    assert not ward.shows("interrupted")
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert ward.shows("interrupted")
    assert ward.stage.focusWidget().objectName() == "interrupted.go_on"
    ward.key("Enter")
    assert ward.shows("second_check_sheet.lot")


def test_a_sleep_of_the_computer_over_both_limits_leaves_the_card_behind_the_lock(ward: Ward) -> None:
    ward.to_second_check()
    ward.press(f"second_check_sheet.who.{ward.user(1)}")
    away(ward, 600)
    assert "Locked" in ward.words()
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert ward.shows("interrupted")


def test_f2_shows_the_card_anywhere_in_a_visit_and_nothing_that_was_typed_elsewhere_is_lost(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    function_key(ward, "F2")
    assert said_beside(ward, "interrupted.go_on") == "Go on with this step (Enter)"
    assert shown_clock(ward) == "1:00:00 left"
    ward.wait(minutes=1)
    assert shown_clock(ward) == "59:00 left"
    assert "Look at the patient first." in said_beside(ward, "interrupted.read_again")
    function_key(ward, "F2")
    ward.key("Enter")
    assert not ward.shows("interrupted")
    function_key(ward, "F9")
    ward.write("half a n", then="")
    function_key(ward, "F2")
    assert ward.shows("interrupted")
    ward.key("Enter")
    assert ward.shows("sheet")
    assert "half a n" in str([each.property("plainText") or each.property("text") for each in _entries(ward)])


def _entries(ward: Ward) -> list[object]:
    return [each for kind in (QLineEdit, QPlainTextEdit) for each in ward.stage.findChildren(kind) if each.isVisible()]


def test_the_footer_shows_it_too(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    ward.press("footer.F2")
    assert ward.shows("interrupted")


@pytest.mark.parametrize("step", ["prechecks", "prepare", "infuse", "flush", "observe", "discharge"])
def test_each_step_has_its_card(ward: Ward, step: str) -> None:
    open_visit(ward, work_to(ward, step))
    function_key(ward, "F2")
    assert said_beside(ward, "interrupted.read_again")
    ward.key("F1")
    assert said_beside(ward, "help.title") == "Interrupted"
    ward.key("F1")
    assert ward.shows("interrupted")


def test_never_in_a_reaction_and_a_reaction_takes_the_card_away(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    function_key(ward, "F2")
    assert ward.shows("interrupted")
    ward.key("F8")
    assert ward.phase() == "reaction"
    assert not ward.shows("interrupted")
    assert ward.shows("reaction_page")
    function_key(ward, "F2")
    away(ward, 100)
    assert not ward.shows("interrupted")


def test_a_closed_visit_and_the_locked_view_have_none(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "discharge"))
    ward.press("discharge")
    function_key(ward, "F2")
    assert not ward.shows("interrupted")
    open_it = begin(ward, FIRST)
    function_key(ward, "F4")
    open_visit(ward, open_it)
    away(ward, 120)
    ward.program.stage.key_pressed.emit("F2")
    ward.settle()
    assert "Locked" in ward.words()
    ward.enter_pin("sign_in.pin", SAMPLE_PIN)
    assert not ward.shows("interrupted")


def test_another_way_on_than_its_button_ends_the_card(ward: Ward) -> None:
    open_visit(ward, work_to(ward, "infuse"))
    function_key(ward, "F2")
    ward.press("pause")
    assert not ward.shows("interrupted")
    assert ward.shows("pause_sheet.submit")
    ward.key("Esc")
    assert not ward.shows("interrupted")


def test_each_visit_has_its_own_card_which_waits_until_somebody_comes_back(ward: Ward) -> None:
    first = work_to(ward, "infuse")
    other = begin(ward, FIRST)
    open_visit(ward, first)
    function_key(ward, "F2")
    function_key(ward, "F4")
    open_visit(ward, other)
    assert not ward.shows("interrupted")
    function_key(ward, "F4")
    open_visit(ward, first)
    assert ward.shows("interrupted")


def test_reading_help_over_a_half_typed_step_does_not_hide_that_it_was_left(ward: Ward) -> None:
    ward.to_second_check()
    ward.press(f"second_check_sheet.who.{ward.user(1)}")
    ward.program.controller.on_intent(GoToHelp())
    ward.settle()
    away(ward, 90)
    assert ward.shows("help.title")
    ward.key("F1")
    assert ward.shows("interrupted")


def test_an_entry_from_the_right_column_keeps_the_card_and_shows_what_it_changed(ward: Ward) -> None:
    ward.to_second_check()
    ward.key("Esc")
    function_key(ward, "F2")
    assert said_beside(ward, "interrupted.line.labelled.note").startswith("Recorded: ")
    ward.program.controller.on_intent(OpenSheet(SheetKind.WHY, "stability"))
    ward.settle()
    assert not ward.shows("interrupted")
