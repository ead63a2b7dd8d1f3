"""The true time of something that was noted earlier or later than it happened."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EntryTimeCorrected:
    """A person says when an earlier entry really happened; the entry keeps the time at which it was noted."""

    entry: int
    at: datetime
