"""The visit's own entries joined with the patient's record: the facts that the rules judge."""

from dataclasses import replace
from datetime import date, datetime

from nurse_app.domain.assess import assess
from nurse_app.domain.facts import BagFacts, BagMove, Facts, Identity, Look, Patient
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.moment import Moment
from nurse_app.domain.reaction import baseline
from nurse_app.domain.state import BagState, VisitState

# Rules that ask about a bag which is still being made: not known is then simply not there yet.
_WHILE_MAKING = frozenset(
    {"diluent", "bag-volume", "dose-volume", "final-volume", "inspection", "stability", "warm-up"},
)


def facts_today(state: VisitState) -> Facts:
    """Everything known in this visit, ready to be judged."""
    patient = state.facts.patient or Patient()
    return replace(
        state.facts,
        identity=Identity(state.record_no, state.wristband),
        patient=replace(patient, decisions=(*patient.decisions, *state.decisions)),
        answers=dict(state.answers),
        vitals=baseline(state),
        product=state.bag.product,
        preparation=_bag_facts(state.bag),
    )


def _bag_facts(bag: BagState) -> BagFacts | None:
    if bag.diluent is None and bag.added_ml is None and bag.vial_look is None:
        return None
    return BagFacts(
        diluent=bag.diluent,
        bag_ml=bag.bag_ml,
        added_ml=bag.added_ml,
        withdrawn_from_bag_ml=bag.withdrawn_ml,
        inspection=_worse_look(bag),
        diluted_at=bag.diluted_at.latest if bag.diluted_at else None,
        locations=tuple(BagMove(move.at.latest, move.place) for move in bag.moves),
        cold=bag.cold,
    )


def _worse_look(bag: BagState) -> Look | None:
    if bag.vial_look is not None and bag.vial_look != "clear":
        return bag.vial_look
    return bag.bag_look


def local_now(state: VisitState, now: Moment) -> datetime:
    """True time in the offset that the workstation showed last; it decides which day it is."""
    return now.latest.astimezone(state.last_reading.wall.tzinfo)


def visit_day(state: VisitState, local: datetime) -> date:
    """The day on which the visit began, in the offset shown now."""
    return state.started_at.latest.astimezone(local.tzinfo).date()


def assess_today(state: VisitState, now: Moment) -> Assessment:
    """The judgement at ``now``; from the start of the infusion on, the one it was started with."""
    if state.start_findings is not None:
        return Assessment(state.start_findings)
    local = local_now(state, now)
    found = assess(state.protocol, facts_today(state), local, visit_day(state, local))
    if state.bag.is_made:
        return found
    return Assessment(tuple(item for item in found.findings if not _not_there_yet(state, item)))


def _not_there_yet(state: VisitState, finding: Finding) -> bool:
    if finding.rule in _WHILE_MAKING and finding.variant == "unknown":
        return True
    # Mixing has begun in the refrigerator or with a cold bag only once there is a bag.
    return finding.rule == "warm-up" and state.bag.diluted_at is None
