"""Reactions: opened from anywhere with nothing asked, graded from signs and pressure, closed with an outcome."""

from typing import Literal

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.moment import Moment
from nurse_app.domain.protocol import Level, minutes
from nurse_app.domain.reaction import (
    LEVELS,
    RAISED_BY_NURSE,
    Grading,
    grade_signs,
    is_allergic,
    is_systemic,
    levels_above,
    merged,
    pressure_falls,
    pressure_is_low,
)
from nurse_app.domain.reaction_commands import RaiseLevel, RecordExtravasation, StopInReaction
from nurse_app.domain.state import VisitState

# What a nurse can grade at the chair; ulcer and necrosis (3) are seen later, the grades above are a hospital's.
EXTRAVASATION_GRADES = (1, 2, 3)
_BY_REACTION: Literal["reaction"] = "reaction"


def _open(command: c.OpenReaction, context: Context) -> Verdict:
    unknown = tuple(sign for sign in command.signs if context.state.protocol.sign(sign) is None)
    if unknown:
        return Rejected(Reason.UNKNOWN_SIGN, unknown)
    signs = tuple(dict.fromkeys(command.signs))
    reaction = context.state.reaction
    if reaction is not None:
        new = tuple(sign for sign in signs if sign not in reaction.sign_ids)
        return tuple(e.SignNoted(sign) for sign in new) + _graded(context.state, (*reaction.sign_ids, *new))
    return opening(context.state, signs, context.now)


def opening(
    state: VisitState, signs: tuple[str, ...], now: Moment, *, from_vital_signs: bool = False
) -> tuple[e.Event, ...]:
    """The events of a new reaction: opened, infusion paused at least, graded, and what the level leads to."""
    held: tuple[e.Event, ...] = (e.InfusionPaused(_BY_REACTION),) if _runs(state) else ()
    return (e.ReactionOpened(signs, from_vital_signs), *held, *_graded(state, signs, opened_at=now))


def _runs(state: VisitState) -> bool:
    return state.phase == "infuse" and state.run.status == "running"


def _graded(
    state: VisitState, signs: tuple[str, ...], vitals: VitalSigns | None = None, opened_at: Moment | None = None
) -> tuple[e.Event, ...]:
    reaction = state.reaction
    opened = reaction.opened_at if reaction else opened_at
    # Whether the sign or the pressure was noted first makes no difference: a set of the same round belongs to it.
    around = minutes(state.protocol.vital_sign_schedule.infusion_every_minutes)
    since = [
        taken.vitals
        for taken in state.vitals
        if opened and state.is_since_start(taken) and opened.latest - taken.at.latest < around
    ]
    newest = merged(since if vitals is None else [*since, vitals])
    low = state.protocol.pressure_fall.sign
    noted: tuple[e.Event, ...] = ()
    if newest is not None and low not in signs and pressure_is_low(state, newest):
        signs, noted = (*signs, low), (e.SignNoted(low),)
    falls = newest is not None and pressure_falls(state, newest)
    found = grade_signs(state.protocol, signs, pressure_falls=falls)
    known: Level = reaction.level if reaction else "none"
    if LEVELS.index(found.level) <= LEVELS.index(known):
        return (*noted, *_confirmed(state, found))
    return (*noted, e.ReactionGraded(found.level, found.reasons), *_consequences(state, found))


def _confirmed(state: VisitState, found: Grading) -> tuple[e.Event, ...]:
    """The flag is for good again when new signs say so, after those that had made it so were marked in error."""
    if state.hypersensitivity != "suspected" or not is_systemic(found.level):
        return ()
    return (e.HypersensitivitySuspected(permanent=True),)


def _consequences(state: VisitState, found: Grading) -> tuple[e.Event, ...]:
    if not is_allergic(found.level) or state.run.status == "not-started":
        return ()
    stop: tuple[e.Event, ...] = ()
    if state.run.status in ("running", "paused"):
        stop = (e.InfusionStopped(_BY_REACTION, for_reaction=True),)
    permanent = is_systemic(found.level)
    if state.hypersensitivity == "permanent" or (state.hypersensitivity == "suspected" and not permanent):
        return stop
    return (*stop, e.HypersensitivitySuspected(permanent))


def reaction_from_vital_signs(state: VisitState, vitals: VitalSigns, now: Moment) -> tuple[e.Event, ...]:
    """A pressure below the alarm line while or after the drug runs opens a reaction by itself."""
    if state.phase not in ("infuse", "flush", "observe") or not pressure_is_low(state, vitals):
        return ()
    return opening(state, (state.protocol.pressure_fall.sign,), now, from_vital_signs=True)


