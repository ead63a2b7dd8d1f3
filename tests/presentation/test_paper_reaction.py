"""A reaction in memory only: its list, its times, and what they become when saving works again."""

from datetime import timedelta

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.intents import RecordPaper, TouchPaper
from nurse_app.presentation.paper_reaction import (
    OPENING,
    PaperReaction,
    Touch,
    begun,
    command_of,
    present_paper,
    recorded,
    refused_words,
    taken_back,
    touched,
)
from tests.kit import TestVisit
from tests.presentation.running_visits import card, ids, running

SECOND = timedelta(seconds=1)


def started(protocol: InfusionProtocol) -> tuple[TestVisit, PaperReaction]:
    visit = running(protocol, 18)
    return visit, begun("v-1", visit.now.latest)


def test_the_whole_list_of_the_gravest_level_is_there_at_once(protocol: InfusionProtocol) -> None:
    visit, paper = started(protocol)
    view = present_paper(visit.context(), paper)

    assert view.head.title == ""
    assert (view.notice.severity, view.notice.title) == ("stop", "NOT SAVED: write times on paper")
    assert [row.id for row in view.acts] == [
        *("pump-stopped", "new-line", "call-help", "epinephrine", "position", "oxygen", "fluids", "vital-signs"),
        *("antihistamine", "corticosteroid", "tryptase", "transfer", "mark-allergy"),
    ]
    drug = view.acts[3]
    assert drug.title == "EPINEPHrine 0.5 mg IM now"
    assert drug.note == "0.5 mL of 1 mg/mL, outer thigh · this site’s standing order, 70 kg"
    assert (drug.action.key, drug.emphasis, view.acts[0].action.key, view.acts[0].state) == ("E", True, "A", "current")
    assert view.offers == ()
    assert [(each.title, each.time, each.intent) for each in view.done] == [("Reaction began", "09:58:00", None)]


def test_touches_keep_their_times_and_a_second_one_takes_back(protocol: InfusionProtocol) -> None:
    visit, paper = started(protocol)
    at = visit.now.latest
    paper = touched(paper, "pump-stopped", at + 5 * SECOND)
    paper = touched(paper, "oxygen", at + 9 * SECOND)
    view = present_paper(visit.wait(seconds=20).context(), paper)

    assert [(each.title, each.time) for each in view.done] == [
        ("Reaction began", "09:58:00"),
        ("Stop the infusion", "09:58:05"),
        ("Oxygen", "09:58:09"),
    ]
    assert view.done[2].intent == TouchPaper("oxygen", at + 9 * SECOND)
    assert (view.acts[0].id, view.acts[0].state) == ("new-line", "current")
    assert touched(paper, "oxygen", at).touches == (Touch(OPENING, at), Touch("pump-stopped", at + 5 * SECOND))


def test_the_first_drug_may_be_given_again_and_its_clock_runs(protocol: InfusionProtocol) -> None:
    visit, paper = started(protocol)
    paper = touched(paper, "epinephrine", visit.now.latest, repeatable=True)
    early = present_paper(visit.wait(minutes=2).context(), paper)
    late = present_paper(visit.wait(minutes=3).context(), paper)
    paper = touched(paper, "epinephrine", visit.now.latest, repeatable=True)
    again = present_paper(visit.context(), paper)

    assert (card(early.side, "repeat").value, card(early.side, "repeat").tone) == ("03:00", "neutral")
    assert (card(late.side, "repeat").value, card(late.side, "repeat").tone) == ("now", "stop")
    assert (card(again.side, "repeat").value, card(again.side, "repeat").note) == ("05:00", "2 doses")
    assert [each.title for each in again.done][1:] == ["EPINEPHrine 0.5 mg IM"] * 2
    assert next(row for row in again.acts if row.id == "epinephrine").action.label == "Given again"
    assert card(again.side, "since").value == "05:00"
    assert ids(present_paper(visit.context(), started(protocol)[1]).side) == ["since"]


def test_the_touch_of_a_drug_that_may_be_given_again_is_taken_back_by_its_time(protocol: InfusionProtocol) -> None:
    visit, paper = started(protocol)
    at = visit.now.latest
    paper = touched(paper, "epinephrine", at + SECOND, repeatable=True)
    paper = touched(paper, "epinephrine", at + 301 * SECOND, repeatable=True)
    row = present_paper(visit.wait(minutes=6).context(), paper).done[2]
    left = taken_back(paper, "epinephrine", at + 301 * SECOND)

    assert row.intent == TouchPaper("epinephrine", at + 301 * SECOND)
    assert left.touches == paper.touches[:2]


def test_touches_made_while_one_is_recorded_stay(protocol: InfusionProtocol) -> None:
    paper = started(protocol)[1]
    at = paper.touches[0].at
    opening, oxygen = paper.touches[0], Touch("oxygen", at + SECOND)
    meanwhile = touched(paper, "oxygen", at + SECOND)

    assert recorded(meanwhile, opening) == PaperReaction("v-1", (oxygen,))
    assert recorded(PaperReaction("v-1", (oxygen,)), oxygen) is None
    # Taken back while it was on its way.
    assert recorded(meanwhile, Touch("fluids", at)) == meanwhile


def test_the_sign_that_came_with_the_key_is_kept_and_told(protocol: InfusionProtocol) -> None:
    visit = started(protocol)[0]
    paper = begun("v-1", visit.now.latest, ("wheeze", "hives"))

    assert present_paper(visit.context(), paper).done[0].title == "Reaction began: Wheeze, Hives"
    assert command_of(visit.state, paper.touches[0]) == c.OpenReaction(("wheeze", "hives"))


def test_what_the_rules_did_not_take_is_named(protocol: InfusionProtocol) -> None:
    visit, paper = started(protocol)
    touches = (*paper.touches, Touch("oxygen", visit.now.latest + SECOND))

    assert refused_words(visit.context(), touches, "No reaction is open.") == (
        "Not recorded: Reaction began 09:58:00, Oxygen 09:58:01. Write it on paper. No reaction is open."
    )


def test_when_saving_works_again_recording_is_offered(protocol: InfusionProtocol) -> None:
    visit, paper = started(protocol)
    paper = touched(paper, "oxygen", visit.now.latest)
    view = present_paper(visit.context(), PaperReaction(paper.visit_id, paper.touches, saving_works=True))

    assert view.notice.title == "Saving works again. These times are not recorded yet."
    assert (view.offers[0].label, view.offers[0].intent) == ("Record these 2 entries", RecordPaper())
    assert [each.id for each in view.offers] == ["paper_record", "paper_leave"]


def test_every_touch_of_the_list_becomes_a_command_that_the_rules_take(protocol: InfusionProtocol) -> None:
    visit, paper = started(protocol)
    for act in [row.id for row in present_paper(visit.context(), paper).acts]:
        paper = touched(paper, act, visit.now.latest)
    left: PaperReaction | None = paper
    while left is not None:
        visit.do(command_of(visit.state, left.touches[0]))
        left = recorded(left, left.touches[0])

    reaction = visit.state.reactions[-1]
    assert len(reaction.actions) + len(reaction.treatments) == len(paper.touches) - 1
    assert command_of(visit.state, Touch("epinephrine", visit.now.latest)) == c.GiveTreatment(
        "epinephrine", "0.5 mg", "IM"
    )
