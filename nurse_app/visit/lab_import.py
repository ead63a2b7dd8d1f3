"""Taking the results of a file: first everything is judged, then patient by patient it is recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import Change, Course, IncomingResult, NotTaken, judged
from nurse_app.domain.patient_events import PatientDetails, PatientEvent
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import UnreadableRecordError
from nurse_app.visit.service import VisitService

# Called after each patient with how many are done and how many there are; False stops before the next one.
Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class PatientShare:
    """What a file brings for one patient; ``patient_id`` None: nobody with this record number is on record yet."""

    record_no: str
    patient_id: str | None
    changes: tuple[Change, ...]
    events: tuple[PatientEvent, ...]


@dataclass(frozen=True, slots=True)
class NotTakenRow:
    """A result that is not taken, and why."""

    row: IncomingResult
    why: NotTaken


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What becomes of every result of a file, before anything is taken."""

    shares: tuple[PatientShare, ...] = ()
    not_taken: tuple[NotTakenRow, ...] = ()

    @property
    def new_record_numbers(self) -> tuple[str, ...]:
        """Patients that will be on record with their number only."""
        return tuple(share.record_no for share in self.shares if share.patient_id is None)

    def count(self, outcome: str) -> int:
        return sum(change.outcome == outcome for share in self.shares for change in share.changes)


@dataclass(slots=True)
class _Planning:
    """One patient while the rows are gone through."""

    patient_id: str | None
    course: Course
    born: date | None
    changes: list[Change] = field(default_factory=list)
    is_unreadable: bool = False


class LabImport:
    """Plans and takes imports. Not for two threads, as the service."""

    def __init__(self, service: VisitService, spellings: Mapping[str, str]) -> None:
        self._service = service
        self._spellings = spellings

    def plan(self, rows: Iterable[IncomingResult], now: datetime, *, only: str | None = None) -> ImportPlan:
        """What taking these results would do; nothing is changed. ``only``: results of others are not taken.

        It holds until one of the records gets another entry.
        """
        known, unreadable = self._service.record_numbers()
        patients: dict[str, _Planning] = {}
        not_taken: list[NotTakenRow] = []
        for row in rows:
            if only is not None and row.record_no != only:
                not_taken.append(NotTakenRow(row, NotTaken("other-patient")))
                continue
            patient = patients.get(row.record_no)
            if patient is None:
                patient = patients[row.record_no] = self._planning(
                    known.get(row.record_no), may_be_unreadable=unreadable > 0
                )
            change = self._judge(patient, row, now)
            if isinstance(change, Change):
                patient.changes.append(change)
            else:
                not_taken.append(NotTakenRow(row, change))
        return ImportPlan(tuple(_shares(patients)), tuple(not_taken))

    def _planning(self, patient_id: str | None, *, may_be_unreadable: bool) -> _Planning:
        if patient_id is None:
            # The first entry of a new record is the registration. While a record cannot be read, nobody knows whether
            # the number is really new.
            return _Planning(None, Course((), 1), None, is_unreadable=may_be_unreadable)
        try:
            state = self._service.patient(patient_id).state
        except UnreadableRecordError:
            return _Planning(patient_id, Course((), 0), None, is_unreadable=True)
        return _Planning(patient_id, Course(state.labs, state.number), state.details.birth_date)

    def _judge(self, patient: _Planning, row: IncomingResult, now: datetime) -> Change | NotTaken:
        if patient.is_unreadable:
            return NotTaken("record")
        if row.birth_date is not None:
            # Of a new patient all rows must agree with the first.
            patient.born = patient.born or row.birth_date
            if patient.born != row.birth_date:
                return NotTaken("birth-date")
        result = judged(self._service.protocol, self._spellings, row, now)
        return patient.course.take(row, result) if isinstance(result, LabResult) else result

    def take(self, plan: ImportPlan, author: Author, progress: Progress) -> bool:
        """Record what was planned; taken again after it was broken off, the rest is recorded and nothing twice.

        False when ``progress`` stopped it. Raises NotSavedError, UnreadableRecordError.
        """
        shares = [share for share in plan.shares if share.events]
        for done, share in enumerate(shares):
            if not progress(done, len(shares)):
                return False
            if share.patient_id is None:
                self._service.register(PatientDetails(share.record_no), author, more=share.events)
            else:
                self._service.change(share.patient_id, share.events, author)
        progress(len(shares), len(shares))
        return True


def _shares(patients: Mapping[str, _Planning]) -> Iterator[PatientShare]:
    for record_no, patient in patients.items():
        if patient.changes:
            yield PatientShare(record_no, patient.patient_id, tuple(patient.changes), tuple(patient.course.events))
