"""What a prescriber's recorded decision does to a finding."""

from collections.abc import Iterable
from datetime import date, datetime

from nurse_app.domain.calendar import add_months, day_of
from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import Decisions
from nurse_app.domain.rules.context import Case


def newest_decision(decisions: Iterable[PrescriberDecision], about: str, now: datetime) -> PrescriberDecision | None:
    """The last decision about a rule that is not of the future; of two at one time the later in the list."""
    found: PrescriberDecision | None = None
    for decision in decisions:
        if decision.about != about or _is_future(decision.at, now):
            continue
        if found is None or not _before(decision.at, found.at, now):
            found = decision
    return found


def standing_decision(
    decisions: Iterable[PrescriberDecision], about: str, now: datetime, months: int, visit_day: date | None = None
) -> PrescriberDecision | None:
    """The last decision about a rule if it is at most so many months old, on the day of the visit.

    ``visit_day`` is the day on which the visit began, when that is not today: a visit may go on past midnight.
    """
    found = newest_decision(decisions, about, now)
    if found is None:
        return None
    return found if (visit_day or now.date()) <= add_months(day_of(found.at, now.tzinfo), months) else None


def apply_decisions(limits: Decisions, case: Case, findings: Iterable[Finding]) -> list[Finding]:
    """Holds with a valid decision to proceed become cautions (standing rules) or information; nothing clears a stop."""
    return [_apply(limits, case, finding) for finding in findings]


def _apply(limits: Decisions, case: Case, finding: Finding) -> Finding:
    if finding.severity != "hold":
        return finding
    # The risk of PML has its own look at the decision, because a decision without a recent MRI is not enough.
    if finding.rule == "pml-risk":
        return finding
    is_standing = finding.rule in limits.standing
    months = limits.standing_months if is_standing else 0
    found = standing_decision(case.patient.decisions, finding.rule, case.now, months, case.visit_day)
    if found is None or found.decision != "proceed":
        return finding
    figures = {**finding.figures, "decided_by": found.by, "decided_at": found.at.isoformat()}
    return Finding(finding.rule, "caution" if is_standing else "information", finding.variant, figures, finding.ctcae)


def _is_future(at: datetime | date, now: datetime) -> bool:
    return at > now if isinstance(at, datetime) else at > now.date()


def _before(one: datetime | date, other: datetime | date, now: datetime) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day_of(one, now.tzinfo) < day_of(other, now.tzinfo)
