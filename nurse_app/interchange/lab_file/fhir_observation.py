"""One FHIR Observation as rows: itself, or one row for each of its components."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import TextAsCame
from nurse_app.interchange.lab_file.fhir_elements import (
    Element,
    NotTakenError,
    Resource,
    choice_at,
    day_or_time_of,
    decimal_of,
    number_at,
    part_at,
    parts_at,
    raw_text_at,
    refuse_changed_meaning,
    shown,
    text_at,
)
from nurse_app.interchange.lab_file.fhir_patients import Patients, Person, whose
from nurse_app.interchange.lab_file.fhir_reference_range import Unit, limits_of, unit_of
from nurse_app.interchange.lab_file.rows import Limits, RefusedRow

_LOINC = "http://loinc.org"
_RESULT = ("final", "amended", "corrected")
_NOT_YET = ("registered", "preliminary", "unknown")
_WITHDRAWN = "entered-in-error"
_COMPARATORS = ("", "<", "<=", ">", ">=")
_WHOLE = re.compile(r"-?\d+", re.ASCII)
_LOOKS_LIKE_A_NUMBER = re.compile(r"[<>=]*\s*[+-]?[.,]?\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value for judging and as it came. ``is_number``: limits can have a meaning for it."""

    value: str
    came: str
    unit: Unit
    is_number: bool


@dataclass(frozen=True, slots=True)
class _Shared:
    """What holds for all results of one Observation."""

    person: Person
    collected: datetime | date
    collected_text: str
    withdrawn: bool


def rows_of(observation: Resource, patients: Patients, contained: Patients) -> Iterator[IncomingResult | RefusedRow]:
    """Every result in an Observation; none for a panel that only names its members."""
    body, place = observation.body, observation.place
    try:
        results = _results(body, place)
        shared = _shared(observation, patients, contained) if results else None
    except NotTakenError as refusal:
        yield RefusedRow(place, str(refusal))
        return
    if shared is not None:
        yield from (_row(where, result, shared) for where, result in results)


def _results(body: Element, place: str) -> list[tuple[str, Element]]:
    """The parts that should have a value, with their places."""
    components = parts_at(body, "component")
    is_panel = bool(components or parts_at(body, "hasMember"))
    own = [] if is_panel and not choice_at(body, "value") else [(place, body)]
    return own + [(f"{place}, component {at}", component) for at, component in enumerate(components, start=1)]


def _shared(observation: Resource, patients: Patients, contained: Patients) -> _Shared:
    body = observation.body
    refuse_changed_meaning(body)
    status = text_at(body, "status")
    _check_status(status)
    if body.get("focus") is not None:
        raise NotTakenError("is about somebody or something other than the patient (“focus”)")
    person = whose(observation, patients, contained)
    collected, text = _collected(body)
    return _Shared(person, collected, text, withdrawn=status == _WITHDRAWN)


def _check_status(status: str) -> None:
    if status in _RESULT or status == _WITHDRAWN:
        return
    if status == "cancelled":
        raise NotTakenError("was cancelled")
    if status in _NOT_YET:
        raise NotTakenError(f"is not final (its status is “{status}”)")
    raise NotTakenError(f"has the status {shown(status)}, which FHIR does not know" if status else "has no status")


def _collected(body: Element) -> tuple[datetime | date, str]:
    """When the sample was taken. The time of issue is another one and no substitute."""
    name = choice_at(body, "effective")
    if name in ("effectiveDateTime", "effectiveInstant"):
        text = text_at(body, name)
        return day_or_time_of(text), text
    if name == "effectivePeriod":
        period = part_at(body, name)
        start, end = text_at(period, "start"), text_at(period, "end")
        if not (start and end) or day_or_time_of(start) != day_or_time_of(end):
            raise NotTakenError("was collected over a period, not at one time")
        return day_or_time_of(start), start
    if name:
        raise NotTakenError(f"{shown(name)} does not say one time of collection")
    raise NotTakenError("nothing says when it was collected")


def _row(place: str, result: Element, shared: _Shared) -> IncomingResult | RefusedRow:
    try:
        refuse_changed_meaning(result)
        tests = _tests(part_at(result, "code"))
        value = _value(result)
        limits = limits_of(result, value.unit) if value.is_number else Limits()
    except NotTakenError as refusal:
        reason = f"was entered in error, but {refusal}" if shared.withdrawn else str(refusal)
        return RefusedRow(place, reason)
    text = TextAsCame(
        shared.collected_text, tests[0], value.came, value.unit.name, limits.lower_text, limits.upper_text
    )
    return IncomingResult(
        place=place,
        record_no=shared.person.record_no,
        tests=tests,
        value=value.value,
        collected=shared.collected,
        text=text,
        unit=value.unit.name,
        lower=limits.lower,
        upper=limits.upper,
        birth_date=shared.person.birth_date,
        withdrawn=shared.withdrawn,
    )


def _tests(code: Element) -> tuple[str, ...]:
    """All names of the test, LOINC first, each once."""
    codings = parts_at(code, "coding")
    loinc = [text_at(each, "code") for each in codings if text_at(each, "system") == _LOINC]
    others = [text_at(each, "code") for each in codings if text_at(each, "system") != _LOINC]
    names = tuple(dict.fromkeys(filter(None, [*loinc, *others, text_at(code, "text")])))
    if not names:
        raise NotTakenError("nothing says which test it is")
    return names


def _value(result: Element) -> _Value:
    name = choice_at(result, "value")
    absent = part_at(result, "dataAbsentReason")
    if absent:
        # FHIR forbids both; whichever is right, the value is in doubt.
        raise NotTakenError(f"has no value: {shown(_words(absent) or 'no reason given')}")
    match name:
        case "":
            raise NotTakenError("has no value")
        case "valueQuantity":
            return _quantity(part_at(result, name))
        case "valueInteger":
            return _integer(result)
        case "valueString":
            return _in_words(raw_text_at(result, name))
        case "valueCodeableConcept":
            return _in_words(_words(part_at(result, name)))
        case "valueBoolean":
            raise NotTakenError("its value is true or false, which does not say positive or negative")
        case _:
            raise NotTakenError(f"its value is of a kind that is not read here ({shown(name)})")


def _quantity(quantity: Element) -> _Value:
    digits = number_at(quantity, "value")
    if digits is None:
        raise NotTakenError("has no value")
    comparator = text_at(quantity, "comparator")
    if comparator not in _COMPARATORS:
        raise NotTakenError(f"its value has the comparator {shown(comparator)}, which is not known here")
    return _Value(comparator + _plain(decimal_of(digits)), comparator + digits, unit_of(quantity), is_number=True)


def _integer(result: Element) -> _Value:
    digits = number_at(result, "valueInteger")
    if digits is None or not _WHOLE.fullmatch(digits):
        raise NotTakenError("its value is not a whole number")
    return _Value(_plain(decimal_of(digits)), str(digits), Unit(), is_number=True)


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _in_words(came: str) -> _Value:
    value = came.strip()
    if not value:
        raise NotTakenError("has no value")
    return _Value(value, came, Unit(), is_number=bool(_LOOKS_LIKE_A_NUMBER.match(value)))


def _words(concept: Element) -> str:
    """What a CodeableConcept says: its text, else what its first coding shows, else that code."""
    coding = next(iter(parts_at(concept, "coding")), {})
    return text_at(concept, "text") or text_at(coding, "display") or text_at(coding, "code")
