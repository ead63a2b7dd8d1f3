"""Help topics: each place, step and sheet has its own, what went wrong comes first, figures come from the protocol."""

from dataclasses import replace
from typing import get_args

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import Phase
from nurse_app.presentation import intents as i
from nurse_app.presentation.help_topics import (
    GROUPS,
    TOPIC_OF_PHASE,
    TOPIC_OF_PLACE,
    TOPIC_OF_SHEET,
    Whereabouts,
    filled,
    read_book,
    topic_for,
)

LISTED = [key for _title, keys in GROUPS for key in keys]
HOME = i.GoHome()


def texts() -> dict[str, str]:
    return {key: f"# About {key}\n\nText of {key}." for key in LISTED}


def test_every_place_step_and_sheet_has_a_topic_that_is_listed() -> None:
    assert set(TOPIC_OF_PHASE) == set(get_args(Phase))
    assert set(TOPIC_OF_SHEET) == set(i.SheetKind)
    assert set(TOPIC_OF_PLACE) == set(get_args(i.Place)) - {i.GoToVisit}
    for topics in (TOPIC_OF_PHASE, TOPIC_OF_SHEET, TOPIC_OF_PLACE):
        assert set(topics.values()) <= set(LISTED)


def test_each_topic_is_listed_once() -> None:
    assert len(LISTED) == len(set(LISTED))


@pytest.mark.parametrize(
    ("where", "topic"),
    [
        (Whereabouts(HOME), "home"),
        (Whereabouts(HOME, interrupted=True), "interrupted"),
        (Whereabouts(i.GoToReports()), "reports"),
        (Whereabouts(i.GoToTrends("p")), "trends"),
        (Whereabouts(i.GoToTrends("p", timeline=True)), "ms-timeline"),
        (Whereabouts(i.GoToVisit("v"), "infuse"), "infuse"),
        (Whereabouts(i.GoToVisit("v"), "infuse", i.SheetKind.VITAL_SIGNS), "vital-signs"),
        (Whereabouts(i.GoToVisit("v"), "prepare", i.SheetKind.SECOND_CHECK), "second-check"),
        # A visit that is not loaded yet, and a place nobody has written about.
        (Whereabouts(i.GoToVisit("v")), "quick-start"),
        (Whereabouts(i.SwitchUser()), "quick-start"),
        (Whereabouts(HOME, nobody_in=True), "people"),
        (Whereabouts(HOME, clock_asked=True), "clock-jumped"),
        (Whereabouts(i.GoToVisit("v"), "infuse", i.SheetKind.PAUSE, not_saved=True), "not-saved"),
    ],
)
def test_the_topic_is_that_of_what_is_on(where: Whereabouts, topic: str) -> None:
    assert topic_for(where) == topic


def test_a_book_has_all_topics_in_their_groups(protocol: InfusionProtocol) -> None:
    book = read_book(texts(), protocol)

    assert [topic.key for group in book.groups for topic in group.topics] == LISTED
    assert book.groups[0].title == "Begin here"
    assert (book.topic("flush").title, book.topic("flush").text) == ("About flush", "Text of flush.")
    assert book.topic("no such topic").key == "quick-start"


def test_figures_are_those_of_the_protocol_in_use(protocol: InfusionProtocol) -> None:
    text = (
        "For {protocol.infusion.planned_minutes} min; {protocol.product.strength_mg} mg; {protocol.ages.stop_below} y"
    )
    book = read_book(texts() | {"infuse": f"# T\n{text}; {{protocol.vital_signs.pulse.hold_above}} /min"}, protocol)
    assert book.topic("infuse").text == "For 60 min; 300 mg; 18 y; 130 /min"

    other = replace(protocol, infusion=replace(protocol.infusion, planned_minutes=protocol.observation.minutes * 2))
    assert read_book(texts() | {"infuse": f"# T\n{text}"}, other).topic("infuse").text.startswith("For 120 min")


def test_a_figure_or_a_topic_that_is_missing_is_named(protocol: InfusionProtocol) -> None:
    with pytest.raises(KeyError, match=r"protocol\.infusion\.speed"):
        filled("{protocol.infusion.speed}", {})
    # Neither a sentence nor a yes or no is a figure.
    with pytest.raises(KeyError, match=r"protocol\.drug"):
        read_book(texts() | {"home": "# T\n{protocol.drug}"}, protocol)
    with pytest.raises(KeyError, match="flush"):
        read_book({key: text for key, text in texts().items() if key != "flush"}, protocol)
