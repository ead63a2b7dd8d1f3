"""The sheet of one entry: when it really happened, minute by minute, and the way to take it back."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.corrected_times import entry_times, possible_times
from nurse_app.domain.deciding.record import CORRECTABLE
from nurse_app.domain.reaction_commands import CorrectTime
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.entry_words import entry_sentence
from nurse_app.presentation.formats import clock, clock_with_seconds
from nurse_app.presentation.view_parts import StepHead

MINUTE = timedelta(minutes=1)
# Minutes by which a touch moves the time.
STEPS = (-5, -1, 1, 5)


@dataclass(frozen=True, slots=True)
class EntryTimeView:
    """``happened`` is what counts now; a time may be chosen from ``earliest`` to ``latest``, which is now or less."""

    head: StepHead
    entry: int
    happened: datetime
    earliest: datetime
    latest: datetime
    zone: tzinfo | None
    entered: str
    take_back: c.CorrectEntry | None


def present_entry_time(context: VisitContext, entry: int) -> EntryTimeView:
    """The sheet about an entry of that number. KeyError when there is none."""
    item, times = {each.number: (each, times) for each, times in entry_times(context.record)}[entry]
    earliest, latest = possible_times(context.state, item.event, entry, context.now)
    words = entry_sentence(item.event, context.state.protocol, context.name_of)
    entered = clock_with_seconds(times.entered.latest, context.zone)
    may_go = isinstance(item.event, CORRECTABLE)
    both = _("Entered {time} by {name}. Both times stay in the record.").format(
        time=entered, name=context.name_of(item.entry.by)
    )
    if isinstance(item.event, e.ReactionOpened) and item.event.signs:
        both = f"{both}\n{_('It cannot be taken back. If a sign was marked by mistake, write a note.')}"
    return EntryTimeView(
        head=StepHead(_("When did it happen?"), words),
        entry=entry,
        happened=times.happened.latest,
        earliest=earliest,
        latest=latest,
        zone=context.zone,
        entered=both,
        take_back=c.CorrectEntry(entry, _("taken back")) if may_go else None,
    )


def moved(view: EntryTimeView, at: datetime, minutes: int) -> datetime:
    """So many minutes later (or earlier), to the full minute, never outside what is possible."""
    # From 10:44:30 one minute back is 10:43, forward 10:45.
    full = at.replace(second=0, microsecond=0)
    return min(max(full + minutes * MINUTE, view.earliest), view.latest)


def shown_time(view: EntryTimeView, at: datetime) -> str:
    """10:43."""
    return clock(at, view.zone)


def chosen_time(view: EntryTimeView, at: datetime) -> CorrectTime:
    """What is asked when this time is saved; in the zone that is shown."""
    return CorrectTime(view.entry, at.astimezone(view.zone))
