"""Prepare: one line at a time, what was recorded, what is wrong with it, and when the infusion may start."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.decide import decide
from nurse_app.domain.deciding.outcome import Context, Rejected
from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.prepare import PrepareView, present_prepare
from nurse_app.presentation.prepare_lines import PrepareLine
from nurse_app.presentation.view_parts import ActionView, CardView
from tests.kit import NURSE, SECOND, VIAL, TestVisit, base_facts

SALINE = c.RecordDiluent("sodium-chloride-0.9", Decimal(100), "B778")
SECOND_CHECK = c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417")
ACTS: tuple[c.Command, ...] = (
    c.RecordProduct(VIAL, "scanned"),
    c.InspectVial("clear"),
    SALINE,
    c.AddDose(Decimal(15)),
    c.InvertBag(),
    c.FinishDilution(),
    c.InspectBag("clear"),
    c.LabelBag(),
    SECOND_CHECK,
    c.ReadyLine("left forearm"),
)
LINES = ("product", "inspect-vial", "diluent", "added", "inverted", "dilution-finished", "inspect-bag", "labelled")
MIXED, MADE, CHECKED, READY = 6, 8, 9, 10


def preparing(
    protocol: InfusionProtocol,
    *acts: c.Command,
    change: Callable[[dict[str, Any]], None] | None = None,
) -> TestVisit:
    visit = TestVisit(protocol, base_facts(change, for_visit=True)).to("prepare")
    for act in acts:
        visit.wait(minutes=1)
        visit.do(act, SECOND if isinstance(act, c.CheckSecond) else NURSE)
    return visit


def view_of(visit: TestVisit) -> PrepareView:
    return present_prepare(visit.context())


def line(view: PrepareView, name: str) -> PrepareLine:
    return next(item for item in view.lines if item.id == name)


def states(view: PrepareView) -> list[str]:
    return [item.state for item in view.lines]


def action(view: PrepareView, name: str) -> ActionView:
    return next(part for part in view.side.parts if isinstance(part, ActionView) and part.id == name)


def actions(view: PrepareView) -> list[str]:
    return [part.id for part in view.side.parts if isinstance(part, ActionView)]


def card(view: PrepareView, name: str) -> CardView:
    return next(part for part in view.side.parts if isinstance(part, CardView) and part.id == name)


def primary(view: PrepareView) -> list[str]:
    on_page = [item.id for item in view.lines if item.action is not None and item.action.role == "primary"]
    return on_page + [part.id for part in view.side.parts if isinstance(part, ActionView) and part.role == "primary"]


# --- the lines ---


@pytest.mark.parametrize("done", range(CHECKED))
def test_the_first_open_line_is_current_and_the_later_ones_wait(protocol: InfusionProtocol, done: int) -> None:
    view = view_of(preparing(protocol, *ACTS[:done]))

    assert states(view) == ["done"] * done + ["current"] + ["next"] * (CHECKED - done - 1)


def test_when_all_lines_are_done_none_is_current(protocol: InfusionProtocol) -> None:
    assert states(view_of(preparing(protocol, *ACTS))) == ["done"] * CHECKED


def test_the_vial_is_scanned_or_typed(protocol: InfusionProtocol) -> None:
    product = line(view_of(preparing(protocol)), "product")

    assert product.scan
    assert product.action is not None
    assert product.action.intent == OpenSheet(SheetKind.PRODUCT)
    assert product.title == protocol.text("prepare.product.title")


@pytest.mark.parametrize(("done", "name"), [(1, "inspect-vial"), (6, "inspect-bag")])
def test_an_inspection_offers_five_looks_and_suggests_none(protocol: InfusionProtocol, done: int, name: str) -> None:
    looks = line(view_of(preparing(protocol, *ACTS[:done])), name).looks

    assert [look.label for look in looks] == ["Clear", "Particles", "Discoloured", "Frozen", "Shaken"]
    assert [look.key for look in looks] == ["1", "2", "3", "4", "5"]
    assert {look.role for look in looks} == {"secondary"}
    assert looks[0].intent == ACTS[done]


@pytest.mark.parametrize("done", [3, 4, 5, 7])
def test_an_act_is_one_touch_with_what_the_protocol_says(protocol: InfusionProtocol, done: int) -> None:
    current = line(view_of(preparing(protocol, *ACTS[:done])), LINES[done])

    assert current.action is not None
    assert current.action.intent == ACTS[done]
    assert current.other_volume == (LINES[done] == "added")


@pytest.mark.parametrize(
    ("done", "name", "kind"), [(2, "diluent", SheetKind.DILUENT), (8, "second-check", SheetKind.SECOND_CHECK)]
)
def test_some_lines_open_a_sheet(protocol: InfusionProtocol, done: int, name: str, kind: SheetKind) -> None:
    current = line(view_of(preparing(protocol, *ACTS[:done])), name)

    assert current.action is not None
    assert current.action.intent == OpenSheet(kind)


def test_each_current_line_has_a_key_of_its_own(protocol: InfusionProtocol) -> None:
    for done in range(CHECKED):
        view = view_of(preparing(protocol, *ACTS[:done]))
        current = view.lines[done]
        keys = [part.key for part in view.side.parts if isinstance(part, ActionView)]
        keys += [look.key for look in current.looks] + ([current.action.key] if current.action else [])
        assert None not in keys
        assert len(keys) == len(set(keys))


def test_done_lines_show_what_was_recorded_and_when(protocol: InfusionProtocol) -> None:
    view = view_of(preparing(protocol, *ACTS))

    assert [item.done_text for item in view.lines] == [
        "Tysabri 300 mg / 15 mL · lot A12345 · exp 31-Aug-2027 · 09:07",
        "clear · 09:08",
        "sodium chloride 0.9% 100 mL · lot B778 · 09:09",
        "15 mL · 09:10",
        "09:11",
        "09:12",
        "clear · 09:13",
        "09:14",
        "SAMPLE, Nurse Two · 09:15",
    ]
    assert {item.done_tone for item in view.lines} == {"done"}


def test_an_entry_marked_in_error_opens_its_line_again(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS[:2])
    visit.do(c.CorrectEntry(visit.visit.record[-1].number, "slip"))

    assert states(view_of(visit))[:2] == ["done", "current"]


def test_after_a_discarded_bag_the_old_times_are_gone(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS[:MADE], c.DiscardBag("dropped"), ACTS[0])

    assert states(view_of(visit)) == ["done", "current"] + ["next"] * 7
    assert line(view_of(visit), "product").done_text.endswith("09:16")


# --- blind second check ---


def test_while_the_second_check_is_due_the_first_entries_are_not_on_the_page(protocol: InfusionProtocol) -> None:
    view = view_of(preparing(protocol, *ACTS[:MADE]))

    assert "A12345" not in repr(view)
    assert line(view, "product").done_text == "Tysabri 300 mg / 15 mL · exp 31-Aug-2027 · 09:07"
    assert line(view, "added").done_text == "09:10"
    assert "A12345" in repr(view_of(preparing(protocol, *ACTS[:CHECKED])))


def test_a_second_check_that_differs_says_in_what_and_asks_to_look_together(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS[:MADE])
    visit.refused(replace(SECOND_CHECK, lot="A12354"), SECOND)

    check = line(view_of(visit), "second-check")

    assert check.state == "current"
    assert check.warning.startswith("09:14, SAMPLE, Nurse Two: ")
    assert "lot" in check.warning
    assert "A12354" not in check.warning


def test_a_second_check_that_agrees_takes_the_warning_away(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS[:MADE])
    visit.refused(replace(SECOND_CHECK, lot="A12354"), SECOND)
    visit.do(SECOND_CHECK, SECOND)

    assert line(view_of(visit), "second-check").warning == ""


def test_a_new_bag_does_not_inherit_the_check_that_failed(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS[:MADE])
    visit.refused(replace(SECOND_CHECK, lot="A12354"), SECOND)
    visit.do(c.DiscardBag("dropped"))

    assert line(view_of(visit), "second-check").warning == ""


# --- what is wrong ---


def vial(**changes: Any) -> c.RecordProduct:
    return c.RecordProduct(replace(VIAL, **changes), "typed")


@pytest.mark.parametrize(
    ("acts", "name", "rule", "severity"),
    [
        ((vial(expiry="2026-10"),), "product", "product-expiry", "stop"),
        ((vial(route="subcutaneous"),), "product", "product-route", "stop"),
        ((vial(brand="Natalix"),), "product", "product-unknown", "hold"),
        ((vial(brand="Tyruko"),), "product", "rems-brand", "stop"),
        ((ACTS[0], c.InspectVial("particles")), "inspect-vial", "inspection", "stop"),
        ((*ACTS[:2], c.RecordDiluent("other", Decimal(100), "B778")), "diluent", "diluent", "stop"),
        ((*ACTS[:2], c.RecordDiluent("sodium-chloride-0.9", Decimal(250), "B778")), "diluent", "bag-volume", "stop"),
        ((*ACTS[:3], c.AddDose(Decimal(14))), "added", "dose-volume", "stop"),
        ((*ACTS[:3], c.AddDose(Decimal(15), Decimal(15))), "added", "final-volume", "hold"),
        ((*ACTS[:MIXED], c.InspectBag("discoloured")), "inspect-bag", "inspection", "stop"),
        ((*ACTS[:MIXED], c.MoveBag("refrigerator")), "dilution-finished", "warm-up", "hold"),
    ],
)
def test_a_finding_stands_at_once_under_its_own_line(
    protocol: InfusionProtocol, acts: tuple[c.Command, ...], name: str, rule: str, severity: str
) -> None:
    view = view_of(preparing(protocol, *acts))

    assert [(item.rule, item.severity) for item in line(view, name).findings] == [(rule, severity)]
    assert line(view, name).done_tone == severity
    assert [item.id for item in view.lines if item.findings] == [name]
    assert view.findings == ()


@pytest.mark.parametrize(
    ("acts", "next_act"),
    [
        ((vial(expiry="2026-10"),), "discard"),
        ((vial(brand="Natalix"),), "decision"),
        ((*ACTS[:MIXED], c.InspectBag("frozen")), "discard"),
        ((*ACTS[:MIXED], c.MoveBag("refrigerator")), "inspect-bag"),
        ((*ACTS, c.MoveBag("refrigerator")), "warm"),
        ((*ACTS, c.MoveBag("refrigerator"), c.MoveBag("room")), "warm"),
    ],
)
def test_what_is_wrong_decides_the_next_act(
    protocol: InfusionProtocol, acts: tuple[c.Command, ...], next_act: str
) -> None:
    view = view_of(preparing(protocol, *acts))

    assert next_act in primary(view) or line(view, next_act).state == "current"


def test_no_line_is_offered_while_the_vial_must_not_be_used(protocol: InfusionProtocol) -> None:
    assert "current" not in states(view_of(preparing(protocol, vial(expiry="2026-10"))))


def test_a_wrong_entry_can_be_corrected(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, vial(expiry="2026-10"))
    number = visit.visit.record[-1].number

    correct = line(view_of(visit), "product").correct

    assert correct is not None
    assert correct.intent == OpenSheet(SheetKind.CORRECT, str(number))


def test_a_wrong_entry_can_be_corrected_after_mixing_too(protocol: InfusionProtocol) -> None:
    acts = (vial(brand="Natalix"), *ACTS[1:MIXED], c.InspectBag("particles"))

    view = view_of(preparing(protocol, *acts))

    assert line(view, "product").correct is not None
    assert line(view, "inspect-bag").correct is not None


def test_what_the_second_check_read_otherwise_can_be_corrected(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS)
    visit.refused(c.CheckSecond(SECOND, "Z9", Decimal(15), "TRN000417"), SECOND)

    view = view_of(visit)

    assert line(view, "product").correct is not None
    assert line(view, "added").correct is None


def test_a_line_without_a_finding_offers_no_correction(protocol: InfusionProtocol) -> None:
    assert line(view_of(preparing(protocol, *ACTS[:1])), "product").correct is None


def test_a_changed_answer_stops_the_work_and_stands_above_the_lines(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, ACTS[0], c.AnswerQuestion("new_neurological_symptoms", answer=True))

    view = view_of(visit)

    assert [item.rule for item in view.findings] == ["new-neurological-symptoms"]
    assert "current" not in states(view)
    assert primary(view) == ["decision"]


def test_a_stop_that_is_not_the_bag_s_leads_to_not_given(protocol: InfusionProtocol) -> None:
    view = view_of(preparing(protocol, c.AnswerQuestion("jaundice_or_dark_urine", answer=True)))

    assert primary(view) == ["not_given"]


def test_a_no_of_the_prescriber_ends_the_work(protocol: InfusionProtocol) -> None:
    view = view_of(preparing(protocol, c.RecordDecision("mood", "do-not-give", "Dr Sample", read_back=True)))

    assert primary(view) == ["not_given"]
    assert "current" not in states(view)
    assert action(view, "start").why_not.startswith("First: the prescriber said no, ")


def test_a_vial_without_brand_or_lot_says_so(protocol: InfusionProtocol) -> None:
    view = view_of(preparing(protocol, c.RecordProduct(VialOnHand(), "scanned")))

    assert line(view, "product").done_text == "unknown brand · no lot · no expiry · 09:07"


def test_a_bag_without_its_lot_is_told_without_one(protocol: InfusionProtocol) -> None:
    view = view_of(preparing(protocol, *ACTS[:2], c.RecordDiluent("other", Decimal(100))))

    assert line(view, "diluent").done_text == "another diluent 100 mL · 09:09"


# --- advice, clock and dose ---


def test_access_before_mixing_is_advised_until_there_is_a_line_or_a_bag(protocol: InfusionProtocol) -> None:
    advice = protocol.text("prepare.access-first")

    assert view_of(preparing(protocol)).advice == advice
    assert view_of(preparing(protocol, c.ReadyLine("port"))).advice == ""
    assert view_of(preparing(protocol, *ACTS[:MIXED])).advice == ""


def test_the_clock_is_not_started_before_mixing_ends(protocol: InfusionProtocol) -> None:
    clock = card(view_of(preparing(protocol, *ACTS[:5])), "use_before")

    assert (clock.value, clock.tone) == ("not started", "muted")
    assert clock.note == protocol.text("prepare.use-before")


def test_the_clock_shows_what_is_left_which_limit_is_first_and_what_is_used(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS[:MIXED]).wait(minutes=30)

    clock = card(view_of(visit), "use_before")

    assert clock.value == "7 h 30 min"
    assert clock.note == (
        "until 17:12 (first limit: outside the refrigerator). "
        "Outside the refrigerator 0 h 30 min of 8 h, in all 0 h 30 min of 24 h."
    )
    assert clock.tone == "neutral"


def test_in_the_refrigerator_the_age_in_all_is_the_first_limit(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS[:MIXED], c.MoveBag("refrigerator")).wait(hours=3)

    clock = card(view_of(visit), "use_before")

    assert "(first limit: age in all)" in clock.note
    assert "Outside the refrigerator 0 h 01 min of 8 h, in all 3 h 01 min of 24 h." in clock.note


def test_a_bag_that_would_end_too_old_is_a_caution_on_its_clock(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS).wait(hours=7, minutes=10)

    assert card(view_of(visit), "use_before").tone == "caution"
    assert action(view_of(visit), "start").enabled


def test_a_bag_past_its_limit_is_too_old(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, *ACTS).wait(hours=8, minutes=10)

    view = view_of(visit)

    assert (card(view, "use_before").value, card(view, "use_before").tone) == ("too old", "stop")
    assert primary(view) == ["discard"]


def test_the_dose_is_the_one_dose_with_this_patient_s_plan(protocol: InfusionProtocol) -> None:
    def unknown(data: dict[str, Any]) -> None:
        data["patient"]["treatment"]["plan_interval_weeks"] = 6
        data["patient"]["treatment"]["last_infusion"] = "2026-10-11"

    assert card(view_of(preparing(protocol)), "dose").value == "300 mg"
    assert card(view_of(preparing(protocol)), "dose").note == f"fixed dose · {protocol.text('plan.4')}"
    assert card(view_of(preparing(protocol, change=unknown)), "dose").note.endswith(protocol.text("plan.6"))


def test_an_unknown_plan_leaves_the_dose_fixed_all_the_same(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol)
    context = visit.context()
    facts = replace(context.state.facts, patient=None)

    view = present_prepare(replace(context, state=replace(context.state, facts=facts)))

    assert card(view, "dose").note == "fixed dose"


# --- what can be done with the bag ---


def test_nothing_can_be_moved_or_discarded_before_there_is_something(protocol: InfusionProtocol) -> None:
    assert actions(view_of(preparing(protocol))) == ["start", "line", "not_given", "note"]
    assert actions(view_of(preparing(protocol, ACTS[0]))) == ["start", "line", "discard", "not_given", "note"]


def test_a_mixed_bag_can_go_into_the_refrigerator_and_come_out(protocol: InfusionProtocol) -> None:
    at_room = preparing(protocol, *ACTS[:MIXED])
    in_cold = preparing(protocol, *ACTS[:MIXED], c.MoveBag("refrigerator"))
    out = preparing(protocol, *ACTS[:MIXED], c.MoveBag("refrigerator"), c.MoveBag("room"))

    assert action(view_of(at_room), "move").intent == c.MoveBag("refrigerator")
    assert action(view_of(in_cold), "warm").intent == c.MoveBag("room")
    assert action(view_of(out), "warm").intent == c.WarmBag()
    assert action(view_of(out), "move").intent == c.MoveBag("refrigerator")


def test_discarding_is_called_by_what_there_is(protocol: InfusionProtocol) -> None:
    assert action(view_of(preparing(protocol, ACTS[0])), "discard").label == "Discard and begin again…"
    assert action(view_of(preparing(protocol, *ACTS[:MIXED])), "discard").label == "Discard this bag…"


# --- the start ---


@pytest.mark.parametrize("done", range(READY + 1))
def test_the_start_is_open_exactly_when_the_rules_would_take_it(protocol: InfusionProtocol, done: int) -> None:
    visit = preparing(protocol, *ACTS[:done])

    verdict = decide(c.StartInfusion(protocol.infusion.rate_ml_h), Context(visit.state, visit.now, NURSE))

    assert action(view_of(visit), "start").enabled == (not isinstance(verdict, Rejected))


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (0, "First: 8 lines of this page, the second check, record the line."),
        (7, "First: 1 line of this page, the second check, record the line."),
        (8, "First: the second check, record the line."),
        (9, "First: record the line."),
        (10, ""),
    ],
)
def test_the_start_lists_what_is_missing(protocol: InfusionProtocol, done: int, words: str) -> None:
    assert action(view_of(preparing(protocol, *ACTS[:done])), "start").why_not == words


def test_a_cold_bag_must_be_settled_before_the_start(protocol: InfusionProtocol) -> None:
    view = view_of(preparing(protocol, *ACTS, c.MoveBag("refrigerator")))

    assert action(view, "start").why_not == f"First: settle {protocol.text('rule.warm-up')}."


def test_the_line_is_the_next_act_when_only_it_is_missing(protocol: InfusionProtocol) -> None:
    assert primary(view_of(preparing(protocol, *ACTS[:CHECKED]))) == ["line"]
    assert primary(view_of(preparing(protocol, *ACTS))) == ["start"]


@pytest.mark.parametrize("done", range(READY + 1))
def test_there_is_never_more_than_one_next_act(protocol: InfusionProtocol, done: int) -> None:
    assert len(primary(view_of(preparing(protocol, *ACTS[:done])))) <= 1


def test_in_a_later_step_the_page_only_tells(protocol: InfusionProtocol) -> None:
    view = view_of(TestVisit(protocol).to("infuse"))

    assert states(view) == ["done"] * CHECKED
    assert actions(view) == ["back"]
    assert action(view, "back").intent == GoToVisit("v-1")
    assert view.advice == ""
    assert view.findings == ()


def test_in_a_reaction_before_the_start_nothing_can_be_corrected(protocol: InfusionProtocol) -> None:
    visit = preparing(protocol, vial(brand="Natalix"), c.OpenReaction())

    assert line(view_of(visit), "product").correct is None
