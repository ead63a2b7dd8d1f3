"""Whole screens from the widgets, at the sizes and text sizes there are: nothing cut, nothing overlapping."""

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QStackedWidget, QWidget

from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.alert_bar import AlertLine
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.checklist_row import ChecklistRow, RowState, RowView
from nurse_app.ui.widgets.choice_chips import ChoiceChips, SignChip
from nurse_app.ui.widgets.column import Column, VerticalScroll
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.date_field import DateField
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.pin_pad import PinPad
from nurse_app.ui.widgets.question_row import QuestionRow
from nurse_app.ui.widgets.ring_clock import RingClock, RingView
from nurse_app.ui.widgets.step_rail import StepItem
from nurse_app.ui.widgets.text import Digits, Text
from nurse_app.ui.widgets.visit_card import VisitCard, VisitCardView
from nurse_app.ui.widgets.vitals_form import VitalsForm
from nurse_app.ui.widgets.vitals_table import VitalsColumn, VitalsLine, VitalsTable

ShowWindow = Callable[..., QWidget]
LEAST_TARGET, LEAST_GAP = 44, 8
SETTINGS = {
    "1366x768": (100, (1366, 768)),
    "1920x1080": (100, (1920, 1080)),
    "1366x768 at 150 %": (150, (1366, 768)),
}
FIELDS = (
    ("Born", "14-Mar-1988 (38 y)"),
    ("Record no.", "TRN 000 417"),
    ("Infusion", "no. 14 · last 28 d ago"),
    ("Anti-JCV", "negative · 02-Sep-2026"),
)
STEPS = ("Identify", "Pre-checks", "Prepare", "Infuse", "Observe", "Discharge")


def visit_frame() -> VisitFrame:
    frame = VisitFrame()
    frame.banner.show_patient("SAMPLE, Patient One", FIELDS, "Allergy: penicillin")
    frame.bands.training.set_shown(shown=True)
    frame.rail.show_steps(
        tuple(StepItem(step, number, step, "10:01 matched", "done", openable=True) for number, step in enumerate(STEPS))
    )
    frame.footer.show_saved("10:05:12 Answer recorded · saved")
    frame.footer.show_user("Nurse: training user")
    frame.footer.show_keys((("F1", "Help"), ("F8", "Reaction")))
    frame.footer.show_date("Sunday 22-Nov-2026 10:42")
    side = Column(gap=12)
    side.add(Button("Record vital signs", "V", "primary", name="record"))
    side.add(Button("Prescriber’s decision…", "D", name="decision"))
    side.add(
        Card("Result so far", "DO NOT GIVE", "1 stop · 0 holds · 0 cautions · 9 unanswered", "stop", name="result")
    )
    side.add(Card("Bag: use within", "7 h 32 min", "outside the refrigerator since 10:14 · limit 8 h", name="bag"))
    side.add_stretch()
    frame.set_side(side)
    return frame


def prechecks() -> QWidget:
    frame = visit_frame()
    frame.bands.unapproved.show_text("Protocol natalizumab 1: not yet approved by this site.")
    page = Column()
    page.add(PageTitle("Pre-checks", "Ask the patient each question. 4 of 13 answered."))
    finding = FindingLine(
        "m", "stop", "Do not give: azathioprine with natalizumab", "Contraindicated. Tell the prescriber."
    )
    for number, answer in enumerate((True, False, None)):
        row = QuestionRow(
            "New or worse thinking, eyesight, balance or strength, for several days?",
            "Last month · possible PML",
            name=f"question{number}",
            yes_tone="stop",
        )
        row.set_answer(answer)
        row.show_findings((finding,) if answer else ())
        page.add(row)
    page.add_stretch()
    frame.set_page(page)
    return frame


