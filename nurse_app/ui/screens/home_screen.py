"""Home: visits in progress with their clocks, whose infusion is due, find or add a patient."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from nurse_app.domain.commands import OpenReaction
from nurse_app.i18n import _
from nurse_app.presentation.home import DueRow, HomeView, VisitCard
from nurse_app.presentation.intents import (
    BeginVisit,
    GoToImport,
    GoToPatient,
    GoToRecall,
    GoToReports,
    GoToSoundTest,
    GoToVisit,
)
from nurse_app.ui.blocks.call_list import CallList
from nurse_app.ui.blocks.reaction_row import REACTION_KEY
from nurse_app.ui.blocks.sound_line import SOUND_TEST_KEY, Offer, SoundLine
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.data_table import DataTable, TableColumn, TableRow
from nurse_app.ui.widgets.kinds import Tone
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Digits, Text

CARDS_IN_A_ROW = 3


class _VisitCard(BarFrame):
    """One visit in progress: name, clock, Open, and its own Reaction button."""

    opened = Signal(str)
    reaction = Signal(str)

    def __init__(self, view: VisitCard) -> None:
        super().__init__("card")
        self.setObjectName(f"visit.{view.visit_id}")
        self._visit_id = view.visit_id
        self._name = Text("", "heading")
        self._line = Text("", "note")
        self._value = Digits("", name=f"visit.{view.visit_id}.value")
        self._value.setProperty("scale", "clock")
        self._note = Text("", "small")
        self._open = Button(_("Open"), role="primary", name=f"visit.{view.visit_id}.open")
        self._open.clicked.connect(lambda: self.opened.emit(self._visit_id))
        self._reaction = Button(_("Reaction"), role="danger-outline", name=f"visit.{view.visit_id}.reaction")
        self._reaction.clicked.connect(lambda: self.reaction.emit(self._visit_id))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        for widget in (self._name, self._line, self._value, self._note):
            layout.addWidget(widget)
        buttons = Column()
        buttons.add_row(self._open, self._reaction, shares=(4, 3))
        layout.addWidget(buttons)
        self.show_card(view)

    def show_card(self, view: VisitCard) -> None:
        self._name.set_text(view.name)
        self._line.set_text(view.line)
        self._value.set_text(view.value)
        self._note.set_text(view.note)
        self.set_bar(view.tone)
        self._open.setAccessibleName(_("Open the visit of {name}").format(name=view.name))
        self._reaction.setAccessibleName(_("Reaction of {name}").format(name=view.name))

    def show_key(self, key: str | None) -> None:
        """Say on the Reaction button whether the key means it."""
        self._reaction.set_label(_("Reaction"), key)
        self._reaction.setAccessibleName(_("Reaction of {name}").format(name=self._name.text()))

    def focus_reaction(self) -> None:
        self._reaction.setFocus()


class HomeScreen(HomeFrame):
    """Shows a HomeView. ``reaction_of`` carries the visit whose Reaction was pressed."""

    intent_requested = Signal(object)
    reaction_of = Signal(str, object)
    searched = Signal(str)
    wants_reactions = False

    def __init__(self, ward: str, sound: Offer) -> None:
        super().__init__(ward or _("Infusion ward"), search_hint=_("Find or scan patient…"), name="home")
        self._search = ""
        self._view: HomeView | None = None
        self._cards: dict[str, _VisitCard] = {}
        self._target = ""
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._notices = Text("", "strong", "caution", name="home.notices")
        self._notices.hide()
        self._sound = SoundLine(sound)
        self._sound.intent_requested.connect(self.intent_requested)
        self._calls = CallList(name="home.calls")
        self._calls.hide()
        self._calls.intent_requested.connect(self.intent_requested)
        self._in_progress = Text(_("In progress"), "title")
        self._due = Text("", "title")
        self._table = DataTable(_columns(), name="due")
        self._table.row_activated.connect(self._on_row)
        self._more = Text("", "note")
        self._empty = Text("", "lead", name="home.empty")
        page = Column(gap=12)
        for widget in (
            self._notices,
            self._sound,
            self._calls,
            self._in_progress,
            self._grid_holder,
            self._due_line(),
            self._table,
            self._more,
            self._empty,
        ):
            page.add(widget)
        page.add_stretch()
        self.set_page(page)
        self._add_actions()
        self.search.searched.connect(self.searched)
        self.search.submitted.connect(self._on_submitted)

    def _due_line(self) -> QWidget:
        """The head of the list; beside it what the bar above has no room for."""
        self._test = Button(_("Sound test"), SOUND_TEST_KEY, "quiet", name="home.sound_test")
        self._test.clicked.connect(lambda: self.intent_requested.emit(GoToSoundTest()))
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._due, 1)
        layout.addWidget(self._test)
        return line

    def _add_actions(self) -> None:
        add = Button(_("Add patient"), "F2", name="home.add")
        add.clicked.connect(lambda: self.intent_requested.emit(GoToPatient()))
        reports = Button(_("Reports"), "F3", name="home.reports")
        reports.clicked.connect(lambda: self.intent_requested.emit(GoToReports()))
        results = Button(_("Import results…"), "Ctrl+O", name="home.import")
        results.clicked.connect(lambda: self.intent_requested.emit(GoToImport()))
        recall = Button(_("Recall list"), "Ctrl+R", name="home.recall")
        recall.clicked.connect(lambda: self.intent_requested.emit(GoToRecall()))
        bind_key(add, "F2")
        bind_key(results, "Ctrl+O")
        bind_key(recall, "Ctrl+R")
        for button in (results, recall, add, reports):
            self.add_action(button)
        reaction = QShortcut(QKeySequence(REACTION_KEY), self)
        reaction.activated.connect(self._on_reaction_key)

    def show_view(self, view: HomeView) -> None:
        """Show the home screen; cards stay the same widgets while their visits do."""
        before, self._view = self._view, view
        self._sound.refresh()
        # One button for it is enough.
        self._test.setVisible(not self._sound.says_something)
        ids = tuple(card.visit_id for card in view.cards)
        if tuple(self._cards) != ids:
            self._build_cards(view)
        for card in view.cards:
            self._cards[card.visit_id].show_card(card)
        self._calls.show_calls(view.calls)
        for widget in (self._in_progress, self._grid_holder):
            widget.setVisible(bool(view.cards))
        if before is None or (before.rows, before.rows_title) != (view.rows, view.rows_title):
            self._show_rows(view)

    @property
    def cards(self) -> tuple[VisitCard, ...]:
        """The visits in progress that are shown."""
        return self._view.cards if self._view else ()

    def show_target(self, visit_id: str) -> None:
        """Which visit the Reaction key means; empty when the nurse presses the right one herself."""
        self._target = visit_id
        for key, card in self._cards.items():
            card.show_key(REACTION_KEY if key == visit_id else None)

    def show_notices(self, notices: tuple[str, ...]) -> None:
        """Sentences about records, settings or backups with a problem."""
        text = "\n".join(notices)
        self._notices.set_text(text)
        self._notices.setVisible(bool(text))

    def _build_cards(self, view: HomeView) -> None:
        for card in self._cards.values():
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        for place, card_view in enumerate(view.cards):
            card = _VisitCard(card_view)
            card.opened.connect(lambda visit_id: self.intent_requested.emit(GoToVisit(visit_id)))
            card.reaction.connect(lambda visit_id: self.reaction_of.emit(visit_id, OpenReaction()))
            self._grid.addWidget(card, *divmod(place, CARDS_IN_A_ROW))
            self._cards[card_view.visit_id] = card
        for column in range(CARDS_IN_A_ROW):
            self._grid.setColumnStretch(column, 1)

    def _show_rows(self, view: HomeView) -> None:
        self._due.set_text(view.rows_title)
        self._table.show_rows(tuple(_table_row(row) for row in view.rows))
        self._table.setVisible(bool(view.rows))
        self._more.set_text(view.more)
        self._empty.set_text("" if view.rows else view.empty)
        self._empty.setVisible(not view.rows)

    def _on_row(self, patient_id: str) -> None:
        self.intent_requested.emit(BeginVisit(patient_id))

    def _on_submitted(self, text: str) -> None:
        rows = self._view.rows if self._view else ()
        exact = [row for row in rows if row.record_no == text.strip()]
        if len(exact) == 1:
            self.intent_requested.emit(BeginVisit(exact[0].patient_id))
        elif not rows and text.strip():
            self.intent_requested.emit(GoToPatient(record_no=text.strip()))

    def _on_reaction_key(self) -> None:
        """The one visit in which the drug runs or was given; with several the nurse presses the right one."""
        if self._target:
            self.reaction_of.emit(self._target, OpenReaction())
        elif self._cards:
            next(iter(self._cards.values())).focus_reaction()


def _columns() -> tuple[TableColumn, ...]:
    return (
        TableColumn(_("Patient"), strong=True),
        TableColumn(_("Record no.")),
        TableColumn(_("Last infusion")),
        TableColumn(_("Due")),
        TableColumn(""),
        TableColumn(_("Before the infusion")),
    )


def _table_row(row: DueRow) -> TableRow:
    cells = (row.name, row.record_no, row.last_infusion, row.due, row.when, row.before)
    plain: list[Tone] = ["neutral" for _cell in cells[1:]]
    tones = (*plain, row.tone)
    return TableRow(row.patient_id, cells, tones, _("Open") if row.has_visit else _("Start"))
