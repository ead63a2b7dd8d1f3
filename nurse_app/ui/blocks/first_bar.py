"""What every reaction begins with, side by side at the top of the page: one touch each, done with its time."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nurse_app.presentation.reaction_checklist import FirstAct
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import set_look


class _Part(QWidget):
    """One act: a large button while it is to do, a green one with its time afterwards."""

    def __init__(self, act_id: str) -> None:
        super().__init__()
        self.button = Button("", role="danger-outline", name=f"act.{act_id}.action")
        set_look(self.button, "scale", "first")
        self.done = Choice("", "chip", name=f"act.{act_id}.done")
        set_look(self.done, "scale", "first")
        self.done.set_chosen("done")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        layout.addWidget(self.done)

    def show_act(self, act: FirstAct) -> None:
        self.button.set_label(act.action.label, act.action.key)
        self.button.set_role("danger" if act.action.role == "danger" else "danger-outline")
        self.button.setAccessibleDescription(act.note)
        self.done.set_label(f"{act.title} {act.time}")
        self.button.setVisible(not act.time)
        self.done.setVisible(bool(act.time))


class FirstBar(Column):
    """Takes no room when everything in it is done."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self._acts: tuple[FirstAct, ...] = ()
        self._parts: dict[str, _Part] = {}
        self._ids: tuple[str, ...] = ()
        self._row: QWidget | None = None
        self.hide()

    def show_acts(self, acts: tuple[FirstAct, ...]) -> None:
        """Show these; the buttons stay the same as long as the acts do."""
        if acts == self._acts:
            return
        self._acts = acts
        ids = tuple(act.id for act in acts)
        if ids and ids != self._ids:
            self._make(ids)
        for act in acts:
            self._parts[act.id].show_act(act)
        self.setVisible(bool(acts))

    @property
    def has_acts(self) -> bool:
        """Is there something in it?"""
        return bool(self._acts)

    def first_focus(self) -> bool:
        """Put the focus on the act that is next; says whether it is here."""
        for act in self._acts:
            if act.action.role == "danger":
                self._parts[act.id].button.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def button_of_key(self, key: str) -> Button | None:
        """The button that a key presses now."""
        return next((self._parts[act.id].button for act in self._acts if act.action.key == key), None)

    def holds_focus(self) -> bool:
        """Is the focus on one of the buttons?"""
        return any(part.button.hasFocus() for part in self._parts.values())

    def _make(self, ids: tuple[str, ...]) -> None:
        if self._row is not None:
            self._row.setParent(None)
            self._row.deleteLater()
        self._ids = ids
        self._parts = {act_id: _Part(act_id) for act_id in ids}
        for act_id, part in self._parts.items():
            part.button.clicked.connect(partial(self._press, act_id))
            part.done.clicked.connect(partial(self._press, act_id))
        self._row = self.add_row(*self._parts.values())

    def _press(self, act_id: str) -> None:
        for act in self._acts:
            if act.id == act_id:
                self.intent_requested.emit(act.action.intent)
