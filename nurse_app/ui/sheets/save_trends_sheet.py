"""The forms in which trends can be taken along, a button each; stays open, for another form may be wanted too."""

from functools import partial

from PySide6.QtCore import Qt, Signal

from nurse_app.presentation.save_trends import SaveTrendsView, WayOut
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text


class SaveTrendsSheet(Column):
    """Emits SaveTrends and waits for ``show_done`` or ``show_refusal``."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: SaveTrendsView) -> None:
        super().__init__(gap=PAGE_GAP, name="save_trends")
        self._done = Text("", "strong", "done", name="save_trends.done")
        self._refusal = Text("", "strong", "hold", name="save_trends.refusal")
        self._buttons = tuple(self._button(way) for way in view.ways)
        for button, way in zip(self._buttons, view.ways, strict=True):
            words = way.action.why_not or way.note
            self.add_row(button, Text(words, name=f"{way.action.id}.note"), shares=(2, 5))
        for text in (self._done, self._refusal):
            text.hide()
            self.add(text)
        self.add_stretch()

    def show_done(self, text: str) -> None:
        """Say what was done."""
        self._say(done=text)

    def show_refusal(self, text: str) -> None:
        """Say why it was not done."""
        self._say(refusal=text)

    def first_focus(self) -> None:
        """Put the focus on the first form."""
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, way: WayOut) -> Button:
        action = way.action
        button = Button(action.label, action.key, action.role, name=action.id)
        button.setEnabled(action.enabled)
        button.setAccessibleDescription(action.why_not or way.note)
        button.clicked.connect(partial(self.intent_requested.emit, action.intent))
        if action.key:
            bind_key(button, action.key)
        return button

    def _say(self, *, done: str = "", refusal: str = "") -> None:
        for text, words in ((self._done, done), (self._refusal, refusal)):
            text.set_text(words)
            text.setVisible(bool(words))
