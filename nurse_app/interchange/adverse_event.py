"""A suspected side effect of the drug as FHIR R4 AdverseEvent, with what it rests on inside (contained).

Structure: hl7.org/fhir/R4/adverseevent.html. The codes are those that the protocol names; what has none is text.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from nurse_app.interchange.json_text import json_page

_TERMS = "http://terminology.hl7.org/CodeSystem"
_MEDDRA, _LOINC, _UCUM = "https://www.meddra.org", "http://loinc.org", "http://unitsofmeasure.org"
FhirOutcome = Literal["resolved", "recovering", "ongoing", "fatal", "unknown"]
_SERIOUS = {
    "death": "SeriousResultsInDeath",
    "life-threatening": "SeriousIsLifeThreatening",
    "hospital": "SeriousResultsInHospitalization",
    "disability": "SeriousResultsInDisability",
    "birth-defect": "SeriousIsBirthDefect",
    "other": "SeriousRequiresPreventImpairment",
}
# FHIR has three words for five grades: mild, moderate, and everything above.
_SEVERITY = {1: "mild", 2: "moderate"}
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coded:
    """A text, and what it is called in terminologies (system, code)."""

    text: str
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure with its LOINC code ("": none), UCUM unit and time (ISO 8601)."""

    text: str
    loinc: str
    value: Decimal
    unit: str
    at: str


@dataclass(frozen=True, slots=True)
class SuspectDose:
    """What was given of the drug. Times are ISO 8601; ``ended_at`` None: not over; ``note``: about the dose."""

    drug: Coded
    lot: str
    expiry: str
    route: str
    started_at: str
    ended_at: str | None
    dose_mg: Decimal
    is_complete: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdverseEventReport:
    """What a report of one reaction holds. ``serious`` None: nobody has judged; empty: not serious."""

    identifier: str
    initials: str
    sex: str | None
    event: Coded
    meddra: str
    onset_at: str
    recorded_at: str
    grade: int | None
    grade_text: str
    serious: tuple[str, ...] | None
    outcome: FhirOutcome
    dose: SuspectDose | None
    measured: tuple[Measured, ...]
    history: tuple[tuple[str, str], ...]
    """Label and words: allergies, other medicines, treatments given."""


def adverse_event_json(report: AdverseEventReport) -> str:
    """One FHIR R4 resource as JSON."""
    history = [*_measurements(report), *_history(report)]
    contained: list[Plain] = [_patient(report), *_dose(report), *history]
    resource: Plain = {
        "resourceType": "AdverseEvent",
        "contained": contained,
        "identifier": {"value": report.identifier},
        "actuality": "actual",
        "event": _concept(report.event, ((_MEDDRA, report.meddra),) if report.meddra else ()),
        "subject": {"reference": "#patient"},
        "date": report.onset_at,
        "detected": report.onset_at,
        "recordedDate": report.recorded_at,
        "outcome": _of(f"{_TERMS}/adverse-event-outcome", report.outcome),
    }
    if report.serious is not None:
        resource["seriousness"] = _seriousness(report.serious)
    if report.grade is not None:
        severity = _of(f"{_TERMS}/adverse-event-severity", _SEVERITY.get(report.grade, "severe"))
        resource["severity"] = {**severity, "text": report.grade_text}
    if report.dose is not None:
        resource["suspectEntity"] = [{"instance": {"reference": "#dose"}}]
    resource["subjectMedicalHistory"] = [{"reference": f"#{each['id']}"} for each in history]
    return json_page(resource) + "\n"


def _of(system: str, code: str) -> Plain:
    return {"coding": [{"system": system, "code": code}]}


def _concept(named: Coded, more: tuple[tuple[str, str], ...] = ()) -> Plain:
    coding = [{"system": system, "code": code} for system, code in (*named.codes, *more)]
    return {**({"coding": coding} if coding else {}), "text": named.text}


def _seriousness(serious: tuple[str, ...]) -> Plain:
    codes = [_SERIOUS[each] for each in serious] or ["Non-serious"]
    return {"coding": [{"system": f"{_TERMS}/adverse-event-seriousness", "code": code} for code in codes]}


def _patient(report: AdverseEventReport) -> Plain:
    """Initials only: a report names nobody."""
    patient: Plain = {"resourceType": "Patient", "id": "patient"}
    if report.initials:
        patient["name"] = [{"text": report.initials}]
    return patient | ({"gender": report.sex} if report.sex is not None else {})


def _dose(report: AdverseEventReport) -> list[Plain]:
    dose = report.dose
    if dose is None:
        return []
    batch = {"lotNumber": dose.lot, "expirationDate": dose.expiry}
    known = {name: value for name, value in batch.items() if value}
    drug: Plain = {"resourceType": "Medication", "id": "drug", "code": _concept(dose.drug)}
    period = {"start": dose.started_at} | ({"end": dose.ended_at} if dose.ended_at is not None else {})
    over = "completed" if dose.is_complete else "stopped"
    given: Plain = {
        "resourceType": "MedicationAdministration",
        "id": "dose",
        "status": over if dose.ended_at is not None else "in-progress",
        "medicationReference": {"reference": "#drug"},
        "subject": {"reference": "#patient"},
        "effectivePeriod": period,
        "dosage": {
            **({"text": dose.note} if dose.note else {}),
            "route": {"text": dose.route},
            "dose": _quantity(dose.dose_mg, "mg"),
        },
    }
    return [drug | ({"batch": known} if known else {}), given]


def _quantity(value: Decimal, unit: str) -> Plain:
    whole = value == value.to_integral_value()
    return {"value": int(value) if whole else float(value), "unit": unit, "system": _UCUM, "code": unit}


def _observation(place: int, code: Plain) -> Plain:
    return {
        "resourceType": "Observation",
        "id": f"observation-{place}",
        "status": "final",
        "code": code,
        "subject": {"reference": "#patient"},
    }


def _measurements(report: AdverseEventReport) -> list[Plain]:
    return [
        _observation(place, _concept(Coded(each.text, ((_LOINC, each.loinc),) if each.loinc else ())))
        | {"effectiveDateTime": each.at, "valueQuantity": _quantity(each.value, each.unit)}
        for place, each in enumerate(report.measured, start=1)
    ]


def _history(report: AdverseEventReport) -> list[Plain]:
    first = len(report.measured) + 1
    return [
        _observation(place, {"text": label}) | {"valueString": words}
        for place, (label, words) in enumerate(report.history, start=first)
    ]
