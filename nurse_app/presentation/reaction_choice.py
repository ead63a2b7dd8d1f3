"""Reaction on pages that show no visit: whose it would be, so that the nurse sees it before she presses."""

from collections.abc import Sequence
from dataclasses import dataclass

from nurse_app.i18n import _
from nurse_app.presentation.home import VisitCard

# More would not stand side by side; the others have their buttons on home.
MOST_CHOICES = 4


@dataclass(frozen=True, slots=True)
class ReactionChoice:
    """One button; ``is_meant``: the Reaction key presses it."""

    visit_id: str
    label: str
    is_meant: bool


def reaction_target(cards: Sequence[VisitCard], last_seen: str = "") -> str:
    """The visit that the Reaction key means outside a visit: the only likely one, else the likely one last on screen.

    Empty when the nurse has to press the right one herself: a reaction of the wrong patient stops an infusion.
    """
    likely = [card.visit_id for card in _likely(cards)]
    if len(likely) == 1:
        return likely[0]
    return last_seen if last_seen in likely else ""


def _likely(cards: Sequence[VisitCard]) -> Sequence[VisitCard]:
    """The visits in which a reaction can be; all, when none has had the drug yet."""
    return [card for card in cards if card.exposed] or cards


def reaction_choices(cards: Sequence[VisitCard], last_seen: str) -> tuple[ReactionChoice, ...]:
    """A button for each visit in which a reaction can be, the one that the key means first.

    ``last_seen`` is the visit that was last on screen.
    """
    target = reaction_target(cards, last_seen)
    ordered = sorted(_likely(cards), key=lambda card: card.visit_id != target)
    return tuple(
        ReactionChoice(
            card.visit_id, _("Reaction: {whom}").format(whom=card.name or card.line), card.visit_id == target
        )
        for card in ordered[:MOST_CHOICES]
    )
