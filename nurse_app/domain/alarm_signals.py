"""How present alarms are signalled: what sounds now, what is paused, what has grown because nobody answered.

Pure: every step takes the signals so far, the conditions and the uptime, and gives the next signals. Rules and figures:
reliability notes, 3.1 to 3.3; the figures of a workstation are in ``SignalFigures``.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import timedelta

from nurse_app.domain.alarm_events import Priority

# The visit, empty for one of the workstation itself, and the condition’s id.
AlarmKey = tuple[str, str]
PRIORITIES: tuple[Priority, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class SignalFigures:
    """Seconds, from resources/alarms. ``here_s``: whoever touched the program so recently is here.

    Unanswered for ``front_s`` the window comes to the front, then the priority rises by one, then the screen is the
    alarm's alone. The same figures stand here for a program whose file is damaged.
    """

    pause_s: int = 120
    merge_s: int = 30
    high_repeat_s: int = 10
    medium_repeat_s: int = 30
    front_s: int = 60
    raise_s: int = 120
    full_s: int = 300
    here_s: int = 60

    @property
    def stages(self) -> tuple[int, int, int]:
        return self.front_s, self.raise_s, self.full_s

    def repeat(self, priority: Priority) -> timedelta | None:
        seconds = {"high": self.high_repeat_s, "medium": self.medium_repeat_s}.get(priority)
        return None if seconds is None else timedelta(seconds=seconds)


FRONT, RAISED, FULL = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Given:
    """One condition that is present. ``noticed`` is the uptime at which it was first noticed; None: now."""

    key: AlarmKey
    priority: Priority
    name: str = ""
    acknowledged: bool = False
    noticed: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """How one condition is signalled. ``priority`` is the one it has grown to."""

    key: AlarmKey
    name: str
    own: Priority
    first_seen: timedelta
    priority: Priority
    stage: int = 0
    sounded: bool = False
    acknowledged: bool = False
    paused_until: timedelta | None = None

    @property
    def is_audible(self) -> bool:
        return not self.acknowledged and self.paused_until is None


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst of sound, begun at an uptime, and what it was for."""

    at: timedelta
    priority: Priority
    keys: frozenset[AlarmKey]


@dataclass(frozen=True, slots=True)
class Signals:
    """All signals, the most urgent first. ``ring`` is the burst that begins now.

    ``first_heard`` are those it is the first for, or that have just joined one of a moment ago.
    """

    of: Mapping[AlarmKey, Signal] = field(default_factory=dict)
    last: Burst | None = None
    ring: Priority | None = None
    first_heard: tuple[AlarmKey, ...] = ()

    @property
    def loud(self) -> tuple[Signal, ...]:
        """Those that may be heard now."""
        return tuple(signal for signal in self.of.values() if signal.is_audible)


def advance(before: Signals, present: Iterable[Given], at: timedelta, figures: SignalFigures) -> Signals:
    """The signals at an uptime. A later look at the same conditions begins the next burst when it is time."""
    present = tuple(present)
    gone = before.of.keys() - {given.key for given in present}
    stood = (before.of[key] for key in gone)
    said = {(each.key[0], each.name) for each in stood if each.sounded and not each.acknowledged}
    found = [_followed(before.of.get(given.key), given, at, figures) for given in present]
    # The same reminder under a new number: whoever made it new stands before the screen.
    found = [replace(each, sounded=True) if _goes_on(each, said) else each for each in found]
    found.sort(key=lambda signal: PRIORITIES.index(signal.priority))
    after = Signals({signal.key: signal for signal in found}, before.last)
    loud = after.loud
    if not loud:
        return after
    top = loud[0].priority
    new = tuple(signal.key for signal in loud if not signal.sounded)
    wanted = [signal for signal in loud if _wants_a_burst(before.of.get(signal.key), signal)]
    alone = [signal for signal in wanted if not _joins(before.last, signal, after, at, figures)]
    ring = top if alone or _is_repeat_due(before.last, top, at, figures) else None
    heard = {signal.key: replace(signal, sounded=True) for signal in loud}
    last = before.last if ring is None else Burst(at, ring, frozenset(heard))
    if ring is None and last is not None and new:
        last = replace(last, keys=last.keys | frozenset(new))
    return Signals({**after.of, **heard}, last, ring, new)


