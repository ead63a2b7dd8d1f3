"""The sheet for vital signs: what stands beside the fields, and which figures are asked about."""

from dataclasses import replace
from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.vital_signs_entry import command_from, entry_note, present_vital_signs_sheet, slips
from tests.kit import TestVisit
from tests.presentation.running_visits import running, vitals


def test_baseline_and_last_figure_stand_beside_each_field(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(vitals(None, None, 80))

    view = present_vital_signs_sheet(visit.context())

    before = {field.key: field.before for field in view.fields}
    assert before["systolic"] == "base 124, last 124"
    assert before["pulse"] == "base 72, last 80"
    assert before["temperature_c"] == "base 36.7, last 36.6"
    assert view.ask[0] == "Ask the patient, look at the skin and at the site."
    assert len(view.ask) == 8


def test_a_sign_without_a_baseline_shows_only_its_last_figure(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(vitals(None, None, 80))
    state = replace(visit.state, vitals=visit.state.vitals[1:])

    view = present_vital_signs_sheet(replace(visit.context(), state=state))

    assert {field.key: field.before for field in view.fields}["pulse"] == "last 80"


def test_before_the_start_all_six_are_asked_for_and_no_round_is_made(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")

    first = present_vital_signs_sheet(visit.context())
    visit.do(vitals())
    again = present_vital_signs_sheet(visit.context())

    assert first.head.lead == "All six are needed before the start."
    assert first.ask == ()
    assert {field.before for field in first.fields} == {""}
    assert again.fields[0].before == "last 121"


def test_a_figure_that_cannot_be_is_asked_about_and_a_worrying_one_is_taken(protocol: InfusionProtocol) -> None:
    view = present_vital_signs_sheet(running(protocol).context())

    assert slips(view, {"systolic": "350", "pulse": "75"}) == {
        "systolic": "Between 30 and 300 is possible. Check the figure."
    }
    assert slips(view, {"temperature_c": "24.9"}) == {
        "temperature_c": "Between 25 and 45 is possible. Check the figure."
    }
    assert slips(view, {"systolic": "30", "spo2": "61", "temperature_c": "45"}) == {}


def test_pressures_the_wrong_way_round_are_asked_about(protocol: InfusionProtocol) -> None:
    view = present_vital_signs_sheet(running(protocol).context())

    assert slips(view, {"systolic": "78", "diastolic": "124"}) == {
        "diastolic": "Higher than the systolic pressure. Check both."
    }
    assert slips(view, {"systolic": "78", "diastolic": "78"}) == {}


def test_fields_left_out_stay_not_measured() -> None:
    assert command_from({"pulse": "75", "temperature_c": "36.6"}) == c.RecordVitalSigns(
        VitalSigns(pulse=Decimal(75), temperature_c=Decimal("36.6"))
    )


# --- what stands under a field ---


def said(visit: TestVisit, key: str, text: str | None, *, left: bool = True) -> tuple[str, str]:
    note = entry_note(present_vital_signs_sheet(visit.context()), key, text, left=left)
    return note.text, note.tone


def test_a_figure_is_compared_with_the_patients_own_baseline(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)

    assert said(visit, "pulse", None) == ("base 72, last 72", "muted")
    assert said(visit, "pulse", "72") == ("base 72, last 72", "muted")
    assert said(visit, "pulse", "95") == ("base 72, last 72 · ↑23", "muted")
    assert said(visit, "temperature_c", "37.6") == ("base 36.7, last 36.7 · ↑0.9", "muted")
    assert said(visit, "temperature_c", "37.7") == ("base 36.7, last 36.7 · ↑1 · risen", "stop")
    assert said(visit, "spo2", "95") == ("base 98, last 98 · ↓3", "muted")
    assert said(visit, "spo2", "94") == ("base 98, last 98 · ↓4 · fallen", "stop")
    assert said(visit, "pulse", "101") == ("base 72, last 72 · ↑29 · high", "caution")


def test_a_figure_is_judged_when_the_field_is_left_and_not_before(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)

    assert said(visit, "pulse", "131", left=False) == ("base 72, last 72 · ↑59", "muted")
    assert said(visit, "pulse", "131") == ("base 72, last 72 · ↑59 · high", "stop")


def test_a_figure_that_cannot_be_is_not_compared(protocol: InfusionProtocol) -> None:
    assert said(running(protocol, 13), "pulse", "9") == ("base 72, last 72", "muted")
    assert said(running(protocol, 13), "pulse", "301") == ("base 72, last 72", "muted")


def test_a_pressure_says_what_follows_from_it(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)

    assert said(visit, "systolic", "121") == ("base 124, last 124 · ↓3", "muted")
    assert said(visit, "systolic", "99") == ("base 124, last 124 · ↓25 · fallen · again in 5 min", "caution")
    assert said(visit, "systolic", "89") == ("base 124, last 124 · ↓35 · low · saving it opens the reaction", "stop")
    assert said(visit, "systolic", "181") == ("base 124, last 124 · ↑57 · high", "stop")


def test_in_a_reaction_a_low_pressure_opens_no_other(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(c.OpenReaction())

    assert said(visit, "systolic", "89") == ("base 124, last 124 · ↓35 · low", "stop")


def test_before_the_start_the_pressure_says_where_its_alarm_line_will_be(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")

    assert said(visit, "systolic", "130") == ("alarm line then 91", "muted")
    assert said(visit, "systolic", "124") == ("alarm line then 90", "muted")
    assert said(visit, "systolic", "180") == ("high · alarm line then 126", "caution")
    assert said(visit, "pulse", "131") == ("high", "hold")


def test_the_alarm_line_is_told_where_a_set_is_entered(protocol: InfusionProtocol) -> None:
    lead = present_vital_signs_sheet(running(protocol, 13).context()).head.lead
    assert lead == "Leave out what was not measured. Alarm line for systolic pressure: 90 mmHg."
