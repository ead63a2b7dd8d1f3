"""The data for a side effect report: filled from the record, what is missing named, and as FHIR."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.after_reaction_commands import GradeReaction
from nurse_app.domain.events import Outcome
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction import gravest_number
from nurse_app.domain.reaction_commands import RecordExtravasation
from nurse_app.domain.run import was_halted_since
from nurse_app.interchange.adverse_event import adverse_event_json
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.ctcae_sheet import present_ctcae
from nurse_app.presentation.hand_over import present_hand_over
from nurse_app.presentation.reaction import present_reaction
from nurse_app.presentation.reaction_fhir import adverse_event
from nurse_app.presentation.reaction_report import (
    CRITERIA,
    NOT_SERIOUS,
    initials,
    present_reaction_report,
    report_document,
)
from nurse_app.presentation.visit_summary import summary_rows
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
    assert known["Better after it was stopped"] == ""


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


def two_reactions(protocol: InfusionProtocol) -> TestVisit:
    """An anaphylaxis, and after it a headache in the observation."""
    visit = reacted(protocol, "improving")
    visit.wait(minutes=5).do(c.OpenReaction(("headache",)))
    visit.do(c.CloseReaction("resolved"))
    return visit


def test_of_several_reactions_the_gravest_is_reported(protocol: InfusionProtocol) -> None:
    visit = two_reactions(protocol)
    known = fields(visit.context())
    assert (known["Level"], known["Treatment"]) == ("Suspected anaphylaxis", "EPINEPHrine 0.5 mg IM 09:59")
    assert known["Other reactions of this visit"] == "10:25 · Mild reaction · Headache · Resolved 10:25"
    found = fhir(visit.context())
    assert (found["identifier"], found["date"]) == ({"value": "v-1-1"}, "2026-11-22T09:58:00+00:00")
    assert "Headache · Resolved 10:25" in json.dumps(found, ensure_ascii=False)


def test_the_gravest_reaction_is_graded(protocol: InfusionProtocol) -> None:
    visit = two_reactions(protocol)
    graded = present_ctcae(visit.context())
    assert (graded.reaction, graded.chosen, graded.chosen_grade) == (1, "anaphylaxis", 4)
    visit.do(GradeReaction("anaphylaxis", 3, graded.reaction))
    assert present_ctcae(visit.context()).chosen_grade == 3


def test_epinephrine_without_a_sign_is_graver_than_a_headache_and_death_than_all(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction())
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    visit.do(c.CloseReaction("improving"))
    visit.do(c.OpenReaction(("headache",)))
    assert gravest_number(visit.state) == 1
    visit.do(c.NoteSign("stridor"))
    visit.do(c.CloseReaction("improving"))
    assert gravest_number(visit.state) == 2
    visit.do(c.OpenReaction())
    visit.do(c.CloseReaction("died"))
    assert gravest_number(visit.state) == 3
    assert gravest_number(TestVisit(protocol).state) == 0


def test_given_again_and_better_after_a_pause(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("nausea",)))
    visit.wait(minutes=5).do(c.CloseReaction("resolved"))
    assert fields(visit.context())["Given again after the event"] == "no"
    assert fields(visit.context())["Better after it was stopped"] == "yes"
    visit.do(c.RecordDecision("resume-after-mild", "proceed", "Dr. Sample", read_back=True))
    visit.do(c.ResumeInfusion())
    visit.wait(minutes=5)
    assert fields(visit.context())["Given again after the event"] == "yes"
    assert "yes" in [each.get("valueString") for each in fhir(visit.context())["contained"]]


def test_a_stop_before_the_onset_tells_nothing(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.ChangeRate(Decimal(100), "comfort"))
    visit.wait(minutes=2).do(c.StopInfusion("on request"))
    visit.wait(minutes=5).do(c.OpenReaction(("hives",)))
    visit.do(c.CloseReaction("resolved"))
    assert fields(visit.context())["Better after it was stopped"] == "does not apply: it was not stopped"
    assert fields(visit.context())["Given again after the event"] == "no"


def test_a_rate_that_was_changed_and_an_empty_bag_are_no_stop(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush")
    onset = visit.state.run.segments[0].started_at
    assert not was_halted_since(visit.state.run, onset)
    changed = running(protocol, 5)
    changed.do(c.ChangeRate(Decimal(100), "comfort"))
    assert not was_halted_since(changed.state.run, onset)
    visit.wait(minutes=1).do(c.OpenReaction(("hives",)))
    assert was_halted_since(visit.state.run, visit.state.reactions[-1].opened_at)


def test_before_the_start_nothing_is_given_again(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to_before("infuse")
    visit.do(c.OpenReaction(("headache",)))
    assert fields(visit.context())["Given again after the event"] == "no"
    visit.do(c.CloseReaction("resolved"))
    visit.wait(minutes=5).do(c.StartInfusion(protocol.infusion.rate_ml_h))
    assert fields(visit.context())["Given again after the event"] == "no"


def test_the_drug_ended_when_it_no_longer_ran(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 10)
    visit.do(c.OpenReaction())
    visit.wait(minutes=12).do(c.NoteSign("hives"))
    assert fields(visit.context())["This infusion ended"] == "22-Nov-2026 09:50 +00:00"
    dose = next(each for each in fhir(visit.context())["contained"] if each["id"] == "dose")
    assert dose["effectivePeriod"]["end"] == "2026-11-22T09:50:00+00:00"
    seen = present_hand_over(visit.context()).blocks[2].lines[0]
    assert seen.words == "natalizumab from 09:40 to 09:50"
    page = present_reaction(visit.context())
    assert page.level.title == "Possible allergic reaction — infusion stopped 09:50:00"
    assert [(each.title, each.time) for each in page.done[:3]] == [
        ("Infusion paused", "09:50:00"),
        ("Reaction began", "09:50:00"),
        ("Infusion stopped", "10:02:00"),
    ]


def test_what_went_beside_the_vein_stands_with_the_dose(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")
    assert dose_row(visit) == "300 mg, all of it"
    visit.do(c.OpenReaction(("site-swelling",)))
    visit.do(RecordExtravasation(2))
    assert fields(visit.context())["Dose given"] == "300 mg"
    visit.do(RecordExtravasation(lost_ml=Decimal(40)))
    lost = "about 40 mL of this went beside the vein"
    assert fields(visit.context())["Dose given"] == f"300 mg, {lost}"
    assert dose_row(visit) == f"300 mg, {lost}"
    dose = next(each for each in fhir(visit.context())["contained"] if each["id"] == "dose")
    assert dose["dosage"]["text"] == lost
    before = present_hand_over(visit.context()).blocks[2].lines
    assert [line.words for line in before if line.label == "Given in all"] == [f"300 mg, 115 mL, {lost}"]


def dose_row(visit: TestVisit) -> str:
    return next(row.value for row in summary_rows(visit.context()) if row.label == "Dose")


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