def _followed(before: Signal | None, given: Given, at: timedelta, figures: SignalFigures) -> Signal:
    first_seen = at if given.noticed is None else min(given.noticed, at)
    if before is not None:
        first_seen = min(before.first_seen, first_seen)
    if given.acknowledged:
        stage = before.stage if before is not None else 0
        return Signal(
            given.key, given.name, given.priority, first_seen, given.priority, stage, sounded=True, acknowledged=True
        )
    stage = sum(at - first_seen >= timedelta(seconds=limit) for limit in figures.stages)
    priority = _higher(given.priority) if stage >= RAISED else given.priority
    if before is None:
        return Signal(given.key, given.name, given.priority, first_seen, priority, stage)
    paused = before.paused_until
    # A pause ends by itself, and at once when the matter has become more urgent.
    risen = PRIORITIES.index(priority) < PRIORITIES.index(before.priority)
    still = paused if paused is not None and at < paused and not risen else None
    return Signal(
        given.key, given.name, given.priority, first_seen, priority, stage, sounded=before.sounded, paused_until=still
    )


def _goes_on(signal: Signal, said: Set[tuple[str, str]]) -> bool:
    return signal.own == "low" and (signal.key[0], signal.name) in said


def _higher(priority: Priority) -> Priority:
    return PRIORITIES[max(PRIORITIES.index(priority) - 1, 0)]


def _wants_a_burst(before: Signal | None, now: Signal) -> bool:
    """New, grown, or back from a pause."""
    if before is None or not now.sounded:
        return not now.sounded
    return now.stage > before.stage or before.paused_until is not None


def _joins(last: Burst | None, signal: Signal, after: Signals, at: timedelta, figures: SignalFigures) -> bool:
    """Whether the burst of a moment ago, for something at least as urgent that still is, does for this one, too."""
    if last is None or at - last.at >= timedelta(seconds=figures.merge_s) or signal.sounded:
        return False
    known = (after.of[key] for key in last.keys if key in after.of)
    still = any(each.is_audible and each.sounded for each in known)
    return still and PRIORITIES.index(last.priority) <= PRIORITIES.index(signal.priority)


def _is_repeat_due(last: Burst | None, top: Priority, at: timedelta, figures: SignalFigures) -> bool:
    repeat = figures.repeat(top)
    return repeat is not None and last is not None and at - last.at >= repeat


def pause(signals: Signals, at: timedelta, figures: SignalFigures) -> Signals:
    """Silence what is loud now, for the longest time that is allowed. Whatever comes or grows is heard all the same."""
    until = at + timedelta(seconds=figures.pause_s)
    quiet = {signal.key: replace(signal, paused_until=until) for signal in signals.loud}
    return Signals({**signals.of, **quiet}, signals.last)


def next_change(signals: Signals, at: timedelta, figures: SignalFigures) -> timedelta | None:
    """The uptime of the next burst, stage or end of a pause when nothing else happens; None: nothing will change."""
    return min((when for when in _changes(signals, figures) if when > at), default=None)


def _changes(signals: Signals, figures: SignalFigures) -> Iterator[timedelta]:
    for signal in signals.of.values():
        if not signal.acknowledged:
            yield from (signal.first_seen + timedelta(seconds=limit) for limit in figures.stages)
        if signal.paused_until is not None:
            yield signal.paused_until
    repeat = figures.repeat(signals.loud[0].priority) if signals.loud else None
    if repeat is not None and signals.last is not None:
        yield signals.last.at + repeat
