"""What the record knows of each alarm: so that each is raised, sounded and resolved once, across restarts and sleep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class AlarmEntry:
    """One occurrence. ``noticed_at`` is when the program saw it, ``due_at`` since when it was so."""

    alarm: str
    name: str
    priority: Priority
    due_at: datetime
    noticed_at: Moment
    entry: int
    sounded_at: Moment | None = None
    trouble: str = ""
    stage: int = 0
    acknowledged_at: Moment | None = None
    acknowledged_by: str = ""
    resolved_at: Moment | None = None

    @property
    def is_open(self) -> bool:
        """Raised, and not resolved."""
        return self.resolved_at is None


AlarmBook = Mapping[str, AlarmEntry]


def open_alarms(book: AlarmBook) -> frozenset[str]:
    """The ids of alarms that were raised and not resolved."""
    return frozenset(alarm for alarm, entry in book.items() if entry.is_open)
