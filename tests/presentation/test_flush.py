"""The flush: one thing to do at the infusion's own rate, and what is said when it was not so."""

from dataclasses import replace
from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import Run
from nurse_app.presentation.course_notices import course_notices
from nurse_app.presentation.flush import flushed_so_far_ml, present_flush
from nurse_app.presentation.intents import OpenSheet, SheetKind
from tests.kit import TestVisit
from tests.presentation.running_visits import card, ids, primary, running, vitals


def test_the_flush_shows_its_rate_its_time_and_one_thing_to_do(protocol: InfusionProtocol) -> None:
    view = present_flush(TestVisit(protocol).to("flush").wait(minutes=2, seconds=5).context())

    assert view.head.title == "Flush the line at 115 mL/h"
    assert view.head.lead.startswith("Flush the line at the same rate")
    assert view.ring is not None
    assert (view.ring.digits, view.ring.caption, view.ring.note) == (
        "02:05",
        "Since the bag was empty",
        "about 4 mL at 115 mL/h",
    )
    (finished,) = view.actions
    assert (finished.intent, finished.key) == (OpenSheet(SheetKind.FLUSH), "F")
    assert primary(view.side.parts, view.actions, view.others) == ["flush_finished"]
    assert [each.id for each in view.others] == ["stop", "note"]
    assert ids(view.side) == ["record_vitals", "seen_well", "next_vitals", "given", "bag_empty"]
    assert card(view.side, "bag_empty").value == "10:40"
    assert card(view.side, "given").value == "300 mg"


def test_nothing_was_flushed_before_the_bag_was_empty(protocol: InfusionProtocol) -> None:
    context = running(protocol, 5).context()

    view = present_flush(replace(context, state=replace(context.state, run=Run())))

    assert flushed_so_far_ml(context) == Decimal(0)
    assert view.ring is not None
    assert view.ring.digits == "00:00"
    assert "bag_empty" not in ids(view.side)


def test_a_bag_empty_far_too_early_is_to_be_told_to_the_prescriber(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 52)
    visit.do(c.EmptyBag("The bag held less"))

    (variance,) = present_flush(visit.context()).notices

    assert (variance.severity, variance.title) == ("caution", "Bag empty early: The bag held less")
    assert variance.sentence.endswith("Tell the prescriber.")


def test_a_little_too_early_needs_no_telling(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 58)
    visit.do(c.EmptyBag("The pump ended early"))

    assert present_flush(visit.context()).notices == ()


def test_a_fall_of_pressure_is_said_while_flushing(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush")
    visit.wait(minutes=1)
    visit.do(vitals(97, 60))

    assert [each.id for each in present_flush(visit.context()).notices] == ["pressure"]


def test_a_flush_faster_than_the_infusion_is_said_afterwards(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush").wait(minutes=1)
    visit.do(c.FinishFlush(Decimal(20)))

    (faster,) = course_notices(visit.context())

    assert (faster.id, faster.severity) == ("flush_faster", "caution")
    assert faster.title == "Flushed with 20 mL, faster than the infusion ran"


def test_a_slow_flush_leaves_nothing_to_say(protocol: InfusionProtocol) -> None:
    assert tuple(course_notices(TestVisit(protocol).to("observe").context())) == ()


def test_a_patient_who_died_leaves_only_the_end(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("flush").wait(minutes=1)
    visit.do(c.OpenReaction(("headache",)))
    visit.do(c.CloseReaction("died"))

    view = present_flush(visit.context())

    assert view.head.title == "The patient died"
    assert view.actions[0].intent == c.StopInfusion("The patient died", for_reaction=True)
