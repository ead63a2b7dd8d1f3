"""Natalizumab holds every figure, question and sentence that the clinical facts ask for."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Facts, Patient
from nurse_app.domain.finding import sentence
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.medicines import medicines
from nurse_app.domain.rules.names import VARIANTS
from nurse_app.protocol_files.loader import load_protocol
from nurse_app.protocol_files.text_ids import FINDING_FIGURES
from tests.protocol_files.kit import NATALIZUMAB

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def protocol() -> InfusionProtocol:
    return load_protocol(NATALIZUMAB, "en")


def found(protocol: InfusionProtocol, line: str) -> list[tuple[str, str, str]]:
    facts = Facts(patient=Patient(medicines=(line,)))
    return [(finding.rule, finding.severity, finding.variant) for finding in medicines(Case(protocol, facts, NOW))]


def test_the_figures_of_preparation_run_and_watch(protocol: InfusionProtocol) -> None:
    made, run, watch = protocol.preparation, protocol.infusion, protocol.observation

    assert (protocol.dose_mg, made.bag_ml, made.added_ml, made.total_ml) == (300, 100, 15, 115)
    assert (made.max_total_age_hours, made.max_room_hours, made.future_tolerance_s) == (24, 8, 120)
    assert (run.planned_minutes, run.bag_empty_reason_below_minutes) == (60, 60)
    assert (run.rate_ml_h, run.rate_caution_above_ml_h, run.rate_refused_above_ml_h) == (115, 115, 120)
    assert (watch.minutes, watch.not_before_start_minutes) == (60, 120)
    assert (watch.shorten_from_infusion, watch.shorten_gap_days) == (13, 84)


@pytest.mark.parametrize(
    ("sign", "low_hold", "low_caution", "high_caution", "high_hold"),
    [
        ("systolic", "90", "100", "160", "180"),
        ("pulse", "45", "55", "100", "130"),
        ("respiration", None, None, "20", "24"),
        ("spo2", "92", "95", None, None),
        ("temperature_c", None, None, "37.8", "38"),
        ("diastolic", None, None, None, None),
    ],
)
def test_the_limits_of_a_vital_sign(
    protocol: InfusionProtocol,
    sign: str,
    low_hold: str | None,
    low_caution: str | None,
    high_caution: str | None,
    high_hold: str | None,
) -> None:
    limits = protocol.vital_signs[sign]
    wanted = [None if limit is None else Decimal(limit) for limit in (low_hold, low_caution, high_caution, high_hold)]

    high = limits.caution_above or limits.caution_from, limits.hold_above or limits.hold_from
    assert [limits.hold_below, limits.caution_below, *high] == wanted


def test_only_the_temperature_limits_include_the_figure_itself(protocol: InfusionProtocol) -> None:
    including = {name for name, sign in protocol.vital_signs.items() if sign.hold_from or sign.caution_from}

    assert including == {"temperature_c"}
    assert protocol.vital_signs["temperature_c"].rule == "fever"


def test_thirteen_questions_begin_with_the_most_important(protocol: InfusionProtocol) -> None:
    severities = {question.id: question.severity for question in protocol.questions}

    assert len(protocol.questions) == 13
    assert protocol.questions[0].id == "new_neurological_symptoms"
    assert {question for question, severity in severities.items() if severity == "stop"} == {
        "immune_condition",
        "jaundice_or_dark_urine",
        "unusual_bleeding_or_bruising",
    }
    assert {question for question, severity in severities.items() if severity == "caution"} == {
        "live_vaccine_planned_or_recent"
    }


STOP = ("immunosuppressant-medicine", "stop", "named")
IMMUNOMODULATOR = ("immunomodulator-medicine", "hold", "named")
STEROID = ("steroid-last-month", "hold", "named")
WINDOW = ("jcv-sample-window", "caution", "window")


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("AZATHIOPRINE 50 mg", STOP),
        ("Imuran", STOP),
        ("6-MP 50 mg daily", STOP),
        ("MTX 15 mg weekly", STOP),
        ("methotrexat", STOP),
        ("ciclosporin", STOP),
        ("cyclosporine", STOP),
        ("mycophenolate mofetil", STOP),
        ("dimethyl fumarate 240 mg", STOP),
        ("fingolimod", STOP),
        ("Ocrevus", STOP),
        ("infliximab-dyyb", STOP),
        ("tacrolimus ointment", STOP),
        ("Stelara", STOP),
        ("hydroxyurea", STOP),
        ("satralizumab", STOP),
        ("interferon beta-1a", IMMUNOMODULATOR),
        ("Avonex", IMMUNOMODULATOR),
        ("IFN", IMMUNOMODULATOR),
        ("glatiramer acetate", IMMUNOMODULATOR),
        ("prednisolone 20 mg", STEROID),
        ("Solu-Medrol 1 g", STEROID),
        ("budesonide 9 mg capsules", STEROID),
        ("IVIG", WINDOW),
        ("intravenous immunoglobulin", WINDOW),
        ("plasma exchange", WINDOW),
        ("azathioprien 50 mg", ("immunosuppressant-medicine", "hold", "near")),
    ],
)
def test_a_medicine_that_matters_is_found(protocol: InfusionProtocol, line: str, finding: tuple[str, str, str]) -> None:
    assert found(protocol, line) == [finding]


@pytest.mark.parametrize(
    "line",
    [
        *("mesalamine", "mesalazine 1 g", "sulfasalazine", "Azulfidine", "Salazopyrin", "Asacol", "Pentasa"),
        *("balsalazide", "olsalazine", "natalizumab", "Tysabri", "Tyruko", "hydrocortisone cream 1%"),
        *("betamethasone ointment", "prednisolone eye drops", "budesonide inhaler", "hydroxychloroquine"),
        *("hydroxyzine", "mepolizumab", "omalizumab", "dupilumab", "denosumab", "fremanezumab", "methylphenidate"),
        *("methocarbamol", "cyclobenzaprine", "baclofen", "fampridine", "vitamin D3", "azithromycin", "paracetamol"),
    ],
)
def test_a_medicine_that_does_not_matter_is_left_alone(protocol: InfusionProtocol, line: str) -> None:
    assert found(protocol, line) == []


def test_epinephrine_comes_before_every_other_drug(protocol: InfusionProtocol) -> None:
    for level in ("allergic", "severe", "anaphylaxis"):
        actions = protocol.reaction.actions[level]
        epinephrine = next(index for index, action in enumerate(actions) if action.startswith("epinephrine"))
        assert epinephrine < actions.index("antihistamine") < actions.index("corticosteroid")


def test_the_epinephrine_line_reads_as_the_standing_order(protocol: InfusionProtocol) -> None:
    figures = {"dose": "0.5", "volume": "0.5", "weight": "70"}

    assert protocol.text("action.epinephrine.title", **figures) == "EPINEPHrine 0.5 mg IM now"
    assert protocol.text("action.epinephrine.detail", **figures) == (
        "0.5 mL of 1 mg/mL, outer thigh · this site’s standing order, 70 kg"
    )
    assert protocol.text("action.epinephrine.repeat") == "Not better: again every 5 to 15 min"


def test_a_sentence_takes_its_limits_from_the_figures(protocol: InfusionProtocol) -> None:
    figures = {"test": "ALT", "value": "120", "unit": "U/L", "uln": "40", "multiple": "3", "collected": "2026-11-02"}

    assert protocol.text("finding.liver-enzymes.high", **figures) == (
        "ALT 120 U/L is 3 times the upper limit (40). From 3 times on it needs the prescriber’s decision."
    )
    assert protocol.text("prepare.use-before") == "8 h outside the refrigerator, 24 h in all"


def test_no_text_speaks_of_letter_categories_as_its_own_view(protocol: InfusionProtocol) -> None:
    own = [text for text_id, text in protocol.texts.items() if not text_id.startswith("other.")]

    assert not [text for text in own if "ategory" in text or "contracepti" in text]


def test_figures_are_listed_only_for_sentences_that_exist() -> None:
    known = {f"{rule}.{variant}" for rule, variants in VARIANTS.items() for variant in variants} | set(VARIANTS)

    assert set(FINDING_FIGURES) <= known


def test_a_finding_of_the_rules_has_its_sentence(protocol: InfusionProtocol) -> None:
    facts = Facts(patient=Patient(medicines=("fingolimod 0.5 mg",)))

    (finding,) = medicines(Case(protocol, facts, NOW))

    assert sentence(protocol, finding) == (
        "Do not give: fingolimod 0.5 mg with natalizumab. Contraindicated, raises the risk of PML. Tell the prescriber."
    )
