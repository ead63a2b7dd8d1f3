"""The data for a side effect report: filled from the record, what is missing named, and as FHIR."""

import json
from dataclasses import replace
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.after_reaction_commands import GradeReaction
from nurse_app.domain.events import Outcome
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.adverse_event import adverse_event_json
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.reaction_fhir import adverse_event
from nurse_app.presentation.reaction_report import (
    CRITERIA,
    NOT_SERIOUS,
    initials,
    present_reaction_report,
    report_document,
)
from tests.domain.kit import put
from tests.kit import TestVisit, base_facts
from tests.presentation.running_visits import running, vitals


def reacted(protocol: InfusionProtocol, outcome: Outcome | None = "transferred") -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("hives", "wheeze")))
    visit.wait(minutes=1).do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    visit.wait(minutes=1).do(vitals(84, 50, 122))
    visit.do(GradeReaction("anaphylaxis", 4))
    if outcome is not None:
        visit.wait(minutes=20).do(c.CloseReaction(outcome))
    return visit


def fields(context: VisitContext) -> dict[str, str]:
    return {label: words for part in present_reaction_report(context).parts for label, words in part.fields}


def with_facts(visit: TestVisit, path: str, value: object) -> VisitContext:
    facts = base_facts(put(path, value), for_visit=True)
    return replace(visit.context(), state=replace(visit.state, facts=facts))


def fhir(context: VisitContext, *serious: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(adverse_event_json(adverse_event(context, serious)))
    return found


@pytest.mark.parametrize(
    ("name", "words"),
    [("SAMPLE, Patient One", "P. O. S."), ("SAMPLE", "S."), ("", ""), ("de Sample, anna", "A. D. S.")],
)
def test_a_report_names_nobody(name: str, words: str) -> None:
    assert initials(name) == words


def test_every_field_is_filled_from_the_record(protocol: InfusionProtocol) -> None:
    known = fields(reacted(protocol).context())
    assert known == {
        "Initials": "P. O. S.",
        "Age at the event (years)": "38",
        "Sex": "female",
        "Weight": "70 kg",
        "Level": "Suspected anaphylaxis",
        "Term and grade": "CTCAE 5.0: Anaphylaxis, grade 4",
        "Signs": "Hives, Wheeze, Low pressure",
        "Onset": "22-Nov-2026 09:58 +00:00",
        "End": "22-Nov-2026 10:20 +00:00",
        "Outcome": "Transferred to hospital",
        "Treatment": "EPINEPHrine 0.5 mg IM 09:59",
        "Tests: vital signs": "84/50 mmHg · 122 /min · 14 /min · 98 % · 36.6 °C",
        "Drug": "natalizumab",
        "Brand": "Tysabri",
        "Lot": "A12345",
        "Expiry": "31-Aug-2027",
        "Dose ordered": "300 mg",
        "Dose given": "90 mg",
        "Dose at onset": "90 mg",
        "Route": "intravenous",
        "First infusion": known["First infusion"],
        "This infusion is number": "8",
        "This infusion began": "22-Nov-2026 09:40 +00:00",
        "This infusion ended": "22-Nov-2026 09:58 +00:00",
        "Indication": "Relapsing multiple sclerosis",
        "Better after it was stopped": "",
        "Given again after the event": "no",
        "Other medicines": "none",
        "Allergies": "none",
        "Reporter’s role": "",
        "Reporter’s name and address": "",
    }
    assert known["First infusion"]


def test_what_is_missing_is_named(protocol: InfusionProtocol) -> None:
    view = present_reaction_report(reacted(protocol).context())
    assert view.missing == "Missing: Better after it was stopped, Reporter’s role, Reporter’s name and address"
    assert [key for key, _words in view.criteria] == [*CRITERIA, NOT_SERIOUS]
    assert view.note.startswith("Data for a report")


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("patient.birth_date", "Age at the event (years)"),
        ("patient.sex", "Sex"),
        ("patient.weight_kg", "Weight"),
        ("patient.medicines", "Other medicines"),
        ("patient.allergies", "Allergies"),
        ("patient.treatment", "First infusion"),
        ("patient.treatment", "This infusion is number"),
        ("patient.treatment.first_infusion", "First infusion"),
        ("patient.treatment.infusions_given", "This infusion is number"),
        ("patient.indication", "Indication"),
    ],
)
def test_what_is_not_known_is_missing(protocol: InfusionProtocol, path: str, label: str) -> None:
    context = with_facts(reacted(protocol), path, None)
    assert fields(context)[label] == ""
    assert label in present_reaction_report(context).missing


