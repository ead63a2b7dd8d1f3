"""The reaction screen: what is seen, what is next, what was done. It asks nothing before it helps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.moment import ZERO
from nurse_app.domain.reaction import first_line_missing, is_allergic, repeat_in
from nurse_app.domain.state import ReactionState
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.clock_cards import given_at_stop_card, next_vitals_card, note_action, vitals_action
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import countdown, moment_clock
from nurse_app.presentation.hand_over import hand_over_action
from nurse_app.presentation.intents import Intent, OpenSheet, SheetKind
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_checklist import ActRow, DoneAct, acts_done, acts_to_do, repeat_is_due
from nurse_app.presentation.reaction_words import level_sentence, level_title, reasons_in_words
from nurse_app.presentation.standing_order import first_line_missing_words
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, StepHead
from nurse_app.presentation.vital_signs import vitals_in_words


@dataclass(frozen=True, slots=True)
class SignView:
    """One sign to mark. ``intent`` of a marked one leads to taking it back as an entry in error."""

    id: str
    text: str
    seen: bool
    intent: Intent


@dataclass(frozen=True, slots=True)
class ReactionView:
    """The page: the level in a strip, the signs, the acts still to do, the acts done."""

    head: StepHead
    level: NoticeView
    alarms: tuple[NoticeView, ...]
    signs: tuple[SignView, ...]
    signs_hint: str
    advice: tuple[NoticeView, ...]
    done: tuple[DoneAct, ...]
    acts: tuple[ActRow, ...]
    side: SideView


def present_reaction(context: VisitContext) -> ReactionView:
    """The page of the open reaction. The head is empty: the strip of the level takes its place."""
    reaction = context.state.reactions[-1]
    acts = acts_to_do(context, reaction)
    return ReactionView(
        head=StepHead(""),
        level=_level(context, reaction),
        alarms=tuple(_alarms(context, reaction)),
        signs=tuple(_signs(context, reaction)),
        signs_hint=_("Marked by mistake? Press it again: it stays in the record as an error, the level stays."),
        advice=tuple(_advice(context, reaction)),
        done=acts_done(context, reaction),
        acts=acts,
        side=SideView(tuple(_side(context, reaction, acts))),
    )


def _level(context: VisitContext, reaction: ReactionState) -> NoticeView:
    state = context.state
    lines = [level_sentence(state, reaction), reasons_in_words(state.protocol, reaction)]
    if reaction.level == "none" and state.run.status in ("running", "paused"):
        # Nothing is marked yet: what the hands do comes before what the eyes find.
        lines.insert(0, optional_text(state.protocol, "infuse.reaction.first"))
    sentence = "\n".join(line for line in lines if line)
    return NoticeView(
        "level", "stop" if is_allergic(reaction.level) else "hold", level_title(context, reaction), sentence
    )


def _alarms(context: VisitContext, reaction: ReactionState) -> Iterator[NoticeView]:
    if first_line_missing(context.state, reaction):
        yield NoticeView("first_line_missing", "stop", first_line_missing_words(context.state))


def _signs(context: VisitContext, reaction: ReactionState) -> Iterator[SignView]:
    entries = _sign_entries(context)
    for sign in context.state.protocol.reaction.signs:
        seen = sign.id in reaction.sign_ids
        intent: Intent = c.NoteSign(sign.id)
        if seen:
            entry = entries.get(sign.id)
            # A sign that came with the opening has no entry of its own to take back, so a note explains it.
            intent = OpenSheet(SheetKind.NOTE) if entry is None else OpenSheet(SheetKind.CORRECT, str(entry))
        yield SignView(sign.id, context.state.protocol.text(f"sign.{sign.id}"), seen, intent)


def _sign_entries(context: VisitContext) -> dict[str, int]:
    """The number of the entry that noted each sign of the reaction that is open."""
    found: dict[str, int] = {}
    for item in context.record:
        if isinstance(item.event, e.ReactionOpened):
            found = {}
        elif isinstance(item.event, e.SignNoted):
            found[item.event.sign] = item.number
    return found


def _advice(context: VisitContext, reaction: ReactionState) -> Iterator[NoticeView]:
    """What the protocol says about a sign that was marked, the newest first."""
    for sign in reversed(reaction.sign_ids):
        sentence = optional_text(context.state.protocol, f"sign-advice.{sign}")
        if sentence:
            yield NoticeView(f"advice.{sign}", "information", context.state.protocol.text(f"sign.{sign}"), sentence)


def _side(context: VisitContext, reaction: ReactionState, acts: tuple[ActRow, ...]) -> Iterator[CardView | ActionView]:
    yield _since_card(context, reaction)
    yield from _repeat_card(context, reaction)
    if context.state.run.started_at is not None:
        yield given_at_stop_card(context)
    yield vitals_action()
    yield _vitals_card(context, reaction)
    yield ActionView("treatment", _("Treatment…"), OpenSheet(SheetKind.TREATMENT), "T")
    yield note_action()
    yield hand_over_action()
    role: Literal["primary", "secondary"] = "secondary" if any(row.state == "current" for row in acts) else "primary"
    yield ActionView("close_reaction", _("Close the reaction…"), OpenSheet(SheetKind.CLOSE_REACTION), "C", role)


def _since_card(context: VisitContext, reaction: ReactionState) -> CardView:
    segments = context.state.run.segments
    stopped_now = bool(segments) and segments[-1].ended_at == reaction.opened_at
    title = _("Since stop") if stopped_now else _("Since the reaction began")
    return CardView("since", title, countdown(context.now.since(reaction.opened_at).most), tone="stop")


def _repeat_card(context: VisitContext, reaction: ReactionState) -> Iterator[CardView]:
    left = repeat_in(context.state, reaction, context.now)
    if left is None:
        return
    protocol = context.state.protocol
    drug = protocol.text(f"treatment.{protocol.reaction.first_line}")
    given = [
        moment_clock(each.at, context.zone) for each in reaction.treatments if each.name == protocol.reaction.first_line
    ]
    note = ngettext("{n} dose: {times}", "{n} doses: {times}", len(given)).format(n=len(given), times=", ".join(given))
    if left > ZERO:
        yield CardView("repeat", _("{drug} again in").format(drug=drug), countdown(left), note)
    else:
        tone: Literal["stop", "neutral"] = "stop" if repeat_is_due(context, reaction) else "neutral"
        yield CardView("repeat", _("{drug} again, if not better").format(drug=drug), _("now"), note, tone)


def _vitals_card(context: VisitContext, reaction: ReactionState) -> CardView:
    card = next_vitals_card(context)
    taken = [each for each in context.state.vitals if each.at.latest > reaction.opened_at.latest]
    if not taken:
        return card
    last = taken[-1]
    note = f"{moment_clock(last.at, context.zone)} · {vitals_in_words(context, last.vitals)}"
    return CardView(card.id, card.title, card.value, note, card.tone)
