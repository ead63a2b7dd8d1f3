"""What the results of one HL7 v2 message rest on: whose they are, and when the samples of an order were collected."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from nurse_app.interchange.lab_file.hl7_encoding import Encoding, Unclear, UnclearPartError, attempt, given
from nurse_app.interchange.lab_file.hl7_messages import Message, Segment
from nurse_app.interchange.lab_file.hl7_times import Clock, born_on, clock_of, collected_at

_ORDER_COLLECTED, _SPECIMEN_COLLECTED, _ORDER_STATUS = 7, 17, 25
_MEDICAL_RECORD = "MR"
_LONGEST_RECORD_NUMBER = 64
_NOBODY = Unclear("has no PID segment before it that says whose it is")
_UNTIMED = Unclear("has no time of collection (OBX-14, OBR-7 and SPM-17 are empty)")


@dataclass(frozen=True, slots=True)
class Patient:
    """Whose results they are."""

    record_no: str
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class Collected:
    """When a sample was collected, and that as it came."""

    at: datetime | date
    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a result takes from around it: ``status`` and ``collected`` where it has none of its own."""

    encoding: Encoding
    clock: Clock
    patient: Patient | Unclear
    status: str = ""
    collected: Collected | Unclear = _UNTIMED


def in_orders(message: Message, zone: tzinfo | None) -> Iterator[tuple[Segment, Order]]:
    """Every segment of a message with the order it stands in."""
    clock = clock_of(message.header.field(7), message.encoding, zone)
    patient: Patient | Unclear = _NOBODY
    for group in _groups(message.segments):
        if group[0].name == "PID":
            patient = attempt(_patient, group[0], message.encoding)
        yield from _in_group(group, Order(message.encoding, clock, patient))


def time_of(segment: Segment, number: int, order: Order) -> Collected | None:
    """The time in a field; None when it is empty. Raises UnclearPartError."""
    parts = order.encoding.components(segment.field(number))
    if number == _SPECIMEN_COLLECTED:
        # A span of time: what counts is its beginning, as in OBR-7.
        parts = parts[0].split(order.encoding.subcomponent)
    at = collected_at(parts, order.encoding, order.clock)
    return None if at is None else Collected(at, segment.field(number))


def _groups(segments: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
    """The header with what follows, then each patient and each order with what follows."""
    group: list[Segment] = []
    for segment in segments:
        if segment.name in ("PID", "OBR"):
            yield group
            group = []
        group.append(segment)
    yield group


def _in_group(group: Sequence[Segment], order: Order) -> Iterator[tuple[Segment, Order]]:
    status, requested = "", None
    if group[0].name == "OBR":
        requested = attempt(_whole_time_of, group[0], _ORDER_COLLECTED, order)
        status = "" if group[0].broken else group[0].field(_ORDER_STATUS)
    times = [attempt(_whole_time_of, part, _SPECIMEN_COLLECTED, order) for part in group if part.name == "SPM"]
    # What stands before the first specimen is of all of them, what follows one is of that one.
    order = Order(order.encoding, order.clock, order.patient, status, requested or _of_all(times) or _UNTIMED)
    following = iter(times)
    for segment in group:
        if segment.name == "SPM":
            order = replace(order, collected=requested or next(following) or _UNTIMED)
        yield segment, order


def _of_all(times: Sequence[Collected | Unclear | None]) -> Collected | Unclear | None:
    if len(set(times)) > 1:
        return Unclear("is of several specimens with different times of collection")
    return times[0] if times else None


def _whole_time_of(segment: Segment, number: int, order: Order) -> Collected | None:
    _refuse_broken(segment)
    return time_of(segment, number, order)


def _refuse_broken(segment: Segment) -> None:
    if segment.broken:
        raise UnclearPartError(f"rests on the {segment.name} segment of line {segment.line}, which is broken off")


def _patient(segment: Segment, encoding: Encoding) -> Patient:
    _refuse_broken(segment)
    # Before version 2.3 some senders had the number in PID-2 only.
    numbers = given(segment.field(3).strip()) or given(segment.field(2).strip())
    return Patient(_record_number(numbers, encoding), born_on(segment.field(7), encoding))


def _record_number(field: str, encoding: Encoding) -> str:
    """The medical record number among a patient's identifiers, else the only one there is."""
    identifiers: dict[str, bool] = {}
    for repetition in field.split(encoding.repetition):
        parts = encoding.components(repetition)
        number = encoding.text(parts[0], _LONGEST_RECORD_NUMBER)
        is_of_record = len(parts) > 4 and encoding.text(parts[4]) == _MEDICAL_RECORD
        if number:
            identifiers[number] = identifiers.get(number, False) or is_of_record
    if not identifiers:
        raise UnclearPartError("has no record number (PID-3)")
    candidates = [number for number, is_of_record in identifiers.items() if is_of_record] or list(identifiers)
    if len(candidates) > 1:
        raise UnclearPartError("has several patient identifiers (PID-3), and not one of them alone is of the type MR")
    return candidates[0]
