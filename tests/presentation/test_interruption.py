"""Which steps are critical, when one counts as begun, and what the card says."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.interruption_protocol import STEPS
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import Phase
from nurse_app.presentation.intents import SheetKind
from nurse_app.presentation.interruption import Doing, is_interrupted, present_interruption, step_of
from tests.kit import BAG_ACTS, PHASES, TestVisit

LIMIT = timedelta(seconds=90)
JUST_UNDER = LIMIT - timedelta(milliseconds=1)


def visit_in(protocol: InfusionProtocol, phase: Phase) -> TestVisit:
    return TestVisit(protocol).to(phase)


CRITICAL_SHEETS = (
    (SheetKind.PRODUCT, "prepare"),
    (SheetKind.DILUENT, "prepare"),
    (SheetKind.SECOND_CHECK, "prepare"),
    (SheetKind.CHANGE_RATE, "infuse"),
    (SheetKind.VITAL_SIGNS, "observe"),
    (SheetKind.DECISION, "prechecks"),
    (SheetKind.FLUSH, "flush"),
)


@pytest.mark.parametrize(("kind", "phase"), CRITICAL_SHEETS)
def test_a_critical_sheet_counts_from_its_first_entry_and_at_the_last_second(
    protocol: InfusionProtocol, kind: SheetKind, phase: Phase
) -> None:
    state = visit_in(protocol, phase).state
    begun = Doing(kind, "A title", has_entries=True)
    assert is_interrupted(state, begun, LIMIT)
    assert not is_interrupted(state, begun, JUST_UNDER)
    assert not is_interrupted(state, replace(begun, has_entries=False), LIMIT)


def test_the_start_counts_when_it_is_open(protocol: InfusionProtocol) -> None:
    state = visit_in(protocol, "prepare").state
    assert is_interrupted(state, Doing(SheetKind.START, "Start"), LIMIT)


@pytest.mark.parametrize("kind", [SheetKind.NOTE, SheetKind.WHY, SheetKind.PAUSE, SheetKind.RESUME])
def test_other_sheets_do_not_count_not_even_over_a_bag_that_is_being_mixed(
    protocol: InfusionProtocol, kind: SheetKind
) -> None:
    visit = visit_in(protocol, "prepare")
    visit.do(BAG_ACTS[0])
    assert is_interrupted(visit.state, Doing(), LIMIT)
    assert not is_interrupted(visit.state, Doing(kind, "A note", has_entries=True), LIMIT)


@pytest.mark.parametrize("phase", PHASES)
def test_pages_do_not_count_but_for_a_bag_that_is_being_mixed(protocol: InfusionProtocol, phase: Phase) -> None:
    assert not is_interrupted(visit_in(protocol, phase).state, Doing(), timedelta(hours=1))


@pytest.mark.parametrize("kind", [None, *SheetKind])
def test_never_in_a_reaction(protocol: InfusionProtocol, kind: SheetKind | None) -> None:
    visit = visit_in(protocol, "infuse")
    visit.do(c.OpenReaction())
    doing = Doing(kind, "A title", has_entries=True)
    assert step_of(visit.state, doing) is None
    assert not is_interrupted(visit.state, doing, timedelta(hours=1))
    assert present_interruption(visit.context(), doing) is None


def test_a_protocol_that_says_nothing_of_it_interrupts_nobody(protocol: InfusionProtocol) -> None:
    older = replace(
        protocol, interruption=None, texts={k: v for k, v in protocol.texts.items() if "interrupted" not in k}
    )
    visit = TestVisit(older).to("infuse")
    doing = Doing(SheetKind.CHANGE_RATE, "Change the rate", has_entries=True)
    assert not is_interrupted(visit.state, doing, timedelta(hours=1))
    view = present_interruption(visit.context(), doing)
    assert view is not None
    assert view.read_again == ""


def test_every_step_has_its_sentence_and_every_phase_a_step_but_two(protocol: InfusionProtocol) -> None:
    assert all(protocol.text(f"interrupted.{step}") for step in STEPS)
    phases = get_args(Phase)
    without = {phase for phase in phases if phase not in STEPS}
    assert without == {"reaction", "closed"}


def test_mixing_begins_with_the_first_line_and_ends_with_the_last_before_the_second_check(
    protocol: InfusionProtocol,
) -> None:
    visit = visit_in(protocol, "prepare")
    seen = [is_interrupted(visit.state, Doing(), LIMIT)]
    for act in BAG_ACTS:
        visit.do(act)
        seen.append(is_interrupted(visit.state, Doing(), LIMIT))
    assert seen == [False, *[True] * (len(BAG_ACTS) - 1), False]


def test_the_card_names_step_and_patient_and_says_what_to_read(protocol: InfusionProtocol) -> None:
    visit = visit_in(protocol, "prepare").with_bag()
    context = replace(visit.context(), patient_name="SAMPLE, Patient One")
    view = present_interruption(context, Doing(SheetKind.SECOND_CHECK, "Second nurse checks"))
    assert view is not None
    assert view.head.title == "Interrupted"
    assert view.head.lead == "You were at: Second nurse checks. Patient: SAMPLE, Patient One, TRN000417."
    assert view.read_again == protocol.text("interrupted.second-check")
    assert (view.lines, view.action, view.begins_again) == ((), "Start this step again", True)


def test_the_card_of_preparing_lists_the_lines_with_what_was_recorded_and_the_next_one(
    protocol: InfusionProtocol,
) -> None:
    visit = visit_in(protocol, "prepare")
    for act in BAG_ACTS[:2]:
        visit.do(act)
    view = present_interruption(visit.context(), Doing())
    assert view is not None
    assert [line.id for line in view.lines] == list(protocol.preparation.lines)
    assert [line.state for line in view.lines] == ["done", "done", "current", *["next"] * 6]
    assert view.lines[0].note.startswith("Recorded: ")
    assert view.lines[0].note.endswith(context_clock(visit))
    assert [line.note for line in view.lines[2:]] == ["Next line", *[""] * 6]
    assert (view.action, view.begins_again) == ("Start this step again", True)


def context_clock(visit: TestVisit) -> str:
    return f"{visit.reading().wall:%H:%M}"


def test_the_card_never_shows_the_second_nurse_what_the_first_one_entered(protocol: InfusionProtocol) -> None:
    visit = visit_in(protocol, "prepare").with_bag()
    view = present_interruption(visit.context(), Doing())
    assert view is not None
    assert "A12345" not in str(view)


def test_over_another_sheet_or_on_another_page_nothing_begins_again(protocol: InfusionProtocol) -> None:
    visit = visit_in(protocol, "infuse")
    for doing in (Doing(), Doing(SheetKind.NOTE, "Write a note", has_entries=True)):
        view = present_interruption(visit.context(), doing)
        assert view is not None
        assert (view.action, view.begins_again, view.lines) == ("Go on with this step", False, ())
        assert view.read_again == protocol.text("interrupted.infuse")


def test_a_time_that_the_card_would_hide_is_on_it(protocol: InfusionProtocol) -> None:
    visit = visit_in(protocol, "infuse").wait(minutes=12)
    view = present_interruption(visit.context(), Doing())
    assert view is not None
    assert view.clock == "48:00 left"
    mixing = present_interruption(visit_in(protocol, "prepare").context(), Doing())
    assert mixing is not None
    assert mixing.clock == ""
