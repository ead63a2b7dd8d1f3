"""What is due: each item with where it stands, and under it why, since when, by when and from where."""

from PySide6.QtCore import Qt, Signal

from nurse_app.i18n import _
from nurse_app.presentation.due_sheet import DueLine, DueSheetView
from nurse_app.presentation.view_parts import ActionView
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text


class DueSheet(Column):
    """To read; the call after a reaction has a way to where it is recorded."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: DueSheetView) -> None:
        super().__init__(gap=PAGE_GAP, name="due_sheet")
        if view.not_approved:
            self.add(Text(view.not_approved, "strong", "hold", name="due_sheet.not_approved"))
        for line in view.lines:
            self.add(_item(line))
            if line.action is not None:
                self.add(self._button(line.action))
        if view.empty:
            self.add(Text(view.empty, "lead", name="due_sheet.empty"))
        self.add_stretch()
        # Taking the focus itself lets the arrow keys scroll.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def first_focus(self) -> None:
        """On the text, so that it can be scrolled; Esc goes back."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        """Nothing is asked here, so nothing can be refused."""

    def _button(self, view: ActionView) -> Button:
        """The way to where it is done."""
        button = Button(view.label, view.key, "primary", name=f"due_sheet.{view.id}")
        button.clicked.connect(lambda: self.intent_requested.emit(view.intent))
        if view.key:
            bind_key(button, view.key)
        return button


def _item(line: DueLine) -> Column:
    name = f"due_sheet.{line.name}"
    column = Column(gap=2)
    column.add(Card(line.title, line.state, "", line.tone, name=name, size="fact"))
    if line.remark:
        column.add(Text(line.remark, "strong", "caution", name=f"{name}.remark"))
    for place, (label, words) in enumerate(line.reasons):
        text = _("{label}: {value}").format(label=label, value=words)
        column.add(Text(text, "body", name=f"{name}.reason{place}"))
    return column
