"""Whose result it is: the reference of an Observation followed to a Patient of the same file, and its record number."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nurse_app.interchange.lab_file.fhir_elements import (
    Element,
    NotTakenError,
    Resource,
    day_of,
    part_at,
    parts_at,
    refuse_changed_meaning,
    shown,
    text_at,
)

# The code “MR” (medical record number), by the names its table has had.
_IDENTIFIER_TYPES = ("http://terminology.hl7.org/CodeSystem/v2-0203", "http://hl7.org/fhir/v2/0203")
_RECORD_NUMBER = "MR"
_PART_OF_A_DATE = re.compile(r"\d{4}(-\d{2})?", re.ASCII)
_VERSION = re.compile(r"/_history/[^/]*\Z")
_BASE = re.compile(r"(https?://.+/)[A-Za-z]+/[^/]+")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOBODY = re.compile(r"(?:.*/)?(?:Group|Device|Location)/[^/]+")


@dataclass(frozen=True, slots=True)
class Person:
    """What a Patient says of itself; ``problem`` is why nothing may be taken for it."""

    record_no: str = ""
    birth_date: date | None = None
    identifiers: frozenset[str] = frozenset()
    problem: str = ""


_SEVERAL = Person(problem="its subject stands for several Patients of this file that differ")


class Patients:
    """The Patients among some resources, by every name that a reference may use."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._people: dict[str, Person] = {}
        for resource in resources:
            if resource.kind == "Patient":
                self._add(resource)

    def _add(self, resource: Resource) -> None:
        person = _person(resource.body)
        own = resource.body.get("id")
        names = (without_version(resource.url), f"Patient/{own}" if isinstance(own, str) else "")
        for name in filter(None, names):
            if self._people.setdefault(name, person) != person:
                self._people[name] = _SEVERAL

    def find(self, reference: str, url: str = "") -> Person | None:
        """The Patient that ``reference`` names inside the resource at ``url``."""
        base = _BASE.fullmatch(without_version(url))
        relative = base is not None and not _ABSOLUTE.match(reference)
        prefix = base[1] if base is not None and relative else ""
        return self._people.get(prefix + without_version(reference))


def whose(observation: Resource, patients: Patients, contained: Patients) -> Person:
    """The person of a result. Raises NotTakenError when nothing says so without doubt."""
    subject = part_at(observation.body, "subject")
    reference = text_at(subject, "reference")
    number = text_at(part_at(subject, "identifier"), "value")
    if text_at(subject, "type") not in ("", "Patient") or _NOBODY.fullmatch(reference):
        raise NotTakenError("is not about one patient")
    if reference.startswith("#"):
        person = contained.find(f"Patient/{reference[1:]}")
    else:
        person = patients.find(reference, observation.url)
    if person is None:
        return Person(number or _nobody(reference))
    if person.problem:
        raise NotTakenError(person.problem)
    if number and number not in person.identifiers:
        raise NotTakenError(f"its subject has the identifier {shown(number)}, and its Patient does not")
    return person


def without_version(url: str) -> str:
    """An address without the version of the resource there."""
    return _VERSION.sub("", url)


def _nobody(reference: str) -> str:
    if not reference:
        raise NotTakenError("nothing says whose result it is")
    raise NotTakenError(f"nothing says the record number: {shown(reference)} is not in this file")


def _person(patient: Element) -> Person:
    try:
        refuse_changed_meaning(patient)
        _refuse_out_of_use(patient)
        identifiers = [each for each in parts_at(patient, "identifier") if text_at(each, "value")]
        values = frozenset(text_at(each, "value") for each in identifiers)
        return Person(_record_no(identifiers), _birth_date(text_at(patient, "birthDate")), values)
    except NotTakenError as refusal:
        return Person(problem=str(refusal))


def _refuse_out_of_use(patient: Element) -> None:
    if patient.get("active") not in (None, True):
        raise NotTakenError("its Patient is marked as not in use")
    if any(text_at(link, "type") == "replaced-by" for link in parts_at(patient, "link")):
        raise NotTakenError("its Patient has been replaced by another one")


def _record_no(identifiers: list[Element]) -> str:
    """The medical record number, else the only identifier."""
    current = [each for each in identifiers if text_at(each, "use") != "old"]
    marked = {text_at(each, "value") for each in current if _is_record_number(each)}
    if len(marked) > 1:
        raise NotTakenError("its Patient has several medical record numbers")
    candidates = marked or {text_at(each, "value") for each in current}
    if len(candidates) > 1:
        raise NotTakenError("its Patient has several identifiers, and none is marked as the record number (MR)")
    if not candidates:
        raise NotTakenError("its Patient has no identifier")
    return candidates.pop()


def _is_record_number(identifier: Element) -> bool:
    codings = parts_at(part_at(identifier, "type"), "coding")
    return any(
        text_at(each, "system") in _IDENTIFIER_TYPES and text_at(each, "code") == _RECORD_NUMBER for each in codings
    )


def _birth_date(text: str) -> date | None:
    """None for a year or a month, which is all that some people know."""
    return None if not text or _PART_OF_A_DATE.fullmatch(text) else day_of(text)
