"""Checks that every number and every clinical sentence says where it comes from."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.provenance import RuleBasis
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import known
from nurse_app.protocol_files.text_ids import needs_basis


def check_basis(protocol: InfusionProtocol, numbers: Mapping[str, Decimal]) -> None:
    """Every number is above 0 and has a reason; every reason names sources that exist; every source is used."""
    for place, number in numbers.items():
        if number <= 0:
            raise MisfitError(place, "must be above 0")
        _has_reason(protocol, place)
    for text_id in filter(needs_basis, protocol.texts):
        _has_reason(protocol, f"texts.{text_id}")
    used: set[str] = set()
    for place, basis in _reasons(protocol):
        _check_reason(protocol, place, basis)
        used.update(basis.sources)
    known("sources", protocol.sources, used, "the reason of anything")


def reason_place(places: Collection[str], place: str) -> str | None:
    """The longest beginning of a place that has a reason of its own."""
    while place and place not in places:
        place = place.rpartition(".")[0]
    return place or None


def _has_reason(protocol: InfusionProtocol, place: str) -> None:
    if reason_place(protocol.basis, place) is None:
        raise MisfitError(place, "has no source; name it in basis")


def _reasons(protocol: InfusionProtocol) -> Iterator[tuple[str, RuleBasis]]:
    for rule, basis in protocol.rules.items():
        yield f"rules.{rule}", basis
    for place, basis in protocol.basis.items():
        yield f"basis.{place}", basis


def _check_reason(protocol: InfusionProtocol, place: str, basis: RuleBasis) -> None:
    if not basis.sources:
        raise MisfitError(place, "needs at least one source")
    known(place, basis.sources, protocol.sources, "a source of this protocol")
    if basis.other_view is not None and basis.other_view not in protocol.texts:
        raise MisfitError(place, f"“{basis.other_view}” is not a text of this protocol")
