"""What is due for a patient and since when: the next infusion and the tests that monitoring asks for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from nurse_app.domain.calendar import day_of
from nurse_app.domain.facts import Facts, Patient, Treatment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.monitoring import due_day


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that falls due. ``due_on`` None: it has never been done."""

    name: str
    due_on: date | None

    def is_overdue(self, today: date) -> bool:
        return self.due_on is None or self.due_on < today


def due_tests(protocol: InfusionProtocol, facts: Facts, now: datetime) -> tuple[DueItem, ...]:
    """Each monitoring item with the last good day of what it rests on, the longest overdue first.

    What is asked only from the first infusion on is left out before it.
    """
    case = Case(protocol, facts, now)
    is_first = case.treatment.infusions_given == 0
    asked = [item for item in protocol.labs.monitoring if not (item.from_first_infusion and is_first)]
    items = [DueItem(item.name, due_day(case, item)) for item in asked]
    return tuple(sorted(items, key=lambda item: item.due_on or date.min))


def next_infusion(facts: Facts, zone: tzinfo | None) -> date | None:
    """The planned day: the last infusion plus the plan's weeks; None when either is not known."""
    treatment = (facts.patient or Patient()).treatment or Treatment()
    if treatment.last_infusion is None or treatment.plan_interval_weeks is None:
        return None
    return day_of(treatment.last_infusion, zone) + timedelta(weeks=treatment.plan_interval_weeks)