def prepare() -> QWidget:
    frame = visit_frame()
    frame.bands.not_saved.show_problem("Not saved", "The disk is full. Write on paper and tell the technician.")
    frame.bands.alerts.show_alerts(
        (
            AlertLine(
                "a", "high", "SAMPLE, Patient Two: systolic pressure 84 mmHg. Look at the patient.", "since 10:41"
            ),
            AlertLine("b", "medium", "Vital signs due 3 min ago", "since 10:39", action="Open"),
        )
    )
    page = Column()
    states: tuple[RowState, ...] = ("done", "current", "open", "next")
    for number, state in enumerate(states):
        line = ChecklistRow(name=f"line{number}")
        line.show_row(
            RowView(
                "Withdraw 15 mL and add it to the bag",
                "Product, lot and expiry date are read from the barcode",
                state,
                "TYSABRI 300 mg / 15 mL · lot A12345 · exp 2027-08",
                action="Added now",
            )
        )
        page.add(line)
    editor = Column(gap=12)
    lot, expiry = TextField("Lot number", name="lot", required=True), DateField("Expiry date", name="expiry")
    lot.is_complete()
    expiry.set_text("14-Mar-2027")
    editor.add_row(lot, expiry)
    editor.add(ChoiceChips((("clear", "Clear"), ("particles", "Particles"), ("frozen", "Frozen")), name="look"))
    page.add(editor)
    page.add_stretch()
    frame.set_page(page)
    return frame


def infuse() -> QWidget:
    frame = visit_frame()
    ring = RingClock(name="ring")
    ring.show_ring(RingView("41:20", "Remaining", "ends about 11:24", 0.3, paused_word="Paused 02:10"))
    vitals = VitalsTable(name="vitals")
    vitals.show_vitals(
        (VitalsColumn("10:05", "base"), VitalsColumn("10:37", "+15 min"), VitalsColumn("due", "10:52", due=True)),
        (
            VitalsLine("Blood pressure mmHg", ("124/78", "121/76", "—")),
            VitalsLine("Temperature °C", ("36.7", "36.6", "—")),
        ),
    )
    right = Column()
    right.add(vitals)
    right.add(Button("Bag empty — from 60 min (11:24)", "E", name="bag_empty"))
    right.add_stretch()
    page = Column()
    page.add(
        PageTitle("Infusion running", "Watch for itching, hives, flushing, dizziness, chest pain, breathlessness.")
    )
    page.add_row(ring, right, gap=28)
    frame.set_page(page)
    return frame


def reaction() -> QWidget:
    frame = visit_frame()
    page = Column(gap=12)
    finding = FindingLine(
        "a", "stop", "Suspected anaphylaxis — infusion stopped 10:41:03", "Treat now, record as you go."
    )
    page.add(FindingStrip(finding, name="strip", title_role="heading"))
    signs = QWidget()
    flow = FlowLayout(signs)
    for number, sign in enumerate(("Itching", "Hives", "Throat tight", "Low pressure", "Breathless") * 3):
        chip = SignChip(sign, sign, name=f"sign{number}")
        chip.set_seen(seen=number % 2 == 0)
        flow.addWidget(chip)
    acts = Column()
    for number, title in enumerate(("EPINEPHrine 0.5 mg IM now", "Antihistamine, corticosteroid (after)")):
        line = ChecklistRow(name=f"act{number}")
        line.show_row(RowView(title, "0.5 mL of 1 mg/mL, outer thigh", "current", action="Given now", emphasis=True))
        acts.add(line)
    acts.add_stretch()
    page.add_row(signs, acts, gap=20)
    page.add_stretch()
    frame.set_page(page)
    return frame


def vitals_sheet() -> QWidget:
    frame = visit_frame()
    form = VitalsForm(name="form")
    form.show_messages({"pulse": "Write a whole number such as 72."})
    frame.show_sheet(form, "Record vital signs", "Due 10:52. Leave nothing out that was measured.")
    return frame


