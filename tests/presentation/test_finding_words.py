"""Findings as people read them: names for ids, days for dates, print for units."""

from datetime import UTC, datetime
from typing import Any

import pytest

from nurse_app.domain.facts import PrescriberDecision
from nurse_app.domain.finding import Ctcae, Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.today import assess_today
from nurse_app.presentation.finding_words import (
    day_words,
    declined_view,
    expiry_words,
    figures_in_words,
    finding_sentence,
    finding_view,
    unit_words,
    worst_first,
)
from tests.kit import TestVisit, base_facts


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("10*9/L", "× 10⁹/L"),
        ("10*3/uL", "× 10³/microL"),
        ("umol/L", "micromol/L"),
        ("u[IU]/mL", "microIU/mL"),
        ("m[iU]/L", "mIU/L"),
        ("U/L", "U/L"),
        ("{index}", ""),
        ("1", ""),
    ],
)
def test_units_are_written_as_in_print(unit: str, words: str) -> None:
    assert unit_words(unit) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-10-25", "25-Oct-2026"),
        ("2026-10-25T09:30:00+00:00", "25-Oct-2026"),
        ("2026-05-06 10:00:00+00:00", "06-May-2026"),
        ("no new lesions", "no new lesions"),
    ],
)
def test_dates_are_written_with_the_month_in_letters(text: str, words: str) -> None:
    assert day_words(text) == words


@pytest.mark.parametrize(
    ("expiry", "words"),
    [("2027-08", "Aug-2027"), ("2027-08-31", "31-Aug-2027"), ("2027-13", "2027-13"), ("soon", "soon")],
)
def test_an_expiry_is_a_month_or_a_day(expiry: str, words: str) -> None:
    assert expiry_words(expiry) == words


def test_every_figure_is_named_in_words(protocol: InfusionProtocol) -> None:
    figures = {
        "test": "ALT",
        "tests": "PLT, NEUT",
        "sign": "systolic",
        "names": "pulse, spo2",
        "route": "intravenous",
        "unit": "10*9/L",
        "expiry": "2027-08",
        "value": "1200",
        "collected": "2026-10-25",
        "medicine": "2026-10-25 is no date here",
        "index": "NaN",
    }

    words = figures_in_words(protocol, Finding("platelets", "hold", "low", figures))

    assert words == {
        "test": "ALT",
        "tests": "Platelets, Neutrophils",
        "sign": "Systolic pressure",
        "names": "Pulse, SpO₂",
        "route": "intravenous",
        "unit": "× 10⁹/L",
        "expiry": "Aug-2027",
        "value": "1,200",
        "collected": "25-Oct-2026",
        "medicine": "2026-10-25 is no date here",
        "index": "NaN",
    }


def test_what_an_inspection_found_is_named(protocol: InfusionProtocol) -> None:
    assert "particles" in finding_sentence(protocol, Finding("inspection", "stop", "failed", {"value": "particles"}))


def test_a_refused_kind_of_product_has_its_own_sentence(protocol: InfusionProtocol) -> None:
    syringe = Finding("product-route", "stop", "wrong", {"route": "subcutaneous"})

    assert finding_sentence(protocol, syringe) == protocol.text("product.refused.subcutaneous")


def test_another_route_keeps_the_rule_s_own_sentence(protocol: InfusionProtocol) -> None:
    oral = finding_sentence(protocol, Finding("product-route", "stop", "wrong", {"route": "oral"}))

    assert "oral" in oral


def test_a_decided_finding_says_who_decided_in_place_of_asking(protocol: InfusionProtocol) -> None:
    figures = {"decided_by": "Dr Sample", "decided_at": "2026-11-22T09:05:00+00:00"}

    view = finding_view(protocol, Finding("infection", "information", "yes", figures))

    assert view.sentence == "Decided: proceed. Dr Sample, 22-Nov-2026."
    assert view.title == protocol.text("rule.infection")


def test_a_no_of_the_prescriber_stands_in_the_finding(protocol: InfusionProtocol) -> None:
    decision = PrescriberDecision("infection", "do-not-give", "Dr Sample", datetime(2026, 11, 22, 9, 5, tzinfo=UTC))

    view = declined_view(protocol, Finding("infection", "hold", "yes"), decision)

    assert view.severity == "hold"
    assert view.sentence == "Decided: do not give. Dr Sample, 22-Nov-2026."


def test_stop_comes_first_and_equals_keep_their_order() -> None:
    found = [
        Finding("mood", "hold", "yes"),
        Finding("lymphocytes", "information", "expected", ctcae=Ctcae("5.0", 2)),
        Finding("jaundice", "stop", "yes"),
        Finding("infection", "hold", "yes"),
    ]

    assert [item.rule for item in worst_first(found)] == ["jaundice", "mood", "infection", "lymphocytes"]


def test_all_findings_of_a_sick_patient_have_words_without_an_open_brace(protocol: InfusionProtocol) -> None:
    def change(data: dict[str, Any]) -> None:
        data["patient"]["medicines"] = ["azathioprine 50 mg", "prednisolon", "privigen"]
        data["patient"]["birth_date"] = "1950-01-01"
        data["rems"] = {"programme": None, "authorised": None, "valid_until": None, "medication_guide_read": None}
        data["labs"] = [lab | {"value": "900", "unit": lab.get("unit")} for lab in data["labs"]]

    visit = TestVisit(protocol, base_facts(change, for_visit=True)).to("prechecks")

    for finding in assess_today(visit.state, visit.now).findings:
        view = finding_view(protocol, finding)
        assert view.title
        assert view.sentence
        assert "{" not in view.sentence
        assert "202" not in view.sentence.replace("-2026", "").replace("-2027", "")
