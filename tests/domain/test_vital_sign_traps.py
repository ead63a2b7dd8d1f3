"""Traps that others fell into with vital signs, each a test by name (peers 5A)."""

from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.assess import assess
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol, Severity
from nurse_app.domain.rules.vital_signs import out_of_limits
from tests.domain.kit import NOW, put
from tests.kit import WELL, TestVisit, base_facts

# Sign, and the figures at which it is well, cautioned and held: the last of each before the next begins.
TABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "systolic": (("100", "160"), ("99", "90", "161", "180"), ("89", "181")),
    "diastolic": (("10", "200"), (), ()),
    "pulse": (("55", "100"), ("54", "45", "101", "130"), ("44", "131")),
    "respiration": (("2", "20"), ("21", "24"), ("25",)),
    "spo2": (("95", "100"), ("94", "92"), ("91",)),
    "temperature_c": (("25", "37.7"), ("37.8", "37.9"), ("38", "38.0")),
}


def severity(protocol: InfusionProtocol, sign: str, value: str) -> Severity | None:
    found = [finding.severity for finding in out_of_limits(protocol, VitalSigns(**{sign: Decimal(value)}))]
    return found[0] if found else None


@pytest.mark.parametrize("sign", TABLE)
def test_trap_each_sign_has_its_own_severities(protocol: InfusionProtocol, sign: str) -> None:
    assert set(TABLE) == set(protocol.vital_signs)
    for figures, expected in zip(TABLE[sign], (None, "caution", "hold"), strict=True):
        assert {severity(protocol, sign, figure) for figure in figures} <= {expected}


@pytest.mark.parametrize("sign", TABLE)
def test_trap_a_missing_sign_is_not_stable(protocol: InfusionProtocol, sign: str) -> None:
    judged = assess(protocol, base_facts(put(f"vitals.{sign}", None)), NOW)
    assert [(item.rule, item.severity) for item in judged.findings if item.severity == "hold"] == [
        ("vital-signs-missing", "hold")
    ]


def test_trap_a_watch_without_vital_signs_is_not_done(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=60)
    assert visit.shown()["observation"]["ready"]
    assert visit.shown()["vitals_due_in_s"] == -1800
    assert any(alarm.startswith("vital-signs-due/") for alarm in visit.shown()["alarms"])


@pytest.mark.parametrize(("sign", "low"), [("systolic", "89"), ("pulse", "44"), ("spo2", "91")])
def test_trap_low_figures_alarm_as_high_ones_do(protocol: InfusionProtocol, sign: str, low: str) -> None:
    assert severity(protocol, sign, low) == "hold"
    visit = TestVisit(protocol).to("observe").wait(minutes=5)
    visit.do(c.RecordVitalSigns(VitalSigns(**{sign: Decimal(low)})))
    assert any(alarm.startswith("vital-signs-alarming/") for alarm in visit.shown()["alarms"])


def test_trap_a_pressure_below_the_own_alarm_line_alarms_though_no_fixed_limit_is_passed(
    protocol: InfusionProtocol,
) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.AnswerRest(answer=False))
    visit.do(c.RecordVitalSigns(VitalSigns(Decimal(150), *list(_rest()))))
    visit.do(c.FinishPrechecks())
    visit.to("observe").do(c.RecordVitalSigns(VitalSigns(Decimal(104))))

    assert [alarm.partition("/")[0] for alarm in visit.shown()["alarms"]] == ["vital-signs-alarming"]


def _rest() -> tuple[Decimal | None, ...]:
    return (WELL.diastolic, WELL.pulse, WELL.respiration, WELL.spo2, WELL.temperature_c)
