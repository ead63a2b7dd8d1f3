"""Sheets of the running visit: what they say before anything is entered."""

from dataclasses import replace
from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.running_sheets import (
    leaving_reason,
    present_bag_empty_sheet,
    present_change_rate_sheet,
    present_flush_sheet,
    present_leave_early_sheet,
    present_pause_sheet,
    present_stop_sheet,
)
from tests.kit import TestVisit
from tests.presentation.running_visits import running


def test_pausing_offers_the_usual_reasons() -> None:
    view = present_pause_sheet()

    assert view.reasons[0] == "Pump alarm"
    assert len(view.reasons) == len(set(view.reasons)) == 5


def test_stopping_for_good_says_how_much_was_given(protocol: InfusionProtocol) -> None:
    view = present_stop_sheet(running(protocol, 18).context())

    assert view.notes == (
        "So far about 90 mg of 300 mg (34.5 mL).",
        "Part of the dose was given. No top-up without the prescriber.",
    )
    assert "Reaction" in view.head.lead


def test_an_early_empty_bag_is_to_be_told_only_below_the_limit(protocol: InfusionProtocol) -> None:
    early = present_bag_empty_sheet(running(protocol, 52).context())
    nearly = present_bag_empty_sheet(running(protocol, 58).context())

    assert early.head.title == "Bag empty after 52:00 of running time"
    assert early.head.lead == "The bag was empty before 60 min of running time. Say why."
    assert early.notes == ("The bag was empty before 57.5 min of running time. Tell the prescriber.",)
    assert nearly.notes == ()


def test_leaving_early_says_how_long_the_patient_was_watched(protocol: InfusionProtocol) -> None:
    view = present_leave_early_sheet(TestVisit(protocol).to("observe").wait(minutes=20).context())

    assert view.head.lead == "Observed for 20:00."
    assert view.advice.startswith("Explain that a reaction can still come.")


def test_the_reason_for_leaving_holds_who_was_told_and_how_to_call_back() -> None:
    assert leaving_reason("Patient’s wish", "", "") == "Patient’s wish"
    assert leaving_reason("Patient’s wish", "Dr Sample", "555") == "Patient’s wish. Told: Dr Sample. Call back: 555"


def test_the_rate_sheet_holds_both_limits(protocol: InfusionProtocol) -> None:
    view = present_change_rate_sheet(running(protocol, 5).context())

    assert view.head.title == "Change the rate, now 115 mL/h"
    assert (view.caution_above, view.refused_above) == (Decimal(115), Decimal(120))
    assert view.refusal == "At most 120 mL/h. Enter a lower rate."
    assert view.caution.startswith("Faster than planned (115 mL/h).")


def test_before_the_start_there_is_no_rate_to_show(protocol: InfusionProtocol) -> None:
    assert present_change_rate_sheet(TestVisit(protocol).context()).head.title == "Change the rate, now "


def test_the_flush_sheet_knows_what_the_rate_would_have_made(protocol: InfusionProtocol) -> None:
    view = present_flush_sheet(TestVisit(protocol).to("flush").wait(minutes=4).context())

    assert view.head.lead == "At 115 mL/h about 7.7 mL would have gone in by now."
    assert view.slow_enough_ml == Decimal(115) * 240 / 3600


def test_a_sheet_does_without_the_sentences_a_protocol_leaves_out(protocol: InfusionProtocol) -> None:
    visit = running(replace(protocol, texts={}), 5)

    assert len(present_stop_sheet(visit.context()).notes) == 1
    assert present_bag_empty_sheet(visit.context()).notes == ()
    visit.do(c.PauseInfusion("Pump alarm"))
    assert present_change_rate_sheet(visit.context()).head.lead == ""
