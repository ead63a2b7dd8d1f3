"""Closing a reaction with its consequences, and treatments with their doses."""

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import RaiseLevel, StopInReaction
from nurse_app.presentation.reaction_outcome import finish_after_reaction
from nurse_app.presentation.reaction_sheets import present_close_reaction_sheet, present_treatment_sheet
from tests.kit import TestVisit
from tests.presentation.running_visits import running


def then(visit: TestVisit) -> dict[str, str]:
    view = present_close_reaction_sheet(visit.context())
    return {choice.outcome: choice.then for choice in view.choices}


def reaction_in(protocol: InfusionProtocol, phase: str, sign: str) -> TestVisit:
    visit = TestVisit(protocol).to(phase).wait(minutes=2)
    visit.do(c.OpenReaction((sign,)))
    return visit


def test_the_four_outcomes_are_in_words(protocol: InfusionProtocol) -> None:
    view = present_close_reaction_sheet(reaction_in(protocol, "infuse", "headache").context())

    assert [(choice.outcome, choice.label) for choice in view.choices] == [
        ("resolved", "Resolved"),
        ("improving", "Improving"),
        ("transferred", "Transferred to hospital"),
        ("died", "The patient died"),
    ]


@pytest.mark.parametrize(
    ("phase", "sign", "words"),
    [
        ("infuse", "headache", "Then back to the infusion, still paused. The prescriber decides whether it goes on."),
        ("infuse", "itching", "Then the observation begins anew: 60 min from now."),
        ("flush", "headache", "Then back to the flush."),
        ("observe", "headache", "Then the observation begins anew: 60 min from now."),
        ("prepare", "itching", "Then back to the step before."),
    ],
)
def test_each_outcome_says_what_the_visit_does_next(
    protocol: InfusionProtocol, phase: str, sign: str, words: str
) -> None:
    outcomes = then(reaction_in(protocol, phase, sign))

    assert outcomes["resolved"] == words
    assert outcomes["transferred"] == outcomes["died"] == "Then finish the visit; this is the reason."