def locked() -> QWidget:
    frame = visit_frame()
    frame.banner.set_private("Locked. Names are hidden.")
    pad = PinPad(name="pin", prompt="PIN of training user")
    pad.set_message("Enter at least 4 digits.")
    frame.show_sheet(pad, "Who is at the keyboard?", "Clocks, alarms and Reaction go on working.")
    return frame


def home() -> QWidget:
    frame = HomeFrame("Infusion ward", search_hint="Find or scan patient…")
    frame.add_action(Button("Add patient", "F2", name="add"))
    frame.add_action(Button("Reports", "F3", name="reports"))
    page = Column(gap=12)
    page.add(Text("In progress", "title"))
    cards = [VisitCard(name=f"visit{number}") for number in range(3)]
    for card in cards:
        card.show_visit(
            VisitCardView("v", "SAMPLE, Patient Three", "TRN 000 422", "HOLD", "waiting", "hold", "Open", "1")
        )
    page.add_row(*cards, gap=16)
    table = DataTable((TableColumn("Patient", strong=True), TableColumn("Due"), TableColumn("Before")), name="due")
    table.show_rows(
        tuple(
            TableRow(
                key,
                ("SAMPLE, Patient Five", "23-Nov-2026", "ALT overdue 9 d"),
                ("neutral", "neutral", "caution"),
                "Start",
            )
            for key in ("1", "2")
        )
    )
    page.add(table)
    page.add_stretch()
    frame.set_page(page)
    return frame


SCREENS = [prechecks, prepare, infuse, reaction, vitals_sheet, locked, home]


