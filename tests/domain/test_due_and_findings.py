"""What is overdue in the due list is what the pre-checks find, on the same day and as gravely, day by day."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

import pytest

from nurse_app.domain.due import due_now
from nurse_app.domain.due_state import LATE
from nurse_app.domain.facts import Facts
from nurse_app.domain.finding import SEVERITIES, Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules import identity, monitoring, pml, schedule
from nurse_app.domain.rules.context import Case
from tests.domain.kit import Change, both, decided, lab, no_lab, put
from tests.kit import base_facts

COURSE = "patient.treatment"
CROHNS = both(
    put("patient.indication", "crohns-disease"),
    put(f"{COURSE}.crohns_benefit", None),
    put(f"{COURSE}.crohns_on_steroids", None),
    put(f"{COURSE}.first_infusion", "2026-08-31"),
)
NOTHING_GIVEN = both(
    put(f"{COURSE}.infusions_given", 0),
    put(f"{COURSE}.first_infusion", None),
    put(f"{COURSE}.last_infusion", None),
)
AT_RISK = both(lab("JCV", value="1.51"), put(f"{COURSE}.infusions_given", 25))
EAST, WEST = timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))
AT_NIGHT = put(f"{COURSE}.last_infusion", "2026-10-25T23:30:00+00:00")
RULES = (*identity.RULES, *schedule.RULES, *monitoring.RULES, *pml.RULES)
FIRST_DAY, DAYS = date(2026, 10, 26), 400

SITUATIONS = [
    pytest.param(put(f"{COURSE}.last_infusion", "2026-10-25"), UTC, id="calm"),
    pytest.param(put(f"{COURSE}.plan_interval_weeks", 6), UTC, id="every 6 weeks"),
    pytest.param(put(f"{COURSE}.plan_interval_weeks", None), UTC, id="no plan"),
    pytest.param(put(f"{COURSE}.last_infusion", None), UTC, id="no last infusion"),
    pytest.param(AT_NIGHT, EAST, id="east"),
    pytest.param(AT_NIGHT, WEST, id="west"),
    pytest.param(lab("ALT", collected="2026-10-31T23:30:00+00:00"), EAST, id="collected at night, east"),
    pytest.param(lab("ALT", collected="2026-10-31T00:30:00+00:00"), WEST, id="collected at night, west"),
    pytest.param(no_lab("AST", "PLT", "ADA", "JCV", "MRI", "EDSS", "TSH", "FT4"), UTC, id="never done"),
    pytest.param(both(lab("JCV", collected="2026-08-31"), lab("MRI", collected="2024-02-29")), UTC, id="month ends"),
    pytest.param(lab("MRI", collected="2025-11-30"), UTC, id="a month with 30 days"),
    pytest.param(both(NOTHING_GIVEN, no_lab("ADA")), UTC, id="before the first"),
    pytest.param(both(NOTHING_GIVEN, put(f"{COURSE}.infusions_given", None)), UTC, id="nothing known"),
    pytest.param(both(NOTHING_GIVEN, no_lab("ALT", "HGB")), UTC, id="no baseline"),
    pytest.param(lab("JCV", value="1.51"), UTC, id="high index"),
    pytest.param(AT_RISK, UTC, id="at risk"),
    pytest.param(both(AT_RISK, decided("pml-risk", at="2026-02-28")), UTC, id="talk at the end of February"),
    pytest.param(
        both(AT_RISK, decided("pml-risk", at="2026-10-31T23:30:00+00:00"), lab("MRI", collected="2026-08-31")),
        EAST,
        id="talk and MRI",
    ),
    pytest.param(both(AT_RISK, no_lab("MRI"), decided("pml-risk", "do-not-give")), UTC, id="neither"),
    pytest.param(both(AT_RISK, put(f"{COURSE}.infusions_given", None)), UTC, id="infusions not counted"),
    pytest.param(lab("ADA", value="positive", collected="2026-10-10"), UTC, id="first positive"),
    pytest.param(CROHNS, UTC, id="Crohn's disease"),
    pytest.param(both(CROHNS, put(f"{COURSE}.crohns_benefit", False)), UTC, id="Crohn's disease without benefit"),
    pytest.param(both(CROHNS, put(f"{COURSE}.first_infusion", None)), UTC, id="Crohn's disease, no first day"),
    pytest.param(put("rems.valid_until", None), UTC, id="authorisation not known"),
]


def about(finding: Finding) -> str | None:
    """The item of the due list that a finding speaks of; None when it speaks of no time."""
    tests = finding.figures.get("tests", "").split(", ")
    match finding.rule, finding.variant:
        case (("lab-overdue" | "baseline-labs"), _):
            return "antibodies" if "ADA" in tests else "liver" if {"ALT", "AST"} & set(tests) else "blood-count"
        case "jcv-overdue", _:
            return "jcv"
        case "mri-overdue", _:
            return "mri"
        case "rems-authorisation", _:
            return "authorisation"
        case "dose-interval", ("late" | "unknown"):
            return "next-infusion"
        case "dose-missed", _:
            return "missed-infusion"
        case "dose-gap", _:
            return "treatment-gap"
        case "pml-risk", ("talk-missing" | "both-missing" | "mri-missing" | "unknown") if finding.severity == "hold":
            return "risk"
        case (("crohns-benefit" | "crohns-steroids"), ("due" | "unknown")):
            return finding.rule
    return None


def found(protocol: InfusionProtocol, facts: Facts, now: datetime) -> dict[str, str]:
    worst: dict[str, str] = {}
    case = Case(protocol, facts, now)
    for finding in (each for rule in RULES for each in rule(case)):
        name = about(finding)
        if name is not None:
            worst[name] = max(worst.get(name, finding.severity), finding.severity, key=SEVERITIES.index)
    return worst


def late(protocol: InfusionProtocol, facts: Facts, now: datetime) -> dict[str, str]:
    listed = [due.standing for due in due_now(Case(protocol, facts, now)) if due.standing.state in LATE]
    return {standing.rule.name: standing.bears for standing in listed if standing.bears != "none"}


def same(overdue: dict[str, str], findings: dict[str, str]) -> None:
    """A repeat stands for the routine test, an MRI at risk for the yearly one, and both points of risk are one rule."""
    overdue, findings = dict(overdue), dict(findings)
    if "antibody-repeat" in overdue:
        overdue.pop("antibody-repeat")
        findings.pop("antibodies", None)
    if {"risk-mri", "risk-talk"} & set(overdue):
        if overdue.pop("risk-mri", None):
            findings.pop("mri", None)
        overdue.pop("risk-talk", None)
        assert findings.pop("risk") == "hold"
    if {"treatment-gap", "missed-infusion"} & set(overdue):
        # Without a plan nobody knows the next day, however long ago the last one was.
        findings.pop("next-infusion", None)
    assert overdue == findings


@pytest.mark.parametrize(("change", "zone"), SITUATIONS)
def test_the_due_list_and_the_pre_checks_agree_every_day(
    protocol: InfusionProtocol, change: Change, zone: tzinfo
) -> None:
    facts = base_facts(change)
    seen = 0
    for day in range(DAYS):
        now = datetime.combine(FIRST_DAY + timedelta(days=day), time(0, 30), zone)
        overdue = late(protocol, facts, now)
        same(overdue, found(protocol, facts, now))
        seen += bool(overdue)
    assert seen, "nothing ever became overdue: this compares nothing"


def test_the_comparison_itself_notices_a_day_of_difference(protocol: InfusionProtocol) -> None:
    facts = base_facts(put(f"{COURSE}.last_infusion", "2026-10-25"))
    last_good = datetime(2027, 1, 31, 12, tzinfo=UTC)
    with pytest.raises(AssertionError):
        same(late(protocol, facts, last_good), found(protocol, facts, last_good + timedelta(days=1)))
