"""All rules on one set of facts: the judgement that the pre-checks, the start and the assess command share."""

from datetime import date, datetime

from nurse_app.domain.decision_rules import apply_decisions
from nurse_app.domain.facts import Facts
from nurse_app.domain.finding import SEVERITIES, Assessment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules import (
    blood_count,
    identity,
    liver,
    medicines,
    monitoring,
    patient,
    pml,
    preparation,
    schedule,
    vital_signs,
)
from nurse_app.domain.rules.context import Case

ALL_RULES = (
    *identity.RULES,
    *patient.RULES,
    *medicines.RULES,
    *schedule.RULES,
    *vital_signs.RULES,
    *liver.RULES,
    *blood_count.RULES,
    *monitoring.RULES,
    *pml.RULES,
    *preparation.RULES,
)


def assess(protocol: InfusionProtocol, facts: Facts, now: datetime, visit_day: date | None = None) -> Assessment:
    """Judge the facts at ``now`` (aware; its own offset decides which day it is). Findings come worst first.

    ``visit_day`` is the day on which the visit began.
    """
    case = Case(protocol, facts, now, visit_day)
    found = [finding for rule in ALL_RULES for finding in rule(case)]
    decided = apply_decisions(protocol.decisions, case, found)
    return Assessment(tuple(sorted(decided, key=lambda finding: -SEVERITIES.index(finding.severity))))
