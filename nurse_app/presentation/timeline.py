"""A visit's timeline: every entry with its time, its words, its author, and what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from nurse_app.domain.corrected_times import EntryTimes, entry_times
from nurse_app.domain.deciding.record import CORRECTABLE
from nurse_app.domain.events import EntryMarkedInError, Event
from nurse_app.domain.moment import Moment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Recorded
from nurse_app.domain.restarts import moments
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.after_actions import after_actions
from nurse_app.presentation.clock_cards import note_action
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.entry_titles import entry_title
from nurse_app.presentation.entry_words import entry_sentence
from nurse_app.presentation.formats import clock_with_seconds, day
from nurse_app.presentation.intents import GoHome, GoToVisit, OpenSheet, SaveRecord, SheetKind
from nurse_app.presentation.view_parts import ActionView, SideView, StepHead

# Smaller differences between when it happened and when it was entered are no news.
LATE_FROM = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One entry. ``day`` is set on the first of a day; ``correction`` says who marked it in error, when and why."""

    number: int
    day: str
    time: str
    words: str
    by: str
    marks: tuple[str, ...]
    correction: str
    correct: OpenSheet | None


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The whole record of one visit, oldest entry first."""

    visit_id: str
    head: StepHead
    rows: tuple[TimelineRow, ...]
    side: SideView


def present_timeline(context: VisitContext) -> TimelineView:
    """Everything that was entered in one visit, and what was marked in error since."""
    return TimelineView(
        visit_id=context.visit_id,
        head=StepHead(_("Timeline"), _lead(context)),
        rows=tuple(_rows(context)),
        side=SideView(
            (
                ActionView("save_record", _("Save the record to print…"), SaveRecord(context.visit_id), "S", "primary"),
                note_action(),
                *after_actions(context),
                ActionView("back", _("Back to the visit"), GoToVisit(context.visit_id), "B"),
                ActionView("home", _("Back to the ward"), GoHome(), "H"),
            )
        ),
    )


def entry_words(item: Recorded[Event], protocol: InfusionProtocol) -> str:
    """What was just saved, in a few words; for the line at the foot of the screen."""
    return entry_title(item.event, protocol)


def _lead(context: VisitContext) -> str:
    count = len(context.record)
    words = ngettext("{n} entry.", "{n} entries.", count).format(n=count)
    wrong = sum(isinstance(item.event, EntryMarkedInError) for item in context.record)
    if not wrong:
        return _("{entries} Nothing is ever deleted.").format(entries=words)
    marked = ngettext("{n} was marked in error and stays.", "{n} were marked in error and stay.", wrong).format(n=wrong)
    return f"{words} {marked}"


def _rows(context: VisitContext) -> Iterator[TimelineRow]:
    corrections = {
        item.event.entry: _correction(context, item, item.event, at)
        for item, at in moments(context.record)
        if isinstance(item.event, EntryMarkedInError)
    }
    shown_day = ""
    for item, times in entry_times(context.record):
        happened = times.happened
        of_day = day(happened.latest.astimezone(context.zone).date())
        correction = corrections.get(item.number, "")
        yield TimelineRow(
            number=item.number,
            day="" if of_day == shown_day else of_day,
            time=clock_with_seconds(happened.latest, context.zone),
            words=entry_sentence(item.event, context.state.protocol, context.name_of, context.zone),
            by=context.name_of(item.entry.by),
            marks=tuple(_marks(context, item, times)),
            correction=correction,
            correct=_correct(item) if not correction else None,
        )
        shown_day = of_day


def _correction(context: VisitContext, item: Recorded[Event], event: EntryMarkedInError, at: Moment) -> str:
    return _("Marked in error {time} by {name}: {reason}").format(
        time=clock_with_seconds(at.latest, context.zone), name=context.name_of(item.entry.by), reason=event.reason
    )


def _marks(context: VisitContext, item: Recorded[Event], times: EntryTimes) -> Iterator[str]:
    entered = times.entered
    if times.corrected:
        yield _("time corrected, entered {time}").format(time=clock_with_seconds(entered.latest, context.zone))
    elif entered.latest - times.happened.latest >= LATE_FROM:
        yield _("entered later, {time}").format(time=clock_with_seconds(entered.latest, context.zone))
    if item.entry.sign_later:
        yield _("sign later")
    doubt = entered.latest - entered.earliest
    if doubt >= LATE_FROM:
        count = -(-doubt // timedelta(minutes=1))
        yield _("up to {n} min earlier: the computer had been restarted").format(n=count)


def _correct(item: Recorded[Event]) -> OpenSheet | None:
    return OpenSheet(SheetKind.CORRECT, str(item.number)) if isinstance(item.event, CORRECTABLE) else None
