"""The sheet about the time of one entry, and both times wherever the entry is shown."""

from datetime import timedelta

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.reaction_commands import CorrectTime
from nurse_app.presentation.entry_time import chosen_time, moved, present_entry_time, shown_time
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.reaction import present_reaction
from nurse_app.presentation.reasons import present_correct
from nurse_app.presentation.timeline import present_timeline
from tests.kit import TestVisit
from tests.presentation.running_visits import running

MINUTE = timedelta(minutes=1)


def treated(protocol: InfusionProtocol) -> tuple[TestVisit, int]:
    """Oxygen entered at 10:01:30, three and a half minutes after the onset; now it is a minute later."""
    visit = running(protocol, 18)
    visit.do(c.OpenReaction(("wheeze",)))
    visit.wait(minutes=3, seconds=30)
    (entry,) = visit.do(c.GiveTreatment("oxygen"))
    visit.wait(minutes=1)
    return visit, entry.number


def test_the_sheet_says_what_and_when_it_was_entered(protocol: InfusionProtocol) -> None:
    visit, number = treated(protocol)
    view = present_entry_time(visit.context(), number)

    assert (view.head.title, view.head.lead) == ("When did it happen?", "Given: Oxygen.")
    assert view.entered == "Entered 10:01:30 by SAMPLE, Nurse One. Both times stay in the record."
    assert shown_time(view, view.happened) == "10:01"
    assert (view.earliest, view.latest) == (visit.state.started_at.latest, visit.now.latest)
    assert view.take_back == c.CorrectEntry(number, "taken back")


def test_the_onset_may_be_earlier_and_is_not_taken_back(protocol: InfusionProtocol) -> None:
    visit, _number = treated(protocol)
    opened = next(item.number for item in visit.visit.record if isinstance(item.event, e.ReactionOpened))

    view = present_entry_time(visit.context(), opened)
    assert view.take_back is None
    assert view.entered.endswith("It cannot be taken back. If a sign was marked by mistake, write a note.")


def test_an_onset_without_a_sign_needs_no_such_word(protocol: InfusionProtocol) -> None:
    visit = running(protocol, 18)
    opened = visit.do(c.OpenReaction())[0]

    assert present_entry_time(visit.context(), opened.number).entered.endswith("Both times stay in the record.")


@pytest.mark.parametrize(
    ("minutes", "shown"), [(-1, "10:00"), (-5, "09:56"), (1, "10:02"), (5, "10:02"), (-500, "09:00")]
)
def test_minutes_go_to_the_full_minute_and_never_out_of_the_visit(
    protocol: InfusionProtocol, minutes: int, shown: str
) -> None:
    visit, number = treated(protocol)
    view = present_entry_time(visit.context(), number)

    at = moved(view, view.happened, minutes)

    assert shown_time(view, at) == shown
    assert view.earliest <= at <= view.latest


def test_what_was_chosen_is_asked_in_the_zone_that_is_shown(protocol: InfusionProtocol) -> None:
    visit, number = treated(protocol)
    view = present_entry_time(visit.context(), number)

    asked = chosen_time(view, view.happened - MINUTE)

    assert asked == CorrectTime(number, view.happened - MINUTE)
    assert asked.at.tzinfo is view.zone


def test_both_times_stand_on_the_page_and_in_the_timeline(protocol: InfusionProtocol) -> None:
    visit, number = treated(protocol)
    view = present_entry_time(visit.context(), number)
    (correction,) = visit.do(chosen_time(view, moved(view, view.happened, -1)))

    done = {each.title: each.time for each in present_reaction(visit.context()).done}
    rows = {row.number: row for row in present_timeline(visit.context()).rows}

    assert done["Oxygen"] == "10:00:00, entered 10:01:30"
    assert (rows[number].time, rows[number].marks) == ("10:00:00", ("time corrected, entered 10:01:30",))
    assert rows[correction.number].words == f"Time of entry {number} corrected to 10:00:00."


def test_from_the_timeline_only_the_time_can_be_corrected_too(protocol: InfusionProtocol) -> None:
    visit, number = treated(protocol)
    (note,) = visit.do(c.AddNote("calm"))

    assert present_correct(visit.context(), number).retime == OpenSheet(SheetKind.ENTRY_TIME, str(number))
    assert present_correct(visit.context(), note.number).retime is None


def test_what_was_taken_back_has_no_time_to_show(protocol: InfusionProtocol) -> None:
    visit, number = treated(protocol)
    visit.do(c.CorrectEntry(number, "taken back"))

    assert "Oxygen" not in [each.title for each in present_reaction(visit.context()).done]
