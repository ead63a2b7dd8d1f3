"""The foot of the window: what was saved last, who is at the keyboard, the keys, the date."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import GAP, Tone
from nurse_app.ui.widgets.text import Text

_MARGIN = 24
_SAVED_WIDTH = 210
_KEYS_ALWAYS = 2
_SAVED_MARKS: dict[Tone, str] = {"done": "check", "neutral": "clock", "stop": "not_saved"}


class Footer(QFrame):
    """Always there. The user's name and the keys can be pressed too."""

    user_requested = Signal()
    key_requested = Signal(str)

    def __init__(self, *, name: str = "footer") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "footer")
        self._keys: tuple[tuple[str, str], ...] = ()
        self._key_buttons: list[Button] = []
        self._icon = Icon("check", "done", 14)
        self._saved = Text("", "foot", name=f"{name}.saved")
        self._user = Button("", role="foot", name=f"{name}.user")
        self._user.clicked.connect(self.user_requested)
        self._user.hide()
        self._date = Text("", "foot", name=f"{name}.date")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        self._layout.setSpacing(GAP)
        self._layout.addWidget(self._icon)
        self._layout.addWidget(self._saved, 1)
        self._layout.addWidget(self._user)
        self._layout.addWidget(self._date)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_saved(self, text: str, tone: Tone = "done") -> None:
        """Say what was saved last; tone "neutral" while something is being saved, "stop" when it was not."""
        self._saved.set_text(text)
        self._saved.set_tone("neutral" if tone == "done" else tone)
        self._icon.set_icon(_SAVED_MARKS.get(tone, "") if text else "", tone)

    def show_user(self, text: str) -> None:
        self._user.set_label(text)
        self._user.setVisible(bool(text))

    def show_date(self, text: str) -> None:
        self._date.set_text(text)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show keys with what they do, such as ("F1", "Help"); ``key_requested`` carries the key when pressed here."""
        if keys == self._keys:
            return
        self._keys = keys
        for button in self._key_buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._key_buttons = [self._made(key, text) for key, text in keys]
        for button in self._key_buttons:
            self._layout.insertWidget(self._layout.count() - 1, button)
        self._fit_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_keys()

    def _fit_keys(self) -> None:
        """In a narrow window what was saved needs the room more than the last keys do."""
        others = sum(widget.sizeHint().width() + GAP for widget in (self._user, self._date) if not widget.isHidden())
        room = self.contentsRect().width() - 2 * _MARGIN - others - current_theme().px(_SAVED_WIDTH)
        for place, button in enumerate(self._key_buttons):
            room -= button.sizeHint().width() + GAP
            button.setVisible(place < _KEYS_ALWAYS or room >= 0)

    def _made(self, key: str, text: str) -> Button:
        button = Button(f"{key} {text}", role="foot", name=f"{self.objectName()}.{key}")
        button.clicked.connect(partial(self._press, key))
        return button

    def _press(self, key: str) -> None:
        self.key_requested.emit(key)
