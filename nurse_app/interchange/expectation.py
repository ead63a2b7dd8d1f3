"""Whether a part of a visit's state is as a script expects it: what it names must be equal, the rest is free."""

from collections.abc import Mapping
from datetime import datetime

from nurse_app.domain.events import VisitStarted
from nurse_app.domain.evolve import begin
from nurse_app.domain.facts import Facts
from nurse_app.domain.moment import ZERO, Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.domain.snapshot import snapshot
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.plain_data import MisfitError


def difference(expected: object, actual: object) -> tuple[object, object] | None:
    """What differs, as expected and as it is, with everything equal left out; None when all that is named is equal."""
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        return _differing_keys(expected, actual)
    is_equal = expected == actual and isinstance(expected, bool) == isinstance(actual, bool)
    return None if is_equal else (expected, actual)


def _differing_keys(expected: Mapping[str, object], actual: Mapping[str, object]) -> tuple[object, object] | None:
    wanted, found = {}, {}
    for key, value in expected.items():
        differs = difference(value, actual.get(key))
        if differs is not None:
            wanted[key], found[key] = differs
    return (wanted, found) if wanted else None


def require_known(expected: Mapping[str, object], state: Mapping[str, object], place: str) -> None:
    """Raises MisfitError when something is named that no state has."""
    for key, value in expected.items():
        if key not in state:
            raise MisfitError(f"{place}.{key}", "is not part of a visit’s state")
        part = state[key]
        if isinstance(part, Mapping) and isinstance(value, Mapping):
            require_known(value, part, f"{place}.{key}")


def state_at_start(pinned: PinnedProtocol, facts: Facts, clock: datetime) -> Mapping[str, object]:
    """The state of a visit that has just begun; every name that a state ever has is in it."""
    started = VisitStarted("", "", pinned.protocol, pinned.digest, facts)
    state = begin(Recorded(1, "", Entry(started, "", Reading(clock, ZERO, ""))))
    return snapshot(state, state.last_moment)
