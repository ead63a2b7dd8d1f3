"""The observation: until when and why, when it may be completed, and every other way out."""

from dataclasses import replace
from typing import Any

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.round_commands import SeenWell
from nurse_app.domain.state import ObservationState
from nurse_app.presentation.clock_page import ClockPageView
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.observe import present_observe
from tests.kit import TestVisit, base_facts
from tests.presentation.running_visits import card, ids, primary, running, vitals


def view_of(visit: TestVisit) -> ClockPageView:
    return present_observe(visit.context())


def next_things(view: ClockPageView) -> list[str]:
    return primary(view.side.parts, view.actions, view.others)


def many_infusions(data: dict[str, Any]) -> None:
    data["patient"]["treatment"]["infusions_given"] = 20


def test_the_watch_counts_down_from_the_end_of_the_flush(protocol: InfusionProtocol) -> None:
    view = view_of(TestVisit(protocol).to("observe").wait(minutes=19))

    assert view.head.lead == "The patient stays in sight. The cannula stays in. Nothing else runs through it."
    assert view.ring is not None
    assert (view.ring.digits, view.ring.caption) == ("41:00", "Still to watch")
    assert view.ring.note == "until 11:45, 60 min from the end of the flush"
    assert view.actions == ()
    assert view.remarks == ("Alarm line for systolic pressure: 90 mmHg · Complete from 11:45",)
    assert [(each.id, each.intent) for each in view.others] == [
        ("left_early", OpenSheet(SheetKind.LEAVE_EARLY)),
        ("note", OpenSheet(SheetKind.NOTE)),
    ]
    assert next_things(view) == []
    assert ids(view.side) == ["record_vitals", "seen_well", "next_vitals", "watched_since", "not_before"]
    assert card(view.side, "watched_since").value == "10:45"


def test_after_a_stop_the_later_gate_counts_from_the_start(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.StopInfusion("Patient’s wish"))

    view = view_of(visit.wait(minutes=2))

    assert view.ring is not None
    assert (view.ring.digits, view.ring.note) == ("1:40:00", "until 11:40, 120 min from the start")
    assert card(view.side, "not_before").note == "120 min from the start"
    (partial,) = view.notices
    assert partial.title == "Stopped early: about 90 of 300 mg given"


def test_a_late_stop_counts_from_the_stop(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 62)
    visit.do(c.StopInfusion("Pump or other equipment"))

    ring = view_of(visit).ring

    assert ring is not None
    assert ring.note == "until 11:42, 60 min from the stop"


def test_after_a_reaction_the_watch_counts_from_its_end(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("itching",)))
    visit.wait(minutes=60)
    visit.do(c.CloseReaction("resolved"))

    view = view_of(visit)

    assert view.ring is not None
    assert view.ring.note == "until 11:58, 60 min from the end of the reaction"
    assert [(each.id, each.severity) for each in view.notices] == [("hypersensitivity", "stop"), ("partial", "caution")]
    assert view.notices[0].sentence == "The next infusion is held until a prescriber clears it."


def test_the_rounds_are_the_next_thing_when_they_are_due(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe")

    assert next_things(view_of(visit.wait(minutes=25))) == ["record_vitals"]
    visit.do(vitals())
    assert next_things(view_of(visit)) == ["seen_well"]
    visit.do(SeenWell())
    assert next_things(view_of(visit)) == []


def test_when_time_is_over_the_last_round_comes_before_the_end(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=60)

    view = view_of(visit)

    assert view.head.lead.startswith("Before leaving: vital signs near baseline")
    assert view.ring is not None
    assert (view.ring.digits, view.ring.caption, view.ring.note) == ("00:00", "The time is over", "since 11:45")
    assert (view.ring.tone, view.ring.progress) == ("done", 1.0)
    assert view.actions[0].intent == c.CompleteObservation()
    assert next_things(view) == ["record_vitals"]


def test_when_time_is_over_and_the_rounds_are_done_it_is_completed(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=58)
    visit.do(vitals())
    visit.do(SeenWell())

    view = view_of(visit.wait(minutes=6))

    assert view.ring is not None
    assert view.ring.digits == "+04:00"
    assert next_things(view) == ["complete"]
    assert ids(view.side) == ["record_vitals", "seen_well", "watched_since"]


def test_a_shorter_watch_is_offered_where_the_protocol_allows_it(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, base_facts(many_infusions, for_visit=True)).to("observe").wait(minutes=5)

    offered = view_of(visit)
    visit.do(c.RecordDecision("observation-time", "proceed", "Dr Sample", read_back=True))
    shortened = view_of(visit)

    assert [each.id for each in offered.others] == ["left_early", "shorten", "note"]
    assert offered.others[1].intent == OpenSheet(SheetKind.DECISION, "observation-time")
    assert shortened.ring is not None
    assert (shortened.ring.digits, shortened.ring.note) == ("05:00", "shortened by the prescriber")
    assert [each.id for each in shortened.others] == ["left_early", "note"]
    assert next_things(shortened) == ["complete"]


def test_a_fall_of_pressure_is_said_while_watching(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("observe").wait(minutes=30)
    visit.do(vitals(97, 60))

    assert [each.id for each in view_of(visit).notices] == ["pressure"]


def test_a_patient_taken_to_hospital_is_not_watched_here(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.do(c.CloseReaction("transferred"))

    view = view_of(visit)

    assert view.ring is None
    assert view.actions[0].intent == c.LeaveEarly("Transferred to hospital")
    assert view.notices[0].sentence == "Natalizumab must not be given again."
    assert next_things(view) == ["finish"]


def test_before_the_watch_begins_all_of_it_is_left(protocol: InfusionProtocol) -> None:
    context = running(protocol, 5).context()
    nothing = replace(context.state, observation=ObservationState())

    view = present_observe(replace(context, state=nothing))

    assert view.ring is not None
    assert (view.ring.digits, view.ring.progress) == ("1:00:00", 0)
    assert view.remarks == ("Alarm line for systolic pressure: 90 mmHg",)


def test_the_shown_volume_of_a_stopped_dose_is_rounded_to_a_tenth(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18).wait(seconds=40)
    visit.do(c.StopInfusion("Patient’s wish"))

    assert view_of(visit).notices[0].title == "Stopped early: about 93.3 of 300 mg given"
