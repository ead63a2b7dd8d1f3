"""The trends page: panels, cards that fall due, findings that need somebody, and the table that says the same."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nurse_app.domain.facts import Enrolment, Facts, LabResult, Patient, PrescriberDecision, Treatment
from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.patient_record import LabEntry, PatientRecord
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.presentation.intents import GoHome, GoToPatient, GoToTrends, GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.lab_trend import (
    LabHistory,
    TrendPanel,
    TrendsView,
    age_words,
    lab_history,
    present_trends,
    trend_actions,
)
from nurse_app.presentation.view_parts import ActionView, CardView
from tests.presentation.lab_results import TODAY, result, series

ALT = (None, "40")
WORDS = (
    LabResult("ADA", "negative", date(2026, 9, 2), "{presence}"),
    LabResult("JCV", "negative", date(2026, 9, 2)),
    LabResult("MRI", "no new lesions", date(2025, 12, 10)),
    LabResult("EDSS", "2.0", date(2025, 11, 30), "{score}"),
    LabResult("EDSS", "2.5", date(2026, 10, 30), "{score}"),
)


def shown(protocol: InfusionProtocol, *labs: LabResult, patient: Patient | None = None) -> TrendsView:
    facts = Facts(labs=labs, patient=patient or Patient())
    return present_trends(protocol, LabHistory(facts), TODAY, UTC)


def panel(view: TrendsView, test: str) -> TrendPanel:
    return next(each for each in view.panels if each.test == test)


def card(view: TrendsView, card_id: str) -> CardView:
    return next(part for part in view.side.parts if isinstance(part, CardView) and part.id == card_id)


def findings(view: TrendsView) -> list[CardView]:
    return [part for part in view.side.parts if isinstance(part, CardView) and part.id.startswith("finding")]


def test_without_results_the_page_says_what_to_do(protocol: InfusionProtocol) -> None:
    view = shown(protocol)

    assert view.empty == "No results on record yet. Add the first ones from the laboratory report."
    assert view.panels == () == view.table
    assert view.none_yet.startswith("No result yet: ALT, AST, Platelets")
    assert card(view, "due.ADA").value == "none yet"


def test_a_calm_panel_says_value_age_and_next_due_day(protocol: InfusionProtocol) -> None:
    found = panel(shown(protocol, *series("PLT", ["230", "238"], ("150", "400"))), "PLT")

    assert (found.title, found.unit, found.latest, found.tone) == ("Platelets", "×\u00a010⁹/L", "238", "neutral")
    assert found.note == "12-Nov-2026 · 10 d ago · due 10-Feb-2027"
    assert found.remark == ""


def test_alt_above_three_times_says_so_in_the_panel_and_beside_it(protocol: InfusionProtocol) -> None:
    view = shown(protocol, *series("ALT", ["30", "98", "121.2"], ALT))

    found = panel(view, "ALT")
    assert (found.latest, found.tone) == ("121.2 ↑ high · 3.03 × ULN", "hold")
    assert "CTCAE 5.0 grade 2" in found.note
    (hold,) = findings(view)
    assert (hold.title, hold.value, hold.tone) == ("Liver enzymes", "Hold", "hold")
    assert "3.03 times the upper limit" in hold.note


def test_a_hold_that_a_prescriber_decided_today_needs_nobody_any_more(protocol: InfusionProtocol) -> None:
    decision = PrescriberDecision("liver-enzymes", "proceed", "Dr Sample", TODAY)
    view = shown(protocol, result("ALT", "121", ALT), patient=Patient(decisions=(decision,)))

    assert findings(view) == []
    assert panel(view, "ALT").tone == "hold"


def test_what_a_visit_in_progress_does_counts_beside_the_curves(protocol: InfusionProtocol) -> None:
    labs = (result("ALT", "121", ALT),)
    before = Treatment(infusions_given=7, last_infusion=date(2026, 10, 25), plan_interval_weeks=4)
    decision = PrescriberDecision("liver-enzymes", "proceed", "Dr Sample", TODAY)
    given = Patient(treatment=replace(before, last_infusion=TODAY), decisions=(decision,))
    history = LabHistory(Facts(labs=labs, patient=Patient(treatment=before)))
    visit = Case(protocol, Facts(labs=labs, patient=given), datetime(2026, 11, 22, 12, tzinfo=UTC))

    on_record = present_trends(protocol, history, TODAY, UTC)
    during = present_trends(protocol, replace(history, visit=visit), TODAY, UTC)

    assert (card(on_record, "due.next-infusion").value, len(findings(on_record))) == ("22-Nov-2026", 1)
    assert (card(during, "due.next-infusion").value, findings(during)) == ("20-Dec-2026", [])
    assert during.panels == on_record.panels


def test_more_than_two_holds_are_counted_worst_first(protocol: InfusionProtocol) -> None:
    labs = (
        result("ALT", "130", ALT),
        result("NEUT", "0.4", ("2", "7")),
        result("PLT", "90", ("150", "400")),
        result("HGB", "7", ("12", "16")),
    )

    cards = findings(shown(protocol, *labs))

    assert [each.value for each in cards] == ["Stop", "Hold", ""]
    assert cards[-1].title == "2 more that need a decision"


def test_the_expected_rise_of_lymphocytes_is_worded(protocol: InfusionProtocol) -> None:
    found = panel(shown(protocol, *series("LYMPH", ["1.9", "4.3"], ("1", "4"))), "LYMPH")

    assert (found.latest, found.tone) == ("4.3 ↑ expected", "information")
    assert found.remark.startswith("A rise is an expected effect of natalizumab")


def test_a_change_that_a_rule_minds_is_not_called_expected(protocol: InfusionProtocol) -> None:
    found = panel(shown(protocol, result("HGB", "11", ("12", "16"))), "HGB")

    assert (found.latest, found.tone, found.remark) == ("11 ↓ low", "caution", "")


def test_an_overdue_test_marks_its_panel(protocol: InfusionProtocol) -> None:
    late = result("ALT", "30", ALT, days_ago=100)
    treated = Patient(treatment=Treatment(infusions_given=3))
    found = panel(shown(protocol, late, patient=treated), "ALT")

    assert found.note == "14-Aug-2026 · 3 months ago · overdue 10 d"
    assert found.tone == "caution"
    assert panel(shown(protocol, late), "ALT").tone == "hold", "it may be the first infusion"


def test_results_that_no_curve_can_show_are_counted_and_stand_in_the_table(protocol: InfusionProtocol) -> None:
    labs = (result("ALT", "30", ALT), result("ALT", "34", ALT, unit="mg/dL"), result("ALT", "clotted", ALT))

    view = shown(protocol, *labs)

    assert panel(view, "ALT").remark == "2 results cannot be drawn: see the table."
    assert sorted(row.standing for row in view.table) == [
        "cannot be read",
        "in range · 0.75 × ULN",
        "unit does not fit",
    ]


def test_a_value_without_a_range_says_so(protocol: InfusionProtocol) -> None:
    assert panel(shown(protocol, result("GGT", "50")), "GGT").latest == "50 no range given"


def test_word_results_are_cards_with_the_day_when_they_are_due(protocol: InfusionProtocol) -> None:
    view = shown(protocol, *WORDS)

    assert (card(view, "due.ADA").value, card(view, "due.ADA").note) == ("negative", "02-Sep-2026 · due 25-Nov-2026")
    assert (card(view, "due.MRI").value, card(view, "due.MRI").note) == (
        "no new lesions",
        "10-Dec-2025 · due 10-Dec-2026",
    )
    assert card(view, "due.EDSS").value == "2 → 2.5"
    assert card(view, "due.JCV").tone == "neutral"


def test_an_overdue_card_says_by_how_much(protocol: InfusionProtocol) -> None:
    late = shown(protocol, LabResult("MRI", "no new lesions", date(2025, 11, 1)))

    assert (card(late, "due.MRI").note, card(late, "due.MRI").tone) == ("01-Nov-2025 · overdue 21 d", "caution")


def test_a_high_index_need_not_be_repeated(protocol: InfusionProtocol) -> None:
    view = shown(protocol, LabResult("JCV", "1.7", date(2020, 9, 2), "{index}"))

    assert (card(view, "due.JCV").value, card(view, "due.JCV").note) == (
        "index 1.7",
        "02-Sep-2020 · high: need not be repeated",
    )


@pytest.mark.parametrize(
    ("lab", "value"),
    [
        (LabResult("JCV", "<0.20", date(2026, 9, 2), "{index}"), "index <0.2"),
        (LabResult("JCV", Decimal("0.30"), date(2026, 9, 2), "{index}"), "index 0.3"),
        (LabResult("MRI", "x" * 80, date(2026, 9, 2)), "see the table"),
        (LabResult("EDSS", "3.50", date(2026, 9, 2), "{score}"), "3.5"),
    ],
)
def test_a_card_shows_a_result_plainly(protocol: InfusionProtocol, lab: LabResult, value: str) -> None:
    assert card(shown(protocol, lab), f"due.{lab.test}").value == value


def test_antibodies_are_not_asked_for_before_the_first_infusion(protocol: InfusionProtocol) -> None:
    before = shown(protocol, patient=Patient(treatment=Treatment(infusions_given=0)))

    assert card(before, "due.ADA").tone == "neutral"
    assert card(before, "due.JCV").tone == "caution"
    assert card(before, "due.EDSS").tone == "neutral"


def test_a_test_of_another_laboratory_is_kept_and_not_assessed(protocol: InfusionProtocol) -> None:
    view = shown(protocol, LabResult("ALB", "41", TODAY, "g/L"), LabResult("MRI", "clear", TODAY))

    assert [(row.test, row.value, row.limits, row.standing) for row in view.table] == [
        ("Brain MRI", "clear", "—", ""),
        ("ALB", "41 g/L", "—", "not assessed"),
    ]


def test_an_empty_result_says_that_it_is_empty(protocol: InfusionProtocol) -> None:
    view = shown(protocol, LabResult("ALT", None, TODAY, "U/L"))

    assert [(row.value, row.standing) for row in view.table] == [("empty U/L", "cannot be read")]


def test_the_table_has_each_test_newest_first(protocol: InfusionProtocol) -> None:
    view = shown(protocol, *series("AST", ["20", "21"], ALT), *series("ALT", ["30", "121"], ALT))

    assert [(row.test, row.value) for row in view.table] == [
        ("ALT", "121 U/L"),
        ("ALT", "30 U/L"),
        ("AST", "21 U/L"),
        ("AST", "20 U/L"),
    ]
    assert view.table[0].tone == "hold"


def test_the_range_shown_first_has_the_newest_result_in_it(protocol: InfusionProtocol) -> None:
    assert shown(protocol, result("ALT", "30", ALT)).default_range == "year"
    assert shown(protocol, result("ALT", "30", ALT, days_ago=800)).default_range == "all"
    assert shown(protocol).default_range == "year"


def test_the_history_of_a_record_knows_what_no_longer_counts_and_when_the_drug_was_given(
    protocol: InfusionProtocol,
) -> None:
    now, before = result("ALT", "31", ALT), result("ALT", "310", ALT)
    record = PatientRecord(
        details=PatientDetails("TRN000417", treatment=Treatment(last_infusion=date(2026, 10, 4))),
        labs=(LabEntry(2, before, superseded=True, corrected_by=3), LabEntry(3, now)),
    )

    history = lab_history(record, protocol, TODAY, UTC)
    view = present_trends(protocol, history, TODAY, UTC)

    assert history.facts.labs == (now,)
    assert [mark.text for mark in view.treatment.infusions] == ["04-Oct-2026 infusion"]
    cross, counted = panel(view, "ALT").drawing.marks
    assert (cross.shape, cross.height, counted.shape) == ("cross", 310, "dot")
    assert cross.text.endswith("corrected to 31")
    assert panel(view, "ALT").drawing.runs == ((1,),)


def test_results_are_added_from_here_and_the_way_back_leads_where_one_came_from(protocol: InfusionProtocol) -> None:
    add, back, timeline, due = trend_actions("p-1", "v-1")

    assert (add.intent, add.role) == (OpenSheet(SheetKind.LAB_RESULT, "p-1"), "primary")
    assert due.intent == OpenSheet(SheetKind.DUE, "p-1")
    assert back.intent == GoToVisit("v-1")
    assert timeline.intent == GoToTrends("p-1", timeline=True)
    assert trend_actions("p-1", timeline=True)[2].intent == GoToTrends("p-1")
    without_visit = trend_actions("p-1")
    assert [without_visit[1].intent, without_visit[4].intent] == [GoHome(), GoToPatient("p-1")]
    actions = (add, back, timeline, due)
    view = present_trends(protocol, LabHistory(Facts()), TODAY, UTC, actions)
    assert [part for part in view.side.parts if isinstance(part, ActionView)] == [*actions]
    assert view.side.parts[:3] == (add, back, timeline)
    assert view.side.parts[-1] == due, "the cards are seen without scrolling"


def test_of_several_results_of_one_moment_all_are_said_and_the_gravest_speaks(protocol: InfusionProtocol) -> None:
    found = panel(shown(protocol, *(result("PLT", value, ("150", "400")) for value in ("95", "240", "230"))), "PLT")

    assert found.latest == "95 / 240 / 230 ↓ low"
    assert found.tone == "hold"


@pytest.mark.parametrize(
    ("test", "value", "limits", "words"),
    [
        ("MONO", "1.2", ("0.2", "0.8"), "A rise is an expected effect of natalizumab."),
        ("MONO", "0.1", ("0.2", "0.8"), ""),
        ("HGB", "19", ("12", "16"), ""),
        ("TSH", "5", ("0.4", "4"), "Shown as a trend only; no label of natalizumab asks for it."),
        ("TSH", "0.1", ("0.4", "4"), "Shown as a trend only; no label of natalizumab asks for it."),
    ],
)
def test_the_drugs_effect_is_told_on_its_own_side_only(
    protocol: InfusionProtocol, test: str, value: str, limits: tuple[str | None, str | None], words: str
) -> None:
    assert panel(shown(protocol, result(test, value, limits)), test).remark == words


def test_counts_of_lesions_are_no_curve_but_stay_in_the_table(protocol: InfusionProtocol) -> None:
    course = protocol.labs.ms_course
    assert course is not None
    labs = [LabResult(test, "2", date(2026, 5, 1), "{count}") for test in (course.new_t2, course.gadolinium)]

    view = shown(protocol, *labs)
    without = shown(replace(protocol, labs=replace(protocol.labs, ms_course=None)), *labs)

    assert (view.panels, len(view.table), view.empty) == ((), 2, "")
    assert len(without.panels) == 2


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "1 d ago"), (99, "99 d ago"), (100, "3 months ago"), (59, "59 d ago")]
)
def test_the_age_of_a_result_is_told_in_days_then_months(days: int, words: str) -> None:
    assert age_words(days) == words


def test_what_no_test_stands_for_has_a_card_of_its_own_when_it_is_near(protocol: InfusionProtocol) -> None:
    course = Treatment(
        first_infusion=date(2026, 5, 31), infusions_given=7, last_infusion=date(2026, 10, 25), plan_interval_weeks=4
    )
    enrolled = Enrolment(programme="TOUCH", authorised=True, valid_until=date(2027, 1, 31))
    positive = LabResult("ADA", "positive", date(2026, 11, 1))

    def cards(treatment: Treatment) -> dict[str, tuple[str, str]]:
        facts = Facts(patient=Patient(treatment=treatment), rems=enrolled, labs=(positive,))
        side = present_trends(protocol, LabHistory(facts), TODAY, UTC).side
        found = [part for part in side.parts if isinstance(part, CardView) and part.id.startswith("due.")]
        return {part.id.removeprefix("due."): (part.value, part.note) for part in found}

    tests = {"ADA", "JCV", "MRI", "EDSS"}
    treated = cards(course)
    assert treated["ADA"] == ("positive", "01-Nov-2026 · Repeat of the antibody test due 13-Dec-2026")
    assert {name: value for name, value in treated.items() if name not in tests} == {
        "evaluation": ("overdue 83 d", ""),
        "next-infusion": ("22-Nov-2026", "due"),
    }
    later = cards(replace(course, last_infusion=date(2026, 11, 20), evaluated_on=date(2026, 6, 20)))
    assert later["next-infusion"] == ("18-Dec-2026", "due then")
    ended = cards(replace(course, last_infusion=date(2026, 6, 10), ended_on=date(2026, 7, 1)))
    assert {name: value for name, value in ended.items() if name not in tests} == {
        "follow-up": ("10-Dec-2026", "due then"),
        "pml-watch": ("10-Dec-2026", "until then"),
    }
