"""Signs into a level, the patient's own alarm line, and the clock of the first-line drug."""

from datetime import timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import events as e
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.moment import ZERO
from nurse_app.domain.protocol import InfusionProtocol, Level
from nurse_app.domain.reaction import (
    LEVELS,
    Grading,
    baseline,
    epinephrine_dose_mg,
    first_line_missing,
    grade_signs,
    is_allergic,
    is_systemic,
    last_first_line,
    merged,
    pressure_alarm_line,
    pressure_falls,
    pressure_is_low,
    repeat_in,
)
from nurse_app.domain.state import ReactionState
from tests.domain.kit import Tape, pressure, put, visit_facts

ALONE: dict[Level, tuple[str, ...]] = {
    "none": ("site-pain", "site-swelling"),
    "mild": ("nausea", "headache", "tiredness", "dizziness", "weakness", "speech-or-sight-change"),
    "allergic": (
        "itching",
        "hives",
        "flushing",
        "rash",
        "swelling",
        "rigors",
        "fever",
        "vomiting",
        "abdominal-cramps",
    ),
    "severe": ("widespread-hives", "breathlessness", "chest-tightness", "chest-pain", "incontinence"),
    "anaphylaxis": ("wheeze", "stridor", "throat-tightness", "low-blood-pressure", "collapse"),
}


@pytest.mark.parametrize(("sign", "level"), [(sign, level) for level, signs in ALONE.items() for sign in signs])
def test_what_each_sign_means_alone(protocol: InfusionProtocol, sign: str, level: Level) -> None:
    expected = Grading(level, () if level == "none" else (sign,))
    assert grade_signs(protocol, [sign]) == expected
    assert grade_signs(protocol, [sign, sign]) == expected


def test_every_sign_of_the_protocol_is_in_the_table(protocol: InfusionProtocol) -> None:
    assert {sign.id for sign in protocol.reaction.signs} == {sign for signs in ALONE.values() for sign in signs}


@pytest.mark.parametrize(
    ("signs", "level", "reasons"),
    [
        pytest.param((), "none", (), id="no sign at all"),
        pytest.param(("headache", "tiredness"), "allergic", ("several-signs",), id="two mild ones"),
        pytest.param(("headache", "site-pain"), "mild", ("headache",), id="a mild one and a sore site"),
        pytest.param(("site-pain", "site-swelling"), "none", (), id="two at the site"),
        pytest.param(("itching", "hives"), "allergic", ("itching", "hives"), id="one system twice"),
        pytest.param(("itching", "headache"), "allergic", ("itching",), id="one system and no system"),
        pytest.param(("hives", "breathlessness"), "anaphylaxis", ("two-systems",), id="skin and breathing"),
        pytest.param(("hives", "vomiting"), "anaphylaxis", ("two-systems",), id="skin and gut"),
        pytest.param(("hives", "chest-pain"), "anaphylaxis", ("two-systems",), id="skin and circulation"),
        pytest.param(("vomiting", "chest-tightness"), "anaphylaxis", ("two-systems",), id="gut and breathing"),
        pytest.param(("vomiting", "chest-pain"), "anaphylaxis", ("two-systems",), id="gut and circulation"),
        pytest.param(("chest-pain", "breathlessness"), "anaphylaxis", ("two-systems",), id="circulation and breathing"),
        pytest.param(("hives", "weakness"), "allergic", ("hives",), id="nerves are not among the systems"),
        pytest.param(("hives", "rigors"), "allergic", ("hives", "rigors"), id="rigors are not among the systems"),
        pytest.param(("wheeze", "hives"), "anaphylaxis", ("wheeze",), id="enough alone already"),
        pytest.param(("hives", "something else"), "allergic", ("hives",), id="a sign that nobody knows"),
    ],
)
def test_what_signs_mean_together(
    protocol: InfusionProtocol, signs: tuple[str, ...], level: Level, reasons: tuple[str, ...]
) -> None:
    assert grade_signs(protocol, signs) == Grading(level, reasons)
    assert grade_signs(protocol, reversed(signs)).level == level


