"""Reaction on every page that is not a visit in progress: the nurse must not look for the way back first."""

from collections.abc import Sequence

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.presentation.home import VisitCard, present_cards
from nurse_app.presentation.reaction_choice import reaction_choices, reaction_target
from nurse_app.ui.contexts import Contexts
from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.screens.home_screen import HomeScreen
from nurse_app.ui.session import Session


class ReactionKey:
    """Shows on each page whose reaction its key and its buttons mean.

    ``last_seen`` is the visit that was last on screen: with several patients it is the likeliest.
    """

    def __init__(self, contexts: Contexts, session: Session, reaction_of: SignalInstance) -> None:
        self._contexts = contexts
        self._session = session
        self._reaction_of = reaction_of
        self.last_seen = ""

    def bind(self, page: HomeFrame | VisitFrame) -> None:
        """Let the buttons of a new page lead to the reaction."""
        page.reactions.reaction_of.connect(self._reaction_of)

    def target(self, cards: Sequence[VisitCard]) -> str:
        """The visit that the key means; empty when nobody can know."""
        return reaction_target(cards, self.last_seen)

    def show(self, page: QWidget | None) -> None:
        """Show on the page that is on whose reaction it would be."""
        if isinstance(page, HomeScreen):
            page.show_target(self.target(page.cards))
        elif isinstance(page, HomeFrame | VisitFrame):
            cards = self._cards() if page.wants_reactions else ()
            page.reactions.show_choices(reaction_choices(cards, self.last_seen))

    def _cards(self) -> tuple[VisitCard, ...]:
        hides_names = self._session.locked or not self._session.user_id
        return present_cards(self._contexts.of_open_visits(), self._contexts.zone, private=hides_names)
