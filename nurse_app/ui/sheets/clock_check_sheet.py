"""A new visit waits until somebody has looked at the clock of this computer."""

from PySide6.QtCore import Signal

from nurse_app.presentation.clock_check import ClockCheckView
from nurse_app.presentation.view_parts import CardView
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.text import Text


class ClockCheckSheet(SheetForm):
    """Two times to compare; nothing is chosen for the nurse."""

    is_right = Signal()

    def __init__(self, view: ClockCheckView) -> None:
        super().__init__(name="clock_check_sheet", submit=view.submit)
        self.add_row(*(_card(card) for card in view.cards), gap=12)
        self.add(Text(view.advice, "body", name="clock_check_sheet.advice"))
        self.finish()
        # No key and no colour: it is pressed on purpose or not at all.
        self.submit_button.set_label(view.submit)
        self.submit_button.set_role("secondary")

    def first_focus(self) -> None:
        """On the way back: a key pressed by habit must not say that the clock is right."""
        self.cancel_button.setFocus()

    def _submit(self) -> None:
        self.closed.emit()
        self.is_right.emit()


def _card(view: CardView) -> Card:
    return Card(view.title, view.value, view.note, view.tone, name=f"clock_check_sheet.{view.id}")