@pytest.mark.parametrize(
    ("signs", "level", "reasons"),
    [
        ((), "none", ()),
        (("site-pain",), "severe", ("pressure-fall-with-sign",)),
        (("headache",), "severe", ("pressure-fall-with-sign",)),
        (("hives",), "severe", ("pressure-fall-with-sign",)),
        (("breathlessness",), "severe", ("breathlessness",)),
        (("wheeze",), "anaphylaxis", ("wheeze",)),
        (("hives", "vomiting"), "anaphylaxis", ("two-systems",)),
    ],
)
def test_a_falling_pressure_makes_any_sign_severe_at_least(
    protocol: InfusionProtocol, signs: tuple[str, ...], level: Level, reasons: tuple[str, ...]
) -> None:
    assert grade_signs(protocol, signs, pressure_falls=True) == Grading(level, reasons)


def test_which_levels_stop_for_today_and_which_for_good() -> None:
    assert [level for level in LEVELS if is_allergic(level)] == ["allergic", "severe", "anaphylaxis"]
    assert [level for level in LEVELS if is_systemic(level)] == ["severe", "anaphylaxis"]


@pytest.mark.parametrize(
    ("before", "systolic", "falls", "is_low"),
    [
        pytest.param(150, "121", False, False, id="19.3 %"),
        pytest.param(150, "120", True, False, id="20 % exactly"),
        pytest.param(150, "105", True, False, id="30 % exactly"),
        pytest.param(150, "104.9", False, True, id="just above 30 %"),
        pytest.param(130, "91", True, False, id="30 % of 130"),
        pytest.param(130, "90", False, True, id="below 91"),
        pytest.param(110, "90", False, False, id="90 is not below 90"),
        pytest.param(110, "89", False, True, id="below 90 whatever the fall"),
        pytest.param(None, "90", False, False, id="no baseline: 90"),
        pytest.param(None, "89", False, True, id="no baseline: below 90"),
    ],
)
def test_the_pressure_is_held_against_the_patients_own_baseline(
    protocol: InfusionProtocol, before: int | None, systolic: str, falls: bool, is_low: bool
) -> None:
    tape = Tape(protocol)
    if before is not None:
        tape.note(e.VitalSignsRecorded(pressure(before))).wait(minutes=5)
    state = tape.infusing().state
    assert pressure_falls(state, pressure(systolic)) is falls
    assert pressure_is_low(state, pressure(systolic)) is is_low


@pytest.mark.parametrize(("before", "line"), [(110, 90), (124, 90), (130, 91), (140, 98), (150, 105), (180, 126)])
def test_the_alarm_line_is_the_higher_of_ninety_and_seventy_per_cent(
    protocol: InfusionProtocol, before: int, line: int
) -> None:
    assert pressure_alarm_line(Tape(protocol).note(e.VitalSignsRecorded(pressure(before))).state) == line


def test_a_set_without_a_pressure_says_nothing_about_it(protocol: InfusionProtocol) -> None:
    state = Tape(protocol).note(e.VitalSignsRecorded(pressure(150))).infusing().state
    assert not pressure_is_low(state, VitalSigns(pulse=Decimal(80)))
    assert not pressure_falls(state, VitalSigns(pulse=Decimal(80)))


def test_a_baseline_without_a_pressure_has_the_fixed_line_only(protocol: InfusionProtocol) -> None:
    state = Tape(protocol).note(e.VitalSignsRecorded(VitalSigns(pulse=Decimal(80)))).infusing().state
    assert pressure_alarm_line(state) == 90
    assert not pressure_falls(state, pressure(95))


