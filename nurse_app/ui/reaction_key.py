"""The Reaction key on pages that show no visit: the nurse who needs it must not look for the way back first."""

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from nurse_app.domain.commands import OpenReaction
from nurse_app.presentation.home import present_cards, reaction_target
from nurse_app.presentation.intents import GoHome
from nurse_app.ui.contexts import Contexts
from nurse_app.ui.frame import REACTION_KEY, HomeFrame
from nurse_app.ui.screens.people_screen import NewPersonScreen, SignInScreen


class ReactionKey:
    """Opens the reaction of the visit that the key can only mean; with several, home, where each has its button."""

    def __init__(self, contexts: Contexts, intent: SignalInstance, reaction_of: SignalInstance) -> None:
        self._contexts = contexts
        self._intent = intent
        self._reaction_of = reaction_of

    def bind(self, page: QWidget) -> None:
        """Give the key to a page that has not its own."""
        if isinstance(page, HomeFrame) and not isinstance(page, SignInScreen | NewPersonScreen):
            QShortcut(QKeySequence(REACTION_KEY), page).activated.connect(self._pressed)

    def _pressed(self) -> None:
        cards = present_cards(self._contexts.of_open_visits(), None)
        target = reaction_target(cards)
        if target:
            self._reaction_of.emit(target, OpenReaction())
        elif cards:
            self._intent.emit(GoHome())
