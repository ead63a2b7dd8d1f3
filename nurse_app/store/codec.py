"""Events in their envelope to plain documents and back. Kinds go by explicit names, never by class paths."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from types import MappingProxyType

from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry, Recorded
from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.store.strict_json import compact_json
from nurse_app.store.upcast import UpcastChain


class NewerFormError(Exception):
    """A document that only a newer version of this program understands."""


class BadFormError(Exception):
    """A document that does not have the form of its kind; ``place`` says where."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class _Envelope:
    number: int
    event_id: str
    kind: str
    schema: int
    by: str
    wall: datetime
    uptime_s: timedelta
    boot_id: str
    happened_at: datetime | None = None
    sign_later: bool = False


_KEYS = {field.name for field in fields(_Envelope)} | {"data"}


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A large part of an event's data that is the same in thousands of records: built once, used by all of them."""

    field: str
    kind: type[object]


class EventCodec:
    """The kinds of one sort of stream, by name. Raises ValueError when a class has two names."""

    def __init__(
        self,
        kinds: Mapping[str, type[object]],
        chain: UpcastChain,
        shared: Mapping[str, SharedPart] = MappingProxyType({}),
    ) -> None:
        self._kinds = dict(kinds)
        self._shared = dict(shared)
        self._built: dict[str, object] = {}
        self._names = {kind: name for name, kind in kinds.items()}
        self._chain = chain
        if len(self._names) < len(self._kinds):
            raise ValueError("a class of events has two names")

    def encode(self, recorded: Recorded[object]) -> dict[str, object]:
        """The document of an entry. Raises BadFormError for an event that has no name here."""
        entry = recorded.entry
        name = self._names.get(type(entry.event))
        if name is None:
            raise BadFormError("kind")
        reading = entry.reading
        # The form of _Envelope, without making one: every entry that the nurse waits for comes through here.
        document: dict[str, object] = {
            "number": recorded.number,
            "event_id": recorded.event_id,
            "kind": name,
            "schema": self._chain.schema_of(name),
            "by": entry.by,
            "wall": plain(reading.wall),
            "uptime_s": plain(reading.uptime),
            "boot_id": reading.boot_id,
        }
        if entry.happened_at is not None:
            document["happened_at"] = plain(entry.happened_at)
        if entry.sign_later:
            document["sign_later"] = True
        document["data"] = plain(entry.event)
        return document

    def decode(self, document: Mapping[str, object]) -> Recorded[object]:
        """The entry of a document. Raises NewerFormError, BadFormError."""
        if document.keys() - _KEYS:
            raise NewerFormError
        try:
            envelope = build(_Envelope, {key: value for key, value in document.items() if key != "data"})
            event = self._event(envelope, document.get("data"))
        except MisfitError as error:
            # Not chained: the problem's text may hold what was entered about a patient.
            raise BadFormError(error.place) from None
        reading = Reading(envelope.wall, envelope.uptime_s, envelope.boot_id)
        entry = Entry(event, envelope.by, reading, envelope.happened_at, envelope.sign_later)
        return Recorded(envelope.number, envelope.event_id, entry)

    def _event(self, envelope: _Envelope, data: object) -> object:
        kind = self._kinds.get(envelope.kind)
        if kind is None or envelope.schema > self._chain.schema_of(envelope.kind):
            raise NewerFormError
        if envelope.schema < 1:
            raise MisfitError("schema", "counts from 1")
        if not isinstance(data, dict):
            raise MisfitError("data", "must be an object")
        lifted = dict(self._chain.lift(envelope.kind, envelope.schema, data))
        part = self._shared.get(envelope.kind)
        if part is not None and isinstance(lifted.get(part.field), dict):
            lifted[part.field] = self._once(part, lifted[part.field])
        return build(kind, lifted, "data")

    def _once(self, part: SharedPart, data: object) -> object:
        text = compact_json(data)
        if text not in self._built:
            self._built[text] = build(part.kind, data, f"data.{part.field}")
        return self._built[text]