def regrade(state: VisitState, vitals: VitalSigns) -> tuple[e.Event, ...]:
    """Vital signs taken in a reaction may raise its level."""
    reaction = state.reactions[-1]
    sign = state.protocol.pressure_fall.sign
    if pressure_is_low(state, vitals) and sign not in reaction.sign_ids:
        return (e.SignNoted(sign), *_graded(state, (*reaction.sign_ids, sign)))
    return _graded(state, reaction.sign_ids, vitals)


def _sign(command: c.NoteSign, context: Context) -> Verdict:
    reaction = context.state.reaction
    if reaction is None:
        return Rejected(Reason.NO_REACTION)
    if context.state.protocol.sign(command.sign) is None:
        return Rejected(Reason.UNKNOWN_SIGN, (command.sign,))
    if command.sign in reaction.sign_ids:
        return ()
    return (e.SignNoted(command.sign), *_graded(context.state, (*reaction.sign_ids, command.sign)))


def _treatment(command: c.GiveTreatment, context: Context) -> Verdict:
    if context.state.reaction is None:
        return Rejected(Reason.NO_REACTION)
    if command.name not in context.state.protocol.reaction.treatments:
        return Rejected(Reason.UNKNOWN_TREATMENT, (command.name,))
    return (e.TreatmentGiven(command.name, command.dose, command.route),)


def _action(command: c.DoAction, context: Context) -> Verdict:
    if context.state.reaction is None:
        return Rejected(Reason.NO_REACTION)
    listed = context.state.protocol.reaction
    lists = (listed.first_acts, *listed.actions.values(), *(path.acts for path in listed.paths))
    known = {action for actions in lists for action in actions}
    return (e.ActionDone(command.action),) if command.action in known else Rejected(Reason.UNKNOWN_ACTION)


def _raise(command: RaiseLevel, context: Context) -> Verdict:
    reaction = context.state.reaction
    if reaction is None:
        return Rejected(Reason.NO_REACTION)
    if command.level == reaction.level:
        return ()
    if command.level not in levels_above(reaction.level):
        return Rejected(Reason.LEVEL_NOT_HIGHER)
    found = Grading(command.level, (RAISED_BY_NURSE,))
    return (e.ReactionGraded(found.level, found.reasons), *_consequences(context.state, found))


def _stop(command: StopInReaction, context: Context) -> Verdict:
    state = context.state
    if state.reaction is None:
        return Rejected(Reason.NO_REACTION)
    if state.run.status not in ("running", "paused"):
        return Rejected(Reason.NOT_RUNNING)
    if not command.reason.strip():
        return Rejected(Reason.REASON_MISSING)
    return (e.InfusionStopped(command.reason.strip(), for_reaction=True),)


def _slipped(command: RecordExtravasation, context: Context) -> Verdict:
    if context.state.reaction is None:
        return Rejected(Reason.NO_REACTION)
    if command.grade is None and command.lost_ml is None:
        return Rejected(Reason.NO_VALUES)
    if command.grade is not None and command.grade not in EXTRAVASATION_GRADES:
        return Rejected(Reason.UNKNOWN_GRADE)
    if command.lost_ml is not None and command.lost_ml <= 0:
        return Rejected(Reason.NOT_POSITIVE)
    if command.lost_ml is not None and command.lost_ml > context.state.protocol.preparation.total_ml:
        return Rejected(Reason.MORE_THAN_THE_BAG)
    return (e.ExtravasationRecorded(command.grade, command.lost_ml),)


def _close(command: c.CloseReaction, context: Context) -> Verdict:
    state, reaction = context.state, context.state.reaction
    if reaction is None:
        return Rejected(Reason.NO_REACTION)
    closed = e.ReactionClosed(command.outcome)
    was_given = state.run.status in ("stopped", "completed")
    stopped_here = reaction.returns_to in ("infuse", "flush") and state.run.status == "stopped"
    # Whatever was seen during the watch, it begins anew; afterwards it does so for what was a reaction at all.
    in_watch = reaction.returns_to == "observe" or (reaction.returns_to == "discharge" and reaction.level != "none")
    if was_given and (stopped_here or in_watch):
        return (closed, e.ObservationStarted(_BY_REACTION))
    return (closed,)


DECIDERS: Deciders = {
    c.OpenReaction: _open,
    c.NoteSign: _sign,
    c.GiveTreatment: _treatment,
    c.DoAction: _action,
    RaiseLevel: _raise,
    StopInReaction: _stop,
    RecordExtravasation: _slipped,
    c.CloseReaction: _close,
}
