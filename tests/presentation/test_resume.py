"""What is shown first when a visit in progress was opened again."""

from datetime import timedelta

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.moment import Reading
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.resume import ResumeView, present_resume
from tests.kit import TestVisit


def closed_for(visit: TestVisit, seen: float = 0, **away: float) -> TestVisit:
    """The program ran on for ``seen`` minutes, was away for a while, and was opened again."""
    visit.wait(minutes=seen)
    look = visit.reading()
    visit.wait(**away).reopen().do(c.ReopenVisit(0, look))
    return visit


def off_for(visit: TestVisit, minutes: float, up: float = 2, seen: float = 0) -> TestVisit:
    """The same with the machine off, and up for a few minutes before the program was opened."""
    visit.wait(minutes=seen)
    look = visit.reading()
    visit.wait(minutes=minutes + up).reboot(up_for_minutes=up).reopen().do(c.ReopenVisit(0, look))
    return visit


def shown(visit: TestVisit) -> ResumeView:
    return present_resume(visit.context())


def cards(visit: TestVisit) -> dict[str, tuple[str, str, str]]:
    return {card.id: (card.title, card.value, card.note) for card in shown(visit).cards}


def infusing(protocol: InfusionProtocol) -> TestVisit:
    return TestVisit(protocol).to("infuse")


def test_a_program_that_was_closed_says_since_when_and_for_how_long(protocol: InfusionProtocol) -> None:
    view = shown(closed_for(infusing(protocol), 10, minutes=12))
    assert view.head.lead == "The program was closed. It last ran at 09:50. Time away: 12 min."
    assert view.question is None


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0.5, "less than a minute"), (1, "1 min"), (59.9, "59 min"), (60, "1 h 00 min"), (130, "2 h 10 min")],
)
def test_how_long_it_was_away_is_said_in_words(protocol: InfusionProtocol, minutes: float, words: str) -> None:
    assert shown(closed_for(infusing(protocol), minutes=minutes)).head.lead.endswith(f"Time away: {words}.")


def test_after_a_restart_of_the_computer_it_says_between_which_times(protocol: InfusionProtocol) -> None:
    view = shown(off_for(infusing(protocol), 17, up=2, seen=10))
    assert view.head.lead == (
        "The computer was restarted. The program last ran at 09:50. Time away: between 2 and 19 min."
    )
    assert view.question is not None
    assert view.question.sentence == (
        "The computer cannot know how long it was off. It is now between 09:52 and 10:09."
    )
    assert not view.question.asks_day


def test_a_range_above_an_hour_has_hours(protocol: InfusionProtocol) -> None:
    assert shown(off_for(infusing(protocol), 90, up=0.5)).head.lead.endswith(
        "between less than a minute and 1 h 30 min."
    )


def test_the_infusion_shows_how_long_it_can_have_run_and_the_last_entry(protocol: InfusionProtocol) -> None:
    visit = infusing(protocol).wait(minutes=4)
    visit.do(c.AddNote("asleep"))
    found = cards(off_for(visit, 17, up=2, seen=6))
    assert found == {
        "ran": ("The infusion has run for", "between 12 and 29 min", "of 60 min"),
        "last": ("Last entry", "09:44", "Note recorded"),
    }


def test_the_watch_the_bag_and_a_reaction_have_their_own_clock(protocol: InfusionProtocol) -> None:
    watched = cards(closed_for(TestVisit(protocol).to("observe"), minutes=12))
    assert watched["observed"] == ("Observed for", "12 min", "of 60 min")
    bag = cards(closed_for(TestVisit(protocol).to_before("infuse"), minutes=12))
    assert bag["bag"] == ("The bag was mixed", "22 min", "ago")
    reacting = infusing(protocol)
    reacting.do(c.OpenReaction())
    assert cards(closed_for(reacting, minutes=12))["reaction"] == ("Reaction open for", "12 min", "")
    assert set(cards(closed_for(TestVisit(protocol), minutes=12))) == {"last"}


def test_an_earlier_reopening_is_no_entry_to_show(protocol: InfusionProtocol) -> None:
    visit = closed_for(closed_for(infusing(protocol), minutes=3), minutes=3)
    assert cards(visit)["last"][2] == "Infusion started"


def test_what_is_due_is_listed_the_oldest_first_and_what_came_meanwhile_says_so(protocol: InfusionProtocol) -> None:
    visit = closed_for(infusing(protocol), 20, minutes=50)
    assert shown(visit).due == (
        "Vital signs and the symptom round are due. Since 09:55, late by 55 min.",
        "Meanwhile: The planned infusion time is over. Look at the bag. Since 10:40, late by 10 min.",
    )


def test_when_nothing_is_due_it_says_so(protocol: InfusionProtocol) -> None:
    assert shown(closed_for(infusing(protocol), minutes=2)).due == ("Nothing is due.",)


def test_a_clock_that_runs_behind_leaves_the_end_open(protocol: InfusionProtocol) -> None:
    visit = infusing(protocol)
    visit.wall_moved = timedelta(days=-20000)
    view = shown(off_for(visit, 17))
    assert view.question is not None
    assert view.question.sentence == (
        "The clock of this computer runs behind. It is 22-Nov-2026 09:42 +00:00 or later: nobody knows more."
    )


def test_a_range_of_days_is_shown_with_days_and_the_day_is_asked(protocol: InfusionProtocol) -> None:
    view = shown(off_for(infusing(protocol), 3 * 24 * 60))
    assert view.question is not None
    assert view.question.asks_day
    assert "between 22-Nov-2026 09:42 +00:00 and 25-Nov-2026 09:42 +00:00" in view.question.sentence
    assert view.question.day.isoformat() == "2026-11-25"


def test_once_the_time_is_confirmed_nothing_is_asked(protocol: InfusionProtocol) -> None:
    visit = off_for(infusing(protocol), 17, seen=10)
    visit.do(c.ConfirmClock(visit.reading().wall))
    assert shown(visit).question is None
    assert cards(visit)["ran"][1] == "29 min"


def test_a_visit_that_was_never_closed_has_been_away_for_no_time(protocol: InfusionProtocol) -> None:
    visit = infusing(protocol)
    assert "Time away: less than a minute." in shown(visit).head.lead
    assert cards(visit)["last"][2] == "Visit started"


def test_a_strange_look_changes_nothing(protocol: InfusionProtocol) -> None:
    visit = infusing(protocol)
    reading = visit.reading()
    visit.wait(minutes=5)
    visit.do(c.ReopenVisit(0, Reading(reading.wall, reading.uptime + timedelta(hours=1), "never")))
    assert "Time away: 5 min." in shown(visit).head.lead
