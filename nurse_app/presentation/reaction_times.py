"""The entries of the reaction that is open, and their times: when it happened, and when it was entered."""

from datetime import tzinfo

from nurse_app.domain import events as e
from nurse_app.domain.corrected_times import EntryTimes, entry_times
from nurse_app.domain.record import Recorded
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import clock_with_seconds
from nurse_app.presentation.intents import OpenSheet, SheetKind

TimedEntry = tuple[Recorded[e.Event], EntryTimes]


def reaction_entries(context: VisitContext) -> tuple[TimedEntry, ...]:
    """What was entered since the reaction was opened and still counts, in the order in which it was entered."""
    wrong = {item.event.entry for item in context.record if isinstance(item.event, e.EntryMarkedInError)}
    found: list[TimedEntry] = []
    for item, times in entry_times(context.record):
        if isinstance(item.event, e.ReactionOpened):
            found = []
        if item.number not in wrong:
            found.append((item, times))
    return tuple(found)


def both_times(times: EntryTimes, zone: tzinfo | None) -> str:
    """10:41:03; where somebody corrected it: 10:41:00, entered 10:44:03."""
    happened = clock_with_seconds(times.happened.latest, zone)
    if not times.corrected:
        return happened
    entered = clock_with_seconds(times.entered.latest, zone)
    return _("{time}, entered {entered}").format(time=happened, entered=entered)


def time_sheet(entry: int) -> OpenSheet:
    """The way to another time for an entry, and to taking it back."""
    return OpenSheet(SheetKind.ENTRY_TIME, str(entry))


def sign_entries(context: VisitContext) -> dict[str, int]:
    """The entry that noted each sign that is marked; those that came with the opening have its number."""
    found: dict[str, int] = {}
    for item, _times in reaction_entries(context):
        if isinstance(item.event, e.ReactionOpened):
            found |= dict.fromkeys(item.event.signs, item.number)
        elif isinstance(item.event, e.SignNoted):
            found[item.event.sign] = item.number
    return found
