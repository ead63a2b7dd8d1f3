"""The resources in the text of a FHIR file, in their order: a Bundle’s entries, NDJSON’s lines, or one alone."""

from collections.abc import Iterator

from nurse_app.interchange.json_text import parse_json
from nurse_app.interchange.lab_file.fhir_elements import (
    Element,
    NotTakenError,
    Number,
    Resource,
    part_at,
    refuse_changed_meaning,
    shown,
    text_at,
)
from nurse_app.interchange.lab_file.rows import RefusedRow, UnreadableFileError
from nurse_app.plain_data import MisfitError

ASK = "ask the laboratory for the file again, as FHIR R4 in JSON"
# How a line begins that closes what an earlier line opened; no line of NDJSON does.
_CLOSING = ("]", "}")

Part = Resource | RefusedRow


def parts_of(text: str) -> list[Part]:
    """All resources, and the places where there should be one that can be read. Raises UnreadableFileError."""
    try:
        whole = parse_json(text, Number)
    except MisfitError as error:
        parts = _lines(text)
        if not any(isinstance(part, Resource) for part in parts):
            raise UnreadableFileError(f"it cannot be read: {_misfit(error)}; {ASK}") from None
        return parts
    try:
        return _unfolded(whole)
    except NotTakenError as refusal:
        raise UnreadableFileError(f"it {refusal}; {ASK}") from None


def _lines(text: str) -> list[Part]:
    """The resources of NDJSON. None where the text is one value over several lines."""
    # Not splitlines(): a text of JSON may hold other characters that end lines elsewhere.
    lines = [(f"line {at}", line.strip()) for at, line in enumerate(text.split("\n"), start=1)]
    if any(line.startswith(_CLOSING) for _, line in lines):
        return []
    return [part for place, line in lines if line for part in _line(place, line)]


def _line(place: str, line: str) -> list[Part]:
    try:
        return _unfolded(parse_json(line, Number), place)
    except MisfitError as error:
        return [RefusedRow(place, f"cannot be read: {_misfit(error, place)}")]
    except NotTakenError as refusal:
        return [RefusedRow(place, str(refusal))]


def _misfit(error: MisfitError, whole: str = "the file") -> str:
    place = error.place.removeprefix("line 1, ") if whole != "the file" else error.place
    if not place:
        return f"{whole} {error.problem}"
    return f"{place if place.startswith(('line ', 'column ')) else shown(place)} {error.problem}"


def _unfolded(value: object, place: str = "") -> list[Part]:
    """The resource that ``value`` is, or those in it when it is a Bundle."""
    if not isinstance(value, dict):
        raise NotTakenError("is not a resource of FHIR")
    kind = text_at(value, "resourceType")
    if not kind:
        raise NotTakenError("is not a resource of FHIR (“resourceType” is missing)")
    if kind != "Bundle":
        return [Resource(place or f"the {kind}", value)]
    refuse_changed_meaning(value)
    entries = [] if value.get("entry") is None else value["entry"]
    if not isinstance(entries, list):
        raise NotTakenError("is a Bundle whose “entry” is not a list")
    prefix = f"{place}, " if place else ""
    return [part for at, entry in enumerate(entries, start=1) for part in _entry(f"{prefix}entry {at}", entry)]


def _entry(place: str, entry: object) -> Iterator[Part]:
    try:
        resource = _resource(place, entry)
    except NotTakenError as refusal:
        yield RefusedRow(place, str(refusal))
        return
    if resource is not None:
        yield resource


def _resource(place: str, entry: object) -> Resource | None:
    """The resource of an entry; None when it has none, as an answer to a change."""
    if not isinstance(entry, dict):
        raise NotTakenError("is not an entry of a Bundle")
    refuse_changed_meaning(entry)
    _refuse_deletion(part_at(entry, "request"))
    body = part_at(entry, "resource")
    if not body:
        return None
    kind = text_at(body, "resourceType")
    if not kind:
        raise NotTakenError("is not a resource of FHIR (“resourceType” is missing)")
    if kind == "Bundle":
        raise NotTakenError("is a Bundle inside a Bundle, which is not read here")
    return Resource(place, body, text_at(entry, "fullUrl"))


def _refuse_deletion(request: Element) -> None:
    if text_at(request, "method") == "DELETE" and text_at(request, "url").startswith("Observation"):
        raise NotTakenError("says that an Observation has been deleted, which is not read here")