def test_whatever_was_seen_in_the_observation_it_begins_anew(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")
    visit.do(c.OpenReaction())

    assert then(visit)["resolved"] == "Then the observation begins anew: 60 min from now."


def test_a_reaction_that_is_closed_already_has_nothing_to_foretell(protocol: InfusionProtocol) -> None:
    visit = reaction_in(protocol, "prepare", "headache")
    visit.do(c.CloseReaction("resolved"))

    assert then(visit)["resolved"] == "Then back to the step before."


def test_acts_that_nobody_recorded_are_named_before_closing(protocol: InfusionProtocol) -> None:
    visit = reaction_in(protocol, "infuse", "wheeze")
    for act in ("pump-stopped", "new-line", "call-help"):
        visit.do(c.DoAction(act))
    (missing,) = present_close_reaction_sheet(visit.context()).notices
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    (still,) = present_close_reaction_sheet(visit.context()).notices

    assert missing.severity == "caution"
    assert missing.title.startswith("Not recorded: EPINEPHrine, Lie flat, legs up, Oxygen")
    assert still.title.startswith("Not recorded: Lie flat, legs up, Oxygen")


def test_with_everything_recorded_nothing_is_missing(protocol: InfusionProtocol) -> None:
    visit = reaction_in(protocol, "infuse", "headache")
    for act in ("pump-stopped", "new-line", "call-help", "look-again", "comfort", "call-prescriber"):
        visit.do(c.DoAction(act))

    assert present_close_reaction_sheet(visit.context()).notices == ()


@pytest.mark.parametrize(
    ("sign", "drug", "at_once", "title"),
    [
        (None, "epinephrine", True, "No sign is marked"),
        ("headache", "epinephrine", True, "Only a mild sign is marked"),
        (None, "oxygen", False, "No sign is marked"),
    ],
)
def test_a_grave_end_without_a_grave_sign_is_said_first(
    protocol: InfusionProtocol, sign: str | None, drug: str, at_once: bool, title: str
) -> None:
    visit = running(protocol, 10)
    visit.do(c.OpenReaction((sign,) if sign else ()))
    visit.do(c.GiveTreatment(drug))
    view = present_close_reaction_sheet(visit.context())

    assert (view.is_unmarked, view.unmarked.title, view.unmarked.severity) == (at_once, title, "stop")
    assert {each.outcome: each.is_unmarked for each in view.choices} == {
        "resolved": at_once,
        "improving": at_once,
        "transferred": True,
        "died": True,
    }
    assert [each.intent for each in view.raises] == [RaiseLevel("anaphylaxis"), RaiseLevel("allergic")]
    visit.do(RaiseLevel("allergic"))
    assert visit.state.hypersensitivity == "suspected"
    assert not any(each.is_unmarked for each in present_close_reaction_sheet(visit.context()).choices)


def test_what_a_flag_stops_already_or_no_drug_caused_is_not_asked_about(protocol: InfusionProtocol) -> None:
    flagged = reaction_in(protocol, "infuse", "hives")
    flagged.do(c.CloseReaction("improving"))
    flagged.do(c.OpenReaction())
    before = TestVisit(protocol).to("prepare")
    before.do(c.OpenReaction())

    for visit in (flagged, before):
        assert not any(each.is_unmarked for each in present_close_reaction_sheet(visit.context()).choices)


def test_the_stop_after_a_patient_was_taken_to_hospital_is_for_the_reaction(protocol: InfusionProtocol) -> None:
    visit = reaction_in(protocol, "infuse", "headache")
    visit.do(c.CloseReaction("transferred"))
    finish = finish_after_reaction(visit.state)
    assert finish is not None
    assert finish.intent == c.StopInfusion("Transferred to hospital", for_reaction=True)
    visit.do(c.StopInfusion("Transferred to hospital", for_reaction=True))

    assert visit.state.run.stopped_for_reaction


def test_at_a_severe_level_a_drug_that_was_only_at_hand_is_not_missing(protocol: InfusionProtocol) -> None:
    (missing,) = present_close_reaction_sheet(reaction_in(protocol, "infuse", "chest-pain").context()).notices

    assert "EPINEPHrine ready" in missing.title
    assert ", EPINEPHrine," not in missing.title


def test_after_possible_pml_there_is_no_restart_today(protocol: InfusionProtocol) -> None:
    paused = reaction_in(protocol, "infuse", "weakness")
    other = reaction_in(protocol, "infuse", "headache")
    words = [present_close_reaction_sheet(visit.context()).choices[0].then for visit in (paused, other)]
    paused.do(StopInReaction("possible PML"))

    assert words == [
        "Then back to the infusion, still paused. No restart today: stop it for good.",
        "Then back to the infusion, still paused. The prescriber decides whether it goes on.",
    ]
    assert present_close_reaction_sheet(paused.context()).choices[0].then.startswith("Then the observation begins anew")
    for sign in ("weakness", "speech-or-sight-change"):
        assert protocol.text(f"sign-advice.{sign}").endswith("No restart today.")


def test_treatments_come_with_the_standing_orders_dose_for_the_first_line(protocol: InfusionProtocol) -> None:
    view = present_treatment_sheet(running(protocol, 5).context(), "oxygen")

    assert view.chosen == "oxygen"
    assert [(choice.label, choice.dose, choice.route) for choice in view.choices] == [
        ("EPINEPHrine", "0.5 mg", "IM"),
        ("Oxygen", "", ""),
        ("Fluids", "", ""),
        ("Antihistamine", "", ""),
        ("Corticosteroid", "", ""),
        ("Other", "", ""),
    ]


def test_a_visit_at_its_last_step_needs_no_other_end(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("discharge")
    visit.do(c.OpenReaction())
    visit.do(c.CloseReaction("transferred"))

    assert finish_after_reaction(visit.state) is None
