"""A reaction that the disk does not take: the list of the protocol at once, times kept in memory until saving works."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from nurse_app.domain import commands as c
from nurse_app.domain.moment import ZERO
from nurse_app.domain.protocol import minutes
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import clock_with_seconds, countdown
from nurse_app.presentation.intents import LeavePaper, RecordPaper, TouchPaper
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_checklist import FIRST_LINE_KEY, NEXT_KEY, ActRow
from nurse_app.presentation.reaction_done import DoneAct
from nurse_app.presentation.standing_order import dose_detail, dose_in_words, dose_title, give_first_line
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, StepHead

# The first touch is the Reaction key itself.
OPENING = ""
_GRAVEST = "anaphylaxis"
_DONE_BY_THE_PROGRAM = frozenset({"infusion-paused", "infusion-stopped"})


@dataclass(frozen=True, slots=True)
class Touch:
    """What was touched, and when (aware, true time); ``signs`` came with the Reaction key."""

    act: str
    at: datetime
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperReaction:
    """One reaction in memory only. ``saving_works``: it may be recorded now."""

    visit_id: str
    touches: tuple[Touch, ...]
    saving_works: bool = False


@dataclass(frozen=True, slots=True)
class PaperView:
    """The page: that nothing is saved, the list, what was touched when, and what may be done with it."""

    head: StepHead
    notice: NoticeView
    offers: tuple[ActionView, ...]
    acts: tuple[ActRow, ...]
    done: tuple[DoneAct, ...]
    side: SideView


def begun(visit_id: str, at: datetime, signs: tuple[str, ...] = ()) -> PaperReaction:
    """The Reaction key was pressed at this time, and the disk did not take it."""
    return PaperReaction(visit_id, (Touch(OPENING, at, signs),))


def touched(paper: PaperReaction, act: str, at: datetime, *, repeatable: bool = False) -> PaperReaction:
    """An act was touched; a second touch takes it back, except of a drug that may be given again."""
    if not repeatable and any(touch.act == act for touch in paper.touches):
        return replace(paper, touches=tuple(touch for touch in paper.touches if touch.act != act))
    return replace(paper, touches=(*paper.touches, Touch(act, at)))


def taken_back(paper: PaperReaction, act: str, at: datetime) -> PaperReaction:
    """The touch of that act and time was a mistake."""
    return replace(paper, touches=tuple(each for each in paper.touches if (each.act, each.at) != (act, at)))


def recorded(paper: PaperReaction, touch: Touch) -> PaperReaction | None:
    """This touch is an entry now; None when it was the last. Those made meanwhile stay."""
    at = paper.touches.index(touch) if touch in paper.touches else len(paper.touches)
    left = (*paper.touches[:at], *paper.touches[at + 1 :])
    return replace(paper, touches=left) if left else None


def refused_words(context: VisitContext, touches: tuple[Touch, ...], why: str) -> str:
    """That these touches became no entry; ``why`` is what the rules said of the last one."""
    acts = ", ".join(f"{_title(context, touch)} {clock_with_seconds(touch.at, context.zone)}" for touch in touches)
    return _("Not recorded: {acts}. Write it on paper. {why}").format(acts=acts, why=why)


def command_of(state: VisitState, touch: Touch) -> c.Command:
    """What a touch asks for when saving works again."""
    if touch.act == OPENING:
        return c.OpenReaction(touch.signs)
    if touch.act == state.protocol.reaction.first_line:
        return give_first_line(state)
    return c.GiveTreatment(touch.act) if touch.act in state.protocol.reaction.treatments else c.DoAction(touch.act)


def paper_acts(state: VisitState) -> tuple[str, ...]:
    """The list: what every reaction begins with, then that of anaphylaxis. No sign is asked for, so the gravest."""
    reaction = state.protocol.reaction
    acts = dict.fromkeys((*reaction.first_acts, *reaction.actions[_GRAVEST]))
    return tuple(act for act in acts if act not in _DONE_BY_THE_PROGRAM)


def present_paper(context: VisitContext, paper: PaperReaction) -> PaperView:
    """The page of a reaction that is not saved."""
    first_line = context.state.protocol.reaction.first_line
    done = {touch.act for touch in paper.touches}
    to_do = [act for act in paper_acts(context.state) if act not in done or act == first_line]
    next_act = next((act for act in to_do if act not in done), None)
    return PaperView(
        head=StepHead(""),
        notice=_notice(paper),
        offers=tuple(_offers(paper)),
        acts=tuple(_row(context, act, is_next=act == next_act, again=act in done) for act in to_do),
        done=tuple(_done(context, touch) for touch in paper.touches),
        side=SideView(tuple(_cards(context, paper))),
    )


def _notice(paper: PaperReaction) -> NoticeView:
    if paper.saving_works:
        words = _("Record them now. Each is kept with the time of its touch.")
        return NoticeView("paper", "hold", _("Saving works again. These times are not recorded yet."), words)
    words = _("Treat now. What you touch is kept until the program ends. Times on paper are safe.")
    return NoticeView("paper", "stop", _("NOT SAVED: write times on paper"), words)


def _offers(paper: PaperReaction) -> Iterator[ActionView]:
    if not paper.saving_works:
        return
    count = len(paper.touches)
    words = ngettext("Record this entry", "Record these {n} entries", count).format(n=count)
    yield ActionView("paper_record", words, RecordPaper(), "R", "primary")
    yield ActionView("paper_leave", _("Leave them on paper"), LeavePaper(), "L")


def _row(context: VisitContext, act: str, *, is_next: bool, again: bool) -> ActRow:
    state, protocol = context.state, context.state.protocol
    row: Literal["current", "open"] = "current" if is_next else "open"
    is_drug = act in protocol.reaction.treatments
    label = _("Given again") if again else _("Given now") if is_drug else _("Done now")
    if act == protocol.reaction.first_line:
        action = ActionView(f"paper.{act}", label, TouchPaper(act), FIRST_LINE_KEY)
        return ActRow(act, dose_title(state), dose_detail(state), row, action, emphasis=True)
    action = ActionView(f"paper.{act}", label, TouchPaper(act), NEXT_KEY if is_next else None)
    note = protocol.text(f"action.{act}.detail")
    return ActRow(act, protocol.text(f"action.{act}.title"), note, row, action, emphasis=is_next)


def _done(context: VisitContext, touch: Touch) -> DoneAct:
    time = clock_with_seconds(touch.at, context.zone)
    if touch.act == OPENING:
        return DoneAct("opening", _title(context, touch), time)
    return DoneAct(touch.act, _title(context, touch), time, TouchPaper(touch.act, touch.at))


def _title(context: VisitContext, touch: Touch) -> str:
    state, protocol = context.state, context.state.protocol
    if touch.act == OPENING:
        signs = [optional_text(protocol, f"sign.{sign}") for sign in touch.signs]
        return ": ".join((_("Reaction began"), *([", ".join(signs)] if signs else ())))
    if touch.act == protocol.reaction.first_line:
        return dose_in_words(state)
    return optional_text(protocol, f"action.{touch.act}.title")


def _cards(context: VisitContext, paper: PaperReaction) -> Iterator[CardView]:
    state, now = context.state, context.now.latest
    yield CardView("since", _("Since the reaction began"), countdown(now - paper.touches[0].at), tone="stop")
    drug = state.protocol.reaction.first_line
    given = [touch.at for touch in paper.touches if touch.act == drug]
    if given:
        left = given[-1] + minutes(state.protocol.reaction.epinephrine.repeat_minutes) - now
        title = _("{drug} again in").format(drug=state.protocol.text(f"treatment.{drug}"))
        note = ngettext("{n} dose", "{n} doses", len(given)).format(n=len(given))
        tone: Literal["stop", "neutral"] = "stop" if left <= ZERO else "neutral"
        yield CardView("repeat", title, countdown(left) if left > ZERO else _("now"), note, tone)
