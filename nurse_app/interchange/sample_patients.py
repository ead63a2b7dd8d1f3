"""The sample patients of the training store: unmistakable names, dates laid around the day they are made."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from nurse_app.domain.facts import Enrolment, History, LabResult, Treatment
from nurse_app.domain.patient_events import LabResultRecorded, PatientDetails, PatientEvent
from nurse_app.plain_data import build


@dataclass(frozen=True, slots=True)
class SampleSeries:
    """Results of one test: how many days ago each was collected, oldest first, and its value."""

    test: str
    values: tuple[str, ...]
    days_ago: tuple[int, ...]
    unit: str | None = None
    lln: Decimal | None = None
    uln: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SamplePatient:
    """One sample patient; every date is so many days before the day the samples are made."""

    record_no: str
    name: str
    birth_date: date
    sex: Literal["female", "male"]
    weight_kg: Decimal
    indication: str
    programme: str
    infusions_given: int
    allergies: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    first_infusion_days_ago: int | None = None
    last_infusion_days_ago: int | None = None
    evaluated_days_ago: int | None = None
    plan_interval_weeks: int = 4
    authorised_for_days: int = 120
    prior_immunosuppressant: bool = False
    labs: tuple[SampleSeries, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleFile:
    """All sample patients and the dose that is ordered for them."""

    dose_mg: Decimal
    patients: tuple[SamplePatient, ...]


def read_samples(data: object) -> SampleFile:
    """The samples from plain data. Raises MisfitError."""
    return build(SampleFile, data)


def details_of(sample: SamplePatient, dose_mg: Decimal, today: date) -> PatientDetails:
    """A sample as the details of a patient, as of today."""

    def ago(days: int | None) -> date | None:
        return None if days is None else today - timedelta(days=days)

    return PatientDetails(
        record_no=sample.record_no,
        name=sample.name,
        birth_date=sample.birth_date,
        sex=sample.sex,
        weight_kg=sample.weight_kg,
        indication=sample.indication,
        allergies=sample.allergies,
        medicines=sample.medicines,
        history=History(
            pml=False,
            natalizumab_hypersensitivity=False,
            opportunistic_infection=False,
            prior_immunosuppressant=sample.prior_immunosuppressant,
            severe_renal_or_hepatic_impairment=False,
        ),
        treatment=Treatment(
            first_infusion=ago(sample.first_infusion_days_ago),
            infusions_given=sample.infusions_given,
            last_infusion=ago(sample.last_infusion_days_ago),
            plan_interval_weeks=sample.plan_interval_weeks,
            crohns_on_steroids=False,
            evaluated_on=ago(sample.evaluated_days_ago),
        ),
        enrolment=Enrolment(
            programme=sample.programme,
            authorised=True,
            valid_until=today + timedelta(days=sample.authorised_for_days),
            medication_guide_read=True,
        ),
        dose_mg=dose_mg,
    )


def results_of(sample: SamplePatient, today: date) -> tuple[PatientEvent, ...]:
    """A sample's results as entries of the patient's record."""
    rows: list[LabResult] = []
    for series in sample.labs:
        for days, value in zip(series.days_ago, series.values, strict=True):
            day = today - timedelta(days=days)
            rows.append(LabResult(series.test, value, day, series.unit, series.lln, series.uln))
    return tuple(LabResultRecorded(row, "sample") for row in sorted(rows, key=lambda row: str(row.collected)))


def samples_path(resources: Path) -> Path:
    """Where the samples live among the resources."""
    return resources / "training" / "patients.json"
