"""Around every step: the banner of the patient and the six steps with what was done when."""

from dataclasses import replace
from datetime import UTC, date

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.facts import Facts, LabResult, Patient, Treatment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.visit_frame import BannerView, RailItem, banner_of, present_banner, present_rail
from tests.kit import TestVisit

TODAY = date(2026, 11, 22)


def banner(patient: Patient | None = None, labs: tuple[LabResult, ...] = (), name: str = "SAMPLE, One") -> BannerView:
    return banner_of(Facts(patient=patient, labs=labs), name, "TRN000417", "JCV", TODAY, UTC)


def field(view: BannerView, title: str) -> str:
    return dict(view.fields)[title]


def rail(visit: TestVisit) -> dict[str, RailItem]:
    return {item.key: item for item in present_rail(visit.context())}


def notes(visit: TestVisit) -> dict[str, str]:
    return {key: item.note for key, item in rail(visit).items()}


def states(visit: TestVisit) -> list[str]:
    return [item.state for item in present_rail(visit.context())]


def test_nothing_known_is_said_and_not_left_blank() -> None:
    view = banner(name="")
    assert view.name == "(record number only)"
    assert (view.allergy, view.has_allergy) == ("Allergies not known", False)
    assert [words for _title, words in view.fields] == ["not known", "TRN000417", "number not known", "none on record"]


def test_allergies_are_named_and_none_is_said() -> None:
    assert banner(Patient(allergies=("latex", "penicillin"))).allergy == "Allergy: latex, penicillin"
    assert banner(Patient(allergies=("latex",))).has_allergy
    none = banner(Patient(allergies=()))
    assert (none.allergy, none.has_allergy) == ("No known allergies", False)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ((), "Allergy: natalizumab (suspected in this visit)"),
        (("latex",), "Allergy: latex, natalizumab (suspected in this visit)"),
        (None, "Allergy: natalizumab (suspected in this visit), others not known"),
    ],
)
def test_what_this_visit_made_suspected_is_named(
    protocol: InfusionProtocol, known: tuple[str, ...] | None, words: str
) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=5)
    visit.do(c.OpenReaction(("hives",)))
    patient = visit.state.facts.patient
    assert patient is not None
    facts = replace(visit.state.facts, patient=replace(patient, allergies=known))
    view = present_banner(replace(visit.context(), state=replace(visit.state, facts=facts)))
    assert (view.allergy, view.has_allergy) == (words, True)


def test_birth_comes_with_the_age_today() -> None:
    assert field(banner(Patient(birth_date=date(1988, 11, 23))), "Born") == "23-Nov-1988 (37 y)"
    assert field(banner(Patient(birth_date=date(1988, 11, 22))), "Born") == "22-Nov-1988 (38 y)"


@pytest.mark.parametrize(
    ("treatment", "words"),
    [
        (Treatment(infusions_given=0), "no. 1 · the first"),
        (Treatment(infusions_given=3), "no. 4"),
        (Treatment(infusions_given=13, last_infusion=date(2026, 10, 25)), "no. 14 · last 28 d ago"),
    ],
)
def test_the_infusion_is_counted_and_the_last_one_dated(treatment: Treatment, words: str) -> None:
    assert field(banner(Patient(treatment=treatment)), "Infusion") == words


def test_the_newest_anti_jcv_result_is_shown() -> None:
    def result(value: str, day: date) -> LabResult:
        return LabResult("JCV", value, day)

    labs = (result("positive", date(2026, 9, 1)), result("negative", date(2026, 3, 1)), LabResult("ALT", "30", TODAY))
    assert field(banner(labs=labs), "Anti-JCV") == "positive · 01-Sep-2026"


def test_the_banner_of_a_visit_is_that_of_its_patient(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    view = present_banner(visit.context())
    assert view.name == "SAMPLE, Patient One"
    assert field(view, "Record no.") == "TRN000417"
    no_risk = replace(protocol, labs=replace(protocol.labs, pml_risk=None))
    visit = TestVisit(no_risk)
    assert field(present_banner(visit.context()), "Anti-JCV") == "none on record"


def test_the_rail_shows_where_the_visit_is(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    assert states(visit) == ["current", "todo", "todo", "todo", "todo", "todo"]
    assert states(visit.to("infuse")) == ["done", "done", "done", "current", "todo", "todo"]
    assert states(visit.to("flush")) == ["done", "done", "done", "current", "todo", "todo"]
    assert states(visit.to("observe")) == ["done", "done", "done", "done", "current", "todo"]
    assert states(visit.to("closed")) == ["done"] * 6
    assert [item.number for item in present_rail(visit.context())] == list("123456")
    assert [item.title for item in present_rail(visit.context())] == [
        "Identify",
        "Pre-checks",
        "Prepare",
        "Infuse",
        "Observe",
        "Discharge",
    ]


def test_a_reaction_leaves_the_rail_at_the_step_it_came_from(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")
    visit.do(c.OpenReaction())
    assert states(visit) == ["done", "done", "done", "done", "current", "todo"]


def test_a_visit_that_ended_before_the_drug_shows_what_was_skipped(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.DoNotGive("patient declined"))
    assert visit.state.phase == "closed"
    assert states(visit) == ["done", "skipped", "skipped", "skipped", "skipped", "skipped"]


def test_each_step_carries_its_time(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    questions, minutes = len(protocol.questions), int(protocol.infusion.planned_minutes)
    watch = int(protocol.observation.minutes)
    assert notes(visit) == {
        "identify": "",
        "prechecks": f"0 of {questions}",
        "prepare": "",
        "infuse": f"{minutes} min",
        "observe": f"{watch} min",
        "discharge": "",
    }
    assert notes(visit.to("prechecks"))["identify"] == "09:01 matched"
    assert notes(visit.to("prepare"))["prechecks"] == "09:06 cleared"
    shown = notes(visit.to("infuse"))
    assert (shown["prepare"], shown["infuse"]) == ("09:25 mixed", "started 09:40")
    assert notes(visit.to("flush"))["infuse"] == "started 09:40"
    shown = notes(visit.to("observe"))
    assert (shown["infuse"], shown["observe"]) == ("done 10:45", "since 10:45")
    shown = notes(visit.to("closed"))
    assert (shown["observe"], shown["discharge"]) == ("done 11:45", "11:50 closed")


def test_a_stop_and_an_early_leave_have_their_own_words(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=20)
    visit.do(c.StopInfusion("patient's wish"))
    assert notes(visit)["infuse"] == "stopped 10:00"
    visit.wait(minutes=5)
    visit.do(c.LeaveEarly("patient's wish"))
    assert notes(visit)["observe"] == "left early 10:05"
