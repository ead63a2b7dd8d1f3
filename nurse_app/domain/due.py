"""What falls due for a patient and since when, from the record and the protocol's rules.

The dates do not depend on today, so a list can keep them; ``due_state`` says where each of them stands on a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from nurse_app.domain.calendar import day_of, days_after
from nurse_app.domain.due_dates import DAYS_OF, end_of_treatment, last_day_of_test, since_of
from nurse_app.domain.due_protocol import DueKind, DueRule
from nurse_app.domain.due_state import DueDays, Standing, due_rules, standings
from nurse_app.domain.facts import Facts, Patient, Treatment
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.medicines import medicines
from nurse_app.domain.rules.monitoring import may_be_first
from nurse_app.domain.treatment_course import has_ended

# The only ones that are still asked for, and asked for only, once treatment has ended.
_AFTER_THE_END: frozenset[DueKind] = frozenset({"watch", "follow-up"})


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that falls due. ``since`` is the day it is counted from: the last result, dose or evaluation.

    ``medicine`` is one on record that makes its sample doubtful, as it was typed.
    """

    name: str
    days: DueDays
    since: date | None = None
    medicine: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """One item and where it stands today."""

    item: DueItem
    standing: Standing


def due_items(case: Case) -> tuple[DueItem, ...]:
    """Everything that falls due for a patient, in the protocol's order; the case's ``now`` only says the zone."""
    is_over = end_of_treatment(case) is not None
    asked = (rule for rule in due_rules(case.protocol) if (rule.kind in _AFTER_THE_END) is is_over)
    found = ((rule, DAYS_OF[rule.kind](case, rule)) for rule in asked)
    return tuple(_item(case, rule, days) for rule, days in found if days is not None)


def due_now(case: Case) -> tuple[Due, ...]:
    """What is to be listed today, what comes first first."""
    items = {item.name: item for item in due_items(case)}
    days = {name: item.days for name, item in items.items()}
    listed = standings(case.protocol, days, case.today, before_first=may_be_first(case.treatment))
    return tuple(Due(items[standing.rule.name], standing) for standing in listed)


def due_of_test(case: Case, listed: Iterable[Due], test: str) -> Standing | None:
    """Where one test of an item stands by itself; what is asked instead of the item answers for it.

    ``listed`` is what ``due_now`` says. None: nobody asks for the test.
    """
    asked = {item.name for item in case.protocol.labs.monitoring if test in item.tests}
    rules = [rule for rule in due_rules(case.protocol) if rule.monitoring in asked]
    for due in listed:
        rule = due.standing.rule
        if rule in rules:
            days = DueDays(*[last_day_of_test(case, rule, test)] * 2)
            first = may_be_first(case.treatment)
            return standings(case.protocol, {rule.name: days}, case.today, before_first=first)[0]
        if any(other.name in rule.instead_of for other in rules):
            return due.standing
    return None


def next_infusion(facts: Facts, zone: tzinfo | None) -> date | None:
    """The planned day: the last infusion plus the plan's weeks; None when either is not known, or treatment ended."""
    treatment = (facts.patient or Patient()).treatment or Treatment()
    if treatment.last_infusion is None or treatment.plan_interval_weeks is None or has_ended(treatment, zone):
        return None
    return days_after(day_of(treatment.last_infusion, zone), 7 * treatment.plan_interval_weeks)


def _item(case: Case, rule: DueRule, days: DueDays) -> DueItem:
    return DueItem(rule.name, days, since_of(case, rule), _doubtful(case, rule))


def _doubtful(case: Case, rule: DueRule) -> str | None:
    if rule.unreliable_with is None:
        return None
    found = (finding.figures.get("medicine") for finding in medicines(case) if finding.rule == rule.unreliable_with)
    return next(found, None)
