"""A reaction before the drug ran: from allergic on the dose waits for the prescriber; who left or died gets none."""

from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.stages import at
from tests.kit import TestVisit

START = c.StartInfusion(Decimal(115))
YES = c.RecordDecision("resume-after-mild", "proceed", "prescriber", read_back=True)
NO = c.RecordDecision("resume-after-mild", "do-not-give", "prescriber", read_back=True)
WAITS = Rejected(Reason.DECISION_MISSING, ("resume-after-mild",))
HANDED_OVER = Rejected(Reason.HANDED_OVER)


def after(protocol: InfusionProtocol, *signs: str, outcome: e.Outcome = "improving") -> TestVisit:
    """Ready to start; a reaction came and was closed."""
    visit = at(protocol, "ready")
    visit.do(c.OpenReaction(signs))
    visit.do(c.CloseReaction(outcome))
    return visit


@pytest.mark.parametrize("signs", [(), ("dizziness",)])
def test_a_mild_one_holds_nothing(protocol: InfusionProtocol, signs: tuple[str, ...]) -> None:
    visit = after(protocol, *signs)
    visit.do(START)
    assert visit.state.phase == "infuse"


@pytest.mark.parametrize("sign", ["hives", "wheeze"])
def test_from_allergic_on_the_start_waits_for_the_prescriber(protocol: InfusionProtocol, sign: str) -> None:
    visit = after(protocol, sign)
    assert visit.refused(START) == WAITS
    visit.do(NO)
    assert visit.refused(START) == WAITS
    visit.do(YES)
    visit.do(START)
    assert visit.state.phase == "infuse"


def test_a_decision_answers_for_the_reaction_before_it_only(protocol: InfusionProtocol) -> None:
    visit = after(protocol, "hives")
    visit.do(YES)
    visit.wait(minutes=1).do(c.OpenReaction(("wheeze",)))
    visit.do(c.CloseReaction("resolved"))
    assert visit.refused(START) == WAITS


@pytest.mark.parametrize("outcome", ["transferred", "died"])
def test_who_was_handed_over_gets_no_dose(protocol: InfusionProtocol, outcome: e.Outcome) -> None:
    visit = after(protocol, outcome=outcome)
    visit.do(YES)
    assert visit.refused(START) == HANDED_OVER
    visit.do(c.DoNotGive("taken to hospital"))
    assert visit.state.phase == "closed"
