"""The acts of the standing order: the next one on top and largest, then the others, then what was done when."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nurse_app.presentation.reaction_checklist import ActRow
from nurse_app.presentation.reaction_done import DoneAct
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.checklist_row import ChecklistRow, RowView
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.kinds import GAP, set_look


class ActList(Column):
    """Shows acts in their order. After one is done the focus goes on to the next."""

    intent_requested = Signal(object)
    # The act that had the focus is done, and the next one stands elsewhere.
    focus_lost = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self._acts: tuple[ActRow, ...] = ()
        self._done: tuple[DoneAct, ...] = ()
        self._rows: dict[str, ChecklistRow] = {}
        # What may have another time is a button, what may not is a label.
        self._chips: list[tuple[Choice, Chip]] = []
        self._done_box = QWidget()
        self._done_box.setObjectName(f"{name}.done")
        self._done_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._done_box.hide()
        self._flow = FlowLayout(self._done_box, gap=6)
        rows = QWidget()
        self._list = QVBoxLayout(rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GAP)
        self._list.addWidget(self._done_box)
        self.add(rows)

    def show_acts(self, acts: tuple[ActRow, ...], done: tuple[DoneAct, ...]) -> None:
        """Show what is to do and what is done; cheap when nothing changed."""
        self._show_done(done)
        if acts == self._acts:
            return
        held = self._held()
        self._acts = acts
        for act in acts:
            row = self._rows.get(act.id) or self._made(act.id)
            row.show_row(_row_view(act))
            row.show()
        shown = {act.id for act in acts}
        for act_id in self._rows.keys() - shown:
            self._rows[act_id].hide()
        self._arrange()
        if held and held not in shown and not self.first_focus():
            self.focus_lost.emit()

    def _arrange(self) -> None:
        """The next act stands where the one before stood: the hand need not look for it."""
        current = [self._rows[act.id] for act in self._acts if act.state == "current"]
        others = [self._rows[act.id] for act in self._acts if act.state != "current"]
        for place, widget in enumerate((*current, *others, self._done_box)):
            if self._list.indexOf(widget) != place:
                self._list.insertWidget(place, widget)

    def first_focus(self) -> bool:
        """Put the focus on the act that is next; says whether it is in this list."""
        for act in self._acts:
            if act.state == "current":
                self._rows[act.id].button.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def button_of_key(self, key: str) -> Button | None:
        """The button that a key presses now."""
        return next((self._rows[act.id].button for act in self._acts if act.action.key == key), None)

    def _made(self, act_id: str) -> ChecklistRow:
        row = ChecklistRow(name=f"act.{act_id}")
        row.action_requested.connect(partial(self._press, act_id))
        row.button.installEventFilter(self)
        self._list.addWidget(row)
        self._rows[act_id] = row
        return row

    def _show_done(self, done: tuple[DoneAct, ...]) -> None:
        if done == self._done:
            return
        self._done = done
        for _ in range(len(done) - len(self._chips)):
            self._add_chip(len(self._chips))
        for place, (button, label) in enumerate(self._chips):
            act = done[place] if place < len(done) else None
            button.setVisible(act is not None and act.intent is not None)
            label.setVisible(act is not None and act.intent is None)
            if act is not None:
                button.set_label(f"{act.title} {act.time}")
                label.show_state(f"{act.title} {act.time}", "done")
        self._done_box.setVisible(bool(done))

    def _add_chip(self, place: int) -> None:
        button = Choice("", "chip", name=f"done.{place}")
        set_look(button, "scale", "small")
        button.set_chosen("done")
        button.clicked.connect(partial(self._press_done, place))
        label = Chip(name=f"done.{place}")
        self._chips.append((button, label))
        self._flow.addWidget(button)
        self._flow.addWidget(label)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The next act comes to the same place: a second tap of a double tap must not record it.
        return event.type() == QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def _held(self) -> str:
        """The act whose button has the focus."""
        return next((act_id for act_id, row in self._rows.items() if row.button.hasFocus()), "")

    def _press(self, act_id: str) -> None:
        for act in self._acts:
            if act.id == act_id:
                self.intent_requested.emit(act.action.intent)

    def _press_done(self, place: int) -> None:
        intent = self._done[place].intent
        if intent is not None:
            self.intent_requested.emit(intent)


def _row_view(act: ActRow) -> RowView:
    return RowView(
        act.title,
        act.note,
        act.state,
        action=act.action.label,
        action_key=act.action.key,
        emphasis=act.emphasis,
    )
