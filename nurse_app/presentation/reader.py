"""Reader mode: the reaction one large step at a time, for the one who reads aloud while others work."""

from dataclasses import dataclass, replace

from nurse_app.domain.reaction import last_first_line
from nurse_app.domain.state import ReactionState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.reaction_checklist import act_row
from nurse_app.presentation.reaction_done import newest_entries
from nurse_app.presentation.reaction_order import first_acts, first_line_is_asked, order, repeat_is_due, waiting
from nurse_app.presentation.reaction_times import both_times
from nurse_app.presentation.view_parts import ActionView

SIGNS = "signs"


@dataclass(frozen=True, slots=True)
class ReaderStep:
    """What to do, how, and when it was done; ``action`` None: here the signs are marked."""

    id: str
    number: str
    title: str
    detail: str
    time: str
    is_open: bool
    action: ActionView | None


@dataclass(frozen=True, slots=True)
class ReaderView:
    steps: tuple[ReaderStep, ...]


@dataclass(frozen=True, slots=True)
class ReaderPlace:
    """Where the reader is. ``was_open``: the step was still to do when it was last shown."""

    step: str = ""
    was_open: bool = False


def present_reader(context: VisitContext, reaction: ReactionState) -> ReaderView:
    """All steps of this level in their order, done ones too; the signs come after what every reaction begins with."""
    acts = list(order(context.state, reaction))
    begins = [act for act in acts if act in first_acts(context.state, reaction)]
    rest = [act for act in acts if act not in begins]
    ids = (*begins, SIGNS, *rest)
    entries, to_do = newest_entries(context), waiting(context, reaction)
    first_line = context.state.protocol.reaction.first_line
    steps: list[ReaderStep] = []
    for place, act in enumerate(ids, start=1):
        number = _("{n} of {all}").format(n=place, all=len(ids))
        if act == SIGNS:
            steps.append(_signs_step(context, reaction, number))
            continue
        row = act_row(context, reaction, act, is_current=True)
        time = both_times(entries[act][1], context.zone) if act in entries else ""
        is_open = act in to_do and (act != first_line or _first_line_is_open(context, reaction))
        steps.append(ReaderStep(act, number, row.title, row.note, time, is_open, row.action))
    return ReaderView(tuple(steps))


def _first_line_is_open(context: VisitContext, reaction: ReactionState) -> bool:
    """It stays on the list because it may come to that, or be repeated; a step to do only where it is asked or due."""
    if last_first_line(context.state, reaction) is not None:
        return repeat_is_due(context, reaction)
    return first_line_is_asked(context.state, reaction)


def _signs_step(context: VisitContext, reaction: ReactionState, number: str) -> ReaderStep:
    seen = [context.state.protocol.text(f"sign.{sign}") for sign in reaction.sign_ids]
    ask = _("Look at the patient. Mark it, then go on.")
    detail = _("Marked: {signs}").format(signs=", ".join(seen)) if seen else ask
    return ReaderStep(SIGNS, number, _("What do you see?"), detail, "", not seen, None)


def shown_step(view: ReaderView, place: ReaderPlace) -> ReaderStep:
    """The step at this place; the first one to do when it is no step of this level."""
    found = [step for step in view.steps if step.id == place.step]
    return found[0] if found else _first_open(view.steps) or view.steps[0]


def follow(view: ReaderView, place: ReaderPlace) -> ReaderPlace:
    """The same place; when its step was done meanwhile, on to the next one to do."""
    step = shown_step(view, place)
    if step.id == place.step and place.was_open and not step.is_open and step.action is not None:
        step = _open_after(view, step.id) or step
    return ReaderPlace(step.id, step.is_open)


def onward(view: ReaderView, place: ReaderPlace) -> ReaderPlace:
    """The step after this one; after the last the first one that was skipped."""
    ids = [step.id for step in view.steps]
    at = ids.index(shown_step(view, place).id)
    following = view.steps[at + 1] if at + 1 < len(ids) else _first_open(view.steps) or view.steps[at]
    return ReaderPlace(following.id, following.is_open)


def backward(view: ReaderView, place: ReaderPlace) -> ReaderPlace:
    """The step before this one; before the first there is none."""
    ids = [step.id for step in view.steps]
    before = view.steps[max(ids.index(shown_step(view, place).id) - 1, 0)]
    return ReaderPlace(before.id, before.is_open)


def at_signs(view: ReaderView, place: ReaderPlace) -> ReaderPlace:
    """To the signs."""
    return replace(place, step=SIGNS, was_open=next(step.is_open for step in view.steps if step.id == SIGNS))


def _open_after(view: ReaderView, step_id: str) -> ReaderStep | None:
    """The next step to do, from here on and then from the beginning."""
    at = [step.id for step in view.steps].index(step_id)
    return _first_open((*view.steps[at + 1 :], *view.steps[:at]))


def _first_open(steps: tuple[ReaderStep, ...]) -> ReaderStep | None:
    return next((step for step in steps if step.is_open), None)
