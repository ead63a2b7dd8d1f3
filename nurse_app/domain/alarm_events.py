"""What became of an alarm: raised, sounded, grown louder, its sound paused, resolved. Who and when is in the envelope.

The entry itself is made when the program noticed; ``due_at`` of the first one says since when it was so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Priority = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """A condition was noticed. ``due_at`` is the latest true time (UTC) since which it was present."""

    alarm: str
    name: str
    priority: Priority
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AlarmSounded:
    """The first burst for these alarms went to the loudspeaker; ``trouble`` says why it cannot have been heard."""

    alarms: tuple[str, ...]
    priority: Priority
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class AlarmEscalated:
    """Nobody had acknowledged for so long that the signals grew, to ``stage`` 1 or above and to this priority."""

    alarm: str
    stage: int
    priority: Priority


@dataclass(frozen=True, slots=True)
class AudioPaused:
    """Somebody silenced these alarms for a while; they go on to be shown."""

    alarms: tuple[str, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class AlarmResolved:
    """The condition is no longer present."""

    alarm: str
