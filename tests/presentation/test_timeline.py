"""The timeline: every entry once, at its true time, with what is unusual about it and what corrected it."""

from dataclasses import replace
from datetime import timedelta, timezone

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.restarts import moments
from nurse_app.presentation.intents import GoHome, GoToVisit, OpenSheet, SaveRecord, SheetKind
from nurse_app.presentation.timeline import TimelineRow, TimelineView, entry_words, present_timeline
from nurse_app.presentation.view_parts import ActionView
from nurse_app.visit.open_visit import Author
from tests.kit import NURSE, SECOND, TestVisit


def shown(visit: TestVisit) -> TimelineView:
    return present_timeline(visit.context())


def row(visit: TestVisit, words: str) -> TimelineRow:
    return next(each for each in shown(visit).rows if words in each.words)


def test_every_entry_of_a_visit_is_there_once(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("closed")

    rows = shown(visit).rows

    assert [each.number for each in rows] == [item.number for item in visit.visit.record]
    assert rows[0].time == "09:00:00"
    assert rows[-1].words == "Discharged. The visit is closed."
    assert {each.by for each in rows} == {"SAMPLE, Nurse One", "SAMPLE, Nurse Two"}


def test_the_day_stands_on_the_first_entry_of_each_day(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.do(c.AddNote("before midnight"))
    visit.wait(hours=15, minutes=30).do(c.AddNote("after midnight"))

    assert [each.day for each in shown(visit).rows] == ["22-Nov-2026", "", "23-Nov-2026"]


def test_a_corrected_entry_keeps_its_words_and_says_who_corrected_it_and_why(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    (note,) = visit.wait(minutes=1).do(c.AddNote("Left arm"))
    visit.wait(minutes=1).do(c.CorrectEntry(note.number, "Typed or tapped wrong"), SECOND)

    wrong = row(visit, "Left arm")

    assert wrong.correction == "Marked in error 09:02:00 by SAMPLE, Nurse Two: Typed or tapped wrong"
    assert wrong.correct is None
    assert shown(visit).head.lead == "3 entries. 1 was marked in error and stays."
    assert row(visit, "marked in error").correction == ""


def test_only_what_can_be_taken_back_offers_to_be_marked(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("infuse")

    note = row(visit, "Line ready")

    assert note.correct == OpenSheet(SheetKind.CORRECT, str(note.number))
    assert row(visit, "Infusion started").correct is None
    assert shown(visit).head.lead.endswith("Nothing is ever deleted.")


def test_an_entry_made_later_shows_when_it_happened_and_when_it_was_entered(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).wait(minutes=30)
    at = visit.T0 + timedelta(minutes=12)
    visit.visit.handle(c.AddNote("late"), Author(NURSE), visit.reading(), at)

    late = row(visit, "late")

    assert (late.time, late.marks) == ("09:12:00", ("entered later, 09:30:00",))


def test_nothing_happens_after_it_was_entered(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).wait(minutes=30)
    visit.visit.handle(c.AddNote("early"), Author(NURSE), visit.reading(), visit.T0 + timedelta(hours=5))

    assert (row(visit, "early").time, row(visit, "early").marks) == ("09:30:00", ())


def test_an_entry_of_a_locked_program_waits_for_its_signature(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.visit.handle(c.AddNote("locked"), Author(NURSE, sign_later=True), visit.reading())

    assert row(visit, "locked").marks == ("sign later",)


def test_a_moved_clock_moves_no_entry(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.wall_moved = timedelta(hours=3)
    visit.wait(minutes=5).do(c.AddNote("true"))

    assert row(visit, "true").time == "09:05:00"


def test_a_restart_of_the_computer_leaves_a_doubt_that_is_told(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).wait(minutes=10)
    visit.boot_id, visit.uptime_at_start = "boot-2", timedelta(minutes=-4)
    visit.do(c.AddNote("again"))

    again = row(visit, "again")

    assert again.time == "09:10:00"
    assert again.marks == ("up to 4 min earlier: the computer had been restarted",)
    *_before, (_item, at) = moments(visit.visit.record)
    assert at == visit.state.last_moment


def test_the_record_can_be_saved_noted_on_and_left(protocol: InfusionProtocol) -> None:
    parts = shown(TestVisit(protocol)).side.parts

    intents = [part.intent for part in parts if isinstance(part, ActionView)]
    assert intents == [SaveRecord("v-1"), OpenSheet(SheetKind.NOTE), GoToVisit("v-1"), GoHome()]
    assert [part.role for part in parts if isinstance(part, ActionView)].count("primary") == 1


def test_times_are_those_of_the_zone_that_is_shown(protocol: InfusionProtocol) -> None:
    context = replace(TestVisit(protocol).context(), zone=timezone(timedelta(hours=1)))

    assert present_timeline(context).rows[0].time == "10:00:00"


def test_the_foot_of_the_screen_gets_a_few_words(protocol: InfusionProtocol) -> None:
    (note,) = TestVisit(protocol).do(c.AddNote("x"))

    assert entry_words(note, protocol) == "Note recorded"
