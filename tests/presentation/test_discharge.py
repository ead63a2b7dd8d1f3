"""Going home and the closed visit: what is told, what is summed up, what is still open."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.closed import present_closed
from nurse_app.presentation.discharge import present_discharge
from nurse_app.presentation.due_sheet import present_due_of_visit
from nurse_app.presentation.intents import GoHome, GoToRecord, OpenSheet, SaveRecord, SheetKind
from nurse_app.presentation.summary_page import SummaryPageView
from nurse_app.presentation.visit_summary import summary_rows
from tests.kit import SECOND, TestVisit
from tests.presentation.running_visits import action, card, ids, primary, running, vitals


def rows_of(visit: TestVisit) -> dict[str, str]:
    return {row.label: row.value for row in summary_rows(visit.context())}


def completed(protocol: InfusionProtocol) -> TestVisit:
    return TestVisit(protocol).to("closed")


def partial(protocol: InfusionProtocol) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.PauseInfusion("Line or cannula"))
    visit.wait(minutes=3)
    visit.do(c.StopInfusion("Line or cannula cannot be kept"))
    visit.wait(hours=3)
    visit.do(c.CompleteObservation())
    visit.do(c.Discharge())
    return visit


def left_early(protocol: InfusionProtocol) -> TestVisit:
    visit = TestVisit(protocol).to("observe").wait(minutes=20)
    visit.do(c.LeaveEarly("Transport is waiting"))
    visit.do(c.Discharge())
    return visit


def reacted(protocol: InfusionProtocol) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("hives", "wheeze")))
    visit.wait(minutes=1)
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    visit.do(c.GiveTreatment("oxygen"))
    visit.wait(minutes=20)
    visit.do(c.CloseReaction("transferred"))
    visit.do(c.LeaveEarly("Transferred to hospital"))
    visit.do(c.Discharge())
    return visit


def not_given(protocol: InfusionProtocol) -> TestVisit:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.AnswerQuestion("infection_signs", answer=True))
    visit.do(c.DoNotGive("Infection"))
    return visit


def test_the_advice_is_read_out_and_the_visit_summed_up(protocol: InfusionProtocol) -> None:
    view = present_discharge(TestVisit(protocol).to("discharge").context())

    assert view.head.lead == "Cannula out, site dressed, advice given, next date booked."
    assert len(view.advice) == 9
    assert view.advice[0].startswith("A reaction can still come today")
    assert view.notices == ()
    assert action(view.side, "discharge").intent == c.Discharge()
    assert primary(view.side.parts) == ["discharge"]
    assert action(view.side, "save_record").intent == SaveRecord("v-1")
    assert action(view.side, "timeline").intent == GoToRecord("v-1")
    assert (card(view.side, "next_infusion").value, card(view.side, "next_infusion").note) == ("20-Dec-2026", "")
    assert "decision" not in ids(view.side)


def test_what_is_late_is_told_before_the_patient_goes_and_todays_infusion_counts(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("discharge")
    side = present_discharge(visit.context()).side
    assert card(side, "due").note == "Prescriber evaluation overdue 133 d"
    assert action(side, "what_is_due").intent == OpenSheet(SheetKind.DUE)
    due = {line.name: line.state for line in present_due_of_visit(visit.context()).lines}
    assert due["next-infusion"] == "due 20-Dec-2026"


def test_the_summary_of_a_whole_dose(protocol: InfusionProtocol) -> None:
    assert rows_of(completed(protocol)) == {
        "Dose": "300 mg, all of it",
        "Infusion": "09:40 to 10:40, running time 1:00:00",
        "Product": "Tysabri · lot A12345 · exp 31-Aug-2027",
        "Line": "left forearm",
        "Flush": "4 mL, finished 10:45",
        "Observation": "10:45 to 11:45, complete",
        "Last vital signs": "09:05 · 124/78 mmHg · 72 /min · 14 /min · 98 % · 36.7 °C",
        "Next infusion": "20-Dec-2026",
        "Programme": "File the programme’s form within 1 day, also when the dose is not given.",
        "Entries": "33 entries by SAMPLE, Nurse One · SAMPLE, Nurse Two",
    }


def test_part_of_a_dose_says_how_much_how_long_and_why(protocol: InfusionProtocol) -> None:
    rows = rows_of(partial(protocol))

    assert rows["Dose"] == "about 90 mg of 300 mg (34.5 mL)"
    assert rows["Infusion"] == (
        "09:40 to 10:01, running time 18:00, paused for 03:00. Stopped for good: Line or cannula cannot be kept"
    )
    assert rows["Next infusion"] == "the prescriber decides"


def test_a_reaction_is_summed_up_with_signs_treatments_and_end(protocol: InfusionProtocol) -> None:
    rows = rows_of(reacted(protocol))

    assert rows["Reaction"] == (
        "09:58 · Suspected anaphylaxis · Hives, Wheeze · EPINEPHrine 0.5 mg IM 09:59 · Oxygen 09:59"
        " · Transferred to hospital 10:19"
    )
    assert rows["Infusion"].endswith("Stopped for good: reaction")
    assert rows["Observation"] == "10:19 to 10:19, left early: Transferred to hospital"


def test_an_open_reaction_without_signs_is_in_the_summary_too(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction())

    assert rows_of(visit)["Reaction"] == "09:58 · No sign yet"


def test_a_dose_that_was_not_given_says_what_was_found(protocol: InfusionProtocol) -> None:
    rows = rows_of(not_given(protocol))

    assert rows["Dose"] == "none of 300 mg"
    assert rows["Found before the start"] == "Infection"
    assert not {"Infusion", "Product", "Line", "Flush", "Observation", "Last vital signs"} & rows.keys()


def test_decisions_cautions_and_corrections_are_in_the_summary(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.AnswerQuestion("live_vaccine_planned_or_recent", answer=True))
    visit.do(c.AnswerQuestion("infection_signs", answer=True))
    visit.do(c.RecordDecision("infection", "proceed", "Dr Sample", read_back=True))
    (noted,) = visit.do(c.AddNote("wrong"))
    visit.do(c.CorrectEntry(noted.number, "Typed or tapped wrong"))
    visit.to("discharge")
    visit.do(c.RecordDecision("next-infusion", "do-not-give", "Dr Sample", read_back=True))

    rows = [(row.label, row.value) for row in summary_rows(visit.context())]

    assert ("Prescriber’s decision", "Infection: proceed, Dr Sample") in rows
    assert ("Prescriber’s decision", "Date of the next infusion: do not give, Dr Sample") in rows
    assert ("Found before the start", "Live vaccine") in rows
    assert dict(rows)["Entries"].endswith(", 1 marked in error")


def test_a_shortened_watch_says_so(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("discharge")
    shortened = replace(visit.state, observation=replace(visit.state.observation, shortened=True))

    rows = summary_rows(replace(visit.context(), state=shortened))

    assert {row.label: row.value for row in rows}["Observation"] == "10:45 to 11:45, shortened by order"


def test_a_vial_known_only_in_part_shows_what_is_known(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("discharge")
    assert visit.state.bag.product is not None
    product = replace(visit.state.bag.product, brand=None, lot=None, expiry=None)
    state = replace(visit.state, bag=replace(visit.state.bag, product=product))

    rows = summary_rows(replace(visit.context(), state=state))

    assert "Product" not in {row.label for row in rows}


@pytest.mark.parametrize(
    ("ending", "title"),
    [
        (completed, "Whole dose given, observation complete"),
        (partial, "Part of the dose given"),
        (left_early, "Patient left before the observation was over"),
        (reacted, "Stopped for a reaction"),
        (not_given, "Not given today"),
    ],
)
def test_every_ending_has_its_title_and_the_way_to_its_record(
    protocol: InfusionProtocol, ending: Callable[[InfusionProtocol], TestVisit], title: str
) -> None:
    view = present_closed(ending(protocol).context())

    assert view.head.title == title
    assert view.head.lead.startswith("Visit closed ")
    assert view.advice == ()
    assert action(view.side, "home").intent == GoHome()
    assert primary(view.side.parts) == ["home"]
    assert {"save_record", "timeline", "note", "next_infusion"} <= set(ids(view.side))


def test_after_a_stop_the_prescriber_decides_about_the_next_date(protocol: InfusionProtocol) -> None:
    visit = partial(protocol)

    before = present_closed(visit.context())
    visit.do(c.RecordDecision("next-infusion", "proceed", "Dr Sample", read_back=True))
    after = present_closed(visit.context())

    assert action(before.side, "decision").intent == OpenSheet(SheetKind.DECISION, "next-infusion")
    assert card(before.side, "next_infusion").value == "the prescriber decides"
    assert card(after.side, "next_infusion").value == "20-Dec-2026"
    assert "decision" not in ids(after.side)


def test_a_dose_that_was_not_given_says_why(protocol: InfusionProtocol) -> None:
    (why,) = present_closed(not_given(protocol).context()).notices

    assert (why.severity, why.title) == ("caution", "Not given: Infection")


def test_what_was_out_of_the_ordinary_stays_in_sight(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush").wait(minutes=1)
    visit.do(c.FinishFlush(Decimal(20)))
    visit.wait(hours=1)
    visit.do(c.CompleteObservation())

    assert [notice.id for notice in present_discharge(visit.context()).notices] == ["flush_faster"]


def test_a_patient_who_is_gone_gets_no_advice(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.do(c.CloseReaction("died"))
    visit.do(c.LeaveEarly("The patient died"))

    view: SummaryPageView = present_discharge(visit.context())

    assert (view.head.title, view.head.lead) == ("Finish the visit", "The patient died")
    assert view.advice == ()
    assert action(view.side, "discharge").label == "Close the visit"
    assert action(view.side, "decision").key == "D"


def test_a_visit_that_is_not_over_has_a_page_all_the_same(protocol: InfusionProtocol) -> None:
    view = present_closed(TestVisit(protocol).to("prechecks").context())

    assert view.head.title == "Closed"


def test_names_come_from_those_who_made_the_entries(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 10)
    visit.do(vitals(), by=SECOND)

    assert rows_of(visit)["Entries"].endswith("by SAMPLE, Nurse One · SAMPLE, Nurse Two")
