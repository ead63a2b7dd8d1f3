"""By when each kind of thing falls due, and the day it is counted from; one small function a kind."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from nurse_app.domain.calendar import add_months, days_after
from nurse_app.domain.decision_rules import newest_decision
from nurse_app.domain.due_protocol import DueKind, DueRule
from nurse_app.domain.due_state import DueDays
from nurse_app.domain.lab_protocol import Monitoring
from nurse_app.domain.protocol import Crohns
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.monitoring import counts_from, due_day
from nurse_app.domain.rules.pml import antibodies, is_high_index, pml_risk
from nurse_app.domain.rules.results import newest_day
from nurse_app.domain.treatment_course import has_ended


def since_of(case: Case, rule: DueRule) -> date | None:
    """The day it is counted from: the last result, dose, talk or evaluation."""
    return _SINCE.get(rule.kind, _last_infusion)(case, rule)


def last_day_of_test(case: Case, rule: DueRule, test: str) -> date | None:
    """The last day on which the results of one test of an item are young enough; None when there are none."""
    return due_day(case, replace(_monitoring(case, rule), tests=(test,)))


def end_of_treatment(case: Case) -> date | None:
    """The day on which treatment was stopped, unless a later infusion began it anew."""
    return case.treatment.ended_on if has_ended(case.treatment, case.now.tzinfo) else None


# --- since when ---


def _last_infusion(case: Case, _rule: DueRule | None = None) -> date | None:
    last = case.treatment.last_infusion
    return None if last is None else case.day(last)


def _first_infusion(case: Case, _rule: DueRule | None = None) -> date | None:
    first = case.treatment.first_infusion
    return None if first is None else case.day(first)


def _oldest_result(case: Case, rule: DueRule) -> date | None:
    item = _monitoring(case, rule)
    return min((day for test in item.tests if (day := counts_from(case, item, test))), default=None)


def _first_positive(case: Case, _rule: DueRule | None = None) -> date | None:
    found = next((finding for finding in antibodies(case) if finding.variant == "first"), None)
    return None if found is None else date.fromisoformat(found.figures["first"])


def _last_mri(case: Case, _rule: DueRule) -> date | None:
    risk = case.protocol.labs.pml_risk
    return None if risk is None else newest_day(case, risk.mri)


def _last_talk(case: Case, _rule: DueRule) -> date | None:
    found = newest_decision(case.patient.decisions, "pml-risk", case.now)
    return case.day(found.at) if found is not None and found.decision == "proceed" else None


def _no_day(_case: Case, _rule: DueRule) -> date | None:
    return None


def _last_evaluation(case: Case, rule: DueRule) -> date | None:
    return case.treatment.evaluated_on or _first_infusion(case, rule)


# --- by when; None: nobody asks for it ---


def _on(day: date | None) -> DueDays:
    return DueDays(day, day)


def _monitoring(case: Case, rule: DueRule) -> Monitoring:
    return next(item for item in case.protocol.labs.monitoring if item.name == rule.monitoring)


def _results(case: Case, rule: DueRule) -> DueDays | None:
    item = _monitoring(case, rule)
    if item.from_first_infusion and case.treatment.infusions_given == 0:
        return None
    if any(is_high_index(case, test) for test in item.tests):
        return None
    return _on(due_day(case, item))


def _antibody_repeat(case: Case, _rule: DueRule) -> DueDays | None:
    limits, first = case.protocol.labs.antibodies, _first_positive(case)
    if limits is None or first is None:
        return None
    return _on(days_after(first, limits.persistent_days))


def _risk_mri(case: Case, rule: DueRule) -> DueDays | None:
    risk = case.protocol.labs.pml_risk
    if risk is None or not any(pml_risk(case)):
        return None
    last = _last_mri(case, rule)
    return _on(None if last is None else add_months(last, risk.mri_months))


def _risk_talk(case: Case, rule: DueRule) -> DueDays | None:
    risk = case.protocol.labs.pml_risk
    if risk is None or not any(pml_risk(case)):
        return None
    last = _last_talk(case, rule)
    return _on(None if last is None else add_months(last, risk.decision_months))


def _authorisation(case: Case, _rule: DueRule) -> DueDays | None:
    return None if case.protocol.programme is None else _on(case.enrolment.valid_until)


def _infusion(case: Case, _rule: DueRule) -> DueDays | None:
    """From the planned day to the last one that is not late; as the pre-checks, only with the whole course known."""
    last, given, weeks = _last_infusion(case), case.treatment.infusions_given, case.treatment.plan_interval_weeks
    if last is None and given == 0:
        return None
    plan = case.protocol.plan(weeks) if weeks is not None else None
    if last is None or not given or plan is None:
        return DueDays()
    return DueDays(days_after(last, 7 * plan.weeks), days_after(last, plan.late_from - 1))


def _missed_infusion(case: Case, _rule: DueRule) -> DueDays | None:
    last, weeks = _last_infusion(case), case.treatment.plan_interval_weeks
    plan = case.protocol.plan(weeks) if weeks is not None else None
    if last is None or plan is None or plan.missed_from is None:
        return None
    return _on(days_after(last, plan.missed_from - 1))


def _treatment_gap(case: Case, _rule: DueRule) -> DueDays | None:
    last = _last_infusion(case)
    return None if last is None else _on(days_after(last, case.protocol.schedule.gap_from_days - 1))


def _crohns(case: Case) -> Crohns | None:
    """The stopping points, for a patient who has them and has begun."""
    limits, treatment = case.protocol.crohns, case.treatment
    if limits is None or case.patient.indication != limits.indication:
        return None
    return None if treatment.first_infusion is None and treatment.infusions_given == 0 else limits


def _crohns_benefit(case: Case, _rule: DueRule) -> DueDays | None:
    limits, first = _crohns(case), _first_infusion(case)
    if limits is None or case.treatment.crohns_benefit:
        return None
    return _on(None if first is None else days_after(first, limits.benefit_days - 1))


def _crohns_steroids(case: Case, _rule: DueRule) -> DueDays | None:
    limits, first = _crohns(case), _first_infusion(case)
    if limits is None or case.treatment.crohns_on_steroids is False:
        return None
    return _on(None if first is None else days_after(add_months(first, limits.steroid_months), -1))


def _evaluation(case: Case, rule: DueRule) -> DueDays | None:
    """The steps after the first infusion, then the interval; an evaluation shortly before a step counts for it."""
    first, last = _first_infusion(case), case.treatment.evaluated_on
    if first is None and case.treatment.infusions_given == 0:
        return None
    steps = [] if first is None else [add_months(first, months) for months in rule.first_months]
    if last is None or (first is not None and last < first):
        return _on(steps[0] if steps else None)
    # An evaluation so near before a step that it was due soon answers it.
    ahead = [step for step in steps if last < days_after(step, -rule.soon_days)]
    return _on(ahead[0] if ahead else add_months(last, rule.every_months or 0))


def _after_last_dose(case: Case, rule: DueRule) -> date | None:
    last = _last_infusion(case) or end_of_treatment(case)
    return None if last is None else add_months(last, rule.months or 0)


def _watch(case: Case, rule: DueRule) -> DueDays | None:
    return _on(_after_last_dose(case, rule))


def _follow_up(case: Case, rule: DueRule) -> DueDays | None:
    """Done when the prescriber has seen the patient on its day or later."""
    day, seen = _after_last_dose(case, rule), case.treatment.evaluated_on
    return None if day is not None and seen is not None and seen >= day else _on(day)


_DaysOf = Callable[[Case, DueRule], DueDays | None]
DAYS_OF: Mapping[DueKind, _DaysOf] = {
    "results": _results,
    "antibody-repeat": _antibody_repeat,
    "risk-mri": _risk_mri,
    "risk-talk": _risk_talk,
    "authorisation": _authorisation,
    "infusion": _infusion,
    "missed-infusion": _missed_infusion,
    "treatment-gap": _treatment_gap,
    "crohns-benefit": _crohns_benefit,
    "crohns-steroids": _crohns_steroids,
    "evaluation": _evaluation,
    "watch": _watch,
    "follow-up": _follow_up,
}
# The others count from the last infusion.
_SINCE: Mapping[DueKind, Callable[[Case, DueRule], date | None]] = {
    "results": _oldest_result,
    "antibody-repeat": _first_positive,
    "risk-mri": _last_mri,
    "risk-talk": _last_talk,
    "authorisation": _no_day,
    "crohns-benefit": _first_infusion,
    "crohns-steroids": _first_infusion,
    "evaluation": _last_evaluation,
}
