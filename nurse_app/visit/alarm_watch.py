"""The alarms of all visits and of the workstation at one look: what is shown, what sounds, what the records lack."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nurse_app.domain.alarm_book import open_alarms
from nurse_app.domain.alarm_commands import AlarmGrowth, NoteAlarmSounded, NoticeAlarms
from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.alarm_signals import (
    RAISED,
    AlarmKey,
    Given,
    Signal,
    SignalFigures,
    Signals,
    advance,
    next_change,
    pause,
)
from nurse_app.domain.alarms import AlarmCondition, alarms, next_alarm_at, runs_a_clock
from nurse_app.domain.moment import Moment, Reading
from nurse_app.domain.sound import SoundTrouble
from nurse_app.domain.state import VisitState
from nurse_app.visit.open_visit import OpenVisit

# The visit of an alarm of the workstation itself.
STATION = ""
_SOUND: Priority = "medium"
# The longest burst lasts 3.2 s, and one that failed is known 2 s after it should have ended.
SETTLED = timedelta(seconds=6)


@dataclass(frozen=True, slots=True)
class AlarmNote:
    """A command that brings the record of a visit up to date; ``happened_at`` None: now."""

    visit_id: str
    command: NoticeAlarms | NoteAlarmSounded
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Heard:
    """A burst for an alarm: when it began, at what priority, and what was wrong with the sound then."""

    at: timedelta
    wall: datetime
    priority: Priority
    trouble: str


@dataclass(frozen=True, slots=True)
class AlarmPicture:
    """Everything about alarms at one look. ``trouble`` says why no sound can be heard; None when it can.

    ``conditions`` lacks the workstation's own. ``notes`` are what the records lack.
    ``look_in`` is when something changes next if nothing is done; None: nothing will.
    """

    signals: Signals = field(default_factory=Signals)
    conditions: Mapping[AlarmKey, AlarmCondition] = field(default_factory=dict)
    notes: tuple[AlarmNote, ...] = ()
    trouble: SoundTrouble | None = None
    at: timedelta = timedelta(0)
    look_in: timedelta | None = None

    @property
    def loud(self) -> tuple[Signal, ...]:
        """Those that nobody has acknowledged or paused, the most urgent first."""
        return self.signals.loud

    @property
    def unanswered(self) -> tuple[Signal, ...]:
        """Those that nobody has acknowledged."""
        return tuple(signal for signal in self.signals.of.values() if not signal.acknowledged)


class AlarmWatch:
    """Follows the alarms from look to look. What it remembers itself is the sound; the rest is in the records."""

    def __init__(self, figures: SignalFigures) -> None:
        self.figures = figures
        self._signals = Signals()
        self._answered: set[AlarmKey] = set()
        self._at = timedelta(0)
        self._heard: dict[AlarmKey, _Heard] = {}

    def look(
        self, visits: Mapping[str, OpenVisit], reading: Reading, trouble: SoundTrouble | None = None
    ) -> AlarmPicture:
        """The alarms at one reading of the clocks; every look may begin a burst."""
        at = self._at = reading.uptime
        present = {visit_id: alarms(visit.state, visit.now(reading)) for visit_id, visit in visits.items()}
        found = {(visit_id, each.id): each for visit_id, conditions in present.items() for each in conditions}
        given = [self._given(key, condition, visits[key[0]], reading) for key, condition in found.items()]
        if trouble and any(runs_a_clock(visit.state) for visit in visits.values()):
            key = (STATION, trouble)
            given.append(Given(key, _SOUND, trouble, acknowledged=key in self._answered))
        self._answered &= {each.key for each in given}
        self._signals = advance(self._signals, given, at, self.figures)
        if self._signals.last is not None:
            burst = _Heard(at, reading.wall, self._signals.last.priority, trouble or "")
            self._heard.update(dict.fromkeys(self._signals.first_heard, burst))
        ids = {visit_id: frozenset(each.id for each in conditions) for visit_id, conditions in present.items()}
        notes = tuple(
            note
            for key, visit in visits.items()
            if visit.takes_entries and visit.state.is_open
            for note in self._notes(key, visit.state, ids[key], trouble)
        )
        look_in = self._look_in(visits, reading)
        return AlarmPicture(self._signals, found, notes, trouble, at, look_in)

    def _given(self, key: AlarmKey, condition: AlarmCondition, visit: OpenVisit, reading: Reading) -> Given:
        state, entry = visit.state, visit.state.alarm_book.get(condition.id)
        noticed = None
        if entry is not None and entry.is_open:
            noticed = reading.uptime - visit.now(reading).since(entry.noticed_at).most
        answered = condition.id in state.acknowledged and (entry is None or entry.is_open)
        return Given(key, condition.priority, condition.name, answered or key in self._answered, noticed)

    def answer(self, key: AlarmKey) -> None:
        """Somebody acknowledged: it is quiet at once, whether or not that can be saved, as long as it is present."""
        self._answered.add(key)

    def pause(self, reading: Reading) -> tuple[AlarmKey, ...]:
        """Silence what is loud now for the longest time allowed; which that was."""
        loud = tuple(signal.key for signal in self._signals.loud)
        self._signals = pause(self._signals, reading.uptime, self.figures)
        return loud

    # --- what the records lack ---

    def _notes(
        self, visit_id: str, state: VisitState, present: frozenset[str], trouble: SoundTrouble | None
    ) -> Iterator[AlarmNote]:
        known = open_alarms(state.alarm_book)
        grown = tuple(self._grown(visit_id, state, known & present))
        if present != known or grown:
            yield AlarmNote(visit_id, NoticeAlarms(grown))
        heard: dict[_Heard, list[str]] = {}
        for key, how in tuple(self._heard.items()):
            if key[0] != visit_id:
                continue
            entry = state.alarm_book.get(key[1])
            if entry is not None and entry.is_open and entry.sounded_at is None:
                heard.setdefault(how, []).append(key[1])
            elif entry is not None or key[1] not in present:
                del self._heard[key]
        for how, ids in heard.items():
            # What became of a burst is known when it has ended.
            if self._at - how.at >= SETTLED:
                wrong = how.trouble or trouble or ""
                yield AlarmNote(visit_id, NoteAlarmSounded(tuple(ids), how.priority, wrong), how.wall)

    def _grown(self, visit_id: str, state: VisitState, standing: Iterable[str]) -> Iterator[AlarmGrowth]:
        for alarm in standing:
            signal = self._signals.of.get((visit_id, alarm))
            if signal is None or signal.acknowledged:
                continue
            for stage in range(state.alarm_book[alarm].stage + 1, signal.stage + 1):
                # The highest cannot rise.
                if stage == RAISED and signal.own == signal.priority:
                    continue
                yield AlarmGrowth(alarm, stage, signal.priority)

    # --- when to look again ---

    def _look_in(self, visits: Mapping[str, OpenVisit], reading: Reading) -> timedelta | None:
        waits = [_until(next_alarm_at(visit.state, now), now) for visit, now in _now(visits, reading)]
        waits += [
            how.at + SETTLED - reading.uptime for how in self._heard.values() if how.at + SETTLED > reading.uptime
        ]
        change = next_change(self._signals, reading.uptime, self.figures)
        waits.append(None if change is None else change - reading.uptime)
        return min((wait for wait in waits if wait is not None), default=None)


def _now(visits: Mapping[str, OpenVisit], reading: Reading) -> Iterator[tuple[OpenVisit, Moment]]:
    for visit in visits.values():
        if visit.state.is_open:
            yield visit, visit.now(reading)


def _until(then: Moment | None, now: Moment) -> timedelta | None:
    # Some limits include their last moment: a millisecond later they are surely passed.
    return None if then is None else max(then.latest - now.latest, timedelta(0)) + timedelta(milliseconds=1)
