"""Clocks of the visits in progress, each with its Reaction button: for screens that are not a visit."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from nurse_app.domain.commands import OpenReaction
from nurse_app.i18n import _
from nurse_app.presentation.home import VisitCard
from nurse_app.ui.blocks.reaction_row import REACTION_KEY
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.column import Column


class VisitList(Column):
    """Shows VisitCards. ``reaction_of`` carries the visit whose Reaction was pressed, or that F8 means.

    ``narrow``: each button stands under its clock.
    """

    reaction_of = Signal(str, object)

    def __init__(self, *, name: str, narrow: bool = False) -> None:
        super().__init__(gap=12)
        self._name = name
        self._narrow = narrow
        self._cards: dict[str, Card] = {}
        self._reactions: dict[str, Button] = {}
        self._target = ""
        QShortcut(QKeySequence(REACTION_KEY), self).activated.connect(self.press)

    def show_visits(self, cards: tuple[VisitCard, ...], target: str) -> None:
        """Show these clocks; the Reaction key means ``target``."""
        self._target = target
        for card in cards:
            if card.visit_id not in self._cards:
                self._add(card)
            title = " · ".join(part for part in (card.name, card.line) if part)
            self._cards[card.visit_id].show_card(title, card.value, card.note, card.tone)
            key = REACTION_KEY if card.visit_id == self._target else None
            self._reactions[card.visit_id].set_label(_("Reaction"), key)

    @property
    def is_showing(self) -> bool:
        """Whether there is any visit."""
        return bool(self._cards)

    def _add(self, view: VisitCard) -> None:
        card = Card(name=f"{self._name}.{view.visit_id}")
        reaction = Button(_("Reaction"), role="danger-outline", name=f"{self._name}.{view.visit_id}.reaction")
        reaction.clicked.connect(lambda: self.reaction_of.emit(view.visit_id, OpenReaction()))
        if self._narrow:
            self.add(card)
            self.add(reaction)
        else:
            self.add_row(card, reaction, shares=(2, 1))
        self._cards[view.visit_id] = card
        self._reactions[view.visit_id] = reaction

    def press(self) -> None:
        """What the Reaction key does: the reaction that is meant, else the choice among all of them."""
        if self._target:
            self.reaction_of.emit(self._target, OpenReaction())
        elif self._reactions:
            next(iter(self._reactions.values())).setFocus()
