"""What sheets share: entries one under the other, a refusal beside the button, one button to go on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text

ENTER = "Enter"


class AskedChips(Column):
    """Chips that have to be chosen from; says so when they were not."""

    changed = Signal()

    def __init__(
        self, question: str, options: tuple[tuple[str, str], ...], *, name: str, multiple: bool = False, missing: str
    ) -> None:
        super().__init__(gap=3)
        self._missing = missing
        self.chips = ChoiceChips(options, name=name, label=question, multiple=multiple)
        self._message = Text("", "note", "hold", name=f"{name}.message")
        self._message.hide()
        self.add(self.chips)
        self.add(self._message)
        self.add_stretch()
        self.setFocusProxy(self.chips)
        self.chips.changed.connect(self._on_changed)

    def chosen(self) -> str:
        """The key chosen, the first of several; empty without any."""
        return next(iter(self.chips.chosen()), "")

    def is_complete(self) -> bool:
        """Whether something is chosen; when not, the sentence under it says what to do."""
        self._say("" if self.chips.chosen() else self._missing)
        return bool(self.chips.chosen())

    def _say(self, text: str) -> None:
        self._message.set_text(text)
        self._message.setVisible(bool(text))

    def _on_changed(self) -> None:
        self._say("")
        self.changed.emit()


Entry = AskedChips | TextField


class SheetForm(Column):
    """A sheet's content. Subclasses add entries and say in ``_submit`` what they are worth."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, *, name: str, submit: str) -> None:
        super().__init__(gap=PAGE_GAP, name=name)
        self._entries: list[Entry] = []
        self._refusal = Text("", "strong", "hold", name=f"{name}.refusal")
        self._refusal.hide()
        self.submit_button = Button(submit, ENTER, "primary", name=f"{name}.submit")
        self.submit_button.clicked.connect(self.submit)
        self.cancel_button = Button(_(words.CANCEL), name=f"{name}.cancel")
        self.cancel_button.clicked.connect(self.closed)

    def show_refusal(self, text: str) -> None:
        """Say, beside the button, why it was not taken; "" takes it away."""
        self._refusal.set_text(text)
        self._refusal.setVisible(bool(text))

    def first_focus(self) -> None:
        """Put the cursor where the work begins."""
        (self._entries[0] if self._entries else self.submit_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, *entries: Entry) -> None:
        """Add entries that must be complete, in this order, before anything is sent."""
        for entry in entries:
            self.add(entry)
            self.check(entry)

    def check(self, *entries: Entry) -> None:
        """Take entries that are placed elsewhere into the order of what must be complete."""
        for entry in entries:
            self._entries.append(entry)
            if isinstance(entry, TextField):
                entry.entered.connect(self._after(entry))

    def finish(self) -> None:
        """Add refusal and buttons; call it after the last entry."""
        buttons = QWidget()
        layout = QHBoxLayout(buttons)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(PAGE_GAP)
        layout.addWidget(self.submit_button, 2)
        layout.addWidget(self.cancel_button, 1)
        self.add(self._refusal)
        self.add(buttons)
        self.add_stretch()

    def submit(self) -> None:
        """Send what was entered, or say what is missing and go there."""
        self.show_refusal("")
        wrong = [entry for entry in self._entries if entry.isVisibleTo(self) and not entry.is_complete()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._submit()

    def _submit(self) -> None:
        """Emit the intent of what was entered; all entries are complete."""
        raise NotImplementedError

    def _after(self, entry: Entry) -> Callable[[], None]:
        def go_on() -> None:
            following = [other for other in self._entries[self._entries.index(entry) + 1 :] if other.isVisibleTo(self)]
            if following:
                following[0].setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.submit()

        return go_on
