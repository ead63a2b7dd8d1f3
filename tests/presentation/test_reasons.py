"""Reasons to choose from, and what is good to know before."""

from dataclasses import replace

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.reasons import OTHER, present_correct, present_discard_bag, present_not_given
from tests.kit import VIAL, TestVisit

INFECTED = c.AnswerQuestion("infection_signs", answer=True)
YELLOW = c.AnswerQuestion("jaundice_or_dark_urine", answer=True)


def visit_with(protocol: InfusionProtocol, *acts: c.Command) -> TestVisit:
    visit = TestVisit(protocol).to("prechecks")
    for act in acts:
        visit.do(act)
    return visit


def test_not_given_offers_what_was_found_before_the_general_reasons(protocol: InfusionProtocol) -> None:
    view = present_not_given(visit_with(protocol, YELLOW).context())

    keys = [key for key, _words in view.reasons]
    assert keys[:2] == ["rule.jaundice", "rule.vital-signs-missing"]
    assert keys[-1] == OTHER
    assert "rule.unanswered" not in keys


def test_not_given_reminds_of_the_programme_s_form_and_of_a_bag(protocol: InfusionProtocol) -> None:
    form = protocol.text("protocol.programme-form")
    without_bag = present_not_given(visit_with(protocol).context()).notes
    visit = TestVisit(protocol).to("prepare")
    visit.do(c.RecordProduct(VIAL))

    assert without_bag[0] == form
    assert len(without_bag) == 2
    assert any("A bag is in preparation" in note for note in present_not_given(visit.context()).notes)
    no_programme = TestVisit(replace(protocol, programme=None)).to("prechecks")
    assert form not in present_not_given(no_programme.context()).notes


def test_discarding_reminds_that_a_vial_is_one_dose(protocol: InfusionProtocol) -> None:
    texts = {key: text for key, text in protocol.texts.items() if key != "prepare.discard"}
    silent = TestVisit(replace(protocol, texts=texts))

    assert present_discard_bag(TestVisit(protocol).context()).notes == (protocol.text("prepare.discard"),)
    assert present_discard_bag(silent.context()).notes == ()


def test_a_correction_repeats_the_entry_with_time_and_author(protocol: InfusionProtocol) -> None:
    visit = visit_with(protocol, INFECTED)

    view = present_correct(visit.context(), visit.visit.record[-1].number)

    assert view.entry == visit.visit.record[-1].number
    assert view.head.lead.startswith("09:01 ")
    assert view.head.lead.endswith("(SAMPLE, Nurse One)")
    assert present_correct(visit.context(), 999).head.lead == ""
