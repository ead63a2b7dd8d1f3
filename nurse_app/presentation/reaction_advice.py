"""What the protocol says beside the list of acts: about a sign, about a path, looking again, and what it is not."""

from collections.abc import Iterator
from datetime import timedelta

from nurse_app.domain.moment import ZERO
from nurse_app.domain.reaction import is_allergic, is_systemic, look_again_in, open_paths
from nurse_app.domain.state import ReactionState
from nurse_app.i18n import _
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import countdown
from nurse_app.presentation.protocol_words import numbered_texts, optional_text
from nurse_app.presentation.reaction_order import looked_again
from nurse_app.presentation.view_parts import CardView


def advice(context: VisitContext, reaction: ReactionState) -> tuple[NoticeView, ...]:
    """About the paths that the level does not speak of, then about each sign that was marked, the newest first."""
    return (*_of_paths(context, reaction), *_of_signs(context, reaction))


def _of_paths(context: VisitContext, reaction: ReactionState) -> Iterator[NoticeView]:
    protocol = context.state.protocol
    # While it is mild the first path has the strip of the level.
    paths = open_paths(context.state, reaction)[0 if is_allergic(reaction.level) else 1 :]
    for path in paths:
        title, sentence = protocol.text(f"path.{path.id}.title"), protocol.text(f"path.{path.id}.sentence")
        yield NoticeView(f"path.{path.id}", "information", title, sentence)


def _of_signs(context: VisitContext, reaction: ReactionState) -> Iterator[NoticeView]:
    protocol = context.state.protocol
    told = {sign for path in open_paths(context.state, reaction) for sign in path.signs}
    for sign in reversed(reaction.sign_ids):
        sentence = optional_text(protocol, f"sign-advice.{sign}")
        if sentence and sign not in told:
            yield NoticeView(f"advice.{sign}", "information", protocol.text(f"sign.{sign}"), sentence)


def mimics(context: VisitContext, reaction: ReactionState) -> str:
    """What looks like a reaction and is none, in one line; empty in an emergency, where nobody has time for it."""
    protocol = context.state.protocol
    found = numbered_texts(protocol, "path.mimics")
    if not found or is_systemic(reaction.level):
        return ""
    return " · ".join((optional_text(protocol, "path.mimics.title"), *found))


def look_again_card(context: VisitContext, reaction: ReactionState) -> Iterator[CardView]:
    """How long until a mild symptom is looked at again, then how long until it is mild no longer."""
    left = _left(context, reaction)
    if left is None:
        return
    again, until = left
    if again > ZERO:
        yield CardView("look_again", _("Look again in"), countdown(again))
    elif until > ZERO and looked_again(context.state, reaction):
        yield CardView("look_again", _("Settled within"), countdown(until))
    elif until > ZERO:
        yield CardView("look_again", _("Look again now. Settled within"), countdown(until), tone="hold")
    else:
        yield CardView("look_again", _("Not settled in time, over by"), countdown(until), tone="stop")


def look_again_notice(context: VisitContext, reaction: ReactionState) -> Iterator[NoticeView]:
    """The same in a strip as soon as it is time; the level is raised by the nurse, never by the clock."""
    left = _left(context, reaction)
    if left is None or left[0] > ZERO or (left[1] > ZERO and looked_again(context.state, reaction)):
        return
    protocol = context.state.protocol
    if left[1] > ZERO:
        yield NoticeView("look_again", "hold", optional_text(protocol, "path.mild.again"))
    else:
        yield NoticeView("look_again", "stop", optional_text(protocol, "path.mild.settle"))


def is_not_settled(context: VisitContext, reaction: ReactionState) -> bool:
    """Has a mild symptom lasted so long that it is mild no longer?"""
    left = _left(context, reaction)
    return left is not None and left[1] <= ZERO


def _left(context: VisitContext, reaction: ReactionState) -> tuple[timedelta, timedelta] | None:
    """The two times to look; None also where a path of its own has taken over."""
    return None if open_paths(context.state, reaction) else look_again_in(context.state, reaction, context.now)
