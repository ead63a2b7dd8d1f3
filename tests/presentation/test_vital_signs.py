"""The table of vital signs, and sets in words."""

from dataclasses import replace
from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.pressure_notice import pressure_notice
from nurse_app.presentation.vital_signs import (
    alarm_line_words,
    outside_limits_in_words,
    present_vitals_table,
    vitals_in_words,
)
from tests.kit import TestVisit, base_facts
from tests.presentation.running_visits import running, vitals


def test_baseline_each_set_and_what_is_due_stand_side_by_side(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(vitals(121, 76))
    visit.wait(minutes=5)

    table = present_vitals_table(visit.context())

    assert [(head.top, head.bottom, head.is_due) for head in table.columns] == [
        ("09:05", "base", False),
        ("09:53", "+13 min", False),
        ("due", "10:10", True),
    ]
    assert [(row.title, row.cells) for row in table.rows] == [
        ("Blood pressure mmHg", ("124/78", "121/76 ↓3", "—")),
        ("Pulse /min", ("72", "75 ↑3", "—")),
        ("Breathing rate /min", ("14", "14", "—")),
        ("SpO₂ %", ("98", "98", "—")),
        ("Temperature °C", ("36.7", "36.6 ↓0.1", "—")),
    ]
    assert {tone for row in table.rows for tone in row.tones} == {"neutral"}


def test_before_anything_was_measured_the_table_is_empty(protocol: InfusionProtocol) -> None:
    table = present_vitals_table(TestVisit(protocol).to("prechecks").context())

    assert table.columns == ()


def test_figures_out_of_their_limits_say_so_in_a_word_and_a_tone(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(
        c.RecordVitalSigns(
            VitalSigns(Decimal(99), None, Decimal(104), Decimal(26), Decimal(91), Decimal("38.0")),
        )
    )

    table = present_vitals_table(visit.context())

    measured = {row.title: (row.cells[1], row.tones[1]) for row in table.rows}
    assert measured == {
        "Blood pressure mmHg": ("99/— ↓25 fallen", "caution"),
        "Pulse /min": ("104 ↑32 high", "caution"),
        "Breathing rate /min": ("26 ↑12 high", "stop"),
        "SpO₂ %": ("91 ↓7 low", "stop"),
        "Temperature °C": ("38 ↑1.3 high", "stop"),
    }


def test_a_pressure_below_the_alarm_line_is_low_whatever_the_fixed_limits_say(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks").wait(minutes=1)
    visit.do(c.AnswerRest(answer=False))
    visit.do(vitals(150, 90))
    visit.wait(minutes=1)
    visit.do(c.FinishPrechecks())
    visit.to("infuse").wait(minutes=5)
    visit.do(vitals(104, 60))

    pressure = present_vitals_table(visit.context()).rows[0]

    assert (pressure.cells[1], pressure.tones[1]) == ("104/60 ↓46 low", "stop")
    assert alarm_line_words(visit.context()) == "Alarm line for systolic pressure: 105 mmHg"


def test_a_high_pressure_is_high_even_against_a_high_baseline(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 5)
    visit.do(vitals(181, 100))

    pressure = present_vitals_table(visit.context()).rows[0]

    assert (pressure.cells[1], pressure.tones[1]) == ("181/100 ↑57 high", "stop")


def test_a_set_of_the_observation_counts_from_its_start(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=31)
    visit.do(vitals())

    heads = present_vitals_table(visit.context()).columns

    assert [head.bottom for head in heads] == ["base", "obs. +31", "11:45"]


def test_a_patient_who_was_taken_away_has_no_next_round(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 10)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.do(c.CloseReaction("transferred"))

    heads = present_vitals_table(visit.context()).columns

    assert [head.is_due for head in heads] == [False]


def test_one_set_in_one_line_leaves_out_what_was_not_measured(protocol: InfusionProtocol) -> None:
    context = running(protocol).context()

    assert vitals_in_words(context, VitalSigns(systolic=Decimal(121))) == "121/— mmHg"
    assert vitals_in_words(context, VitalSigns(pulse=Decimal(75), spo2=Decimal(98))) == "75 /min · 98 %"


def test_what_is_out_of_its_limits_is_named_with_its_unit(protocol: InfusionProtocol) -> None:
    visit = running(protocol)

    words = outside_limits_in_words(visit.state, VitalSigns(systolic=Decimal(84), spo2=Decimal(91)))

    assert words == "Systolic pressure 84 mmHg, SpO₂ 91 %"
    changed = VitalSigns(spo2=Decimal(94), temperature_c=Decimal("37.9"))
    assert outside_limits_in_words(visit.state, changed) == "SpO₂ 94 % (fallen), Temperature 37.9 °C (risen)"


def test_a_sign_far_from_the_baseline_is_marked_as_one_that_alarms(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(c.RecordVitalSigns(VitalSigns(spo2=Decimal(94), temperature_c=Decimal("37.9"))))

    measured = {row.title: (row.cells[1], row.tones[1]) for row in present_vitals_table(visit.context()).rows}
    assert measured["SpO₂ %"] == ("94 ↓4 fallen", "stop")
    assert measured["Temperature °C"] == ("37.9 ↑1.2 risen", "stop")


def pressure_sentence(visit: TestVisit) -> str:
    notice = pressure_notice(visit.context())
    assert notice is not None
    return notice.sentence


def test_a_fall_of_pressure_says_when_to_take_it_again(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(vitals(97, 60))

    notice = pressure_notice(visit.context())

    assert notice is not None
    assert notice.title == "Systolic pressure has fallen to 97 mmHg, baseline 124"
    assert notice.sentence == "Look at the patient. Take it again at 09:58."
    late = pressure_sentence(visit.wait(minutes=7))
    assert late == "Look at the patient. Take it again now: it was due at 09:58."


def test_without_a_fall_there_is_nothing_to_say_about_pressure(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    before_any_set = pressure_notice(visit.context())
    visit.do(vitals(121))

    assert before_any_set is None
    assert pressure_notice(visit.context()) is None
    assert pressure_notice(TestVisit(protocol, base_facts(for_visit=True)).context()) is None


def test_without_a_systolic_baseline_no_fall_is_seen(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(vitals(97, 60))
    state = visit.state
    unknown = replace(state, vitals=state.vitals[-1:])
    pulse_only = replace(
        state, vitals=(replace(state.vitals[0], vitals=VitalSigns(pulse=Decimal(72))), *state.vitals[1:])
    )

    for before in (unknown, pulse_only):
        assert pressure_notice(replace(visit.context(), state=before)) is None
