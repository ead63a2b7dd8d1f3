"""The three questions every check asks: in order, known, unique."""

from collections.abc import Collection, Hashable, Iterable
from decimal import Decimal
from itertools import pairwise

from nurse_app.domain.quantity import shown
from nurse_app.plain_data import MisfitError

Step = tuple[str, Decimal | int | None]


def in_order(place: str, *steps: Step) -> None:
    """Each figure that is there must not be above the next."""
    for (low_name, low), (high_name, high) in pairwise(_present(steps)):
        if low > high:
            raise MisfitError(place, f"{low_name} {shown(low)} is above {high_name} {shown(high)}")


def rising(place: str, *steps: Step) -> None:
    """Each figure that is there must be below the next."""
    for (low_name, low), (high_name, high) in pairwise(_present(steps)):
        if low >= high:
            raise MisfitError(place, f"{low_name} {shown(low)} is not below {high_name} {shown(high)}")


def _present(steps: Iterable[Step]) -> list[tuple[str, Decimal]]:
    return [(name, Decimal(figure)) for name, figure in steps if figure is not None]


def known(place: str, names: Iterable[str], among: Collection[str], what: str) -> None:
    """Each name must be one of those that are there."""
    for name in names:
        if name not in among:
            raise MisfitError(place, f"“{name}” is not {what}")


def unique(place: str, items: Iterable[Hashable]) -> None:
    """No item twice."""
    seen: set[Hashable] = set()
    for item in items:
        if item in seen:
            raise MisfitError(place, f"“{item}” is there twice")
        seen.add(item)


def at_most_one(place: str, *steps: Step) -> None:
    """Of figures that exclude one another only one may be there."""
    names = [name for name, figure in steps if figure is not None]
    if len(names) > 1:
        raise MisfitError(place, f"has both {names[0]} and {names[1]}; keep one")
