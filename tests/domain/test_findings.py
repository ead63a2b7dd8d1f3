"""What a finding carries: figures that never cross a limit, grades with their version, a sentence for every variant."""

from decimal import Decimal

import pytest

from nurse_app.domain.finding import Assessment, Finding, sentence, title, worst_severity
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import measured, shown, shown_multiple
from tests.domain.kit import judge, lab, more_labs, only
from tests.kit import base_facts

EDGES = (Decimal(1), Decimal(3), Decimal(5), Decimal(20))


def test_the_uneventful_facts_find_nothing_above_information(protocol: InfusionProtocol) -> None:
    judged = judge(protocol)
    assert judged.decision == "proceed"
    assert judged.open_rules() == ()
    assert base_facts() == base_facts()


def test_a_finding_says_its_figures_and_its_grade(protocol: InfusionProtocol) -> None:
    found = only(judge(protocol, lab("ALT", value="120")), "liver-enzymes")
    assert found is not None
    assert found.figures["multiple"] == "3"
    assert found.ctcae is not None
    assert (found.ctcae.version, found.ctcae.grade) == ("5.0", 1)
    assert "3 times" in sentence(protocol, found)
    assert title(protocol, found)


@pytest.mark.parametrize(
    ("value", "limit", "expected"),
    [
        ("119", "40", "2.975"),
        ("119.99", "40", "2.99975"),
        ("120", "40", "3"),
        ("120.001", "40", "3.000025"),
        ("1.65", "0.55", "3"),
        ("34", "40", "0.85"),
        ("41", "40", "1.02"),
    ],
)
def test_a_shown_multiple_stays_on_its_own_side_of_every_limit(value: str, limit: str, expected: str) -> None:
    text = shown_multiple(Decimal(value), Decimal(limit), EDGES)
    for edge in EDGES:
        assert (Decimal(text) > edge) == (Decimal(value) > edge * Decimal(limit))
        assert (Decimal(text) < edge) == (Decimal(value) < edge * Decimal(limit))
    assert Decimal(text).quantize(Decimal("0.01")) == Decimal(expected).quantize(Decimal("0.01"))


def test_a_multiple_closer_than_twelve_places_is_shown_whole() -> None:
    value = Decimal("120.0000000000001")
    assert Decimal(shown_multiple(value, Decimal(40), EDGES)) > Decimal(3)


@pytest.mark.parametrize(
    ("value", "test", "grade"),
    [
        ("41", "ALT", 1),
        ("120", "ALT", 1),
        ("120.1", "ALT", 2),
        ("200", "ALT", 2),
        ("200.1", "ALT", 3),
        ("800", "ALT", 3),
        ("800.1", "ALT", 4),
        ("75", "PLT", 1),
        ("74.9", "PLT", 2),
        ("49.9", "PLT", 3),
        ("24.9", "PLT", 4),
        ("1.5", "NEUT", 1),
        ("1.49", "NEUT", 2),
        ("0.99", "NEUT", 3),
        ("0.49", "NEUT", 4),
        ("4.1", "LYMPH", 2),
        ("20.1", "LYMPH", 3),
        ("9.9", "HGB", 2),
        ("7.9", "HGB", 3),
    ],
)
def test_ctcae_grades_at_their_boundaries(protocol: InfusionProtocol, value: str, test: str, grade: int) -> None:
    found = [item for item in judge(protocol, lab(test, value=value)).findings if item.figures.get("test") == test]
    assert found[0].ctcae is not None
    assert found[0].ctcae.grade == grade


@pytest.mark.parametrize(
    ("value", "shown_as"), [("<200", "<5"), (">200", ">5"), ("<=120", "<=3"), (">=120", ">=3"), ("<120", "<3")]
)
def test_a_result_beyond_its_range_keeps_its_sign(protocol: InfusionProtocol, value: str, shown_as: str) -> None:
    found = only(judge(protocol, lab("ALT", value=value)), "liver-enzymes")
    assert found is not None
    assert found.figures["multiple"] == shown_as


def test_of_two_results_of_one_day_the_worse_counts(protocol: InfusionProtocol) -> None:
    row = {"test": "ALT", "value": "130", "unit": "U/L", "uln": "40", "collected": "2026-11-02"}
    assert judge(protocol, more_labs(row)).decision == "hold"


def test_of_two_results_with_times_the_later_counts(protocol: InfusionProtocol) -> None:
    early = {"test": "ALT", "value": "130", "unit": "U/L", "uln": "40", "collected": "2026-11-20T08:00:00+00:00"}
    late = {"test": "ALT", "value": "30", "unit": "U/L", "uln": "40", "collected": "2026-11-20T18:00:00+00:00"}
    assert judge(protocol, more_labs(late, early)).decision == "proceed"


def test_findings_come_worst_first() -> None:
    order = [Finding("a", "information", ""), Finding("b", "stop", ""), Finding("c", "caution", "")]
    assert worst_severity(item.severity for item in order) == "stop"
    assert worst_severity([]) == "information"
    assert Assessment((order[1], order[2])).decision == "stop"
    assert order[0].at("hold").severity == "hold"


def test_every_variant_has_its_sentence(protocol: InfusionProtocol) -> None:
    from nurse_app.domain.rules.names import VARIANTS

    for rule, variants in VARIANTS.items():
        for variant in variants:
            assert protocol.texts[f"finding.{rule}.{variant}"]


@pytest.mark.parametrize(("value", "text"), [("1.50", "1.5"), ("100", "100"), ("0.0", "0"), ("1E+2", "100")])
def test_figures_have_no_trailing_zero_and_no_exponent(value: str, text: str) -> None:
    assert shown(Decimal(value)) == text


@pytest.mark.parametrize("text", ["", "neg", "1,5", "--1", "< ", "1e9", "-3", None])
def test_what_is_no_number_is_not_read_as_one(text: str | None) -> None:
    assert measured(text) is None
