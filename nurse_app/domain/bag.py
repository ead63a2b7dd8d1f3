"""The age of a mixed bag: in all, and outside the refrigerator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from nurse_app.domain.facts import BagMove, Place
from nurse_app.domain.moment import ZERO
from nurse_app.domain.protocol import Preparation, hours

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class BagAge:
    """How old the bag is at one instant, where it is then, and when the first of its two limits ends."""

    total: timedelta
    at_room: timedelta
    place: Place
    use_before: datetime
    first_limit: str
    max_total: timedelta
    max_room: timedelta

    @property
    def within_total(self) -> bool:
        """Limits include their last moment."""
        return self.total <= self.max_total

    @property
    def within_room(self) -> bool:
        return self.at_room <= self.max_room

    @property
    def usable(self) -> bool:
        return self.within_total and self.within_room


def bag_age(limits: Preparation, diluted_at: datetime, moves: Iterable[BagMove], now: datetime) -> BagAge:
    """The bag's age at ``now``. A bag is at room from the end of mixing until it is moved."""
    total = max(now - diluted_at, ZERO)
    max_total, max_room = hours(limits.max_total_age_hours), hours(limits.max_room_hours)
    at_room, place, since = ZERO, "room", diluted_at
    end_total, end_room = diluted_at + max_total, diluted_at + max_room
    stretches = [(move.at, move.place) for move in sorted(moves, key=lambda item: item.at)]
    for moved_at, next_place in [*stretches, (now, None)]:
        at = min(max(moved_at, diluted_at), max(now, diluted_at))
        if place == "room":
            # The instant the limit ends, if the bag stays here; a bag that was moved in time has another one later.
            if at_room <= max_room:
                end_room = since + (max_room - at_room)
            at_room += at - since
        place, since = next_place or place, at
    # In the refrigerator in time, what is left of the hours at room stands still.
    room_is_first = (place == "room" or at_room > max_room) and end_room < end_total
    return BagAge(
        total=total,
        at_room=at_room,
        place="room" if place == "room" else "refrigerator",
        use_before=end_room if room_is_first else end_total,
        first_limit="room" if room_is_first else "total",
        max_total=max_total,
        max_room=max_room,
    )


def age_when_infused(age: BagAge, lasting: timedelta) -> BagAge:
    """The age at the end of an infusion that starts now: the bag hangs at room the whole time."""
    return BagAge(
        total=age.total + lasting,
        at_room=age.at_room + lasting,
        place="room",
        use_before=age.use_before,
        first_limit=age.first_limit,
        max_total=age.max_total,
        max_room=age.max_room,
    )