class ShownWindows(QObject):
    """Notes every window that is shown, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(name_of(watched))
        return False


def visible(screen: QWidget) -> Iterator[QWidget]:
    return (widget for widget in screen.findChildren(QWidget) if widget.isVisible())


def name_of(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, Text | Digits | Button) else ""
    return f"{type(widget).__name__} {widget.objectName()} {said!r} {widget.geometry().getRect()}"


def targets(screen: QWidget) -> list[QWidget]:
    kinds = (Button, QLineEdit)
    steps = [widget for widget in visible(screen) if widget.objectName().startswith("step.")]
    return [*(widget for widget in visible(screen) if isinstance(widget, kinds)), *steps]


def scrolled_in(widget: QWidget) -> QWidget | None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, VerticalScroll):
        around = around.parentWidget()
    return around


def gap_between(first: QRect, second: QRect) -> int:
    across = max(second.left() - first.right(), first.left() - second.right()) - 1
    down = max(second.top() - first.bottom(), first.top() - second.bottom()) - 1
    return max(across, down)


def texts_cut(screen: QWidget) -> list[str]:
    return [
        name_of(widget)
        for widget in visible(screen)
        if isinstance(widget, Text | Digits | Button)
        and (
            widget.heightForWidth(widget.width()) > widget.height()
            or (not isinstance(widget, Digits) and widget.minimumSizeHint().width() > widget.width())
        )
    ]


def beyond_their_place(screen: QWidget) -> list[str]:
    return [
        name_of(widget)
        for widget in visible(screen)
        if (parent := widget.parentWidget()) is not None
        and not isinstance(parent.parentWidget(), QAbstractScrollArea)
        and not parent.rect().contains(widget.geometry())
    ]


def scrolled_sideways(screen: QWidget) -> list[str]:
    areas = [area for area in screen.findChildren(QAbstractScrollArea) if area.isVisible()]
    wide = [area for area in areas if isinstance(area, VerticalScroll) and area.widget() is not None]
    return [
        *(name_of(area) for area in areas if area.horizontalScrollBar().maximum() > 0),
        *(name_of(area) for area in wide if area.widget().width() > area.viewport().width()),
    ]


def overlapping(screen: QWidget) -> list[str]:
    pairs: list[str] = []
    for parent in (screen, *visible(screen)):
        if isinstance(parent, QAbstractScrollArea | QStackedWidget | QLineEdit):
            continue
        children = [child for child in parent.children() if isinstance(child, QWidget) and child.isVisible()]
        pairs += [
            f"{name_of(first)} and {name_of(second)}"
            for first, second in combinations(children, 2)
            if first.geometry().intersects(second.geometry())
        ]
    return pairs


def too_small_for_a_glove(screen: QWidget) -> list[str]:
    return [
        name_of(target)
        for target in targets(screen)
        if target.height() < LEAST_TARGET or (isinstance(target, Button) and target.width() < LEAST_TARGET)
    ]


def too_close_to_another(screen: QWidget) -> list[str]:
    placed = [
        (target, scrolled_in(target), QRect(target.mapTo(screen, target.rect().topLeft()), target.size()))
        for target in targets(screen)
    ]
    return [
        f"{name_of(first)} and {name_of(second)}"
        for (first, first_area, first_place), (second, second_area, second_place) in combinations(placed, 2)
        if first_area is second_area and gap_between(first_place, second_place) < LEAST_GAP
    ]


def nameless(screen: QWidget) -> list[str]:
    return [name_of(target) for target in targets(screen) if not target.objectName() or not target.accessibleName()]


RULES = (
    texts_cut,
    beyond_their_place,
    scrolled_sideways,
    overlapping,
    too_small_for_a_glove,
    too_close_to_another,
    nameless,
)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("build", SCREENS, ids=lambda build: build.__name__)
def test_a_screen_keeps_the_rules_of_layout(
    show_window: ShowWindow, theme: Theme, build: Callable[[], QWidget], setting: str
) -> None:
    percent, size = SETTINGS[setting]
    theme.apply(Scheme.LIGHT, percent)
    screen = build()
    show_window(screen, size=size)

    assert screen.size().toTuple() == size
    assert targets(screen)
    assert {rule.__name__: broken for rule in RULES if (broken := rule(screen))} == {}


def test_the_text_size_can_change_while_the_screen_is_shown(show_window: ShowWindow, theme: Theme) -> None:
    screen = prechecks()
    show_window(screen, size=(1366, 768))

    theme.apply(Scheme.DARK, 150)
    for _ in range(4):
        QApplication.processEvents()

    assert {rule.__name__: broken for rule in RULES if (broken := rule(screen))} == {}


def test_the_rules_notice_a_screen_that_breaks_them(show_window: ShowWindow) -> None:
    screen = QWidget()
    screen.setFixedSize(300, 200)
    for place in ((0, 0), (30, 2)):
        button = Button("Record vital signs", name="")
        button.setParent(screen)
        button.setAccessibleName("")
        button.setGeometry(*place, 60, 30)
    outside = QLineEdit(screen)
    outside.setGeometry(280, 100, 60, 44)
    scroll = VerticalScroll()
    wide = QWidget()
    wide.setMinimumWidth(900)
    scroll.set_content(wide)
    scroll.setParent(screen)
    scroll.setGeometry(0, 150, 100, 40)
    show_window(screen)

    assert [rule.__name__ for rule in RULES if not rule(screen)] == []


@pytest.mark.parametrize("build", SCREENS, ids=lambda build: build.__name__)
def test_building_a_screen_opens_no_window(build: Callable[[], QWidget], qapp: QApplication) -> None:
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    screen = build()
    qapp.removeEventFilter(shown)

    assert shown.windows == []
    screen.deleteLater()


def test_tab_reaches_every_control_of_a_page_in_reading_order(show_window: ShowWindow) -> None:
    frame = prechecks()
    show_window(frame, size=(1366, 768))
    frame.setFocus()
    order = []
    walker = frame.nextInFocusChain()
    while walker is not frame and walker is not None:
        if walker.focusPolicy() & Qt.FocusPolicy.TabFocus and walker.isVisible():
            order.append(walker.objectName())
        walker = walker.nextInFocusChain()

    questions = [name for name in order if name.startswith("question")]
    assert questions == ["question0.answer", "question0.finding0.why", "question1.answer", "question2.answer"]
    assert {"record", "decision", "reaction"} <= set(order)
