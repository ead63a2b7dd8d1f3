"""Grades, calls and actions after a reaction, in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.after_reaction_commands import GradeReaction
from nurse_app.domain.after_reaction_protocol import Ground
from nurse_app.domain.ctcae_grading import GradeSuggestion
from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.follow_up_call import CallDue
from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.after_actions import after_actions, call_card
from nurse_app.presentation.after_words import grade_words, suggestion_reasons
from nurse_app.presentation.closed import present_closed
from nurse_app.presentation.ctcae_sheet import present_ctcae, suggestion_words
from nurse_app.presentation.discharge import present_discharge
from nurse_app.presentation.due_sheet import present_due_of_visit
from nurse_app.presentation.entry_words import entry_sentence
from nurse_app.presentation.follow_up_words import (
    call_in,
    call_span_words,
    call_tone,
    call_words,
    delayed_sign_words,
)
from nurse_app.presentation.home_calls import present_calls
from nurse_app.presentation.reaction_sheets import present_close_reaction_sheet
from nurse_app.presentation.recall import recall_list
from nurse_app.presentation.timeline import present_timeline
from tests.kit import TestVisit
from tests.presentation.running_visits import ids, running

ONSET = datetime(2026, 11, 22, 9, 58, tzinfo=UTC)
HOUR = timedelta(hours=1)
CALL = CallDue("v-1", ONSET, ONSET + 24 * HOUR, ONSET + 72 * HOUR)


def reacting(protocol: InfusionProtocol, *signs: str) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(signs))
    return visit


def closed(protocol: InfusionProtocol, *signs: str, outcome: str = "resolved") -> TestVisit:
    visit = reacting(protocol, *signs)
    visit.wait(minutes=10).do(c.CloseReaction(outcome))  # type: ignore[arg-type]
    if visit.state.phase == "infuse":
        visit.do(c.StopInfusion("enough for today"))
    visit.wait(hours=3).do(c.CompleteObservation())
    return visit


# --- entries ---


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (e.CtcaeGraded("anaphylaxis", 4, "5.0"), "CTCAE 5.0: Anaphylaxis, grade 4."),
        (e.CtcaeGraded("fever", 1, "5.0", 2), "Reaction 2: CTCAE 5.0: Fever, grade 1."),
        (e.CtcaeGraded("of-old", 1, "4.0"), "CTCAE 4.0: of-old, grade 1."),
        (e.HandedOver("ambulance"), "Handed over to: Ambulance crew."),
        (e.HandedOver("emergency-team", "Sam."), "Handed over to: Emergency team, Sam."),
    ],
)
def test_entries_in_words(protocol: InfusionProtocol, event: e.Event, words: str) -> None:
    assert entry_sentence(event, protocol, str) == words


# --- the grade ---


@pytest.mark.parametrize(
    ("suggestion", "words"),
    [
        (GradeSuggestion("fever", 1), ""),
        (GradeSuggestion("fever", 2, temperature_c=Decimal("39.5")), "temperature 39.5 °C"),
        (
            GradeSuggestion("anaphylaxis", 3, ("parenteral", "first-line"), ("wheeze",)),
            "treatment by injection or into a vein, EPINEPHrine given, Wheeze",
        ),
    ],
)
def test_what_speaks_for_a_grade(protocol: InfusionProtocol, suggestion: GradeSuggestion, words: str) -> None:
    assert suggestion_reasons(protocol, suggestion) == words


def test_every_ground_has_words(protocol: InfusionProtocol) -> None:
    words = [suggestion_reasons(protocol, GradeSuggestion("x", 1, (ground,))) for ground in get_args(Ground)]
    assert all(words)
    assert len(set(words)) == len(words)


def test_the_sheet_shows_all_terms_and_chooses_no_grade(protocol: InfusionProtocol) -> None:
    view = present_ctcae(reacting(protocol, "hives").context())
    assert view.version == "5.0"
    assert [term.title for term in view.terms][-2:] == ["Allergic reaction", "Anaphylaxis"]
    assert (view.chosen, view.chosen_grade, view.recorded) == ("allergic-reaction", 0, "")
    allergic = next(term for term in view.terms if term.term == view.chosen)
    assert allergic.why == "Suggested: grade 1."
    assert allergic.grades[0].label == "1: no treatment of the whole body needed"
    assert view.note.startswith("One term for one event")


def test_a_recorded_grade_is_shown_and_chosen(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "hives")
    visit.do(GradeReaction("infusion-related-reaction", 2))
    view = present_ctcae(visit.context())
    assert (view.chosen, view.chosen_grade) == ("infusion-related-reaction", 2)
    assert view.recorded == "In the record: CTCAE 5.0: Infusion related reaction, grade 2"


def test_with_nothing_to_go_by_no_term_is_chosen(protocol: InfusionProtocol) -> None:
    assert present_ctcae(reacting(protocol).context()).chosen == ""
    old = present_ctcae(reacting(replace(protocol, after_reaction=None), "hives").context())
    assert (old.terms, old.chosen, old.version, old.note) == ((), "", "", "")


def test_closing_offers_the_grades_of_the_likely_term(protocol: InfusionProtocol) -> None:
    view = present_close_reaction_sheet(reacting(protocol, "wheeze").context())
    assert (view.term, view.grades) == ("anaphylaxis", (3, 4, 5))
    assert view.grade_title == "CTCAE 5.0: Anaphylaxis. The grade may stay open and be recorded later."
    why = {choice.outcome: choice.grade_why for choice in view.choices}
    assert why["resolved"] == "Suggested: grade 3. Why: Wheeze."
    assert why["died"] == "Suggested: grade 5. Why: the patient died."


@pytest.mark.parametrize("is_old", [True, False])
def test_closing_offers_no_grade_where_there_is_no_term(protocol: InfusionProtocol, is_old: bool) -> None:
    visit = reacting(replace(protocol, after_reaction=None), "hives") if is_old else reacting(protocol)
    view = present_close_reaction_sheet(visit.context())
    assert (view.term, view.grades, view.grade_title) == ("", (), "")
    assert {choice.grade_why for choice in view.choices} == {""}


def test_a_term_that_is_not_there_suggests_nothing(protocol: InfusionProtocol) -> None:
    assert suggestion_words(reacting(protocol, "hives").context(), None, "of-old") == ""


def test_fever_says_the_temperature(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "fever")
    visit.wait(minutes=1).do(c.RecordVitalSigns(VitalSigns(temperature_c=Decimal("39.2"))))
    assert suggestion_words(visit.context(), None, "fever") == "Suggested: grade 2. Why: temperature 39.2 °C."


def test_a_grade_stands_beside_its_version_in_the_summary(protocol: InfusionProtocol) -> None:
    visit = closed(protocol, "hives")
    visit.do(GradeReaction("allergic-reaction", 2))
    rows = {row.label: row.value for row in present_discharge(visit.context()).rows}
    assert grade_words(protocol, "allergic-reaction", 2, "5.0") in rows["Reaction"]


# --- what can be done afterwards ---


def test_after_a_reaction_its_papers_are_at_hand(protocol: InfusionProtocol) -> None:
    visit = closed(protocol, "hives")
    at_discharge = ids(present_discharge(visit.context()).side)
    assert {"hand_over", "ctcae_grade", "reaction_report", "follow_up_call"} <= set(at_discharge)
    visit.do(c.Discharge())
    at_the_end = ids(present_closed(visit.context()).side)
    first = ["home", "save_record", "timeline", "hand_over", "ctcae_grade", "reaction_report", "decision", "note"]
    assert at_the_end == [*first, "follow_up_call", "next_infusion"]
    assert {"hand_over", "ctcae_grade", "reaction_report"} <= set(ids(present_timeline(visit.context()).side))


def test_without_a_reaction_nothing_is_added(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("closed")
    assert ids(present_closed(visit.context()).side) == ["home", "save_record", "timeline", "next_infusion", "note"]
    assert tuple(after_actions(visit.context())) == ()


def test_an_older_protocol_has_no_grade_and_no_call(protocol: InfusionProtocol) -> None:
    visit = closed(replace(protocol, after_reaction=None), "hives")
    assert [action.id for action in after_actions(visit.context())] == ["hand_over", "reaction_report"]
    assert tuple(call_card(visit.context())) == ()


def test_the_card_says_from_when_until_when_to_call(protocol: InfusionProtocol) -> None:
    (card,) = call_card(closed(protocol, "hives").context())
    assert (card.value, card.note) == ("23-Nov-2026 09:58", "until 25-Nov-2026 09:58")
    assert tuple(call_card(reacting(protocol).context())) == ()
    dead = reacting(protocol, "wheeze")
    dead.do(c.CloseReaction("died"))
    assert tuple(call_card(dead.context())) == ()


def test_the_visits_list_of_what_is_due_has_the_call(protocol: InfusionProtocol) -> None:
    first = present_due_of_visit(closed(protocol, "hives").context()).lines[0]
    assert (first.name, first.state, first.action) == ("follow-up-call", "from 23-Nov-2026 09:58", None)
    labels = [label for label, _words in first.reasons]
    assert labels == ["Why", "Counted from", "By", "Who may put it off", "Source"]
    assert present_due_of_visit(reacting(protocol, "headache").context()).lines[0].name != "follow-up-call"


# --- the call in lists ---


@pytest.mark.parametrize(
    ("after", "words", "tone"),
    [
        (2 * HOUR, "Follow-up call from 23-Nov-2026 09:58", "neutral"),
        (24 * HOUR, "Follow-up call due until 25-Nov-2026 09:58", "caution"),
        (73 * HOUR, "Follow-up call overdue since 25-Nov-2026 09:58", "hold"),
    ],
)
def test_where_a_call_stands(after: timedelta, words: str, tone: str) -> None:
    assert call_words(CALL, ONSET + after, UTC) == words
    assert call_tone(CALL, ONSET + after) == tone


def summary(call: CallDue | None, name: str = "SAMPLE, Patient One") -> dict[str, str | int | bool | None]:
    return {
        "name": name,
        "record_no": "TRN000417",
        "last_infusion": "2026-11-22",
        "flag": "suspected",
        "follow_up_call": call.text() if call is not None else None,
    }


def test_a_summary_brings_its_call_along() -> None:
    assert call_in(summary(CALL)) == CALL
    assert call_in(summary(None)) is None


def test_home_shows_the_calls_that_are_due_the_most_urgent_first() -> None:
    late = replace(CALL, due_from=CALL.due_from - 48 * HOUR, good_until=CALL.good_until - 48 * HOUR)
    patients = {"p-1": summary(CALL), "p-2": summary(late, ""), "p-3": summary(None)}
    reading = Reading(ONSET + 25 * HOUR, HOUR, "boot-1")
    rows = present_calls(patients, reading, UTC)
    assert [(row.patient_id, row.name, row.tone) for row in rows] == [
        ("p-2", "(record number only)", "hold"),
        ("p-1", "SAMPLE, Patient One", "caution"),
    ]
    assert present_calls(patients, replace(reading, wall=ONSET), UTC)[0].patient_id == "p-2"
    assert present_calls({"p-1": summary(CALL)}, replace(reading, wall=ONSET), UTC) == ()


def test_the_recall_list_has_the_call_before_everything_else(protocol: InfusionProtocol) -> None:
    other = summary(None, "AAA, Sample") | {"flag": "no", "due:mri": None}
    patients = {"p-1": summary(CALL) | {"due:mri": None}, "p-2": other}
    first, second = recall_list(patients, ONSET.date(), protocol).rows
    assert first.items == (
        "Reaction on record: prescriber must decide",
        "Follow-up call from 23-Nov-2026 09:58 to 25-Nov-2026 09:58",
        "Brain MRI never done",
    )
    assert (first.has_call, second.has_call, second.patient_id) == (True, False, "p-2")
    (only,) = recall_list({"p-1": summary(CALL) | {"flag": "no"}}, ONSET.date(), protocol).rows
    assert (only.tone, only.items) == ("caution", (call_span_words(CALL),))


def test_a_delayed_sign_of_another_protocol_is_said_by_its_id(protocol: InfusionProtocol) -> None:
    assert delayed_sign_words(protocol, "joint-pain") == "Joint pain"
    assert delayed_sign_words(protocol, "of-old") == "of-old"
