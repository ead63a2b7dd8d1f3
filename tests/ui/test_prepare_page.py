"""Prepare: each line by one touch, key or scan; the focus goes to the line that is next."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.prepare import present_prepare
from nurse_app.presentation.scanning import ScanBarcode
from nurse_app.presentation.view_parts import ActionView
from nurse_app.ui.prepare_line import LookButtons, PrepareLineRow
from nurse_app.ui.steps.prepare_page import PreparePage
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.column import VerticalScroll
from nurse_app.ui.widgets.fields import NumberField
from nurse_app.ui.widgets.finding import FindingStrip
from nurse_app.ui.widgets.scan_field import ScanField
from tests.kit import BAG_ACTS, NURSE, SECOND, VIAL, TestVisit
from tests.ui.hands import every_string, fill, noted, part, scan, tap, words

ShowWindow = Callable[..., QWidget]
ACTS: tuple[c.Command, ...] = (*BAG_ACTS, c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"))


class Shown:
    """The page in its scrolled place, fed by a visit as the program feeds it."""

    def __init__(self, protocol: InfusionProtocol) -> None:
        self.visit = TestVisit(protocol).to("prepare")
        self.page = PreparePage()
        self.scroll = VerticalScroll(self.page)
        self.asked = noted(self.page.intent_requested)
        self.refresh()

    def refresh(self) -> None:
        self.page.show_view(present_prepare(self.visit.context()))
        QApplication.processEvents()

    def do(self, *acts: c.Command) -> None:
        for act in acts:
            self.visit.do(act, SECOND if isinstance(act, c.CheckSecond) else NURSE)
            self.refresh()

    def line(self, name: str) -> PrepareLineRow:
        return part(self.page, PrepareLineRow, f"line.{name}")

    def chip(self, name: str) -> str:
        return part(self.page, Chip, f"line.{name}.row.chip").text()

    @property
    def in_work(self) -> str:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None else ""


@pytest.fixture
def shown(show_window: ShowWindow, protocol: InfusionProtocol) -> Shown:
    shown = Shown(protocol)
    show_window(shown.scroll, size=(830, 620))
    shown.page.first_focus()
    return shown


def test_the_work_begins_in_the_scanner_s_field(shown: Shown) -> None:
    assert shown.in_work == "line.product.scan.code.entry"


def test_a_scanned_vial_asks_to_read_the_whole_code(shown: Shown) -> None:
    scan(shown.page, "line.product.scan.code", "010036440600801610A12345\x1d17270831")

    assert shown.asked == [ScanBarcode("010036440600801610A12345\x1d17270831")]
    assert part(shown.page, ScanField, "line.product.scan.code").text() == ""


def test_enter_in_the_empty_field_asks_for_nothing(shown: Shown) -> None:
    scan(shown.page, "line.product.scan.code", "")

    assert shown.asked == []


def test_each_act_brings_the_focus_to_the_next_line(shown: Shown) -> None:
    seen = []
    for act in ACTS:
        shown.do(act)
        seen.append(shown.in_work)

    assert seen[:8] == [
        "line.inspect-vial.look.clear",
        "line.diluent.row.action",
        "line.added.row.action",
        "line.inverted.row.action",
        "line.dilution-finished.row.action",
        "line.inspect-bag.look.clear",
        "line.labelled.row.action",
        "line.second-check.row.action",
    ]


@pytest.mark.parametrize(
    ("done", "key", "intent"),
    [
        (0, Qt.Key.Key_S, OpenSheet(SheetKind.PRODUCT)),
        (1, Qt.Key.Key_1, c.InspectVial("clear")),
        (1, Qt.Key.Key_4, c.InspectVial("frozen")),
        (2, Qt.Key.Key_B, OpenSheet(SheetKind.DILUENT)),
        (3, Qt.Key.Key_A, c.AddDose(Decimal(15))),
        (4, Qt.Key.Key_I, c.InvertBag()),
        (5, Qt.Key.Key_M, c.FinishDilution()),
        (6, Qt.Key.Key_2, c.InspectBag("particles")),
        (7, Qt.Key.Key_E, c.LabelBag()),
        (8, Qt.Key.Key_K, OpenSheet(SheetKind.SECOND_CHECK)),
    ],
)
def test_every_line_has_its_key(shown: Shown, done: int, key: Qt.Key, intent: object) -> None:
    shown.do(*ACTS[:done])
    part(shown.page, Button, "line.product.row.action").setFocus()
    shown.scroll.setFocus()

    QTest.keyClick(shown.page, key)

    assert shown.asked == [intent]


@pytest.mark.parametrize("done", [3, 4, 5, 7])
def test_enter_does_the_act_of_the_line_in_work(shown: Shown, done: int) -> None:
    shown.do(*ACTS[:done])
    focus = QApplication.focusWidget()
    assert focus is not None

    QTest.keyClick(focus, Qt.Key.Key_Return)

    assert shown.asked == [ACTS[done]]


@pytest.mark.parametrize("look", ["clear", "particles", "discoloured", "frozen", "shaken"])
def test_an_inspection_is_one_touch(shown: Shown, look: str) -> None:
    shown.do(ACTS[0])

    tap(shown.page, f"line.inspect-vial.look.{look}")

    (asked,) = shown.asked
    assert isinstance(asked, c.InspectVial)
    assert asked.result == look


def test_only_the_line_in_work_can_be_touched(shown: Shown) -> None:
    shown.do(*ACTS[:3])

    visible = [button.objectName() for button in shown.page.findChildren(Button) if button.isVisible()]
    assert visible == ["line.added.row.action", "line.added.volume.ask"]


def test_another_volume_is_recorded_as_it_happened(shown: Shown) -> None:
    shown.do(*ACTS[:3])
    tap(shown.page, "line.added.volume.ask")
    assert shown.in_work == "line.added.volume.added.entry"

    fill(shown.page, "line.added.volume.added", "14.5", enter=True)
    assert shown.in_work == "line.added.volume.taken.entry"
    fill(shown.page, "line.added.volume.taken", "15", enter=True)

    assert shown.asked == [c.AddDose(Decimal("14.5"), Decimal(15))]


def test_nothing_taken_out_may_be_left_empty_but_the_volume_may_not(shown: Shown) -> None:
    shown.do(*ACTS[:3])
    tap(shown.page, "line.added.volume.ask")

    tap(shown.page, "line.added.volume.save")
    assert shown.asked == []
    assert part(shown.page, NumberField, "line.added.volume.added").message()
    fill(shown.page, "line.added.volume.added", "14")
    tap(shown.page, "line.added.volume.save")

    assert shown.asked == [c.AddDose(Decimal(14), Decimal(0))]


def test_a_volume_taken_out_must_be_a_number(shown: Shown) -> None:
    shown.do(*ACTS[:3])
    tap(shown.page, "line.added.volume.ask")
    fill(shown.page, "line.added.volume.added", "14")
    fill(shown.page, "line.added.volume.taken", "some")

    tap(shown.page, "line.added.volume.save")

    assert shown.asked == []
    assert part(shown.page, NumberField, "line.added.volume.taken").message()


def test_a_discarded_bag_leaves_no_half_typed_volume(shown: Shown) -> None:
    shown.do(*ACTS[:3])
    tap(shown.page, "line.added.volume.ask")
    fill(shown.page, "line.added.volume.added", "14")

    shown.do(c.DiscardBag("dropped"), *ACTS[:3])

    assert part(shown.page, Button, "line.added.volume.ask").isVisible()
    assert part(shown.page, NumberField, "line.added.volume.added").text() == ""


def test_done_lines_show_their_values(shown: Shown) -> None:
    shown.do(*ACTS[:3])

    assert shown.chip("product").startswith("Tysabri 300 mg / 15 mL · lot A12345")
    assert shown.chip("inspect-vial").startswith("clear")
    assert shown.chip("diluent").startswith("sodium chloride 0.9% 100 mL · lot B778")


def test_a_finding_stands_under_its_line_with_why_and_a_way_to_correct_it(shown: Shown) -> None:
    shown.do(c.RecordProduct(replace(VIAL, expiry="2026-10"), "typed"))

    (strip,) = shown.line("product").findChildren(FindingStrip)
    assert strip.finding.key == "product-expiry"
    tap(shown.page, "line.product.finding.0.why")
    tap(shown.page, "line.product.correct")

    number = shown.visit.visit.record[-1].number
    assert shown.asked == [OpenSheet(SheetKind.WHY, "product-expiry"), OpenSheet(SheetKind.CORRECT, str(number))]


def test_a_hold_from_elsewhere_stands_above_the_lines(shown: Shown) -> None:
    shown.do(c.AnswerQuestion("new_neurological_symptoms", answer=True))

    tap(shown.page, "prepare_page.finding.0.why")

    assert shown.asked == [OpenSheet(SheetKind.WHY, "new-neurological-symptoms")]


def test_access_first_is_advised_until_the_line_is_there(shown: Shown) -> None:
    advice = shown.visit.protocol.text("prepare.access-first")
    assert advice in words(shown.page)

    shown.do(c.ReadyLine("left hand"))

    assert advice not in words(shown.page)


def test_while_the_second_check_is_due_nothing_of_the_first_entries_is_in_the_page(shown: Shown) -> None:
    shown.do(*ACTS[:8])

    assert "A12345" not in every_string(shown.page)

    shown.do(ACTS[8])
    assert "A12345" in every_string(shown.page)


def test_checks_that_differ_are_said_under_the_line(shown: Shown) -> None:
    shown.do(*ACTS[:8])
    shown.visit.refused(c.CheckSecond(SECOND, "A12354", Decimal(15), "TRN000417"), SECOND)
    shown.refresh()

    assert "The two checks differ: lot" in words(shown.line("second-check"))


def test_the_focus_is_not_taken_from_where_the_nurse_works(shown: Shown, show_window: ShowWindow) -> None:
    elsewhere = Button("Elsewhere", name="elsewhere")
    show_window(elsewhere)
    elsewhere.setFocus()

    shown.do(ACTS[0])

    assert shown.in_work == "elsewhere"


def test_a_page_without_work_takes_no_focus(shown: Shown) -> None:
    shown.do(*ACTS)

    shown.page.first_focus()

    focus = QApplication.focusWidget()
    assert focus is None or not focus.isVisible()


def test_a_tick_without_a_change_leaves_half_typed_entries_alone(shown: Shown) -> None:
    fill(shown.page, "line.product.scan.code", "0100")

    shown.refresh()

    assert part(shown.page, ScanField, "line.product.scan.code").text() == "0100"


def test_a_look_without_a_key_is_still_a_touch(show_window: ShowWindow) -> None:
    looks = LookButtons((ActionView("clear", "Clear", c.InspectVial("clear")),), name="look")
    asked = noted(looks.intent_requested)
    show_window(looks)

    tap(looks, "look.clear")

    assert asked == [c.InspectVial("clear")]


def test_before_anything_is_shown_a_line_asks_for_nothing(show_window: ShowWindow) -> None:
    row = PrepareLineRow(name="line")
    asked = noted(row.intent_requested)
    show_window(row)

    part(row, Button, "line.row.action").click()
    part(row, Button, "line.correct").click()

    assert asked == []


def test_another_protocol_brings_its_own_lines(shown: Shown, protocol: InfusionProtocol) -> None:
    fewer = replace(protocol, preparation=replace(protocol.preparation, lines=("product", "diluent")))
    shown.visit = TestVisit(fewer).to("prepare")

    shown.refresh()

    assert [row.objectName() for row in shown.page.findChildren(PrepareLineRow)] == ["line.product", "line.diluent"]
