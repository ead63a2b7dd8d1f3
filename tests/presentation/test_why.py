"""Why: figures, grade, sources, the other view, what is missing."""

from dataclasses import replace
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.names import RULE_NAMES
from nurse_app.presentation.why import WhyView, present_why
from tests.kit import TestVisit, base_facts


def lab(data: dict[str, Any], test: str, /, **changes: object) -> None:
    data["labs"] = [row | changes if row["test"] == test else row for row in data["labs"]]


def why(protocol: InfusionProtocol, rule: str, *acts: c.Command, **labs: dict[str, object]) -> WhyView:
    def change(data: dict[str, Any]) -> None:
        for test, changes in labs.items():
            lab(data, test, **changes)

    visit = TestVisit(protocol, base_facts(change, for_visit=True)).to("prechecks")
    for act in acts:
        visit.do(act)
    return present_why(visit.context(), rule)


def test_a_laboratory_finding_shows_its_figures_and_grade_with_the_version(protocol: InfusionProtocol) -> None:
    view = why(protocol, "liver-enzymes", ALT={"value": "120"})

    (found,) = view.findings
    assert ("Value", "120 U/L") in found.figures
    assert ("Times the upper limit", "3") in found.figures
    assert ("Upper limit of the laboratory", "40") in found.figures
    assert ("Collected", "02-Nov-2026") in found.figures
    assert found.grade == "CTCAE 5.0: grade 1"
    assert found.missing == ()


def test_a_grade_of_the_value_before_treatment_says_so(protocol: InfusionProtocol) -> None:
    def change(data: dict[str, Any]) -> None:
        lab(data, "ALT", value="120")
        data["labs"].append({"test": "ALT", "value": "60", "unit": "U/L", "uln": "40", "collected": "2026-04-01"})

    visit = TestVisit(protocol, base_facts(change, for_visit=True)).to("prechecks")
    (found,) = present_why(visit.context(), "liver-enzymes").findings

    assert found.grade == "CTCAE 5.0: grade 1 of baseline (60 before treatment, above its limit)"


def test_sources_say_how_they_were_verified_and_the_other_view_is_told(protocol: InfusionProtocol) -> None:
    view = why(protocol, "liver-enzymes", ALT={"value": "120"})

    assert [source.title for source in view.sources] == [
        protocol.sources[source].title for source in protocol.rules["liver-enzymes"].sources
    ]
    assert {source.verified for source in view.sources} == {
        "seen in the source",
        "second-hand: somebody else quotes it",
    }
    assert view.other_view == protocol.text("other.liver")
    assert view.not_approved == protocol.text("protocol.not-approved")
    assert "1.0.0" in view.protocol


def test_an_approved_protocol_does_not_say_that_it_is_not(protocol: InfusionProtocol) -> None:
    assert why(replace(protocol, status="approved"), "mood").not_approved == ""


def test_a_rule_without_another_view_has_none(protocol: InfusionProtocol) -> None:
    assert why(protocol, "mood", c.AnswerQuestion("suicidal_thoughts", answer=True)).other_view == ""


@pytest.mark.parametrize(
    ("act", "rule", "words"),
    [
        (c.AnswerQuestion("jaundice_or_dark_urine", answer=True), "jaundice", "Nothing clears this within a visit"),
        (c.AnswerQuestion("pregnant_or_possible", answer=True), "pregnancy", "counts for 12 months"),
        (c.AnswerQuestion("suicidal_thoughts", answer=True), "mood", "decision of today"),
        (c.AnswerQuestion("live_vaccine_planned_or_recent", answer=True), "live-vaccine", "Take note"),
        (c.AnswerQuestion("suicidal_thoughts", answer=False), "mood", "Nothing is found"),
        (c.AnswerQuestion("suicidal_thoughts", answer=False), "lymphocytes", "Nothing to do"),
        (c.AnswerQuestion("suicidal_thoughts", answer=False), "unanswered", "Do what is missing"),
    ],
)
def test_what_clears_it_depends_on_its_weight(
    protocol: InfusionProtocol, act: c.Command, rule: str, words: str
) -> None:
    assert words in why(protocol, rule, act).what_next


def test_a_decision_is_shown_beside_the_finding_as_it_was_found(protocol: InfusionProtocol) -> None:
    view = why(
        protocol,
        "infection",
        c.AnswerQuestion("infection_signs", answer=True),
        c.RecordDecision("infection", "proceed", "Dr Sample", read_back=True),
    )

    (found,) = view.findings
    assert found.finding.sentence == protocol.text("finding.infection.yes")
    assert found.decided == "Decided: proceed. Dr Sample, 22-Nov-2026."


def test_open_questions_are_listed_as_missing(protocol: InfusionProtocol) -> None:
    view = why(protocol, "unanswered", c.AnswerQuestion("infection_signs", answer=False))

    (found,) = view.findings
    assert len(found.missing) == len(protocol.questions) - 1
    assert protocol.text("question.infection_signs.text") not in found.missing


def test_vital_signs_that_were_not_measured_are_named_as_missing(protocol: InfusionProtocol) -> None:
    (found,) = why(protocol, "vital-signs-missing").findings

    assert "Systolic pressure" in found.missing[0]


def test_a_missing_limit_is_named_and_is_no_figure(protocol: InfusionProtocol) -> None:
    (found,) = why(protocol, "lab-reference-missing", ALT={"uln": None}).findings

    assert found.missing == ("ALT: the laboratory's upper limit",)
    assert "Limit" not in dict(found.figures)


def test_a_test_that_was_never_done_is_named_as_missing(protocol: InfusionProtocol) -> None:
    view = why(protocol, "mri-overdue", MRI={"test": "WBC", "value": "5", "unit": "10*9/L"})

    assert view.findings[0].missing == ("Brain MRI",)


def test_what_is_not_known_is_missing_by_its_name(protocol: InfusionProtocol) -> None:
    def change(data: dict[str, Any]) -> None:
        data["patient"]["history"]["pml"] = None

    visit = TestVisit(protocol, base_facts(change, for_visit=True)).to("prechecks")

    assert present_why(visit.context(), "pml-history").findings[0].missing == (protocol.text("rule.pml-history"),)


@pytest.mark.parametrize("rule", sorted(RULE_NAMES))
def test_every_rule_can_answer_why(protocol: InfusionProtocol, rule: str) -> None:
    view = why(protocol, rule)

    assert view.sources
    assert view.what_next
    assert view.head.title.startswith("Why: ")


def test_two_findings_of_one_rule_stand_worst_first(protocol: InfusionProtocol) -> None:
    view = why(protocol, "liver-enzymes", ALT={"value": "60"}, AST={"value": "130"})

    assert [item.finding.severity for item in view.findings] == ["hold", "caution"]
