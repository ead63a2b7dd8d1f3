"""What a visit leaves on the patient's record; worked out from both, so that doing it twice adds nothing."""

from nurse_app.domain import patient_events as p
from nurse_app.domain.follow_up_call import is_followed_up
from nurse_app.domain.moment import Moment
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.quantity import TENTH, rounded
from nurse_app.domain.reaction import LEVELS
from nurse_app.domain.run import delivered, lost_ml
from nurse_app.domain.state import VisitState


def carry_over(visit_id: str, state: VisitState, record: PatientRecord, now: Moment) -> tuple[p.PatientEvent, ...]:
    """Entries that the patient's record still lacks: the flag, reactions, standing decisions, the infusion itself."""
    return (
        *_flag(visit_id, state, record),
        *_reactions(visit_id, state, record),
        *_decisions(visit_id, state, record),
        *_given(visit_id, state, record, now),
    )


def _flag(visit_id: str, state: VisitState, record: PatientRecord) -> tuple[p.PatientEvent, ...]:
    permanent = state.hypersensitivity == "permanent"
    if state.hypersensitivity == "no":
        return ()
    # Also when it falls back, because what had made it permanent was marked in error.
    if visit_id in record.flagged_by_visits and permanent == (visit_id in record.flagged_for_good_by):
        return ()
    return (p.HypersensitivityFlagged(visit_id, permanent),)


def _reactions(visit_id: str, state: VisitState, record: PatientRecord) -> tuple[p.PatientEvent, ...]:
    """Those that the patient is to be called after; again when a level rose, the onset moved, or the patient died."""
    known = {each.number: each for each in record.reactions if each.visit_id == visit_id}
    # Whichever of several reactions the patient died in: nobody is to call after any of them.
    died = any(reaction.outcome == "died" for reaction in state.reactions)
    found = (
        p.ReactionRecorded(visit_id, reaction.level, reaction.opened_at.latest, number, died)
        for number, reaction in enumerate(state.reactions, start=1)
        if is_followed_up(state, reaction)
    )
    return tuple(each for each in found if _is_news(each, known.get(each.number)))


def _is_news(found: p.ReactionRecorded, known: p.ReactionRecorded | None) -> bool:
    if known is None:
        return True
    is_worse = LEVELS.index(found.level) > LEVELS.index(known.level) or (found.died and not known.died)
    return is_worse or found.onset_at != known.onset_at


def _decisions(visit_id: str, state: VisitState, record: PatientRecord) -> tuple[p.PatientEvent, ...]:
    standing = state.protocol.decisions.standing
    return tuple(
        p.DecisionKept(decision, visit_id)
        for decision in state.decisions
        if decision.about in standing and decision not in record.decisions
    )


def _given(visit_id: str, state: VisitState, record: PatientRecord, now: Moment) -> tuple[p.PatientEvent, ...]:
    run = state.run
    if run.started_at is None or run.ended_at is None:
        return ()
    if any(item.visit_id == visit_id for item in record.administrations):
        return ()
    dose = rounded(delivered(state.protocol, run, now).dose_mg, TENTH)
    # What went beside the vein never reached the patient: the dose was not whole.
    complete = run.status == "completed" and not lost_ml(state)
    reaction = run.stopped_for_reaction
    return (p.AdministrationRecorded(visit_id, run.started_at.latest, dose, complete=complete, reaction=reaction),)
