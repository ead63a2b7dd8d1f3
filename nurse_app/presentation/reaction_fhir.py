"""The gravest reaction of a visit as the facts of a FHIR AdverseEvent."""

from collections.abc import Iterator
from datetime import datetime

from nurse_app.domain.ctcae_grading import suggested_term
from nurse_app.domain.facts import Patient
from nurse_app.domain.moment import Moment
from nurse_app.domain.reaction import gravest, gravest_number
from nurse_app.domain.rules.vital_signs import readings
from nurse_app.domain.run import drug_stopped_at
from nurse_app.domain.state import ReactionState
from nurse_app.i18n import _
from nurse_app.interchange.adverse_event import (
    AdverseEventReport,
    Coded,
    FhirOutcome,
    Measured,
    SuspectDose,
)
from nurse_app.presentation.after_words import grade_words
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_report import (
    NOT_SERIOUS,
    age_at,
    dose_given,
    given_again,
    initials,
    other_reactions,
)
from nurse_app.presentation.visit_summary import beside_the_vein, treatment_words

# Those units that UCUM writes in another way than people do.
_UCUM = {"mmHg": "mm[Hg]", "°C": "Cel", "/min": "/min", "%": "%", "kg": "kg"}
_OUTCOMES: dict[str | None, FhirOutcome] = {
    "resolved": "resolved",
    "improving": "recovering",
    "transferred": "ongoing",
    "died": "fatal",
    None: "unknown",
}


def adverse_event(context: VisitContext, serious: tuple[str, ...]) -> AdverseEventReport:
    """``serious`` are the criteria chosen; none: nobody has judged. IndexError for a visit without a reaction."""
    state = context.state
    number, reaction = gravest_number(state), gravest(state)
    after, grade, patient = state.protocol.after_reaction, reaction.ctcae, state.facts.patient or Patient()
    suggested = suggested_term(after, reaction) if after is not None else None
    term = after.term(grade.term) if after is not None and grade is not None else suggested
    signs = ", ".join(state.protocol.text(f"sign.{sign}") for sign in reaction.sign_ids)
    title = optional_text(state.protocol, f"ctcae.{term.id}.title") if term is not None else ""
    return AdverseEventReport(
        identifier=f"{context.visit_id}-{number}",
        initials="" if context.private else initials(context.patient_name),
        sex=patient.sex,
        event=Coded(_("{term}: {signs}").format(term=title, signs=signs) if title else signs),
        meddra=term.meddra if term is not None else "",
        onset_at=_iso(context, reaction.opened_at),
        recorded_at=_iso(context, context.now),
        grade=grade.grade if grade is not None else None,
        grade_text=grade_words(state.protocol, grade.term, grade.grade, grade.version) if grade is not None else "",
        serious=tuple(key for key in serious if key != NOT_SERIOUS) if serious else None,
        outcome=_OUTCOMES[reaction.outcome],
        dose=_dose(context),
        measured=tuple(_measured(context, reaction)),
        history=tuple((label, words) for label, words in _history(context, reaction) if words),
    )


def _iso(context: VisitContext, moment: Moment) -> str:
    return _at(context, moment.latest)


def _at(context: VisitContext, at: datetime) -> str:
    return at.astimezone(context.zone).isoformat(timespec="seconds")


def _dose(context: VisitContext) -> SuspectDose | None:
    state = context.state
    run, product, after = state.run, state.bag.product, state.protocol.after_reaction
    if run.started_at is None:
        return None
    ended = drug_stopped_at(run)
    codes = tuple((each.system, each.code) for each in after.drug_codes) if after is not None else ()
    brand = product.brand if product is not None else None
    name = _("{drug} ({brand})").format(drug=state.protocol.drug, brand=brand) if brand else state.protocol.drug
    return SuspectDose(
        drug=Coded(name, codes),
        lot=(product.lot or "") if product is not None else "",
        expiry=(product.expiry or "") if product is not None else "",
        route=optional_text(state.protocol, f"route.{state.protocol.product.route}"),
        started_at=_iso(context, run.started_at),
        ended_at=_iso(context, ended) if ended is not None else None,
        dose_mg=dose_given(context),
        is_complete=run.status == "completed",
        note=beside_the_vein(state),
    )


def _measured(context: VisitContext, reaction: ReactionState) -> Iterator[Measured]:
    """The newest vital signs since the onset, and the weight."""
    state = context.state
    after, protocol = state.protocol.after_reaction, state.protocol
    loinc = after.loinc if after is not None else {}
    taken = [each for each in state.vitals if each.at.latest >= reaction.opened_at.latest]
    for last in taken[-1:]:
        for name, value in readings(last.vitals).items():
            if value is not None:
                unit = protocol.vital_signs[name].unit
                title, at = protocol.text(f"vital.{name}"), _iso(context, last.at)
                yield Measured(title, loinc.get(name, ""), value, _UCUM.get(unit, unit), at)
    weight = (state.facts.patient or Patient()).weight_kg
    if weight is not None:
        yield Measured(_("Weight"), loinc.get("weight_kg", ""), weight, "kg", _iso(context, reaction.opened_at))


def _history(context: VisitContext, reaction: ReactionState) -> Iterator[tuple[str, str]]:
    patient = context.state.facts.patient or Patient()
    yield _("Age at the event (years)"), age_at(context, reaction)
    yield _("Allergies"), _listed(patient.allergies)
    yield _("Other medicines"), _listed(patient.medicines)
    yield _("Treatment"), "; ".join(treatment_words(context, each) for each in reaction.treatments)
    yield other_reactions(context)
    yield given_again(context.state, reaction)


def _listed(names: tuple[str, ...] | None) -> str:
    return "" if names is None else ", ".join(names) or _("none")
