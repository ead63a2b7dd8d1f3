"""What a prescriber can decide; nothing is chosen beforehand."""

from dataclasses import replace
from typing import Any

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.decision import present_decision
from tests.kit import WELL, TestVisit, base_facts

PREGNANT = c.AnswerQuestion("pregnant_or_possible", answer=True)
INFECTED = c.AnswerQuestion("infection_signs", answer=True)
YELLOW = c.AnswerQuestion("jaundice_or_dark_urine", answer=True)
REST = c.AnswerRest(answer=False)
MEASURED = c.RecordVitalSigns(WELL)


def visit_with(protocol: InfusionProtocol, *acts: c.Command) -> TestVisit:
    visit = TestVisit(protocol).to("prechecks")
    for act in acts:
        visit.do(act)
    return visit


def test_the_open_holds_can_be_decided_and_what_is_merely_missing_comes_last(protocol: InfusionProtocol) -> None:
    view = present_decision(visit_with(protocol, PREGNANT, INFECTED).context())

    assert [rule for rule, _words in view.about] == ["infection", "pregnancy", "unanswered", "vital-signs-missing"]
    assert dict(view.about)["infection"] == protocol.text("rule.infection")
    assert [word for word, _words in view.words] == ["proceed", "do-not-give"]
    assert view.only == ""


def test_stops_are_shown_and_cannot_be_decided(protocol: InfusionProtocol) -> None:
    view = present_decision(visit_with(protocol, YELLOW, INFECTED, REST, MEASURED).context())

    assert [item.rule for item in view.stops] == ["jaundice"]
    assert [rule for rule, _words in view.about] == ["infection"]
    assert [item.rule for item in view.holds] == ["infection"]


def test_a_decision_of_its_own_is_the_only_thing_that_can_be_meant(protocol: InfusionProtocol) -> None:
    view = present_decision(visit_with(protocol).context(), protocol.decisions.next_infusion)

    assert view.only == protocol.decisions.next_infusion
    assert view.about == ((view.only, protocol.text(f"decision.{view.only}")),)
    assert view.stops == view.holds == ()


def test_prescribers_named_before_can_be_chosen(protocol: InfusionProtocol) -> None:
    def kept(data: dict[str, Any]) -> None:
        old = {"about": "pregnancy", "decision": "proceed", "by": "Dr Old", "at": "2026-10-01"}
        data["patient"]["decisions"] = [old]

    visit = TestVisit(protocol, base_facts(kept, for_visit=True)).to("prechecks")
    for name in ("Dr New", "Dr New", "Dr Third", "Dr Fourth"):
        visit.do(c.RecordDecision("infection", "proceed", name, read_back=True))

    assert present_decision(visit.context()).names == ("Dr New", "Dr Third", "Dr Fourth")
    assert present_decision(TestVisit(protocol, base_facts(kept, for_visit=True)).context()).names == ("Dr Old",)


def test_a_record_without_a_patient_names_nobody(protocol: InfusionProtocol) -> None:
    context = visit_with(protocol).context()
    state = replace(context.state, facts=replace(context.state.facts, patient=None))

    assert present_decision(replace(context, state=state)).names == ()
