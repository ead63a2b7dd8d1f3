"""Preparing goes on after a reaction: what the start waits for, and the way to it."""

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.decision import present_decision
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.prepare import present_prepare
from nurse_app.presentation.view_parts import ActionView
from tests.domain.test_reaction_before_start import NO, YES, after
from tests.kit import TestVisit
from tests.presentation.running_visits import action, ids, primary


def seen(visit: TestVisit) -> tuple[ActionView, list[str]]:
    side = present_prepare(visit.context()).side
    return action(side, "start"), primary(side.parts)


def test_the_way_to_the_decision_is_offered_and_next(protocol: InfusionProtocol) -> None:
    visit = after(protocol, "wheeze")
    start, first = seen(visit)
    assert (start.enabled, start.why_not) == (False, "First: the prescriber's decision after the reaction.")
    assert first == ["decision"]
    about = protocol.decisions.resume
    decision = action(present_prepare(visit.context()).side, "decision")
    assert decision.intent == OpenSheet(SheetKind.DECISION, about)
    assert present_decision(visit.context(), about).about == ((about, "Give today's dose after the reaction"),)
    visit.do(YES)
    start, first = seen(visit)
    assert start.enabled
    assert first == ["start"]


def test_after_a_no_the_visit_ends_without_a_dose(protocol: InfusionProtocol) -> None:
    visit = after(protocol, "wheeze")
    visit.do(NO)
    start, first = seen(visit)
    assert start.why_not == "First: the prescriber said no."
    assert first == ["not_given"]
    assert "decision" in ids(present_prepare(visit.context()).side)


@pytest.mark.parametrize("outcome", ["transferred", "died"])
def test_who_was_handed_over_gets_no_dose(protocol: InfusionProtocol, outcome: e.Outcome) -> None:
    visit = after(protocol, "wheeze", outcome=outcome)
    start, first = seen(visit)
    assert "transfer or a death" in start.why_not
    assert not start.enabled
    assert first == ["not_given"]
    assert "decision" not in ids(present_prepare(visit.context()).side)


def test_once_it_runs_the_decision_is_about_resuming(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")
    visit.do(c.OpenReaction(()))
    about = protocol.decisions.resume
    assert present_decision(visit.context(), about).about == ((about, protocol.text(f"decision.{about}")),)
