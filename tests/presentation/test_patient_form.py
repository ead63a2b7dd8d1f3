"""The patient form: everything known is shown, everything left open stays not known."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Enrolment, History, Treatment
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.patient_form import (
    PatientEntries,
    date_problems,
    details_from,
    form_problem,
    present_patient_form,
)

DOSE = Decimal(300)
EMPTY = PatientEntries(
    name="",
    record_no="TRN000900",
    birth_date=None,
    sex="",
    weight_kg=None,
    indication="",
    no_allergies=False,
    allergies="",
    no_medicines=False,
    medicines="",
    first_infusion=None,
    infusions_given=None,
    last_infusion=None,
    plan_weeks="",
    programme="",
    valid_until=None,
    ordered=False,
    answers={},
)
FULL = PatientEntries(
    name=" SAMPLE, Patient Nine ",
    record_no=" TRN000900 ",
    birth_date=date(1988, 3, 14),
    sex="female",
    weight_kg="70.5",
    indication="ms",
    no_allergies=False,
    allergies="latex; penicillin,, ",
    no_medicines=True,
    medicines="",
    first_infusion=date(2026, 9, 1),
    infusions_given="2",
    last_infusion=date(2026, 10, 25),
    plan_weeks="6",
    programme="TOUCH",
    valid_until=date(2027, 1, 1),
    ordered=True,
    answers={
        **{item.name: False for item in fields(History)},
        "authorised": True,
        "medication_guide_read": True,
        "crohns_benefit": None,
        "crohns_on_steroids": False,
    },
    evaluated_on=date(2026, 10, 20),
    ended_on=date(2026, 11, 1),
)


def test_the_least_that_is_kept_is_a_record_number() -> None:
    assert details_from(EMPTY, PatientDetails("before"), DOSE) == PatientDetails("TRN000900")


def test_everything_on_the_form_is_kept() -> None:
    kept = details_from(FULL, PatientDetails(""), DOSE)
    assert (kept.record_no, kept.name, kept.sex, kept.weight_kg) == (
        "TRN000900",
        "SAMPLE, Patient Nine",
        "female",
        Decimal("70.5"),
    )
    assert (kept.allergies, kept.medicines, kept.dose_mg) == (("latex", "penicillin"), (), DOSE)
    assert kept.history == History(**{item.name: False for item in fields(History)})
    assert kept.treatment == Treatment(
        date(2026, 9, 1), 2, date(2026, 10, 25), 6, None, False, date(2026, 10, 20), date(2026, 11, 1)
    )
    assert kept.enrolment == Enrolment(
        "TOUCH", authorised=True, valid_until=date(2027, 1, 1), medication_guide_read=True
    )


def test_a_time_of_day_that_the_form_does_not_show_is_kept_until_the_day_changes() -> None:
    at = datetime(2026, 10, 25, 9, 30, tzinfo=UTC)
    before = PatientDetails("TRN000900", treatment=Treatment(last_infusion=at, first_infusion=date(2026, 9, 1)))
    assert details_from(FULL, before, DOSE).treatment.last_infusion == at
    moved = replace(FULL, last_infusion=date(2026, 10, 26))
    assert details_from(moved, before, DOSE).treatment.last_infusion == date(2026, 10, 26)


def test_the_form_offers_what_the_protocol_knows(protocol: InfusionProtocol) -> None:
    view = present_patient_form(protocol, PatientDetails(""), is_new=True)
    assert (view.title, view.flag) == ("Add patient", "")
    assert {key for key, _words in view.indications} == set(protocol.indications)
    assert all(words == protocol.text(f"indication.{key}") for key, words in view.indications)
    assert [int(key) for key, _words in view.plans] == [plan.weeks for plan in protocol.schedule.plans]
    assert len(set(view.programmes)) == len(view.programmes) > 0
    assert view.order.endswith(" mg")
    assert [item.answer for item in (*view.history, *view.programme, *view.course)] == [None] * 9
    assert {item.key for item in view.history} == {item.name for item in fields(History)}


def test_what_is_known_is_on_the_form(protocol: InfusionProtocol) -> None:
    kept = details_from(FULL, PatientDetails(""), DOSE)
    view = present_patient_form(protocol, kept, is_new=False)
    assert view.title == "Patient record"
    assert view.details == kept
    assert {item.answer for item in view.history} == {False}
    assert {item.answer for item in view.programme} == {True}
    assert [item.answer for item in view.course] == [None, False]


def test_a_protocol_without_a_programme_asks_for_none(protocol: InfusionProtocol) -> None:
    view = present_patient_form(replace(protocol, programme=None), PatientDetails(""), is_new=True)
    assert (view.programmes, view.programme) == ((), ())


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("no", ""),
        ("suspected", "Suspected allergy to this drug on record. A prescriber must decide."),
        ("permanent", "Severe reaction to this drug on record. It must not be given again."),
    ],
)
def test_a_reaction_on_record_stands_above_the_form(protocol: InfusionProtocol, flag: str, words: str) -> None:
    assert present_patient_form(protocol, PatientDetails("1"), is_new=False, flag=flag).flag == words


@pytest.mark.parametrize(("ended", "is_fine"), [(None, True), (date(2026, 10, 24), False), (date(2026, 10, 25), True)])
def test_treatment_cannot_end_before_the_last_infusion(ended: date | None, is_fine: bool) -> None:
    assert (form_problem(replace(FULL, ended_on=ended)) == "") is is_fine
    assert form_problem(replace(FULL, ended_on=ended, last_infusion=None)) == ""


TODAY = date(2026, 11, 22)
WANTED = {
    "first_infusion": "Enter the day of the first infusion.",
    "last_infusion": "Enter the day of the last infusion that was given.",
    "evaluated_on": "Enter the day when the prescriber last saw the patient.",
    "ended_on": "Enter the day when treatment ended, or leave it open.",
}


def test_dates_that_can_be_are_taken() -> None:
    assert date_problems(EMPTY, TODAY) == {}
    assert date_problems(FULL, TODAY) == {}
    # Authorisation lies ahead.
    assert date_problems(replace(FULL, valid_until=date(2099, 1, 1)), TODAY) == {}


@pytest.mark.parametrize("name", WANTED)
@pytest.mark.parametrize(
    ("day", "born", "words"),
    [
        (date(2026, 11, 22), date(1988, 3, 14), ""),
        (date(2026, 11, 23), date(1988, 3, 14), "This day is in the future."),
        (date(9999, 12, 31), None, "This day is in the future."),
        (date(1988, 3, 14), date(1988, 3, 14), ""),
        (date(1988, 3, 13), date(1988, 3, 14), "This day is before the patient was born."),
        (date(1988, 3, 13), None, ""),
        (date(1900, 1, 1), None, ""),
        (date(1899, 12, 31), None, "This day is before the year 1900."),
    ],
)
def test_what_has_happened_lies_between_birth_and_today(name: str, day: date, born: date | None, words: str) -> None:
    entries = replace(EMPTY, birth_date=born, **{name: day})  # type: ignore[arg-type]
    assert date_problems(entries, TODAY) == ({name: f"{words} {WANTED[name]}"} if words else {})


@pytest.mark.parametrize(
    ("born", "words"), [(date(2026, 11, 23), "in the future."), (date(188, 3, 14), "before the year 1900.")]
)
def test_nobody_is_born_tomorrow_or_long_ago(born: date, words: str) -> None:
    said = f"This day is {words} Enter the birth date as on the wristband."
    assert date_problems(replace(EMPTY, birth_date=born), TODAY) == {"birth_date": said}
