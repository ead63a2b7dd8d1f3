"""Bands under the banner: training, protocol not approved, not saved, alarms. Each is there only when it has to be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.view_parts import Tone
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.alert_bar import AlertBar
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import GAP
from nurse_app.ui.widgets.text import Text

RETRY_KEY = "F5"


class TrainingBand(QFrame):
    """Says on every screen that nothing here is a real patient."""

    def __init__(self, *, name: str = "training_band") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "training")
        self.setAccessibleName(f"{_(words.TRAINING)}, {_(words.TRAINING_NOTE)}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 4)
        layout.setSpacing(GAP)
        layout.addWidget(Icon("training", "brand", 18))
        layout.addWidget(Text(_(words.TRAINING), "band", "brand"))
        layout.addWidget(Text(_(words.TRAINING_NOTE), "foot"), 1)
        self.hide()

    def set_shown(self, *, shown: bool) -> None:
        self.setVisible(shown)


class UnapprovedBand(QFrame):
    """Says one thing calmly: that nobody has approved the protocol yet."""

    def __init__(self, *, name: str = "unapproved_band", icon: str = "information", tone: Tone = "muted") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "unapproved")
        self._text = Text("", "foot", name=f"{name}.text")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 3, 24, 3)
        layout.setSpacing(GAP)
        layout.addWidget(Icon(icon, tone, 14))
        layout.addWidget(self._text, 1)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a sentence; "" hides the band."""
        self._text.set_text(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class NotSavedBar(QFrame):
    """Stays until what could not be saved is saved."""

    retry_requested = Signal()

    def __init__(self, *, name: str = "not_saved_bar") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "not-saved")
        self._title = Text("", "strong", "stop", name=f"{name}.title")
        self._sentence = Text("", "body", name=f"{name}.sentence")
        self._retry = Button(_(words.RETRY), RETRY_KEY, "danger-outline", name=f"{name}.retry")
        self._retry.clicked.connect(self.retry_requested)
        bind_key(self._retry, RETRY_KEY)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 8)
        layout.setSpacing(14)
        layout.addWidget(Icon("not_saved", "stop", 28))
        layout.addLayout(texts, 1)
        layout.addWidget(self._retry)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def show_problem(self, title: str, sentence: str) -> None:
        """Say that something is not saved and what to do meanwhile."""
        self._title.set_text(title)
        self._sentence.set_text(sentence)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.show()

    def clear(self) -> None:
        """Everything is saved."""
        self.hide()


class Bands(QWidget):
    """All bands in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.training = TrainingBand()
        self.unapproved = UnapprovedBand()
        self.disk = UnapprovedBand(name="disk_band", icon="caution", tone="caution")
        self.not_saved = NotSavedBar()
        self.alerts = AlertBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for band in (self.training, self.unapproved, self.disk, self.not_saved, self.alerts):
            layout.addWidget(band)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
