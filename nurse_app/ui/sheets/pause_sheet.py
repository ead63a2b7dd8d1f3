"""Pausing the infusion: one touch on the reason, because every second of the clock counts."""

from functools import partial

from PySide6.QtCore import Qt

from nurse_app.domain.commands import PauseInfusion
from nurse_app.presentation.running_sheets import PauseView
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.fields import TextField


class PauseSheet(SheetForm):
    """The usual reasons pause at once, by touch or by their number; another one is written."""

    def __init__(self, view: PauseView) -> None:
        super().__init__(name="pause_sheet", submit=view.submit)
        self._buttons = [self._reason(place, reason) for place, reason in enumerate(view.reasons, start=1)]
        for button in self._buttons:
            self.add(button)
        self._other = TextField(view.other_label, name="pause_sheet.other", required=True)
        self.ask(self._other)
        self.submit_button.set_role("secondary")
        self.finish()

    def first_focus(self) -> None:
        """On the first reason: the keys 1, 2 and so on work at once."""
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _reason(self, place: int, reason: str) -> Button:
        button = Button(reason, str(place), "secondary", name=f"pause_sheet.reason{place}")
        button.clicked.connect(partial(self._pause, reason))
        bind_key(button, str(place))
        return button

    def _pause(self, reason: str) -> None:
        self.intent_requested.emit(PauseInfusion(reason))

    def _submit(self) -> None:
        self._pause(self._other.text())
