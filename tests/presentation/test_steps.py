"""Each phase of a visit has its view, with a head that says what to do and one next thing at most."""

from typing import get_args

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import Phase
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.steps import PRESENTERS, present_side, present_step
from nurse_app.presentation.view_parts import ActionView
from tests.kit import PHASES, TestVisit
from tests.presentation.running_visits import primary


def test_there_is_a_presenter_for_every_phase() -> None:
    assert set(PRESENTERS) == set(get_args(Phase))


@pytest.mark.parametrize("phase", PHASES)
def test_each_phase_of_an_uneventful_visit_is_shown(protocol: InfusionProtocol, phase: str) -> None:
    visit = TestVisit(protocol).to(phase)
    view = present_step(visit.context())
    assert view == PRESENTERS[visit.state.phase](visit.context())
    assert len(primary(view.side.parts)) <= 1


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "closed"])
def test_as_long_as_the_time_is_not_certain_each_step_has_the_way_to_confirm_it(
    protocol: InfusionProtocol, phase: str
) -> None:
    visit = TestVisit(protocol).to(phase)
    plain = present_side(visit.context(), present_step(visit.context()))
    assert plain == present_step(visit.context()).side
    visit.wait(minutes=5).reboot().do(c.ReopenVisit())
    view = present_step(visit.context())
    first, *rest = present_side(visit.context(), view).parts
    assert isinstance(first, ActionView)
    assert first.intent == OpenSheet(SheetKind.RESUME)
    assert tuple(rest) == view.side.parts
    assert first.key not in {part.key for part in rest if isinstance(part, ActionView)}


def test_an_open_reaction_takes_the_place_of_the_step(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")
    visit.do(c.OpenReaction())
    assert present_step(visit.context()) == PRESENTERS["reaction"](visit.context())
