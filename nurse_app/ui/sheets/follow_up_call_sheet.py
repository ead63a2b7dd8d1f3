"""A follow-up call: well, by one touch; what the patient told of; or nobody answered."""

from PySide6.QtCore import Qt, Signal

from nurse_app.domain.patient_events import FollowUpCallMade
from nurse_app.i18n import _
from nurse_app.presentation.intents import RecordFollowUpCall
from nurse_app.presentation.reactions_page import CallView
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text

_NAME = "follow_up_call_sheet"


class FollowUpCallSheet(Column):
    """Shows a CallView. Each of the three ends is one touch; a note may stay empty."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: CallView) -> None:
        super().__init__(gap=PAGE_GAP, name=_NAME)
        self._view = view
        for words, name in ((view.when, "when"), (view.early, "early")):
            if words:
                self.add(Text(words, "strong", name=f"{_NAME}.{name}"))
        self.add(Text(view.why, name=f"{_NAME}.why"))
        self._well = Button(_("Well: nothing new"), "W", "primary", name=f"{_NAME}.well")
        missed = Button(_("Not reached"), "X", name=f"{_NAME}.not_reached")
        self.add_row(self._well, missed, shares=(2, 1))
        self._signs = ChoiceChips(
            view.signs, name=f"{_NAME}.signs", label=_("Or: new since the infusion"), multiple=True
        )
        self._note = TextField(_("What was said (may stay empty)"), name=f"{_NAME}.note")
        self._then = Text("", "strong", "hold", name=f"{_NAME}.then")
        self._refusal = Text("", "strong", "hold", name=f"{_NAME}.refusal")
        self._refusal.hide()
        record = Button(_("Record what is new"), "R", name=f"{_NAME}.record")
        for widget in (self._signs, self._then, self._note, self._refusal, record):
            self.add(widget)
        self.add_stretch()
        self._signs.changed.connect(self._show_then)
        self._well.clicked.connect(self._on_well)
        missed.clicked.connect(lambda: self._send(reached=False))
        record.clicked.connect(self._on_record)
        for button, key in ((self._well, "W"), (missed, "X"), (record, "R")):
            bind_key(button, key)
        self._show_then()

    def first_focus(self) -> None:
        """On the signs: no Enter may say by mistake that all is well."""
        self._signs.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        self._refusal.set_text(text)
        self._refusal.setVisible(bool(text))

    def has_entries(self) -> bool:
        """Whether something would be lost."""
        return bool(self._signs.chosen() or self._note.text())

    def ask_to_finish(self) -> None:
        """Say that what was chosen is not recorded yet."""
        self.show_refusal(_("Record what is new first, or close this panel."))

    def _show_then(self) -> None:
        self._then.set_text(self._view.then if self._signs.chosen() else "")
        self._then.setVisible(bool(self._then.text()))

    def _on_well(self) -> None:
        if self._signs.chosen():
            self.show_refusal(_("Something new is chosen. Record it, or take it away."))
        else:
            self._send(reached=True)

    def _on_record(self) -> None:
        if self._signs.chosen():
            self._send(reached=True)
        else:
            self.show_refusal(_("Choose what is new. If there is nothing, press “Well”."))

    def _send(self, *, reached: bool) -> None:
        signs = tuple(self._signs.chosen()) if reached else ()
        call = FollowUpCallMade(self._view.visit_id, reached, signs, self._note.text())
        self.intent_requested.emit(RecordFollowUpCall(self._view.patient_id, call))
