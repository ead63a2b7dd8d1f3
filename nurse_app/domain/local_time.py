"""What the clocks of a place show, as instants: a shown time is one instant, two, or none."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo


def instants(shown: datetime, zone: tzinfo | None) -> Iterator[datetime]:
    """Every instant at which the zone's clock shows this; none in the hour that summer time leaves out.

    ``shown`` has no offset; ``zone`` None is this machine's own.
    """
    for fold in (0, 1):
        local = shown.replace(fold=fold)
        at = local.astimezone(UTC) if zone is None else local.replace(tzinfo=zone).astimezone(UTC)
        again = at.astimezone(zone)
        if again.replace(tzinfo=None, fold=0) == shown:
            # With a fixed offset: what is kept must not change with the rules of a zone.
            yield datetime.fromisoformat(again.isoformat())


def clear_instant(shown: datetime, zone: tzinfo | None) -> datetime | None:
    """The one instant at which the zone's clock shows this; None when there are two or none."""
    found = set(instants(shown, zone))
    return found.pop() if len(found) == 1 else None
