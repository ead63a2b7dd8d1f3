"""Screens made of the widgets, with the longest words that are likely."""

from PySide6.QtWidgets import QWidget

from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.widgets.alert_bar import AlertLine
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.checklist_row import ChecklistRow, RowState, RowView
from nurse_app.ui.widgets.choice_chips import ChoiceChips, SignChip
from nurse_app.ui.widgets.column import Column
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
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.visit_card import VisitCard, VisitCardView
from nurse_app.ui.widgets.vitals_form import VitalsForm
from nurse_app.ui.widgets.vitals_table import VitalsColumn, VitalsLine, VitalsTable

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