def test_while_locked_it_has_no_initials(protocol: InfusionProtocol) -> None:
    context = replace(reacted(protocol).context(), private=True)
    assert fields(context)["Initials"] == ""
    assert "name" not in fhir(context)["contained"][0]


@pytest.mark.parametrize(
    ("outcome", "words"), [("resolved", "yes"), ("improving", "yes"), ("died", "no"), ("transferred", ""), (None, "")]
)
def test_whether_it_got_better_after_the_stop(protocol: InfusionProtocol, outcome: Outcome | None, words: str) -> None:
    assert fields(reacted(protocol, outcome).context())["Better after it was stopped"] == words


def test_an_open_reaction_has_no_end_and_no_grade_yet(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("headache",)))
    known = fields(visit.context())
    assert known["End"] == known["Outcome"] == known["Term and grade"] == known["Tests: vital signs"] == ""
    assert known["This infusion ended"] == ""
    assert known["Treatment"] == "none recorded"
    assert known["Better after it was stopped"] == "does not apply: it was not stopped"


def test_before_the_start_there_is_no_product(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.OpenReaction(("hives",)))
    known = fields(visit.context())
    assert (known["Brand"], known["Lot"], known["Expiry"]) == ("", "", "")
    assert known["Dose given"] == known["Dose at onset"] == "none"
    assert known["This infusion began"] == ""
    found = fhir(visit.context())
    assert "suspectEntity" not in found
    assert [each["resourceType"] for each in found["contained"]][:2] == ["Patient", "Observation"]


def test_a_vial_without_its_label_has_gaps(protocol: InfusionProtocol) -> None:
    visit = reacted(protocol)
    state = visit.state
    assert state.bag.product is not None
    bare = replace(state.bag.product, brand=None, lot=None, expiry=None)
    context = replace(visit.context(), state=replace(state, bag=replace(state.bag, product=bare)))
    known = fields(context)
    assert (known["Brand"], known["Lot"], known["Expiry"]) == ("", "", "")
    drug = fhir(context)["contained"][1]
    assert drug["code"]["text"] == "natalizumab"
    assert "batch" not in drug
    unknown = replace(visit.context(), state=replace(state, bag=replace(state.bag, product=None)))
    assert fhir(unknown)["contained"][1]["code"]["text"] == "natalizumab"


# --- on paper ---


def test_the_page_says_missing_and_what_made_it_serious(protocol: InfusionProtocol) -> None:
    context = reacted(protocol).context()
    page = report_document(context, ("life-threatening", "hospital"), training=True, sample=True)
    assert page.subject[0] == ("Initials", "P. O. S.")
    assert "SAMPLE, Patient" not in repr(page)
    assert page.sections[0].lines[1].startswith("Missing:")
    assert page.sections[1].lines == ("Life-threatening, Hospital stay, new or longer",)
    assert ("Reporter’s role", "missing") in page.sections[-1].pairs
    assert report_document(context, (), training=False, sample=False).sections[1].lines == ("not chosen",)


def test_a_record_without_gaps_has_no_line_about_them(protocol: InfusionProtocol) -> None:
    old = replace(protocol, texts={key: text for key, text in protocol.texts.items() if key != "after.report"})
    view = present_reaction_report(reacted(old).context())
    assert view.note == ""


# --- as FHIR ---


def test_the_event_as_fhir(protocol: InfusionProtocol) -> None:
    found = fhir(reacted(protocol).context(), "life-threatening", "hospital")
    assert (found["resourceType"], found["actuality"]) == ("AdverseEvent", "actual")
    assert found["identifier"] == {"value": "v-1-1"}
    assert found["event"] == {
        "coding": [{"system": "https://www.meddra.org", "code": "10002218"}],
        "text": "Anaphylaxis: Hives, Wheeze, Low pressure",
    }
    assert found["date"] == "2026-11-22T09:58:00+00:00"
    assert found["outcome"]["coding"][0]["code"] == "ongoing"
    assert found["severity"]["coding"][0]["code"] == "severe"
    assert found["severity"]["text"] == "CTCAE 5.0: Anaphylaxis, grade 4"
    codes = [coding["code"] for coding in found["seriousness"]["coding"]]
    assert codes == ["SeriousIsLifeThreatening", "SeriousResultsInHospitalization"]
    contained = {each["id"]: each for each in found["contained"]}
    assert contained["drug"]["batch"] == {"lotNumber": "A12345", "expirationDate": "2027-08-31"}
    assert contained["dose"]["status"] == "stopped"
    assert contained["dose"]["dosage"]["dose"]["value"] == 90
    assert contained["observation-6"]["valueQuantity"]["value"] == 36.6
    assert contained["observation-6"]["code"]["coding"] == [{"system": "http://loinc.org", "code": "8310-5"}]


