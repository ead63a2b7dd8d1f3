"""When an entry really happened: a large time, minutes up and down, now; and taking it back."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from nurse_app.i18n import _
from nurse_app.presentation.entry_time import STEPS, EntryTimeView, chosen_time, moved, shown_time
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.text import Digits, Text

_KEYS = {-1: "-", 1: "+"}
_ARROWS = {-1: ("Left", "Down"), 1: ("Right", "Up", "=")}


class EntryTimeSheet(SheetForm):
    """Nothing is typed: gloves and one hand are enough. Nothing is saved before the button is pressed."""

    def __init__(self, view: EntryTimeView) -> None:
        super().__init__(name="entry_time_sheet", submit=_("Save this time"))
        self._view = view
        self._at: datetime = view.happened
        self._time = Digits("", name="entry_time_sheet.time")
        self._time.setProperty("scale", "huge")
        self.add(self._time)
        self.add_row(*(self._step(minutes) for minutes in STEPS), self._now())
        self.add(Text(view.entered, "lead", name="entry_time_sheet.entered"))
        self.finish()
        self._take_back = Button(_("Take it back: it was not so"), "B", "danger-outline", name="entry_time_sheet.back")
        self._take_back.clicked.connect(self._on_take_back)
        bind_key(self._take_back, "B")
        self.add(self._take_back)
        self._take_back.setVisible(view.take_back is not None)
        self._show()

    def first_focus(self) -> None:
        self.submit_button.setFocus()

    def show_view(self, view: EntryTimeView) -> None:
        """The clock has gone on: what is possible reaches further; the time that was chosen stays."""
        self._view = view

    def _step(self, minutes: int) -> Button:
        key = _KEYS.get(minutes)
        sign = "−" if minutes < 0 else "+"
        words = _("{sign}{n} min").format(sign=sign, n=abs(minutes))
        button = Button(words, key, name=f"entry_time_sheet.step{minutes:+d}")
        button.setProperty("scale", "large")
        # Enter after a touch saves: the focus stays on the button that does.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._move, minutes))
        for other in (*([key] if key else []), *_ARROWS.get(minutes, ())):
            QShortcut(QKeySequence(other), self).activated.connect(partial(self._move, minutes))
        return button

    def _now(self) -> Button:
        button = Button(_("Now"), "0", name="entry_time_sheet.now")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("scale", "large")
        button.clicked.connect(self._set_now)
        bind_key(button, "0")
        return button

    def _move(self, minutes: int) -> None:
        self._at = moved(self._view, self._at, minutes)
        self._show()

    def _set_now(self) -> None:
        self._at = self._view.latest
        self._show()

    def _show(self) -> None:
        self._time.set_text(shown_time(self._view, self._at))

    def _on_take_back(self) -> None:
        if self._view.take_back is not None:
            self.intent_requested.emit(self._view.take_back)

    def _submit(self) -> None:
        if self._at == self._view.happened:
            self.closed.emit()
        else:
            self.intent_requested.emit(chosen_time(self._view, self._at))
