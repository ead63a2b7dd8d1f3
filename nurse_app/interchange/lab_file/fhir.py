"""A FHIR R4 file: a Bundle, one Observation or DiagnosticReport, or NDJSON with one resource a line."""

from dataclasses import replace

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.interchange.lab_file.fhir_contained import contained_in
from nurse_app.interchange.lab_file.fhir_elements import NotTakenError, Resource
from nurse_app.interchange.lab_file.fhir_observation import rows_of
from nurse_app.interchange.lab_file.fhir_patients import Patients, without_version
from nurse_app.interchange.lab_file.fhir_resources import ASK, Part, parts_of
from nurse_app.interchange.lab_file.rows import LabFile, RefusedRow, UnreadableFileError

_OBSERVATION, _REPORT = "Observation", "DiagnosticReport"
_VERSIONS = "is one of several versions of an Observation in this file, and nothing says which one counts"

_Outcome = tuple[IncomingResult | RefusedRow, ...]


def read_fhir(text: str) -> LabFile:
    """The results in a FHIR file, in its order. Raises UnreadableFileError."""
    parts = parts_of(text.removeprefix("\ufeff"))
    reading = _Reading(Patients(part for part in parts if isinstance(part, Resource)))
    for part in parts:
        reading.take(part)
    return reading.lab_file()


class _Reading:
    """Goes through the resources of a file and keeps what each came to."""

    def __init__(self, patients: Patients) -> None:
        self._patients = patients
        self._outcomes: list[_Outcome] = []
        # By the name of an Observation: which outcome is its, and its place.
        self._seen: dict[str, tuple[int, str]] = {}
        self._has_observation = False

    def take(self, part: Part) -> None:
        if isinstance(part, RefusedRow):
            self._outcomes.append((part,))
        elif part.kind in (_OBSERVATION, _REPORT):
            self._take_with_contained(part)

    def lab_file(self) -> LabFile:
        if not self._has_observation:
            raise UnreadableFileError(f"it holds no Observation, so no result{self._first_doubt()}; {ASK}")
        found = [each for outcome in self._outcomes for each in outcome]
        return LabFile(
            tuple(each for each in found if isinstance(each, IncomingResult)),
            tuple(each for each in found if isinstance(each, RefusedRow)),
        )

    def _first_doubt(self) -> str:
        """Where an Observation might have been after all."""
        refused = (each for outcome in self._outcomes for each in outcome if isinstance(each, RefusedRow))
        first = next(refused, None)
        return "" if first is None else f" ({first.place} {first.reason})"

    def _take_with_contained(self, host: Resource) -> None:
        try:
            contained = contained_in(host)
        except NotTakenError as refusal:
            self._has_observation = True
            self._outcomes.append((RefusedRow(host.place, str(refusal)),))
            return
        people = Patients(contained)
        if host.kind == _OBSERVATION:
            self._keep(self._outcome(host, people), host)
        for each in contained:
            if each.kind == _OBSERVATION:
                self._outcomes.append(self._outcome(each, people))

    def _outcome(self, observation: Resource, contained: Patients) -> _Outcome:
        self._has_observation = True
        return tuple(rows_of(observation, self._patients, contained))

    def _keep(self, outcome: _Outcome, observation: Resource) -> None:
        """Once for each Observation, however often it is in the file; not at all when it differs there."""
        index, place = self._seen.setdefault(_name(observation), (len(self._outcomes), observation.place))
        if not _name(observation) or index == len(self._outcomes):
            self._outcomes.append(outcome)
        elif not _is_same(outcome, self._outcomes[index]):
            self._outcomes[index] = (RefusedRow(place, _VERSIONS),)
            self._outcomes.append((RefusedRow(observation.place, _VERSIONS),))


def _name(observation: Resource) -> str:
    own = observation.body.get("id")
    return without_version(observation.url) or (own if isinstance(own, str) else "")


def _is_same(one: _Outcome, other: _Outcome) -> bool:
    return [replace(each, place="") for each in one] == [replace(each, place="") for each in other]