def test_everything_inside_is_referred_to_and_everything_referred_to_is_inside(protocol: InfusionProtocol) -> None:
    text = adverse_event_json(adverse_event(reacted(protocol).context(), ()))
    found = json.loads(text)
    inside = {f"#{each['id']}" for each in found["contained"]}
    assert {reference for reference in inside if f'"reference": "{reference}"' in text} == inside
    references = [each["reference"] for each in found["subjectMedicalHistory"]]
    assert set(references) <= inside


@pytest.mark.parametrize(
    ("serious", "codes"),
    [((), None), ((NOT_SERIOUS,), ["Non-serious"]), (("death",), ["SeriousResultsInDeath"])],
)
def test_what_nobody_judged_is_left_out(
    protocol: InfusionProtocol, serious: tuple[str, ...], codes: list[str] | None
) -> None:
    found = fhir(reacted(protocol).context(), *serious)
    judged = found.get("seriousness")
    assert (judged and [coding["code"] for coding in judged["coding"]]) == codes


@pytest.mark.parametrize(("grade", "severity"), [(1, "mild"), (2, "moderate"), (3, "severe"), (5, "severe")])
def test_five_grades_become_three_words(protocol: InfusionProtocol, grade: int, severity: str) -> None:
    visit = reacted(protocol)
    visit.do(GradeReaction("allergic-reaction", grade))
    found = fhir(visit.context())
    assert found["severity"]["coding"][0]["code"] == severity
    assert found["event"]["coding"][0]["code"] == "10001718"


def test_without_a_grade_the_likely_term_names_the_event(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("headache",)))
    found = fhir(visit.context())
    assert found["event"]["text"] == "Infusion related reaction: Headache"
    assert "severity" not in found
    assert found["outcome"]["coding"][0]["code"] == "unknown"
    dose = next(each for each in found["contained"] if each["id"] == "dose")
    assert (dose["status"], "end" in dose["effectivePeriod"]) == ("in-progress", False)


def test_after_the_whole_dose_it_was_completed(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")
    visit.do(c.OpenReaction(("hives",)))
    dose = next(each for each in fhir(visit.context())["contained"] if each["id"] == "dose")
    assert dose["status"] == "completed"


def test_an_older_protocol_has_text_only(protocol: InfusionProtocol) -> None:
    old = replace(protocol, after_reaction=None)
    visit = running(old, 18)
    visit.do(c.OpenReaction(("hives",)))
    visit.wait(minutes=1).do(vitals(120, 70, 80))
    found = fhir(visit.context())
    assert found["event"] == {"text": "Hives"}
    drug = next(each for each in found["contained"] if each["id"] == "drug")
    assert drug["code"] == {"text": "natalizumab (Tysabri)"}
    pressure = next(each for each in found["contained"] if each["id"] == "observation-1")
    assert pressure["code"] == {"text": "Systolic pressure"}


def test_what_is_not_known_is_not_in_it(protocol: InfusionProtocol) -> None:
    visit = reacted(protocol)
    context = with_facts(visit, "patient", None)
    found = fhir(context)
    patient = found["contained"][0]
    assert "gender" not in patient
    labels = {each["code"]["text"] for each in found["contained"] if each["resourceType"] == "Observation"}
    assert not labels & {"Weight", "Allergies", "Other medicines", "Age at the event (years)"}


def test_a_set_without_a_sign_has_no_figure_for_it(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("hives",)))
    visit.wait(minutes=1).do(vitals(120, 70, None))
    labels = [each["code"]["text"] for each in fhir(visit.context())["contained"] if "valueQuantity" in each]
    assert "Pulse" not in labels
    assert "Systolic pressure" in labels
