"""The symptom round: ask, look, and say in one touch that the patient is well, or touch the sign that was seen."""

from dataclasses import dataclass

from nurse_app.domain.commands import OpenReaction
from nurse_app.domain.round_commands import SeenWell
from nurse_app.domain.symptom_rounds import is_round_overdue, is_round_wanted, round_due
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import moment_clock
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.view_parts import ActionRole, ActionView, Tone

SEEN_WELL = "seen_well"


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round that is due or nearly so: pressing one of ``signs`` opens the reaction with it."""

    title: str
    tone: Tone
    ask: str
    signs: tuple[ActionView, ...]


def seen_well_action(context: VisitContext, first: str) -> tuple[ActionView, ...]:
    """One touch for a round without a sign; nothing where the protocol knows no rounds.

    ``first`` is the id of the one thing to do next.
    """
    if context.state.protocol.symptom_rounds is None:
        return ()
    role: ActionRole = "primary" if first == SEEN_WELL else "secondary"
    return (ActionView(SEEN_WELL, _("Seen, well"), SeenWell(), "W", role),)


def present_round(context: VisitContext) -> RoundView | None:
    """What to ask and to look for; None while no round is due."""
    state, rounds = context.state, context.state.protocol.symptom_rounds
    if rounds is None or not is_round_wanted(state, context.now):
        return None
    text = state.protocol.text
    return RoundView(
        title=round_words(context),
        tone="caution" if is_round_overdue(state, context.now) else "brand",
        ask=optional_text(state.protocol, "infuse.round.touch"),
        signs=tuple(ActionView(sign, text(f"sign.{sign}"), OpenReaction((sign,))) for sign in rounds.signs),
    )


def round_words(context: VisitContext) -> str:
    """When the next round is due, or since when it is; empty where none is asked for. No counting seconds."""
    due = round_due(context.state)
    if due is None:
        return ""
    words = _("Symptom round at {time}")
    if is_round_overdue(context.state, context.now):
        words = _("Symptom round due since {time}")
    return words.format(time=moment_clock(due, context.zone))
