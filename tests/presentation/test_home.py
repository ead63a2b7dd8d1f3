"""Home in words: cards with their clocks, the list of who is due, and what Reaction means outside a visit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.round_commands import SeenWell
from nurse_app.presentation.home import (
    MOST_ROWS,
    DueRow,
    HomeView,
    OpenVisitFacts,
    Summaries,
    VisitCard,
    present_cards,
    present_home,
)
from tests.kit import PHASES, TestVisit
from tests.presentation.running_visits import vitals

TODAY = date(2026, 11, 22)
READING = Reading(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), timedelta(hours=5), "boot-1")
NAME = "SAMPLE, Patient One"


def open_facts(*visits: TestVisit) -> list[OpenVisitFacts]:
    return [OpenVisitFacts(f"v-{n}", visit.state, visit.now, NAME) for n, visit in enumerate(visits, start=1)]


def home(
    protocol: InfusionProtocol, *visits: TestVisit, patients: Summaries | None = None, search: str = ""
) -> HomeView:
    return present_home(open_facts(*visits), patients or {}, search, READING, protocol, UTC)


def card(visit: TestVisit, *, private: bool = False) -> VisitCard:
    (only,) = present_cards(open_facts(visit), UTC, private=private)
    return only


def patient(
    name: str = NAME, record_no: str = "TRN000417", due: date | None = None, **more: object
) -> dict[str, object]:
    last = None if due is None else (due - timedelta(days=28)).isoformat()
    summary: dict[str, object] = {"record_no": record_no, "name": name, "birth_date": "1988-03-14", "flag": "no"}
    return summary | {"next_infusion": due.isoformat() if due else None, "last_infusion": last} | more


def row(protocol: InfusionProtocol, **summary: object) -> DueRow:
    (only,) = home(protocol, patients={"p-1": patient(**summary)}).rows
    return only


# --- cards ---


@pytest.mark.parametrize(
    ("phase", "value"),
    [
        ("identify", "Identify"),
        ("prepare", "Preparing"),
        ("infuse", "1:00:00 left"),
        ("flush", "Flush the line"),
        ("observe", "1:00:00 left"),
        ("discharge", "Discharge"),
    ],
)
def test_each_phase_shows_its_most_important_figure(protocol: InfusionProtocol, phase: str, value: str) -> None:
    shown = card(TestVisit(protocol).to(phase))
    assert shown.value == value
    assert shown.name == NAME
    assert shown.line.startswith("TRN000417 · ")
    assert shown.exposed == (PHASES.index(phase) >= PHASES.index("infuse"))


def test_a_closed_visit_has_no_card(protocol: InfusionProtocol) -> None:
    assert home(protocol, TestVisit(protocol).to("closed")).cards == ()


def test_pre_checks_count_the_answers_and_then_say_who_is_waited_for(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    all_questions = len(protocol.questions)
    assert card(visit).value == f"0 of {all_questions} answered"
    visit.do(c.AnswerQuestion("infection_signs", answer=True))
    assert card(visit).value == f"1 of {all_questions} answered"
    visit.do(c.AnswerRest(answer=False))
    assert (card(visit).value, card(visit).note, card(visit).tone) == ("HOLD", "waiting for the prescriber", "hold")


def test_a_dose_that_must_not_be_given_says_so(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    patient_facts = visit.state.facts.patient
    assert patient_facts is not None
    history = replace(patient_facts.history, pml=True)
    visit.do(c.UpdateFacts(replace(visit.state.facts, patient=replace(patient_facts, history=history))))
    shown = card(visit)
    assert (shown.value, shown.tone) == ("DO NOT GIVE", "stop")
    assert shown.note.endswith("answered")


def test_a_bag_that_was_checked_is_ready(protocol: InfusionProtocol) -> None:
    assert card(TestVisit(protocol).to_before("infuse")).value == "Bag ready"


def test_a_finding_while_preparing_points_there(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    patient_facts = visit.state.facts.patient
    assert patient_facts is not None
    history = replace(patient_facts.history, pml=True)
    visit.do(c.UpdateFacts(replace(visit.state.facts, patient=replace(patient_facts, history=history))))
    assert (card(visit).value, card(visit).note) == ("HOLD", "see Prepare")


def test_a_running_infusion_counts_down_then_over_and_names_the_next_vital_signs(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")
    first = card(visit.wait(minutes=5))
    assert first.value == "55:00 left"
    assert first.note.startswith("next vital signs ")
    later = card(visit.wait(minutes=57))
    assert later.value == "+02:00 over"
    assert later.note.startswith("vital signs and symptom round due since ")


def test_a_pause_shows_how_long_it_lasts(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=5)
    visit.do(c.PauseInfusion("line"))
    shown = card(visit.wait(minutes=3))
    assert (shown.value, shown.tone) == ("Paused 03:00", "caution")


def test_the_watch_counts_down_and_then_is_ready(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=25)
    assert card(visit).value == "35:00 left"
    shown = card(visit.wait(minutes=35))
    assert (shown.value, shown.tone) == ("Ready", "done")


def test_when_the_last_vital_signs_were_taken_the_watch_names_no_next_ones(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=58)
    assert card(visit).note.startswith("vital signs and symptom round due since ")
    visit.do(vitals())
    assert card(visit).note.startswith("symptom round due since ")
    visit.do(SeenWell())
    assert (card(visit).value, card(visit).note) == ("02:00 left", "")


def test_a_reaction_shows_how_long_it_goes_on(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse").wait(minutes=5)
    visit.do(c.OpenReaction())
    shown = card(visit.wait(minutes=2))
    assert (shown.value, shown.tone) == ("REACTION 02:00", "stop")


def test_a_private_card_says_neither_name_nor_number(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")
    shown = card(visit, private=True)
    assert shown.name == ""
    assert shown.line == "since 09:00 · Infusing"
    assert "TRN" not in f"{shown.value}{shown.note}"


# --- the list ---


def test_patients_stand_by_due_day_and_those_without_one_first(protocol: InfusionProtocol) -> None:
    patients = {
        "p-late": patient("B", due=TODAY - timedelta(days=3)),
        "p-soon": patient("A", due=TODAY + timedelta(days=3)),
        "p-new": patient("C"),
    }
    view = home(protocol, patients=patients)
    assert [one.patient_id for one in view.rows] == ["p-new", "p-late", "p-soon"]
    assert (view.rows_title, view.more) == ("Due", "")


def test_who_came_with_results_only_stands_after_everybody_else(protocol: InfusionProtocol) -> None:
    imported = {f"p-{n}": patient("", f"PBC{n:03}") for n in range(MOST_ROWS, 0, -1)}
    treated = {
        "p-new": patient("C", "TRN1"),
        "p-given": patient("", "TRN2") | {"last_infusion": TODAY.isoformat()},
        "p-soon": patient("", "TRN3", due=TODAY + timedelta(days=3)),
    }
    view = home(protocol, patients=imported | treated)
    shown = [one.record_no for one in view.rows]
    assert shown[:5] == ["TRN2", "TRN1", "TRN3", "PBC001", "PBC002"]
    assert (len(shown), view.more) == (MOST_ROWS, "3 more: type to find them")
    found = home(protocol, patients=imported | treated, search="1").rows
    assert found[0].record_no == "TRN1", "who has a name comes first"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (5, "in 5 days"), (-1, "late by 1 day"), (-9, "late by 9 days")],
)
def test_the_due_day_is_also_said_in_days(protocol: InfusionProtocol, days: int, words: str) -> None:
    shown = row(protocol, due=TODAY + timedelta(days=days))
    assert shown.when == words
    assert shown.last_infusion != "none"


def test_a_patient_with_nothing_but_a_number_is_shown(protocol: InfusionProtocol) -> None:
    shown = row(protocol, name="")
    assert (shown.name, shown.due, shown.last_infusion, shown.when) == (
        "(record number only)",
        "not planned",
        "none",
        "",
    )


def test_a_row_says_whether_a_visit_is_open(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    rows = home(protocol, visit, patients={"p-1": patient(), "p-2": patient("Z", "TRN000418")}).rows
    assert [one.has_visit for one in rows] == [True, False]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("417", ["p-1"]),
        ("PATIENT two", ["p-2"]),
        ("1988-03", ["p-2", "p-1"]),
        ("nobody", []),
        ("   ", ["p-1", "p-2"]),
    ],
)
def test_search_takes_every_word_of_number_name_and_birth_date(
    protocol: InfusionProtocol, search: str, found: list[str]
) -> None:
    patients = {
        "p-1": patient("SAMPLE, Patient Z", due=TODAY - timedelta(days=2)),
        "p-2": patient("SAMPLE, patient two", "TRN000418", due=TODAY),
    }
    view = home(protocol, patients=patients, search=search)
    assert [one.patient_id for one in view.rows] == found
    assert view.rows_title == ("Found" if search.strip() else "Due")


def test_an_empty_list_says_what_to_do(protocol: InfusionProtocol) -> None:
    assert home(protocol).empty == "No patients yet. Add the first one."
    assert home(protocol, search="x").empty == "Nobody found. Check the record number, or add the patient."


def test_a_long_list_says_how_many_are_left_out(protocol: InfusionProtocol) -> None:
    patients = {f"p-{n}": patient(record_no=str(n)) for n in range(MOST_ROWS + 3)}
    view = home(protocol, patients=patients)
    assert (len(view.rows), view.more) == (MOST_ROWS, "3 more: type to find them")


# --- what must be seen to before the infusion ---


def overdue_tests(protocol: InfusionProtocol) -> list[str]:
    return [item.name for item in protocol.labs.monitoring if item.rule is not None]


def test_nothing_to_see_to_is_a_dash(protocol: InfusionProtocol) -> None:
    test = overdue_tests(protocol)[0]
    for day in (None, TODAY):
        summary = {f"due:{test}": day.isoformat()} if day else {}
        shown = row(protocol, **summary)
        assert (shown.before, shown.tone) == ("—", "muted")


def test_an_overdue_test_is_named_with_its_days_and_the_longest_comes_first(protocol: InfusionProtocol) -> None:
    one, two = overdue_tests(protocol)[:2]
    shown = row(protocol, **{f"due:{one}": (TODAY - timedelta(days=4)).isoformat()})
    assert shown.before == f"{protocol.text(f'monitoring.{one}')} overdue 4 d"
    assert shown.tone == "caution"
    both = {
        f"due:{one}": (TODAY - timedelta(days=4)).isoformat(),
        f"due:{two}": (TODAY - timedelta(days=9)).isoformat(),
    }
    assert row(protocol, **both).before == f"{protocol.text(f'monitoring.{two}')} overdue 9 d, 1 more"


def test_a_test_that_was_never_done_says_so(protocol: InfusionProtocol) -> None:
    test = overdue_tests(protocol)[0]
    assert row(protocol, **{f"due:{test}": None}).before == f"{protocol.text(f'monitoring.{test}')} not complete"
    assert row(protocol, **{"due:mri": None}).before == "Brain MRI never done"
    assert row(protocol, **{"due:authorisation": None}).before == "Programme authorisation not on record"


def test_a_reminder_that_nothing_depends_on_and_the_infusion_itself_are_no_warning(protocol: InfusionProtocol) -> None:
    long_ago = (TODAY - timedelta(days=400)).isoformat()
    summary = {"due:edss": None, "due:evaluation": long_ago, "due:next-infusion": long_ago}
    assert row(protocol, **summary).before == "—"


def test_what_holds_the_infusion_comes_before_what_is_longer_overdue(protocol: InfusionProtocol) -> None:
    days = {
        "due:mri": (TODAY - timedelta(days=90)).isoformat(),
        "due:risk-talk": (TODAY - timedelta(days=1)).isoformat(),
    }
    assert row(protocol, **days).before == "Talk about the PML risk overdue 1 d, 1 more"


@pytest.mark.parametrize(
    ("last", "words"),
    [(55, "—"), (56, "Missed infusion"), (83, "Missed infusion"), (84, "Long gap in treatment")],
)
def test_a_missed_infusion_and_a_gap_are_named(protocol: InfusionProtocol, last: int, words: str) -> None:
    given = TODAY - timedelta(days=last)
    summary = {
        "due:next-infusion": f"{given + timedelta(days=28)}/{given + timedelta(days=34)}",
        "due:missed-infusion": (given + timedelta(days=55)).isoformat(),
        "due:treatment-gap": (given + timedelta(days=83)).isoformat(),
    }
    assert row(protocol, **summary).before == words


def test_after_the_end_of_treatment_only_the_follow_up_is_due(protocol: InfusionProtocol) -> None:
    follow_up = (TODAY + timedelta(days=3)).isoformat()
    late = {"due:mri": None, "last_infusion": "2026-05-25"}
    shown = row(protocol, ended=True, follow_up=follow_up, **late)
    assert (shown.due, shown.when) == ("25-Nov-2026", "in 3 days")
    assert (shown.before, shown.tone) == ("Treatment ended, follow-up only", "muted")
    done = row(protocol, ended=True, follow_up=None, **late)
    assert (done.due, done.when) == ("none", "")
    flagged = row(protocol, ended=True, flag="suspected", **late)
    assert (flagged.before, flagged.tone) == ("Reaction on record: prescriber must decide", "caution")


def test_whom_nobody_has_to_see_again_comes_after_the_others(protocol: InfusionProtocol) -> None:
    over = {"ended": True, "last_infusion": "2025-01-01"}
    patients = {
        "p-done": patient("SAMPLE, Done", "1", **over),
        "p-number": patient("", "2"),
        "p-follow-up": patient("SAMPLE, Follow-up", "3", follow_up=TODAY.isoformat(), **over),
        "p-next": patient("SAMPLE, Next", "4", TODAY + timedelta(days=1)),
        "p-late": patient("SAMPLE, Zeta", "5", TODAY, first_due="2026-10-01"),
        "p-calm": patient("SAMPLE, Alpha", "6", TODAY, first_due="2027-10-01"),
        "p-new": patient("SAMPLE, New", "7"),
    }
    order = [row.patient_id for row in home(protocol, patients=patients).rows]
    assert order == ["p-new", "p-follow-up", "p-late", "p-calm", "p-next", "p-done", "p-number"]


def test_a_reaction_on_record_stands_before_every_test(protocol: InfusionProtocol) -> None:
    test = overdue_tests(protocol)[0]
    shown = row(protocol, flag="suspected", **{f"due:{test}": None})
    assert shown.before == "Reaction on record: prescriber must decide"


def test_who_came_with_results_only_is_not_warned_of_but_for_a_reaction(protocol: InfusionProtocol) -> None:
    test = overdue_tests(protocol)[0]
    assert row(protocol, name="", **{f"due:{test}": None}).before == "—"
    assert row(protocol, name="", flag="suspected").before == "Reaction on record: prescriber must decide"
