"""Every event that can happen has one name in the files, and comes back from them as it went in."""

import re
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from nurse_app.domain import events, patient_events, station_events
from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.store.journal_lines import document_of, encode_batch, first_digest
from nurse_app.store.kinds import KINDS, event_codecs
from nurse_app.visit.ports import StreamKind
from tests.store.kit import START

UNIONS = {
    StreamKind.VISIT: events.Event,
    StreamKind.PATIENT: patient_events.PatientEvent,
    StreamKind.STATION: station_events.StationEvent,
}
LEAVES = {
    str: "Übelkeit",
    bool: True,
    int: 300,
    Decimal: Decimal("17.50"),
    datetime: START,
    date: date(2024, 2, 29),
    timedelta: timedelta(hours=-1, microseconds=5),
}


def example(kind: Any, *, filled: bool) -> Any:
    """A value of a kind, with every optional part there or none."""
    origin = get_origin(kind)
    if origin is Union or origin is types.UnionType:
        wanted = [each for each in get_args(kind) if each is not type(None)]
        return example(wanted[0], filled=filled) if filled or type(None) not in get_args(kind) else None
    if origin is Literal:
        return get_args(kind)[-1]
    if origin is tuple:
        return (example(get_args(kind)[0], filled=filled),) * 2 if filled else ()
    if origin is not None:
        return {"key": example(get_args(kind)[1], filled=filled)} if filled else {}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: example(hints[field.name], filled=filled) for field in fields(kind)})
    return LEAVES[kind]


@pytest.mark.parametrize("kind", StreamKind)
def test_every_event_has_exactly_one_name(kind: StreamKind) -> None:
    classes = list(KINDS[kind].values())

    assert set(classes) == set(get_args(UNIONS[kind]))
    assert len(classes) == len(set(classes))


@pytest.mark.parametrize("kind", StreamKind)
def test_names_are_the_classes_names_in_small_letters(kind: StreamKind) -> None:
    for name, event_class in KINDS[kind].items():
        assert name == re.sub(r"(?<!^)(?=[A-Z])", "-", event_class.__name__).lower()


@pytest.mark.parametrize("filled", [True, False], ids=["filled", "bare"])
@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names], ids=str)
def test_every_event_comes_back_from_its_line_as_it_went_in(kind: StreamKind, name: str, filled: bool) -> None:
    event = example(KINDS[kind][name], filled=filled)
    entry = Entry(event, "nurse", Reading(START, timedelta(hours=1), "boot"))
    recorded = Recorded(1, "id-1", entry)
    codec = event_codecs()[kind]

    (body,) = encode_batch([codec.encode(recorded)], after=0, head=first_digest("visit 01")).bodies

    assert codec.decode(document_of(body)) == recorded
