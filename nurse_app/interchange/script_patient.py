"""The patient of a visit script: registered as a sample, never mixed up with a real one."""

from nurse_app.domain.facts import Enrolment, Facts, History, Order, Patient, Treatment
from nurse_app.domain.patient_events import DecisionKept, LabResultRecorded, PatientDetails, PatientEvent
from nurse_app.interchange.visit_script import VisitScript
from nurse_app.plain_data import MisfitError
from nurse_app.visit.open_visit import Author
from nurse_app.visit.service import VisitService


def find_or_register(service: VisitService, script: VisitScript, author: Author) -> tuple[str, Facts | None]:
    """The patient's id; with the facts that the visit must be given, when an earlier play left others on record.

    Raises MisfitError when the record number belongs to somebody who is no sample, NotSavedError.
    """
    known = service.patient_with(script.record_no)
    if known is None:
        more = _events(script.facts)
        return service.register(_details(script.record_no, script.facts), author, sample=True, more=more), None
    if not service.patient(known).state.sample:
        raise MisfitError(
            "facts.identity.record_no", "belongs to a real patient of this data folder; play the script in another one"
        )
    return known, script.facts


def _details(record_no: str, facts: Facts) -> PatientDetails:
    patient, order = facts.patient or Patient(), facts.order or Order()
    return PatientDetails(
        record_no=record_no,
        name=f"SAMPLE, {record_no}",
        birth_date=patient.birth_date,
        sex=patient.sex,
        weight_kg=patient.weight_kg,
        indication=patient.indication,
        allergies=patient.allergies,
        medicines=patient.medicines,
        history=patient.history or History(),
        treatment=patient.treatment or Treatment(),
        enrolment=facts.rems or Enrolment(),
        dose_mg=order.dose_mg,
    )


def _events(facts: Facts) -> tuple[PatientEvent, ...]:
    results = tuple(LabResultRecorded(result, "sample") for result in facts.labs)
    decisions = (facts.patient or Patient()).decisions
    return (*results, *(DecisionKept(decision) for decision in decisions))
