"""What every presenter of a visit's screen gets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from nurse_app.domain.events import Event
from nurse_app.domain.moment import Moment
from nurse_app.domain.record import Recorded
from nurse_app.domain.state import VisitState


@dataclass(frozen=True, slots=True)
class VisitContext:
    """One visit at one moment, and how to show times and names; ``others`` may make a second check (id, name).

    ``private``: the program is locked, and nobody may read who the patient is.
    """

    visit_id: str
    state: VisitState
    record: tuple[Recorded[Event], ...]
    now: Moment
    zone: tzinfo | None
    user_id: str
    name_of: Callable[[str], str]
    patient_name: str = ""
    others: tuple[tuple[str, str], ...] = ()
    private: bool = False
