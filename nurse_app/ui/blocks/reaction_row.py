"""The Reaction button of pages that show no visit: one for each patient it could be, always in the same corner."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from nurse_app.domain.commands import OpenReaction
from nurse_app.presentation.reaction_choice import ReactionChoice
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.kinds import GAP

REACTION_KEY = "F8"
_MARGINS = (24, 6, 16, 6)


class ReactionRow(QFrame):
    """Shows ReactionChoices; it is there only when there are any. ``reaction_of`` carries the visit and the command."""

    reaction_of = Signal(str, object)

    def __init__(self, *, name: str = "reactions") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "reactions")
        self._choices: tuple[ReactionChoice, ...] = ()
        self._buttons: list[Button] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(*_MARGINS)
        self._layout.setSpacing(GAP)
        self._layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        shortcut = QShortcut(QKeySequence(REACTION_KEY), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.press)
        self.hide()

    def show_choices(self, choices: tuple[ReactionChoice, ...]) -> None:
        """Show these; cheap when they are the same as before."""
        if choices == self._choices:
            return
        self._choices = choices
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._made(choice) for choice in choices]
        for button in self._buttons:
            self._layout.addWidget(button)
        self.setVisible(bool(choices))

    def press(self) -> None:
        """Open the reaction that is meant; when nobody can know, the nurse presses the right one: they are all here."""
        meant = next((choice for choice in self._choices if choice.is_meant), None)
        if meant is not None:
            self.reaction_of.emit(meant.visit_id, OpenReaction())
        elif self._buttons:
            self._buttons[0].setFocus()

    def _made(self, choice: ReactionChoice) -> Button:
        key = REACTION_KEY if choice.is_meant else None
        button = Button(choice.label, key, "danger-outline", name=f"{self.objectName()}.{choice.visit_id}")
        button.clicked.connect(lambda: self.reaction_of.emit(choice.visit_id, OpenReaction()))
        return button
