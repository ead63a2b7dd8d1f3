"""What a prescriber's recorded decision does to a finding."""

from collections.abc import Iterable
from datetime import date, datetime

from nurse_app.domain.calendar import add_months, day_of
from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import Decisions


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
    decisions: Iterable[PrescriberDecision], about: str, now: datetime, months: int
) -> PrescriberDecision | None:
    """The last decision about a rule if it is at most so many months old."""
    found = newest_decision(decisions, about, now)
    if found is None:
        return None
    return found if now.date() <= add_months(day_of(found.at, now.tzinfo), months) else None


def apply_decisions(
    limits: Decisions, decisions: tuple[PrescriberDecision, ...], findings: Iterable[Finding], now: datetime
) -> list[Finding]:
    """Holds with a valid decision to proceed become cautions (standing rules) or information; nothing clears a stop."""
    return [_apply(limits, decisions, finding, now) for finding in findings]


def _apply(limits: Decisions, decisions: tuple[PrescriberDecision, ...], finding: Finding, now: datetime) -> Finding:
    if finding.severity != "hold":
        return finding
    # The risk of PML has its own look at the decision, because a decision without a recent MRI is not enough.
    if finding.rule == "pml-risk":
        return finding
    is_standing = finding.rule in limits.standing
    found = standing_decision(decisions, finding.rule, now, limits.standing_months if is_standing else 0)
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
