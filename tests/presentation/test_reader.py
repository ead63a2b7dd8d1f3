"""Reader mode: every step in order with its number, done ones with their time, and the way through them."""

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.reader import (
    SIGNS,
    ReaderPlace,
    ReaderStep,
    ReaderView,
    at_signs,
    backward,
    follow,
    onward,
    present_reader,
    shown_step,
)
from tests.kit import TestVisit
from tests.presentation.running_visits import running, vitals


def reacting(protocol: InfusionProtocol, *signs: str) -> TestVisit:
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(signs))
    return visit


def view_of(visit: TestVisit) -> ReaderView:
    return present_reader(visit.context(), visit.state.reactions[-1])


def step(view: ReaderView, step_id: str) -> ReaderStep:
    return next(each for each in view.steps if each.id == step_id)


def test_the_steps_are_numbered_and_begin_with_what_every_reaction_begins_with(protocol: InfusionProtocol) -> None:
    view = view_of(reacting(protocol, "wheeze"))

    assert [each.id for each in view.steps] == [
        *("pump-stopped", "call-help", "new-line", SIGNS),
        *("epinephrine", "position", "oxygen", "fluids", "vital-signs"),
        *("antihistamine", "corticosteroid", "tryptase", "transfer", "mark-allergy"),
    ]
    assert [each.number for each in view.steps][:2] == ["1 of 14", "2 of 14"]
    drug = step(view, "epinephrine")
    assert (drug.title, drug.is_open) == ("EPINEPHrine 0.5 mg IM now", True)
    assert drug.detail == "0.5 mL of 1 mg/mL, outer thigh · this site’s standing order, 70 kg"
    assert drug.action is not None
    assert drug.action.intent == c.GiveTreatment("epinephrine", "0.5 mg", "IM")


def test_a_step_that_is_done_says_when(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "wheeze").wait(seconds=12)
    visit.do(c.DoAction("call-help"))
    visit.do(vitals())
    view = view_of(visit)

    assert (step(view, "call-help").time, step(view, "call-help").is_open) == ("09:58:12", False)
    assert (step(view, "vital-signs").time, step(view, "vital-signs").is_open) == ("09:58:12", False)
    assert (step(view, "oxygen").time, step(view, "oxygen").is_open) == ("", True)


def test_a_repeat_that_is_due_is_a_step_to_do_again(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "wheeze")
    visit.do(c.GiveTreatment("epinephrine", "0.5 mg", "IM"))
    given = step(view_of(visit), "epinephrine")
    due = step(view_of(visit.wait(minutes=5)), "epinephrine")

    assert (given.is_open, due.is_open, due.time) == (False, True, "09:58:00")
    assert due.action is not None
    assert due.action.label == "Given again"


def test_the_signs_are_a_step_that_names_what_is_marked(protocol: InfusionProtocol) -> None:
    nothing = step(view_of(reacting(protocol)), SIGNS)
    marked = step(view_of(reacting(protocol, "hives", "nausea")), SIGNS)

    assert (nothing.is_open, nothing.detail, nothing.action) == (
        True,
        "Look at the patient. Mark it, then go on.",
        None,
    )
    assert (marked.is_open, marked.detail) == (False, "Marked: Hives, Nausea")


def made(*open_steps: str) -> ReaderView:
    """Steps a to e; those named are to do."""
    return ReaderView(tuple(ReaderStep(each, "", "", "", "", each in open_steps, action=None) for each in "abcde"))


def test_the_reader_begins_at_the_first_step_to_do() -> None:
    assert shown_step(made("c", "d"), ReaderPlace()).id == "c"
    assert shown_step(made(), ReaderPlace()).id == "a"
    assert follow(made("c", "d"), ReaderPlace()) == ReaderPlace("c", was_open=True)


def test_arrows_go_on_and_back_and_come_back_to_what_was_skipped() -> None:
    view = made("b", "e")
    at = ReaderPlace("b", was_open=True)

    assert onward(view, at).step == "c"
    assert backward(view, at).step == "a"
    assert backward(view, ReaderPlace("a")).step == "a"
    assert onward(view, ReaderPlace("e", was_open=True)) == ReaderPlace("b", was_open=True)
    assert onward(made(), ReaderPlace("e")).step == "e"


def test_what_was_done_leads_to_the_next_step_to_do(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "wheeze")
    place = follow(view_of(visit), ReaderPlace("call-help"))
    visit.do(c.DoAction("call-help"))
    place = follow(view_of(visit), place)

    assert place == ReaderPlace("new-line", was_open=True)
    # Gone back to on purpose, a step that was done before stays.
    assert follow(view_of(visit), ReaderPlace("call-help")).step == "call-help"


def test_the_last_step_done_leads_back_to_one_that_was_skipped(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "wheeze")
    place = follow(view_of(visit), ReaderPlace("mark-allergy"))
    visit.do(c.DoAction("mark-allergy"))

    assert follow(view_of(visit), place).step == "pump-stopped"


def test_a_step_that_this_level_does_not_have_gives_way(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache")
    place = follow(view_of(visit), ReaderPlace("comfort"))
    visit.do(c.NoteSign("wheeze"))

    assert place.step == "comfort"
    assert follow(view_of(visit), place).step == "pump-stopped"


def test_signs_are_reached_from_everywhere_and_stay_while_they_are_marked(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol)
    place = at_signs(view_of(visit), ReaderPlace("call-help"))
    visit.do(c.NoteSign("hives"))

    assert place == ReaderPlace(SIGNS, was_open=True)
    assert follow(view_of(visit), place).step == SIGNS


def test_with_everything_done_the_reader_stays(protocol: InfusionProtocol) -> None:
    visit = reacting(protocol, "headache").wait(seconds=5)
    visit.do(vitals())
    acts = ("pump-stopped", "new-line", "call-help", "look-again", "comfort", "call-prescriber")
    for act in acts[:-1]:
        visit.do(c.DoAction(act))
    place = follow(view_of(visit), ReaderPlace("call-prescriber"))
    visit.do(c.DoAction(acts[-1]))

    assert follow(view_of(visit), place).step == "call-prescriber"
