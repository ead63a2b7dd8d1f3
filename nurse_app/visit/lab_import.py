"""Taking the results of a file, patient by patient: each share is judged and then recorded in one piece."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import Change, Course, IncomingResult, NotTaken, Reason, judged, left_out
from nurse_app.domain.patient_events import PatientDetails, PatientEvent
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import UnreadableRecordError
from nurse_app.visit.service import VisitService

# Whose entries an import makes that nobody in the window began.
BY_COMMAND = Author("import")


@dataclass(frozen=True, slots=True)
class NotTakenRow:
    """A result that is not taken, and why."""

    row: IncomingResult
    why: NotTaken


@dataclass(frozen=True, slots=True)
class PatientShare:
    """What a file brings for one patient; ``patient_id`` None: nobody with this record number is on record yet."""

    record_no: str
    patient_id: str | None
    changes: tuple[Change, ...] = ()
    events: tuple[PatientEvent, ...] = ()
    not_taken: tuple[NotTakenRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of all results of a file, or would become."""

    shares: tuple[PatientShare, ...] = ()

    @property
    def new_record_numbers(self) -> tuple[str, ...]:
        """Patients that came on record with their number only."""
        return tuple(share.record_no for share in self.shares if share.patient_id is None and share.events)

    @property
    def not_taken(self) -> tuple[NotTakenRow, ...]:
        return tuple(item for share in self.shares for item in share.not_taken)

    def count(self, outcome: str) -> int:
        return sum(change.outcome == outcome for share in self.shares for change in share.changes)


class LabImport:
    """Judges and records results. ``spellings``: what laboratories print for the units of UCUM.

    For the thread that the service belongs to; one share is short enough for an entry to wait behind it.
    """

    def __init__(self, service: VisitService, spellings: Mapping[str, str]) -> None:
        self._service = service
        self._spellings = spellings

    def share(self, record_no: str, rows: Iterable[IncomingResult], now: datetime) -> PatientShare:
        """What taking a patient’s results would do. It holds until the patient’s record gets another entry."""
        rows = tuple(rows)
        patient_id: str | None = None
        try:
            patient_id = self._service.surely_with(record_no)
            if patient_id is None:
                # The first entry of a new record is the registration.
                return self._judged(PatientShare(record_no, None), Course((), 1), None, rows, now)
            state = self._service.patient(patient_id).state
        except UnreadableRecordError:
            return _refused(record_no, patient_id, rows, "record")
        return self._judged(PatientShare(record_no, patient_id), *_known(state), rows, now)

    def take(self, share: PatientShare, author: Author) -> None:
        """Record what was judged, all or nothing. Raises NotSavedError, UnreadableRecordError."""
        if not share.events:
            return
        if share.patient_id is None:
            self._service.register_new(PatientDetails(share.record_no), author, more=share.events)
        else:
            self._service.change(share.patient_id, share.events, author)

    def _judged(
        self, share: PatientShare, course: Course, born: date | None, rows: Sequence[IncomingResult], now: datetime
    ) -> PatientShare:
        changes: list[Change] = []
        not_taken: list[NotTakenRow] = []
        for row in rows:
            if not row.counts:
                changes.append(left_out(self._service.protocol, row))
                continue
            # Of a new patient all rows must agree with the first that has a birth date.
            born = born or row.birth_date
            found = judged(self._service.protocol, self._spellings, row, now, born)
            if row.birth_date is not None and row.birth_date != born:
                found = NotTaken("birth-date")
            taken = course.take(row, found) if isinstance(found, LabResult) else found
            if isinstance(taken, Change):
                changes.append(taken)
            else:
                not_taken.append(NotTakenRow(row, taken))
        return PatientShare(share.record_no, share.patient_id, tuple(changes), tuple(course.events), tuple(not_taken))


def shares_of(rows: Iterable[IncomingResult], only: str | None = None) -> Iterator[tuple[str, list[IncomingResult]]]:
    """The rows of each patient in the order of the file; ``only``: of one patient."""
    found: dict[str, list[IncomingResult]] = {}
    for row in rows:
        found.setdefault(row.record_no, []).append(row)
    return ((record_no, theirs) for record_no, theirs in found.items() if only is None or record_no == only)


def of_others(rows: Iterable[IncomingResult], only: str | None) -> PatientShare:
    """What is left aside because only one patient’s results are wanted."""
    others = [row for row in rows if only is not None and row.record_no != only]
    return _refused("", None, others, "other-patient")


def _known(state: PatientRecord) -> tuple[Course, date | None]:
    return Course(state.labs, state.number), state.details.birth_date


def _refused(record_no: str, patient_id: str | None, rows: Iterable[IncomingResult], why: Reason) -> PatientShare:
    return PatientShare(record_no, patient_id, not_taken=tuple(NotTakenRow(row, NotTaken(why)) for row in rows))
