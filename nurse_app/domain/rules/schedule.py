"""Time since the last infusion, and the stopping points of Crohn's disease."""

from collections.abc import Iterator

from nurse_app.domain.calendar import add_months, days_after
from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import Crohns, IntervalPlan
from nurse_app.domain.rules.context import Case


def interval(case: Case) -> Iterator[Finding]:
    """Whole calendar days since the last infusion, against the plan's windows."""
    treatment = case.treatment
    if treatment.infusions_given == 0 and treatment.last_infusion is None:
        return
    weeks = treatment.plan_interval_weeks
    plan = case.protocol.plan(weeks) if weeks is not None else None
    if treatment.last_infusion is None or not treatment.infusions_given or plan is None:
        yield Finding("dose-interval", "hold", "unknown")
    if treatment.last_infusion is None:
        return
    last = case.day(treatment.last_infusion)
    days = (case.today - last).days
    due = days_after(last, 7 * plan.weeks) if plan else last
    figures = {"days": str(days), "last": last.isoformat(), "due": due.isoformat()}
    yield from _window(case, plan, days, figures)


def _window(case: Case, plan: IntervalPlan | None, days: int, figures: dict[str, str]) -> Iterator[Finding]:
    schedule = case.protocol.schedule
    if days < schedule.stop_below_days:
        yield Finding("dose-interval", "stop", "too-soon", figures)
    elif days >= schedule.gap_from_days:
        yield Finding("dose-gap", "hold", "gap", figures)
    elif plan is None:
        return
    elif days < plan.early_below:
        yield Finding("dose-interval", "hold", "early", figures)
    elif plan.missed_from is not None and days >= plan.missed_from:
        yield Finding("dose-missed", "caution", "missed", figures)
    elif days >= plan.late_from:
        yield Finding("dose-interval", "caution", "late", figures)


def crohns(case: Case) -> Iterator[Finding]:
    """Benefit by its day, steroids off by their month; not known counts as no from then on."""
    limits, indication = case.protocol.crohns, case.patient.indication
    if limits is None or indication not in (None, limits.indication):
        return
    if indication is None:
        yield Finding("crohns-benefit", "hold", "no-indication")
        return
    first = case.treatment.first_infusion
    if first is None and case.treatment.infusions_given == 0:
        return
    yield from _benefit(case, limits, None if first is None else (case.today - case.day(first)).days)
    steroids = case.treatment.crohns_on_steroids
    if steroids is False:
        return
    if first is None or case.today >= add_months(case.day(first), limits.steroid_months):
        variant = "due" if steroids and first is not None else "unknown"
        yield Finding("crohns-steroids", "hold", variant, {"limit": str(limits.steroid_months)})


def _benefit(case: Case, limits: Crohns, days: int | None) -> Iterator[Finding]:
    benefit = case.treatment.crohns_benefit
    if benefit:
        return
    figures = {"limit": str(limits.benefit_days)}
    if days is None:
        yield Finding("crohns-benefit", "hold", "unknown", figures)
    elif days >= limits.benefit_days:
        yield Finding("crohns-benefit", "hold", "due" if benefit is False else "unknown", figures | {"days": str(days)})
    elif benefit is False:
        yield Finding("crohns-benefit", "caution", "early", figures | {"days": str(days)})


RULES = (interval, crohns)
