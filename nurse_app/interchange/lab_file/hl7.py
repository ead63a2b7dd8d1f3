"""Laboratory results from HL7 v2 messages ORU^R01, versions 2.2 to 2.8: each OBX segment is a row or is refused."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import TextAsCame
from nurse_app.interchange.lab_file.hl7_encoding import (
    Encoding,
    Unclear,
    UnclearPartError,
    attempt,
    quoted,
    sure,
)
from nurse_app.interchange.lab_file.hl7_messages import STRAY, Message, Segment, messages
from nurse_app.interchange.lab_file.hl7_orders import Order, in_orders, time_of
from nurse_app.interchange.lab_file.hl7_values import limits_of, says_a_word, tests_of, unit_of, value_of
from nurse_app.interchange.lab_file.rows import LabFile, Limits, RefusedRow, UnreadableFileError

_RESULTS = ["ORU", "R01"]
# HL7 table 0085. A, B and V (2.8) are final values that were looked at again; U made a preliminary one final.
_TAKEN = ("F", "C", "U", "A", "B", "V")
_WITHDRAWN = ("D", "W")
_NOT_FINAL = ("P", "R", "S", "I", "O", "N")
_NOT_OBTAINED = "X"
# HL7 table 0123, of a whole order; its other codes leave open which of the results are final.
_ORDER_TAKEN = ("F", "C")
_NO_LIMITS = Limits()
_WHAT_TO_DO = "Choose a file of results in HL7 v2 (ORU^R01)"


def read_hl7(text: str, zone: tzinfo | None) -> LabFile:
    """All results of a file of HL7 v2 messages. Raises UnreadableFileError.

    ``zone``: where a time without an offset is; None: this machine's own. Every place is the line of a segment.
    """
    rows: list[IncomingResult] = []
    refused: list[RefusedRow] = []
    has_results = False
    for message in messages(text):
        if isinstance(message, RefusedRow):
            refused.append(message)
            continue
        other = attempt(_other_kind, message)
        if other:
            refused.append(RefusedRow(_place(message.header), other.reason if isinstance(other, Unclear) else other))
            continue
        has_results = True
        for result in _results(message, zone):
            if isinstance(result, RefusedRow):
                refused.append(result)
            else:
                rows.append(result)
    if not has_results:
        raise UnreadableFileError(_no_results(refused))
    return LabFile(tuple(rows), tuple(refused))


def _no_results(refused: Sequence[RefusedRow]) -> str:
    if not refused:
        return f"it is empty. {_WHAT_TO_DO}"
    return f"it holds no message of results: {refused[0].place} {refused[0].reason}. {_WHAT_TO_DO}"


def _place(segment: Segment) -> str:
    return f"line {segment.line}"


def _other_kind(message: Message) -> str:
    """What a message is that holds no results; "" for one that does. Raises UnclearPartError."""
    if message.header.broken:
        return "is a message whose header is broken off"
    encoding = message.encoding
    kind = [encoding.text(part) for part in encoding.components(message.header.field(9))[:2]]
    if kind == _RESULTS:
        return ""
    if not any(kind):
        return "is a message that does not say of what kind it is (MSH-9)"
    name = kind[0] if kind[0] != _RESULTS[0] else "^".join(kind)
    return f"is {'an' if name[:1] in 'AEIOMR' else 'a'} {name} message, not results (ORU^R01)"


def _results(message: Message, zone: tzinfo | None) -> Iterator[IncomingResult | RefusedRow]:
    is_empty = True
    for segment, order in in_orders(message, zone):
        if segment.name == "OBX":
            is_empty = False
            found = attempt(_row, segment, order)
            yield RefusedRow(_place(segment), found.reason) if isinstance(found, Unclear) else found
        elif segment.name == STRAY:
            yield RefusedRow(_place(segment), "is not a segment of HL7; what stands before it may be broken off")
    if is_empty:
        yield RefusedRow(_place(message.header), "is a message of results without a result (OBX)")


def _row(segment: Segment, order: Order) -> IncomingResult:
    """Raises UnclearPartError with the reason why it is not taken."""
    if segment.broken:
        raise UnclearPartError("is broken off before its end")
    encoding = order.encoding
    withdrawn = _is_withdrawn(segment, order)
    patient = sure(order.patient)
    test, value, unit, limits = (encoding.as_came(segment.field(number)) for number in (3, 5, 6, 7))
    tests = tests_of(test, encoding)
    read_value = _value(segment.field(2), value, encoding, withdrawn=withdrawn)
    read_unit = unit_of(unit, encoding)
    read_limits = _NO_LIMITS if withdrawn or says_a_word(read_value) else limits_of(limits, encoding)
    collected = time_of(segment, 14, order) or sure(order.collected)
    return IncomingResult(
        place=_place(segment),
        record_no=patient.record_no,
        tests=tests,
        value=read_value,
        collected=collected.at,
        text=TextAsCame(
            collected_at=encoding.as_came(collected.text),
            test=tests[0],
            value=value,
            unit=unit,
            ref_low=read_limits.lower_text,
            ref_high=read_limits.upper_text,
        ),
        unit=read_unit,
        lower=read_limits.lower,
        upper=read_limits.upper,
        birth_date=patient.birth_date,
        withdrawn=withdrawn,
    )


def _value(kind: str, field: str, encoding: Encoding, *, withdrawn: bool) -> str:
    value = attempt(value_of, kind, field, encoding)
    # Who takes a result back need not repeat it: its test and time say which one it is.
    return "" if withdrawn and isinstance(value, Unclear) else sure(value)


def _is_withdrawn(segment: Segment, order: Order) -> bool:
    """Whether the sender takes a result back. Raises UnclearPartError for one that is not final."""
    status = _first(segment.field(11), order.encoding)
    if not status and _first(order.status, order.encoding) in _ORDER_TAKEN:
        return False
    if status in _NOT_FINAL:
        raise UnclearPartError(f"is not final (its status is {status})")
    if status == _NOT_OBTAINED:
        raise UnclearPartError("no result could be obtained")
    if status not in (*_TAKEN, *_WITHDRAWN):
        raise UnclearPartError(
            f"has the status {quoted(status)}, which HL7 does not have" if status else "has no status"
        )
    return status in _WITHDRAWN


def _first(field: str, encoding: Encoding) -> str:
    return encoding.text(encoding.components(field)[0])
