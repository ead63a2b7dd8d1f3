"""A patient's details as a form, and back: what is left open stays not known."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, cast

from nurse_app.domain.facts import Enrolment, History, Treatment
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.possible_days import day_problem
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.day_words import day_problem_words
from nurse_app.presentation.formats import number

BORN, FIRST, LAST, EVALUATED, ENDED = "birth_date", "first_infusion", "last_infusion", "evaluated_on", "ended_on"
Sex = Literal["female", "male", "other", "unknown"]


@dataclass(frozen=True, slots=True)
class YesNoField:
    """One question of the form whose answer may be open."""

    key: str
    label: str
    answer: bool | None


@dataclass(frozen=True, slots=True)
class PatientFormView:
    """Everything the form shows; choices are (key, words)."""

    title: str
    details: PatientDetails
    is_new: bool
    indications: tuple[tuple[str, str], ...]
    programmes: tuple[tuple[str, str], ...]
    plans: tuple[tuple[str, str], ...]
    history: tuple[YesNoField, ...]
    programme: tuple[YesNoField, ...]
    course: tuple[YesNoField, ...]
    flag: str
    order: str


@dataclass(frozen=True, slots=True)
class PatientEntries:
    """What the form holds when it is sent: text as typed, answers by key."""

    name: str
    record_no: str
    birth_date: date | None
    sex: str
    weight_kg: str | None
    indication: str
    no_allergies: bool
    allergies: str
    no_medicines: bool
    medicines: str
    first_infusion: date | None
    infusions_given: str | None
    last_infusion: date | None
    plan_weeks: str
    programme: str
    valid_until: date | None
    ordered: bool
    answers: Mapping[str, bool | None]
    evaluated_on: date | None = None
    ended_on: date | None = None


def present_patient_form(
    protocol: InfusionProtocol, details: PatientDetails, *, is_new: bool, flag: str = "no"
) -> PatientFormView:
    """The form for a new or a known patient."""
    programmes = tuple(protocol.programme.brand_programmes.values()) if protocol.programme else ()
    return PatientFormView(
        title=_("Add patient") if is_new else _("Patient record"),
        details=details,
        is_new=is_new,
        indications=tuple((key, protocol.text(f"indication.{key}")) for key in protocol.indications),
        programmes=tuple((name, name) for name in dict.fromkeys(programmes)),
        plans=tuple((str(plan.weeks), protocol.text(f"plan.{plan.weeks}")) for plan in protocol.schedule.plans),
        history=_history(details.history),
        programme=_programme(details.enrolment) if programmes else (),
        course=_course(details.treatment),
        flag=_flag(flag),
        order=_("{drug} {dose} mg").format(drug=protocol.drug, dose=number(protocol.dose_mg)),
    )


def _flag(flag: str) -> str:
    if flag == "permanent":
        return _("Severe reaction to this drug on record. It must not be given again.")
    return _("Suspected allergy to this drug on record. A prescriber must decide.") if flag == "suspected" else ""


def _history(history: History) -> tuple[YesNoField, ...]:
    return (
        YesNoField("pml", _("PML, now or ever"), history.pml),
        YesNoField(
            "natalizumab_hypersensitivity", _("Allergic reaction to this drug"), history.natalizumab_hypersensitivity
        ),
        YesNoField("opportunistic_infection", _("Opportunistic infection"), history.opportunistic_infection),
        YesNoField(
            "prior_immunosuppressant", _("Immunosuppressant before this treatment"), history.prior_immunosuppressant
        ),
        YesNoField(
            "severe_renal_or_hepatic_impairment",
            _("Severe kidney or liver impairment"),
            history.severe_renal_or_hepatic_impairment,
        ),
    )


def _programme(enrolment: Enrolment) -> tuple[YesNoField, ...]:
    return (
        YesNoField("authorised", _("Authorised today"), enrolment.authorised),
        YesNoField("medication_guide_read", _("Medication guide read today"), enrolment.medication_guide_read),
    )


def _course(treatment: Treatment) -> tuple[YesNoField, ...]:
    return (
        YesNoField("crohns_benefit", _("Crohn's disease: benefit seen"), treatment.crohns_benefit),
        YesNoField("crohns_on_steroids", _("Crohn's disease: still on steroids"), treatment.crohns_on_steroids),
    )


def details_from(entries: PatientEntries, before: PatientDetails, dose_mg: Decimal) -> PatientDetails:
    """The details that the form says; ``dose_mg`` is the only dose that can be ordered."""
    answers = entries.answers
    history = History(**{item.name: answers.get(item.name) for item in fields(History)})
    treatment = Treatment(
        first_infusion=_kept(entries.first_infusion, before.treatment.first_infusion),
        infusions_given=int(entries.infusions_given) if entries.infusions_given else None,
        last_infusion=_kept(entries.last_infusion, before.treatment.last_infusion),
        plan_interval_weeks=int(entries.plan_weeks) if entries.plan_weeks else None,
        crohns_benefit=answers.get("crohns_benefit"),
        crohns_on_steroids=answers.get("crohns_on_steroids"),
        evaluated_on=entries.evaluated_on,
        ended_on=entries.ended_on,
    )
    enrolment = Enrolment(
        programme=entries.programme or None,
        authorised=answers.get("authorised"),
        valid_until=entries.valid_until,
        medication_guide_read=answers.get("medication_guide_read"),
    )
    return replace(
        before,
        record_no=entries.record_no.strip(),
        name=entries.name.strip(),
        birth_date=entries.birth_date,
        sex=cast("Sex", entries.sex) if entries.sex else None,
        weight_kg=Decimal(entries.weight_kg) if entries.weight_kg else None,
        indication=entries.indication or None,
        allergies=_list(entries.allergies, none=entries.no_allergies),
        medicines=_list(entries.medicines, none=entries.no_medicines),
        history=history,
        treatment=treatment,
        enrolment=enrolment,
        dose_mg=dose_mg if entries.ordered else None,
    )


def form_problem(entries: PatientEntries) -> str:
    """What contradicts itself in the form; empty when nothing does."""
    if entries.ended_on is not None and entries.last_infusion is not None and entries.ended_on < entries.last_infusion:
        return _("Treatment ended before the last infusion. Mend one of the two dates, then save again.")
    return ""


def date_problems(entries: PatientEntries, today: date) -> Mapping[str, str]:
    """What cannot be among the days of what has happened, by field: a sentence to stand beside it."""
    days = {
        BORN: (entries.birth_date, _("Enter the birth date as on the wristband.")),
        FIRST: (entries.first_infusion, _("Enter the day of the first infusion.")),
        LAST: (entries.last_infusion, _("Enter the day of the last infusion that was given.")),
        EVALUATED: (entries.evaluated_on, _("Enter the day when the prescriber last saw the patient.")),
        ENDED: (entries.ended_on, _("Enter the day when treatment ended, or leave it open.")),
    }
    born = entries.birth_date
    found = {name: day_problem(day, today, born) for name, (day, _wanted) in days.items() if day is not None}
    return {name: f"{day_problem_words(why)} {days[name][1]}" for name, why in found.items() if why is not None}


def _kept(entered: date | None, before: datetime | date | None) -> datetime | date | None:
    """A time of day that the form does not show is kept while the day is the same."""
    same_day = isinstance(before, datetime) and before.date() == entered
    return before if same_day else entered


def _list(text: str, *, none: bool) -> tuple[str, ...] | None:
    """Entries parted by comma or semicolon; an empty text is not known unless «none» was said."""
    items = tuple(part.strip() for part in text.replace(";", ",").split(",") if part.strip())
    return items if items or none else None
