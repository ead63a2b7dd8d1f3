"""Sees to one automatic backup a day while the window program runs. Never waits, and touches no disk itself."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from nurse_app.domain.moment import Reading
from nurse_app.presentation.backup_notice import BackupStanding
from nurse_app.store.backup_retention import is_overdue
from nurse_app.system.background import BackgroundWork

# The first moments belong to whoever has just sat down.
FIRST_AFTER = timedelta(seconds=20)
# A full disk or a drive that is away is seldom mended sooner.
AGAIN_AFTER = timedelta(hours=1)


class BackupWatch:
    """Looks at the clock whenever it is asked to; ``start`` begins today’s backup in a program of its own."""

    def __init__(self, days: Collection[date], start: Callable[[], BackgroundWork]) -> None:
        """``days`` are those of which there is a backup already."""
        self._days = set(days)
        self._start = start
        self._work: BackgroundWork | None = None
        self._day: date | None = None
        self._not_before: timedelta | None = None
        self._failed = False
        self._problem = ""

    def look(self, reading: Reading) -> BackupStanding:
        """Begin or end what is due, and say how the backups stand."""
        today = reading.wall.date()
        if self._not_before is None:
            self._not_before = reading.uptime + FIRST_AFTER
        if self._work is not None:
            self._collect(self._work)
        elif today not in self._days and reading.uptime >= self._not_before:
            self._begin(today, reading.uptime)
        last = max((day for day in self._days if day <= today), default=None)
        overdue_since = last if last is not None and is_overdue(last, today) else None
        return BackupStanding(self._failed, self._problem, overdue_since)

    def _begin(self, today: date, uptime: timedelta) -> None:
        self._not_before = uptime + AGAIN_AFTER
        self._day = today
        try:
            self._work = self._start()
        except OSError:
            self._failed, self._problem = True, ""

    def _collect(self, work: BackgroundWork) -> None:
        ended = work.ended()
        if ended is None:
            return
        self._work = None
        # 1 says that there is a backup, but that not every record in it is sound.
        if ended.code in (0, 1) and self._day is not None:
            self._days.add(self._day)
        self._failed, self._problem = ended.code != 0, ended.sentence