def test_the_baseline_is_the_newest_value_of_each_sign_before_the_start(protocol: InfusionProtocol) -> None:
    tape = Tape(protocol)
    assert baseline(tape.state) is None
    tape.note(e.VitalSignsRecorded(VitalSigns(systolic=Decimal(150), pulse=Decimal(90)))).wait(minutes=10)
    tape.note(e.VitalSignsRecorded(VitalSigns(systolic=Decimal(140)))).infusing().wait(minutes=15)
    tape.note(e.VitalSignsRecorded(VitalSigns(systolic=Decimal(100), pulse=Decimal(60))))
    assert baseline(tape.state) == VitalSigns(systolic=Decimal(140), pulse=Decimal(90))


def test_sets_merge_to_the_newest_known_values() -> None:
    first, second = VitalSigns(pulse=Decimal(80), spo2=Decimal(97)), VitalSigns(pulse=Decimal(70))
    assert merged([first, second]) == VitalSigns(pulse=Decimal(70), spo2=Decimal(97))
    assert merged([VitalSigns()]) is None
    assert merged([]) is None


@pytest.mark.parametrize(
    ("weight", "dose"),
    [("30", "0.3"), ("49.9", "0.5"), ("49.4", "0.49"), ("50", "0.5"), ("70", "0.5"), (None, "0.5"), ("34.5", "0.34")],
)
def test_the_dose_of_the_standing_order_goes_by_weight(
    protocol: InfusionProtocol, weight: str | None, dose: str
) -> None:
    state = Tape(protocol, visit_facts(put("patient.weight_kg", weight))).state
    assert epinephrine_dose_mg(state) == Decimal(dose)


def test_without_any_facts_of_the_patient_the_dose_is_the_highest(protocol: InfusionProtocol) -> None:
    assert epinephrine_dose_mg(Tape(protocol, visit_facts(put("patient", None))).state) == Decimal("0.5")


def in_reaction(protocol: InfusionProtocol, *events: e.Event) -> Tape:
    tape = Tape(protocol).infusing().wait(minutes=10)
    return tape.note(e.ReactionOpened(("wheeze",)), e.ReactionGraded("anaphylaxis", ("wheeze",)), *events)


def reaction_of(tape: Tape) -> ReactionState:
    reaction = tape.state.reaction
    assert reaction is not None
    return reaction


def test_the_repeat_clock_starts_with_the_first_dose_and_stops_at_zero(protocol: InfusionProtocol) -> None:
    tape = in_reaction(protocol, e.TreatmentGiven("oxygen"))
    assert last_first_line(tape.state, reaction_of(tape)) is None
    assert repeat_in(tape.state, reaction_of(tape), tape.now) is None

    tape.note(e.TreatmentGiven("epinephrine", "0.5 mg")).wait(minutes=2)
    assert repeat_in(tape.state, reaction_of(tape), tape.now) == timedelta(minutes=3)
    tape.wait(minutes=20)
    assert repeat_in(tape.state, reaction_of(tape), tape.now) == ZERO


def test_each_dose_starts_the_repeat_clock_anew(protocol: InfusionProtocol) -> None:
    tape = in_reaction(protocol, e.TreatmentGiven("epinephrine")).wait(minutes=6)
    tape.note(e.TreatmentGiven("epinephrine"), e.TreatmentGiven("oxygen")).wait(minutes=1)
    assert repeat_in(tape.state, reaction_of(tape), tape.now) == timedelta(minutes=4)


@pytest.mark.parametrize(
    ("level", "treatments", "missing"),
    [
        ("anaphylaxis", (), False),
        ("anaphylaxis", ("antihistamine",), True),
        ("anaphylaxis", ("antihistamine", "epinephrine"), False),
        ("severe", ("antihistamine",), False),
    ],
)
def test_the_first_line_drug_is_missed_when_another_was_given_in_anaphylaxis(
    protocol: InfusionProtocol, level: Level, treatments: tuple[str, ...], missing: bool
) -> None:
    tape = in_reaction(protocol, e.ReactionGraded(level, ()), *(e.TreatmentGiven(name) for name in treatments))
    assert first_line_missing(tape.state, reaction_of(tape)) is missing
