"""Looking back in a visit's record for what its state does not keep."""

from collections.abc import Iterable
from typing import TypeVar

from nurse_app.domain.events import Event
from nurse_app.domain.record import Recorded

EventT = TypeVar("EventT")


def newest(record: Iterable[Recorded[Event]], kind: type[EventT]) -> EventT | None:
    """The last event of a kind; None when there is none. For kinds that cannot be marked in error."""
    found: EventT | None = None
    for item in record:
        if isinstance(item.event, kind):
            found = item.event
    return found
