"""The infusion page: its clock, its cards, and the one thing that is next in every state."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.round_commands import SeenWell
from nurse_app.presentation.clock_page import ClockPageView, NoticeView
from nurse_app.presentation.infuse import present_infuse
from nurse_app.presentation.intents import OpenSheet, SheetKind
from tests.kit import WELL, TestVisit, base_facts
from tests.presentation.running_visits import action, card, ids, primary, running, vitals


def view_of(visit: TestVisit) -> ClockPageView:
    return present_infuse(visit.context())


def next_things(view: ClockPageView) -> list[str]:
    return primary(view.side.parts, view.actions, view.others)


def notice(view: ClockPageView, notice_id: str) -> NoticeView:
    return next(each for each in view.notices if each.id == notice_id)


def with_round(visit: TestVisit) -> TestVisit:
    visit.do(vitals())
    visit.do(SeenWell())
    return visit


def test_a_running_infusion_counts_down_and_says_when_it_ends(protocol: InfusionProtocol) -> None:
    view = view_of(with_round(running(protocol, 13)).wait(minutes=5, seconds=40))

    assert view.head.title == "Infusion running"
    assert view.head.lead.startswith("Natalizumab 300 mg over 60 min. Watch for itching")
    assert view.ring is not None
    assert (view.ring.digits, view.ring.caption, view.ring.note) == ("41:20", "Remaining", "ends about 10:40")
    assert view.ring.progress == pytest.approx(1120 / 3600)
    assert (view.ring.tone, view.ring.paused_word) == ("brand", "")
    assert view.notices == ()
    assert view.remarks == ("Alarm line for systolic pressure: 90 mmHg · Bag empty from 60 min (10:40)",)
    assert next_things(view) == []


def test_the_cards_say_what_is_due_how_long_the_bag_keeps_and_what_was_given(protocol: InfusionProtocol) -> None:
    view = view_of(with_round(running(protocol, 13)).wait(minutes=5, seconds=40))

    due, bag, given = (card(view.side, name) for name in ("next_vitals", "bag", "given"))
    assert (due.title, due.value) == ("Next vital signs in", "11:20")
    assert (bag.value, bag.note) == ("7 h 26 min", "outside the refrigerator since 09:25 · limit 8 h")
    assert (given.value, given.note) == ("93 mg", "36 of about 115 mL at 115 mL/h, started 09:40")


def test_the_bag_button_waits_for_its_time_and_an_early_one_asks_why(protocol: InfusionProtocol) -> None:
    view = view_of(running(protocol, 18))

    assert view.actions == ()
    assert view.remarks[0].endswith(" · Bag empty from 60 min (10:40)")
    early = next(each for each in view.others if each.id == "bag_empty_early")
    assert (early.intent, early.key) == (OpenSheet(SheetKind.BAG_EMPTY), "E")
    assert [each.id for each in view.others] == ["stop", "change_rate", "bag_empty_early", "note"]


def test_at_the_planned_time_the_empty_bag_is_the_next_thing(protocol: InfusionProtocol) -> None:
    view = view_of(running(protocol, 60))

    (bag,) = view.actions
    assert (bag.label, bag.key, bag.intent) == ("Bag empty", "E", c.EmptyBag())
    assert next_things(view) == ["bag_empty"]
    assert [each.id for each in view.others] == ["stop", "change_rate", "note"]


def test_over_the_planned_time_the_clock_counts_up_with_a_sign(protocol: InfusionProtocol) -> None:
    view = view_of(running(protocol, 62).wait(seconds=10))

    assert view.ring is not None
    assert (view.ring.digits, view.ring.caption) == ("+02:10", "Over the planned time")
    assert (view.ring.note, view.ring.tone, view.ring.progress) == ("planned until 10:40", "caution", 1.0)


def test_vital_signs_are_the_next_thing_as_soon_as_a_set_would_count(protocol: InfusionProtocol) -> None:
    before, due, late = (view_of(running(protocol, minutes)) for minutes in (9.9, 10, 17))

    assert next_things(before) == []
    assert next_things(due) == ["record_vitals"]
    overdue = card(late.side, "next_vitals")
    assert (overdue.title, overdue.value, overdue.tone) == ("Vital signs due since 09:55", "+02:00", "caution")


def test_a_pause_says_how_long_and_why_and_offers_to_go_on(protocol: InfusionProtocol) -> None:
    visit = with_round(running(protocol, 13)).wait(minutes=2)
    visit.do(c.PauseInfusion("Pump alarm"))
    view = view_of(visit.wait(minutes=2, seconds=10))

    assert view.head.title == "Infusion paused"
    assert view.ring is not None
    assert (view.ring.paused_word, view.ring.digits) == ("Paused 02:10", "45:00")
    assert view.ring.note == "if resumed now, ends about 10:42"
    paused = notice(view, "paused")
    assert (paused.title, paused.severity) == ("Paused since 09:55: Pump alarm", "caution")
    assert paused.sentence.startswith("After a pause go on at the same rate.")
    assert action(view.side, "resume").intent == c.ResumeInfusion()
    assert "pause" not in ids(view.side)
    assert next_things(view) == ["resume"]
    assert view.remarks[0].endswith(" · Bag empty from 60 min running")


def test_paused_past_the_planned_time_there_is_no_end_to_foretell(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 61)
    visit.do(c.PauseInfusion("Pump alarm"))
    view = view_of(visit.wait(minutes=1))

    assert view.ring is not None
    assert (view.ring.digits, view.ring.note, view.ring.paused_word) == ("+01:00", "", "Paused 01:00")
    assert next_things(view) == ["bag_empty"]


def after_a_mild_reaction(protocol: InfusionProtocol) -> TestVisit:
    visit = with_round(running(protocol, 13)).wait(minutes=2)
    visit.do(c.OpenReaction(("headache",)))
    visit.wait(minutes=5)
    visit.do(c.CloseReaction("resolved"))
    return visit


def test_after_a_mild_reaction_only_the_prescribers_decision_goes_on(protocol: InfusionProtocol) -> None:
    view = view_of(after_a_mild_reaction(protocol))

    paused = notice(view, "paused")
    assert (paused.title, paused.severity) == ("Paused since 09:55: reaction", "hold")
    assert "prescriber" in paused.sentence
    assert action(view.side, "decision").intent == OpenSheet(SheetKind.DECISION, "resume-after-mild")
    resume = action(view.side, "resume")
    assert (resume.enabled, resume.why_not) == (False, "Not before the prescriber’s decision.")
    assert next_things(view) == ["decision"]


def test_until_then_an_empty_bag_waits_for_the_decision_too(protocol: InfusionProtocol) -> None:
    view = view_of(after_a_mild_reaction(protocol))

    (bag,) = view.actions
    assert (bag.enabled, bag.why_not) == (False, "Not before the prescriber’s decision.")
    assert "bag_empty_early" not in [each.id for each in view.others]


@pytest.mark.parametrize(("word", "expected"), [("proceed", "resume"), ("do-not-give", "stop")])
def test_the_decision_opens_the_way_it_names(protocol: InfusionProtocol, word: Any, expected: str) -> None:
    visit = after_a_mild_reaction(protocol)
    visit.do(c.RecordDecision("resume-after-mild", word, "Dr Sample", read_back=True))

    view = view_of(visit)

    assert next_things(view) == [expected]
    assert ("decision" in ids(view.side)) is False
    assert notice(view, "paused").severity == ("caution" if word == "proceed" else "stop")


def test_a_prescriber_who_said_no_about_the_dose_ends_it_too(protocol: InfusionProtocol) -> None:
    visit = with_round(running(protocol, 13))
    visit.do(c.PauseInfusion("Vital signs"))
    visit.do(c.RecordDecision("infection", "do-not-give", "Dr Sample", read_back=True))

    view = view_of(visit)

    assert notice(view, "paused").sentence == "The prescriber decided that it does not go on. Stop it for good."
    assert next_things(view) == ["stop"]


def test_a_bag_past_its_limit_waits_for_a_decision_about_the_bag(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(c.PauseInfusion("Waiting"))
    view = view_of(visit.wait(hours=8))

    assert action(view.side, "decision").intent == OpenSheet(SheetKind.DECISION, "stability")
    bag = card(view.side, "bag")
    assert (bag.title, bag.value, bag.tone) == ("Bag: past its limit by", "0 h 28 min", "hold")


def test_a_bag_that_ends_before_the_infusion_says_so(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(c.PauseInfusion("Waiting"))
    visit.wait(hours=7)
    visit.do(c.ResumeInfusion())

    bag = card(view_of(visit).side, "bag")

    assert (bag.tone, bag.value) == ("caution", "0 h 32 min")
    assert bag.note == "outside the refrigerator since 09:25 · limit 8 h · ends before the infusion, at 17:25"


def test_a_bag_that_was_in_the_refrigerator_counts_all_its_time_outside(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    for wait, command, by in _prepared_with_a_stay_in_the_cold():
        visit.wait(minutes=wait)
        visit.do(command, by)

    bag = card(view_of(visit).side, "bag")

    assert bag.note == "outside the refrigerator for 0 h 25 min in all · limit 8 h"


def test_the_24_hours_are_named_when_they_end_first(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    for wait, command, by in _prepared_with_a_stay_in_the_cold(hours=20):
        visit.wait(minutes=wait)
        visit.do(command, by)

    bag = card(view_of(visit).side, "bag")

    assert bag.note == "mixed 09:25 · limit 24 h in all"


def _prepared_with_a_stay_in_the_cold(hours: int = 1) -> list[tuple[int, c.Command, str]]:
    from tests import kit

    steps = list(kit._WAY["infuse"])
    after_label = [
        (0, c.MoveBag("refrigerator"), kit.NURSE),
        (60 * hours, c.MoveBag("room"), kit.NURSE),
        (10, c.WarmBag(), kit.NURSE),
    ]
    return [*steps[:8], *after_label, *steps[8:]]


def test_a_fall_of_pressure_is_said_on_the_page(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 13)
    visit.do(vitals(97, 60))

    view = view_of(visit)

    assert notice(view, "pressure").severity == "caution"
    assert next_things(view) == ["record_vitals"]


def after_a_gap(data: dict[str, Any]) -> None:
    data["patient"]["treatment"] |= {"infusions_given": 30, "last_infusion": "2026-08-01"}


def many(data: dict[str, Any]) -> None:
    data["patient"]["treatment"]["infusions_given"] = 30


@pytest.mark.parametrize(("change", "said"), [(None, True), (many, False)])
def test_whoever_reacts_more_often_is_watched_more_closely(
    protocol: InfusionProtocol, change: Callable[[dict[str, Any]], None] | None, said: bool
) -> None:
    view = view_of(TestVisit(protocol, base_facts(change, for_visit=True)).to("infuse"))

    stay = notice(view, "stay")
    assert stay.title == "Stay with the patient for the first 10 min."
    assert bool(stay.sentence) is said


def test_a_gap_in_treatment_asks_for_a_closer_watch_too(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, base_facts(after_a_gap, for_visit=True)).to("prechecks")
    visit.do(c.AnswerRest(answer=False))
    visit.do(c.RecordVitalSigns(WELL))
    for rule in ("dose-gap", "dose-missed"):
        visit.do(c.RecordDecision(rule, "proceed", "Dr Sample", read_back=True))
    visit.do(c.FinishPrechecks())

    assert notice(view_of(visit.to("infuse")), "stay").sentence


def test_a_patient_without_a_history_is_watched_closely(protocol: InfusionProtocol) -> None:
    visit = running(protocol)
    state = replace(visit.state, facts=replace(visit.state.facts, patient=None))

    view = present_infuse(replace(visit.context(), state=state))

    assert notice(view, "stay").sentence


def test_after_the_first_round_the_reminder_to_stay_goes(protocol: InfusionProtocol) -> None:
    view = view_of(with_round(running(protocol, 10)))

    assert [each.id for each in view.notices] == []


def test_a_protocol_without_the_optional_sentences_still_shows_the_page(protocol: InfusionProtocol) -> None:
    required = {key: text for key, text in protocol.texts.items() if not key.startswith("infuse.")}
    required |= {key: protocol.texts[key] for key in ("infuse.summary", "infuse.watch")}
    visit = TestVisit(replace(protocol, texts=required)).to("infuse")

    assert view_of(visit).notices == ()


def test_a_patient_taken_to_hospital_has_no_clock_but_an_end(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("headache",)))
    visit.do(c.CloseReaction("transferred"))

    view = view_of(visit)

    assert view.ring is None
    assert view.head.title == "Transferred to hospital"
    (finish,) = view.actions
    assert finish.label == "Stop the infusion for good: Transferred to hospital"
    assert finish.intent == c.StopInfusion("Transferred to hospital", for_reaction=True)
    assert next_things(view) == ["finish"]
    assert ids(view.side) == ["given"]


def test_a_changed_rate_is_the_one_that_is_shown(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 10)
    visit.do(c.ChangeRate(Decimal("57.5"), "Vein access"))

    assert "at 57.5 mL/h" in card(view_of(visit).side, "given").note


def test_a_bag_that_is_used_up_has_no_card(protocol: InfusionProtocol) -> None:
    context = running(protocol, 10).context()
    used = replace(context.state, bag=replace(context.state.bag, used_up_at=context.now))

    assert "bag" not in ids(present_infuse(replace(context, state=used)).side)
