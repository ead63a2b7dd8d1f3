"""Sheets of the running visit: what each asks, what it refuses, and the command it ends in."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import RaiseLevel
from nurse_app.presentation import reaction_sheets, running_sheets
from nurse_app.ui.sheets.bag_empty_sheet import BagEmptySheet
from nurse_app.ui.sheets.change_rate_sheet import ChangeRateSheet
from nurse_app.ui.sheets.close_reaction_sheet import CloseReactionSheet
from nurse_app.ui.sheets.flush_sheet import FlushSheet
from nurse_app.ui.sheets.leave_early_sheet import LeaveEarlySheet
from nurse_app.ui.sheets.pause_sheet import PauseSheet
from nurse_app.ui.sheets.stop_sheet import StopSheet
from nurse_app.ui.sheets.treatment_sheet import TreatmentSheet
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.fields import NumberField, TextField
from tests.kit import TestVisit
from tests.presentation.running_visits import running
from tests.ui.hands import fill, noted, part, tap, words

ShowWindow = Callable[..., QWidget]


@pytest.fixture
def visit(protocol: InfusionProtocol) -> TestVisit:
    return running(protocol, 18)


def test_a_number_pauses_at_once(show_window: ShowWindow) -> None:
    sheet = PauseSheet(running_sheets.present_pause_sheet())
    show_window(sheet)
    sheet.first_focus()
    asked = noted(sheet.intent_requested)

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    tap(sheet, "pause_sheet.reason1")

    assert asked == [c.PauseInfusion("Line or cannula"), c.PauseInfusion("Pump alarm")]


def test_another_reason_to_pause_is_written(show_window: ShowWindow) -> None:
    sheet = PauseSheet(running_sheets.present_pause_sheet())
    show_window(sheet)
    asked = noted(sheet.intent_requested)

    tap(sheet, "pause_sheet.submit")
    fill(sheet, "pause_sheet.other", "Toilet 2", enter=True)

    assert asked == [c.PauseInfusion("Toilet 2")]


def test_stopping_for_good_needs_a_reason(show_window: ShowWindow, visit: TestVisit) -> None:
    sheet = StopSheet(running_sheets.present_stop_sheet(visit.context()))
    show_window(sheet)
    asked = noted(sheet.intent_requested)

    tap(sheet, "stop_sheet.submit")
    missing = words(sheet)
    tap(sheet, "stop_sheet.reason.wish")
    tap(sheet, "stop_sheet.submit")

    assert "Choose at least one reason." in missing
    assert "So far about 90 mg of 300 mg (34.5 mL)." in missing
    assert part(sheet, Button, "stop_sheet.submit").role() == "danger"
    assert asked == [c.StopInfusion("Patient’s wish")]


def test_an_early_empty_bag_takes_its_reason_along(show_window: ShowWindow, visit: TestVisit) -> None:
    sheet = BagEmptySheet(running_sheets.present_bag_empty_sheet(visit.context()))
    show_window(sheet)
    asked = noted(sheet.intent_requested)

    tap(sheet, "bag_empty_sheet.reason.pump")
    tap(sheet, "bag_empty_sheet.submit")

    assert "Tell the prescriber." in words(sheet)
    assert asked == [c.EmptyBag("The pump ended early")]


def test_a_faster_rate_cautions_and_one_above_the_limit_is_refused(show_window: ShowWindow, visit: TestVisit) -> None:
    sheet = ChangeRateSheet(running_sheets.present_change_rate_sheet(visit.context()))
    show_window(sheet)
    sheet.first_focus()
    asked = noted(sheet.intent_requested)
    rate = part(sheet, NumberField, "change_rate_sheet.rate")

    tap(sheet, "change_rate_sheet.reason.order")
    fill(sheet, "change_rate_sheet.rate", "121")
    tap(sheet, "change_rate_sheet.submit")
    refused = rate.message()
    rate.clear()
    fill(sheet, "change_rate_sheet.rate", "118")
    cautioned = rate.message()
    tap(sheet, "change_rate_sheet.submit")
    rate.clear()
    fill(sheet, "change_rate_sheet.rate", "57.5")
    calm = rate.message()

    assert refused == "At most 120 mL/h. Enter a lower rate."
    assert (cautioned.startswith("Faster than planned"), calm) == (True, "")
    assert asked == [c.ChangeRate(Decimal(118), "Prescriber’s order")]


def test_another_reason_has_a_field_that_must_be_filled(show_window: ShowWindow, visit: TestVisit) -> None:
    sheet = ChangeRateSheet(running_sheets.present_change_rate_sheet(visit.context()))
    show_window(sheet)
    asked = noted(sheet.intent_requested)
    other = part(sheet, TextField, "change_rate_sheet.other")
    hidden = not other.isVisible()

    fill(sheet, "change_rate_sheet.rate", "60")
    tap(sheet, "change_rate_sheet.submit")
    unchosen = words(sheet)
    tap(sheet, "change_rate_sheet.reason.other")
    tap(sheet, "change_rate_sheet.submit")
    unsaid = list(asked)
    fill(sheet, "change_rate_sheet.other", "Feels cold", enter=True)

    assert hidden
    assert "Choose a reason." in unchosen
    assert unsaid == []
    assert asked == [c.ChangeRate(Decimal(60), "Feels cold")]
    tap(sheet, "change_rate_sheet.reason.access")
    assert not other.isVisible()


def test_a_fast_flush_cautions_until_the_time_has_passed(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush").wait(minutes=2)
    sheet = FlushSheet(running_sheets.present_flush_sheet(visit.context()))
    show_window(sheet)
    sheet.first_focus()
    asked = noted(sheet.intent_requested)
    volume = part(sheet, NumberField, "flush_sheet.volume")

    QTest.keyClicks(QApplication.focusWidget(), "5")
    cautioned = volume.message()
    sheet.show_view(running_sheets.present_flush_sheet(visit.wait(seconds=1).context()))
    still = volume.message()
    sheet.show_view(running_sheets.present_flush_sheet(visit.wait(minutes=2).context()))
    calm = volume.message()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert cautioned == still == "This is faster than the infusion ran. It is recorded so. Watch the patient."
    assert calm == ""
    assert asked == [c.FinishFlush(Decimal(5))]


def test_leaving_early_holds_who_was_told(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=20)
    sheet = LeaveEarlySheet(running_sheets.present_leave_early_sheet(visit.context()))
    show_window(sheet)
    asked = noted(sheet.intent_requested)

    tap(sheet, "leave_early_sheet.reason.transport")
    fill(sheet, "leave_early_sheet.told", "Dr Sample", enter=True)
    fill(sheet, "leave_early_sheet.call_back", "555", enter=True)

    assert "Explain that a reaction can still come." in words(sheet)
    assert asked == [c.LeaveEarly("Transport is waiting. Told: Dr Sample. Call back: 555")]


def test_a_grave_end_without_a_sign_offers_the_way_out_and_keeps_nobody(
    show_window: ShowWindow, visit: TestVisit
) -> None:
    visit.do(c.OpenReaction())
    sheet = CloseReactionSheet(reaction_sheets.present_close_reaction_sheet(visit.context()))
    show_window(sheet)
    asked = noted(sheet.intent_requested)

    before = words(sheet)
    tap(sheet, "close_reaction_sheet.outcome.died")
    with_it = words(sheet)
    tap(sheet, "unmarked.anaphylaxis")
    tap(sheet, "close_reaction_sheet.submit")
    tap(sheet, "close_reaction_sheet.outcome.died")

    assert "No sign is marked" not in before
    assert "No sign is marked" in with_it
    assert "No sign is marked" not in words(sheet)
    assert asked == [RaiseLevel("anaphylaxis"), c.CloseReaction("died")]


def test_an_outcome_says_what_comes_then_before_it_is_sent(show_window: ShowWindow, visit: TestVisit) -> None:
    visit.do(c.OpenReaction(("itching",)))
    sheet = CloseReactionSheet(reaction_sheets.present_close_reaction_sheet(visit.context()))
    show_window(sheet)
    asked = noted(sheet.intent_requested)

    tap(sheet, "close_reaction_sheet.submit")
    unchosen = words(sheet)
    tap(sheet, "close_reaction_sheet.outcome.improving")
    chosen = words(sheet)
    tap(sheet, "close_reaction_sheet.outcome.improving")
    taken_back = words(sheet)
    tap(sheet, "close_reaction_sheet.outcome.resolved")
    tap(sheet, "close_reaction_sheet.submit")

    assert "Choose how the reaction ended." in unchosen
    assert "Not recorded: Stop the infusion, Call for help, Call the prescriber" in unchosen
    assert "Then the observation begins anew: 60 min from now." in chosen
    assert "Then the observation" not in taken_back
    assert asked == [c.CloseReaction("resolved")]


def test_a_treatment_takes_its_dose_and_route_along(show_window: ShowWindow, visit: TestVisit) -> None:
    visit.do(c.OpenReaction(("itching",)))
    sheet = TreatmentSheet(reaction_sheets.present_treatment_sheet(visit.context()))
    show_window(sheet)
    asked = noted(sheet.intent_requested)

    tap(sheet, "treatment_sheet.submit")
    tap(sheet, "treatment_sheet.which.epinephrine")
    tap(sheet, "treatment_sheet.submit")
    tap(sheet, "treatment_sheet.which.epinephrine")
    tap(sheet, "treatment_sheet.which.antihistamine")
    tap(sheet, "treatment_sheet.submit")

    assert asked == [c.GiveTreatment("epinephrine", "0.5 mg", "IM"), c.GiveTreatment("antihistamine")]


def test_a_treatment_may_be_chosen_beforehand(show_window: ShowWindow, visit: TestVisit) -> None:
    visit.do(c.OpenReaction(("itching",)))
    sheet = TreatmentSheet(reaction_sheets.present_treatment_sheet(visit.context(), "epinephrine"))
    show_window(sheet)

    assert part(sheet, TextField, "treatment_sheet.dose").text() == "0.5 mg"
