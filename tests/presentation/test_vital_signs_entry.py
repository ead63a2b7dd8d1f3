"""The sheet for vital signs: what stands beside the fields, and which figures are asked about."""

from dataclasses import replace
from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.vital_signs_entry import command_from, present_vital_signs_sheet, slips
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
