"""A patient's reactions: the flag, the call, the history, and the two sheets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from nurse_app.domain import patient_events as p
from nurse_app.domain.moment import Reading
from nurse_app.domain.patient_record import fold_patient
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.rules.context import Case
from nurse_app.presentation.due_sheet import present_due
from nurse_app.presentation.intents import GoToReactions, GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.reactions_page import (
    ReactionsSource,
    present_call,
    present_clear_flag,
    present_reactions,
    reactions_action,
)
from nurse_app.presentation.view_parts import ActionView
from tests.kit import NAMES, base_facts

ONSET = datetime(2026, 11, 22, 9, 58, tzinfo=UTC)
REACTION = p.ReactionRecorded("v-1", "allergic", ONSET)
SUSPECTED = p.HypersensitivityFlagged("v-1", permanent=False)
PERMANENT = p.HypersensitivityFlagged("v-1", permanent=True)
CLEARED = p.HypersensitivityCleared("Dr. Sample", "antibodies negative")
GIVEN = p.AdministrationRecorded("v-9", ONSET, Decimal(300), complete=True, reaction=False)


def recorded(events: Sequence[p.PatientEvent]) -> tuple[Recorded[p.PatientEvent], ...]:
    reading = Reading(ONSET + timedelta(hours=1), timedelta(hours=5), "boot-1")
    registered = p.PatientRegistered(p.PatientDetails("TRN000417", "SAMPLE, Patient One"))
    entries = [Entry(event, "nurse", reading) for event in (registered, *events)]
    return tuple(Recorded(number, f"e{number}", entry) for number, entry in enumerate(entries, start=1))


def source(
    protocol: InfusionProtocol, *events: p.PatientEvent, hours: float = 25, in_visit: bool = False
) -> ReactionsSource:
    entries = recorded(events)
    record = fold_patient(entries)
    assert record is not None
    now = ONSET + timedelta(hours=hours)
    return ReactionsSource("p-1", protocol, record, entries, now, UTC, lambda who: NAMES.get(who, who), in_visit)


def action(found: ReactionsSource, action_id: str) -> ActionView | None:
    parts = present_reactions(found).side.parts
    return next((part for part in parts if isinstance(part, ActionView) and part.id == action_id), None)


@pytest.mark.parametrize(
    ("events", "severity", "words"),
    [
        ((), "information", "No flag: the record does not forbid the drug for a reaction."),
        ((SUSPECTED,), "stop", "Suspected allergy. No further dose until a prescriber clears it."),
        ((PERMANENT,), "stop", "Severe reaction. The drug is not given again. This is never cleared."),
        ((SUSPECTED, CLEARED), "information", "No flag: the record does not forbid the drug for a reaction."),
    ],
)
def test_whether_it_may_be_given_again(
    protocol: InfusionProtocol, events: tuple[p.PatientEvent, ...], severity: str, words: str
) -> None:
    (flag,) = present_reactions(source(protocol, *events)).notices
    assert (flag.severity, flag.title) == (severity, words)


@pytest.mark.parametrize(("hours", "severity"), [(2, "information"), (25, "caution"), (73, "hold")])
def test_the_call_stands_above_it(protocol: InfusionProtocol, hours: float, severity: str) -> None:
    call, _flag = present_reactions(source(protocol, REACTION, hours=hours)).notices
    assert call.severity == severity
    assert call.title.startswith("Follow-up call")
    assert call.sentence.startswith("Fever, rash or joint pain")


def test_everything_on_record_stays_visible(protocol: InfusionProtocol) -> None:
    events = (
        SUSPECTED,
        REACTION,
        PERMANENT,
        GIVEN,
        p.FollowUpCallMade("v-1", reached=False),
        p.FollowUpCallMade("v-1", reached=True, note="slept well"),
        p.FollowUpCallMade("v-1", reached=True, signs=("rash", "fever")),
        CLEARED,
    )
    rows = present_reactions(source(protocol, *events)).rows
    assert [row.value.removesuffix(" (SAMPLE, Nurse One)") for row in rows] == [
        "Allergy cleared by Dr. Sample: antibodies negative",
        "Follow-up call: Rash, Fever",
        "Follow-up call: well, nothing new. slept well",
        "Follow-up call: not reached",
        "Allergy marked for good",
        "Reaction: Possible allergic reaction, began 22-Nov-2026 09:58",
        "Allergy marked as suspected",
    ]
    assert {row.label for row in rows} == {"22-Nov-2026 10:58"}


def test_nothing_on_record_is_said(protocol: InfusionProtocol) -> None:
    found = source(protocol)
    (row,) = present_reactions(found).rows
    assert row.value == "No reaction to the drug is on record here."
    assert action(found, "follow_up_call") is None
    assert action(found, "clear_flag") is None
    assert action(found, "visit") is None


@pytest.mark.parametrize(
    ("events", "in_visit", "why_not"),
    [
        ((SUSPECTED,), False, ""),
        ((SUSPECTED,), True, "A visit is in progress. Clear it between visits."),
        ((PERMANENT,), False, "After a severe reaction it is never cleared."),
    ],
)
def test_who_may_clear_the_flag_and_when(
    protocol: InfusionProtocol, events: tuple[p.PatientEvent, ...], in_visit: bool, why_not: str
) -> None:
    found = source(protocol, *events, in_visit=in_visit)
    clear = action(found, "clear_flag")
    assert clear is not None
    assert (clear.enabled, clear.why_not) == (not why_not, why_not)
    assert clear.intent == OpenSheet(SheetKind.CLEAR_FLAG, "p-1")
    assert present_clear_flag(found).refused == why_not


def test_the_call_is_the_next_thing_while_it_is_to_be_made(protocol: InfusionProtocol) -> None:
    due, done = source(protocol, GIVEN, REACTION), source(protocol, GIVEN)
    calling, ringing = action(due, "follow_up_call"), action(done, "follow_up_call")
    assert calling is not None
    assert ringing is not None
    assert (calling.role, ringing.role) == ("primary", "secondary")
    visits = [found.intent for each in (due, done) if (found := action(each, "visit")) is not None]
    assert visits == [GoToVisit("v-1"), GoToVisit("v-9")]


def test_the_sheet_of_a_call(protocol: InfusionProtocol) -> None:
    view = present_call(source(protocol, REACTION))
    assert view.when == "Follow-up call due until 25-Nov-2026 09:58"
    assert (view.visit_id, view.patient_id, view.early) == ("v-1", "p-1", "")
    assert [words for _sign, words in view.signs] == ["Fever", "Rash", "Joint pain", "Something else new"]
    assert view.then.startswith("Tell the prescriber today.")
    assert present_call(source(protocol, REACTION, hours=2)).early == "It is early: the call stays due."


def test_a_patient_may_ring_without_a_call_that_is_due(protocol: InfusionProtocol) -> None:
    view = present_call(source(protocol, GIVEN))
    assert (view.when, view.early, view.visit_id) == ("", "", "v-9")
    old = present_call(source(replace(protocol, after_reaction=None, texts={}), GIVEN))
    assert (old.signs, old.why, old.then) == ((), "", "")


def test_the_list_of_what_is_due_leads_there(protocol: InfusionProtocol) -> None:
    found = source(protocol, REACTION)
    line = present_due(Case(protocol, base_facts(), found.now), found.call, "p-1").lines[0]
    assert line.state == "due until 25-Nov-2026 09:58"
    assert line.action is not None
    assert line.action.intent == reactions_action("p-1").intent == GoToReactions("p-1")
