"""The reaction screen: what is seen, what is next, what was done. It asks nothing before it helps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.moment import ZERO
from nurse_app.domain.reaction import LEVELS, first_line_missing, is_allergic, levels_above, repeat_in
from nurse_app.domain.reaction_commands import RaiseLevel
from nurse_app.domain.state import ReactionState
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.clock_cards import given_at_onset_card, next_vitals_card, note_action, vitals_action
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import countdown, moment_clock
from nurse_app.presentation.hand_over import hand_over_action
from nurse_app.presentation.intents import Intent, OpenSheet, SheetKind
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_advice import advice, is_not_settled, look_again_card, look_again_notice, mimics
from nurse_app.presentation.reaction_checklist import ActRow, FirstAct, acts_to_do, first_line_of_page
from nurse_app.presentation.reaction_done import DoneAct, acts_done
from nurse_app.presentation.reaction_order import current, repeat_is_due
from nurse_app.presentation.reaction_times import reaction_entries, sign_entries, time_sheet
from nurse_app.presentation.reaction_words import level_sentence, level_title, level_word, reasons_in_words
from nurse_app.presentation.reader import ReaderView, present_reader
from nurse_app.presentation.standing_order import first_line_missing_words
from nurse_app.presentation.view_parts import ActionRole, ActionView, CardView, SideView, StepHead
from nurse_app.presentation.vital_signs import vitals_in_words


@dataclass(frozen=True, slots=True)
class SignView:
    """One sign to mark. ``intent`` of a marked one leads to its time, and to taking it back."""

    id: str
    text: str
    seen: bool
    intent: Intent


@dataclass(frozen=True, slots=True)
class ReactionView:
    """The page: what comes before everything else, the level, the signs, the acts still to do, the acts done.

    ``raises`` are the levels that the nurse may choose without saying why, the gravest first; ``reader`` is the same
    reaction one step at a time; ``number`` counts the reactions of the visit.
    """

    head: StepHead
    first: tuple[FirstAct, ...]
    level: NoticeView
    raises: tuple[ActionView, ...]
    alarms: tuple[NoticeView, ...]
    signs: tuple[SignView, ...]
    signs_hint: str
    advice: tuple[NoticeView, ...]
    mimics: str
    done: tuple[DoneAct, ...]
    acts: tuple[ActRow, ...]
    side: SideView
    reader: ReaderView
    number: int = 1


def present_reaction(context: VisitContext) -> ReactionView:
    """The page of the open reaction. The head is empty: the strip of the level takes its place."""
    reaction = context.state.reactions[-1]
    return ReactionView(
        head=StepHead(""),
        first=first_line_of_page(context, reaction),
        level=_level(context, reaction),
        raises=tuple(_raises(context, reaction)),
        alarms=tuple(_alarms(context, reaction)),
        signs=tuple(_signs(context)),
        signs_hint=_signs_hint(context),
        advice=advice(context, reaction),
        mimics=mimics(context, reaction),
        done=acts_done(context, reaction),
        acts=acts_to_do(context, reaction),
        side=SideView(tuple(_side(context, reaction))),
        reader=present_reader(context, reaction),
        number=len(context.state.reactions),
    )


def _level(context: VisitContext, reaction: ReactionState) -> NoticeView:
    state = context.state
    lines = [level_sentence(state, reaction), reasons_in_words(state.protocol, reaction)]
    is_halted = reaction.level == "none" and state.run.status in ("running", "paused")
    if is_halted and not state.protocol.reaction.first_acts:
        # An earlier protocol has no first line of its own: what the hands do comes before what the eyes find.
        lines.insert(0, optional_text(state.protocol, "infuse.reaction.first"))
    sentence = "\n".join(line for line in lines if line)
    return NoticeView(
        "level", "stop" if is_allergic(reaction.level) else "hold", level_title(context, reaction), sentence
    )


def _alarms(context: VisitContext, reaction: ReactionState) -> Iterator[NoticeView]:
    if first_line_missing(context.state, reaction):
        yield NoticeView("first_line_missing", "stop", first_line_missing_words(context.state))
    yield from look_again_notice(context, reaction)


def _raises(context: VisitContext, reaction: ReactionState) -> Iterator[ActionView]:
    """The levels above this one, the gravest first: it has a key and the most room."""
    for level in reversed(levels_above(reaction.level)):
        if level == LEVELS[-1]:
            yield ActionView(f"raise.{level}", _("Treat as anaphylaxis"), RaiseLevel(level), "X", "danger")
        else:
            role: ActionRole = "danger" if level == "allergic" and is_not_settled(context, reaction) else "secondary"
            yield ActionView(f"raise.{level}", level_word(level), RaiseLevel(level), None, role)


def _signs(context: VisitContext) -> Iterator[SignView]:
    entries = sign_entries(context)
    for sign in context.state.protocol.reaction.signs:
        entry = entries.get(sign.id)
        intent: Intent = c.NoteSign(sign.id) if entry is None else time_sheet(entry)
        yield SignView(sign.id, context.state.protocol.text(f"sign.{sign.id}"), entry is not None, intent)


def _signs_hint(context: VisitContext) -> str:
    """What a second press is good for; the sign that came with the opening cannot be taken back."""
    if any(isinstance(item.event, e.ReactionOpened) and item.event.signs for item, _at in reaction_entries(context)):
        return _("Earlier? Press it again. By mistake? The first sign stays: write a note. The level stays.")
    return _("Marked by mistake, or earlier? Press it again. The level stays.")


def _side(context: VisitContext, reaction: ReactionState) -> Iterator[CardView | ActionView]:
    yield _since_card(context, reaction)
    yield from _repeat_card(context, reaction)
    yield from look_again_card(context, reaction)
    given = given_at_onset_card(context, reaction)
    if given is not None:
        yield given
    yield vitals_action()
    yield _vitals_card(context, reaction)
    yield ActionView("treatment", _("Treatment…"), OpenSheet(SheetKind.TREATMENT), "T")
    yield hand_over_action()
    role: Literal["primary", "secondary"] = "secondary" if current(context, reaction) else "primary"
    yield ActionView("close_reaction", _("Close the reaction…"), OpenSheet(SheetKind.CLOSE_REACTION), "C", role)
    yield note_action()


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
