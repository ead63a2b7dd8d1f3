"""The right column while the dose is prepared: the bag's clock, the dose, what may be done with the bag, the start."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nurse_app.domain.alarms import current_bag_age
from nurse_app.domain.bag import HOUR, BagAge
from nurse_app.domain.commands import MoveBag, WarmBag
from nurse_app.domain.deciding.checks import declined
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.deciding.running import refusal_after_reaction
from nurse_app.domain.facts import Patient, Treatment
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.state import BagState, VisitState
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.clock_cards import decision_action, note_action
from nurse_app.presentation.common_actions import back_action, line_action
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import finding_title
from nurse_app.presentation.formats import clock, hours_and_minutes, number, with_unit
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.pausing import prescriber_said_no
from nurse_app.presentation.prepare_lines import BAG_RULES, lines_left
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, Tone


@dataclass(frozen=True, slots=True)
class Blocks:
    """What stands in the way of the dose now."""

    stops: tuple[Finding, ...]
    holds: tuple[Finding, ...]
    declined: bool
    after_reaction: Rejected | None = None

    @property
    def any(self) -> bool:
        return bool(self.stops or self.holds or self.declined)

    @property
    def is_handed_over(self) -> bool:
        """The patient is not here any more."""
        return self.after_reaction is not None and self.after_reaction.reason is Reason.HANDED_OVER

    @property
    def next_act(self) -> str:
        """The id of the action that settles it; empty when nothing is in the way."""
        if any(item.rule in BAG_RULES for item in self.stops):
            return "discard"
        if self.stops or self.declined or self.is_handed_over:
            return "not_given"
        if not self.holds:
            return "" if self.after_reaction is None else "decision"
        return "warm" if all(item.rule == "warm-up" for item in self.holds) else "decision"


def blocks(state: VisitState, judged: Assessment) -> Blocks:
    """Open stops and holds, and a prescriber's no."""
    after = refusal_after_reaction(state)
    return Blocks(
        stops=tuple(item for item in judged.findings if item.severity == "stop"),
        holds=tuple(item for item in judged.findings if item.severity == "hold"),
        declined=bool(declined(state)) or (after is not None and prescriber_said_no(state, after)),
        after_reaction=after,
    )


def present_prepare_side(context: VisitContext, judged: Assessment) -> SideView:
    """Clock and dose first, then the start, then everything else that can be done."""
    state = context.state
    cards = (_clock_card(context, judged), _dose_card(state))
    if state.phase != "prepare":
        return SideView((*cards, back_action(context.visit_id)))
    found = blocks(state, judged)
    left = lines_left(state)
    is_next = found.next_act or ("" if left else "line" if state.line_site is None else "start")
    actions = (_start(state, found, left), line_action(state), *_bag_actions(state, found), note_action())
    return SideView((*cards, *(_with_role(action, is_next) for action in actions)))


def _with_role(action: ActionView, is_next: str) -> ActionView:
    return replace(action, role="primary" if action.id == is_next else "secondary")


def _dose_card(state: VisitState) -> CardView:
    """The one dose there is, and how often this patient gets it."""
    treatment = (state.facts.patient or Patient()).treatment or Treatment()
    plan = optional_text(state.protocol, f"plan.{treatment.plan_interval_weeks}")
    note = _("fixed dose · {plan}").format(plan=plan) if plan else _("fixed dose")
    return CardView("dose", _("Dose"), with_unit(number(state.protocol.dose_mg), "mg"), note)


def _clock_card(context: VisitContext, judged: Assessment) -> CardView:
    age = current_bag_age(context.state, context.now)
    if age is None:
        limits = optional_text(context.state.protocol, "prepare.use-before")
        return CardView("use_before", _("Use-before clock"), _("not started"), limits, "muted")
    if not age.usable:
        return CardView("use_before", _("Use-before clock"), _("too old"), _age_words(age), "stop")
    left = hours_and_minutes(age.use_before - context.now.latest)
    about = [item.severity for item in judged.findings if item.rule == "stability"]
    tone: Tone = about[0] if about else "neutral"
    limit = _("outside the refrigerator") if age.first_limit == "room" else _("age in all")
    note = _("until {time} (first limit: {limit}). {ages}")
    note = note.format(time=clock(age.use_before, context.zone), limit=limit, ages=_age_words(age))
    return CardView("use_before", _("Bag: use within"), left, note, tone)


def _age_words(age: BagAge) -> str:
    text = _("Outside the refrigerator {room} of {max_room} h, in all {total} of {max_total} h.")
    return text.format(
        room=hours_and_minutes(age.at_room),
        max_room=age.max_room // HOUR,
        total=hours_and_minutes(age.total),
        max_total=age.max_total // HOUR,
    )


def _bag_actions(state: VisitState, found: Blocks) -> Iterator[ActionView]:
    if state.bag.diluted_at is not None:
        yield _move(state)
    if state.bag.cold and state.bag.place == "room":
        yield ActionView("warm", _("Bag is at room temperature"), WarmBag(), "W")
    if state.bag != BagState():
        label = _("Discard and begin again…") if state.bag.diluted_at is None else _("Discard this bag…")
        yield ActionView("discard", label, OpenSheet(SheetKind.DISCARD_BAG), "X")
    if found.holds:
        yield decision_action("", _("Prescriber's decision…"))
    elif found.after_reaction is not None and not found.is_handed_over:
        yield decision_action(state.protocol.decisions.resume, _("Prescriber's decision…"))
    yield ActionView("not_given", _("Not given today…"), OpenSheet(SheetKind.NOT_GIVEN), "G")


def _move(state: VisitState) -> ActionView:
    if state.bag.place == "room":
        return ActionView("move", _("Put bag in refrigerator"), MoveBag("refrigerator"), "R")
    # A bag that must get warm is taken out first.
    action_id = "warm" if state.bag.cold else "move"
    return ActionView(action_id, _("Take bag out of refrigerator"), MoveBag("room"), "R")


def _start(state: VisitState, found: Blocks, left: tuple[str, ...]) -> ActionView:
    missing = tuple(_missing(state, found, left))
    why_not = _("First: {acts}.").format(acts=", ".join(missing)) if missing else ""
    intent = OpenSheet(SheetKind.START)
    return ActionView("start", _("Start infusion…"), intent, "C", enabled=not missing, why_not=why_not)


def _missing(state: VisitState, found: Blocks, left: tuple[str, ...]) -> Iterator[str]:
    if found.declined:
        yield _("the prescriber said no")
    if found.is_handed_over:
        yield _("record that it is not given: the reaction ended with a transfer or a death")
    elif found.after_reaction is not None and not found.declined:
        yield _("the prescriber's decision after the reaction")
    names = dict.fromkeys(finding_title(state.protocol, item) for item in (*found.stops, *found.holds))
    if names:
        yield _("settle {names}").format(names=", ".join(names))
    acts = sum(line != "second-check" for line in left)
    if acts:
        yield ngettext("{n} line of this page", "{n} lines of this page", acts).format(n=acts)
    if "second-check" in left:
        yield _("the second check")
    if state.line_site is None:
        yield _("record the line")
