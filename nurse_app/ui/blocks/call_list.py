"""The follow-up calls that are due, on home: a line each that leads to the patient’s reactions."""

from PySide6.QtCore import Signal

from nurse_app.i18n import _
from nurse_app.presentation.home_calls import CallRow
from nurse_app.presentation.intents import GoToReactions
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.text import Text

MOST = 4


class CallList(Column):
    """Shows CallRows; the words say how late each is, the tone only adds to them."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__(gap=6, name=name)
        self._name = name
        self._shown: tuple[CallRow, ...] | None = None
        self._body = Column()
        self.add(self._body)

    def show_calls(self, calls: tuple[CallRow, ...]) -> None:
        """Show the first of them; the others are in the recall list."""
        if calls == self._shown:
            return
        self._shown = calls
        body = Column(gap=6)
        for row in calls[:MOST]:
            button = Button(_("Open"), name=f"{self._name}.{row.patient_id}")
            button.setAccessibleName(_("Follow-up call of {name}").format(name=row.name))
            button.clicked.connect(lambda _checked=False, who=row.patient_id: self._open(who))
            words = Text(_("{name} · {words}").format(name=row.name, words=row.words), "strong", row.tone)
            body.add_row(words, button, shares=(5, 1))
        left = len(calls) - MOST
        if left > 0:
            body.add(Text(_("More calls are due: see the recall list."), "note", name=f"{self._name}.more"))
        self._body.setParent(None)
        self._body.deleteLater()
        self.add(body)
        self._body = body
        self.setVisible(bool(calls))

    def _open(self, patient_id: str) -> None:
        self.intent_requested.emit(GoToReactions(patient_id))
