"""The shape of a function that applies one kind of event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nurse_app.domain.moment import Moment
from nurse_app.domain.state import VisitState


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where an event stands in the record, when it happened, and who made it."""

    number: int
    at: Moment
    by: str


# The event's own type is the key of the table, which a static type cannot express.
Applier = Callable[[VisitState, Any, Stamp], VisitState]
Appliers = Mapping[type, Applier]


def unchanged(state: VisitState, _event: object, _stamp: Stamp) -> VisitState:
    """For events that only the record needs."""
    return state
