"""What the tests of the running visit share: one set of vital signs in a line, and parts of views by name."""

from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.view_parts import ActionView, CardView, SideView
from tests.kit import TestVisit


def vitals(systolic: int | None = 121, diastolic: int | None = 76, pulse: int | None = 75) -> c.RecordVitalSigns:
    """A set with the signs that a test is about; the others are as usual."""
    figures = [None if value is None else Decimal(value) for value in (systolic, diastolic, pulse)]
    return c.RecordVitalSigns(VitalSigns(figures[0], figures[1], figures[2], Decimal(14), Decimal(98), Decimal("36.6")))


def running(protocol: InfusionProtocol, minutes: float = 0) -> TestVisit:
    """An infusion that has run for so long; it began at 09:40, the bag was mixed at 09:25."""
    return TestVisit(protocol).to("infuse").wait(minutes=minutes)


def card(side: SideView, card_id: str) -> CardView:
    return next(part for part in side.parts if isinstance(part, CardView) and part.id == card_id)


def action(side: SideView, action_id: str) -> ActionView:
    return next(part for part in side.parts if isinstance(part, ActionView) and part.id == action_id)


def ids(side: SideView) -> list[str]:
    return [part.id for part in side.parts]


def primary(*groups: tuple[ActionView | CardView, ...]) -> list[str]:
    """The ids of everything that claims to be the next thing."""
    return [part.id for group in groups for part in group if isinstance(part, ActionView) and part.role == "primary"]
