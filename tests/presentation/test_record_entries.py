"""Which entries still count, and when they happened."""

from dataclasses import replace
from datetime import UTC, datetime

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.record_entries import entry_clock, last_of, of_this_bag, still_valid
from nurse_app.visit.open_visit import Author
from tests.kit import NURSE, VIAL, TestVisit


def test_entries_marked_in_error_and_older_bags_do_not_count(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    visit.do(c.RecordProduct(VIAL))
    visit.do(c.DiscardBag("dropped"))
    (first,) = visit.do(c.RecordProduct(replace(VIAL, lot="A2")))
    (second,) = visit.do(c.RecordProduct(replace(VIAL, lot="A3")))
    visit.do(c.CorrectEntry(second.number, "slip"))

    entries = of_this_bag(visit.visit.record)

    assert entries == (first, *visit.visit.record[-1:])
    assert last_of(entries, type(first.event)) == first
    assert len(still_valid(visit.visit.record)) == len(visit.visit.record) - 1
    assert last_of((), type(first.event)) is None
    assert of_this_bag(visit.visit.record[:3]) == visit.visit.record[:3]


def test_an_entry_made_later_shows_when_it_happened(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    happened = datetime(2026, 11, 22, 8, 55, tzinfo=UTC)
    visit.visit.handle(c.RecordProduct(VIAL), Author(NURSE), visit.reading(), happened)

    assert entry_clock(visit.context(), visit.visit.record[-1]) == "08:55"


def test_a_moved_wall_clock_does_not_move_an_entry(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    visit.wall_moved = -visit.passed
    visit.do(c.RecordProduct(VIAL))

    assert entry_clock(visit.context(), visit.visit.record[-1]) == "09:06"
