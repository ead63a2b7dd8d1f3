"""The visit service: starts, opens and works visits, and keeps the patients' records in step with them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from nurse_app.domain import commands as c
from nurse_app.domain.carry_over import carry_over
from nurse_app.domain.clock_commands import ReopenVisit
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.domain.events import Event
from nurse_app.domain.facts import Facts, LabResult, Patient
from nurse_app.domain.moment import Reading
from nurse_app.domain.patient_events import (
    FollowUpCallMade,
    HypersensitivityCleared,
    HypersensitivityFlagged,
    LabResultMarkedInError,
    LabResultRecorded,
    PatientAmended,
    PatientDetails,
    PatientEvent,
    PatientRegistered,
)
from nurse_app.domain.patient_record import PatientRecord, facts_of
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import VisitState
from nurse_app.visit.open_visit import Accepted, Author, OpenVisit
from nurse_app.visit.patient_file import PatientFile
from nurse_app.visit.ports import (
    Clock,
    EventLog,
    Identifiers,
    Index,
    NotSavedError,
    Records,
    StreamKind,
    UnreadableRecordError,
)

_NO_FIRST_ENTRY = (
    "The record {kind} {id} has no first entry: its file is gone, empty or cut short. "
    "Bring the record back from a backup, and keep the files that are there."
)


class AlreadyRegisteredError(Exception):
    """A patient with this record number is on record already."""


class VisitService:
    """All visits and patients of one data folder. One thread writes; any thread may read the published states."""

    def __init__(
        self,
        records: Records,
        index: Index,
        clock: Clock,
        identifiers: Identifiers,
        protocol: tuple[InfusionProtocol, str],
    ) -> None:
        self._records = records
        self._index = index
        self._clock = clock
        self._identifiers = identifiers
        self._protocol, self._digest = protocol
        self._visits: dict[str, OpenVisit] = {}
        self._patients: dict[str, PatientFile] = {}
        self._unreadable: dict[str, str] = {}

    @property
    def protocol(self) -> InfusionProtocol:
        """The protocol that new visits are bound to."""
        return self._protocol

    # --- patients ---

    def patient_with(self, record_no: str) -> str | None:
        """The id of the patient with exactly this record number."""
        entries = self._index.entries(StreamKind.PATIENT).items()
        return next((key for key, entry in entries if entry.summary.get("record_no") == record_no), None)

    def surely_with(self, record_no: str) -> str | None:
        """The id of the patient with exactly this record number; None: it is nobody’s yet.

        Raises UnreadableRecordError when nobody knows, because of a record that may be that patient’s.
        """
        in_doubt: str | None = None
        for key, entry in self._index.entries(StreamKind.PATIENT).items():
            if entry.summary.get("record_no") == record_no:
                return key
            in_doubt = in_doubt or entry.problem
        if in_doubt is not None:
            raise UnreadableRecordError(in_doubt)
        return None

    def patient(self, patient_id: str) -> PatientFile:
        """A patient's record. Raises UnreadableRecordError, for the same record without reading it again."""
        if patient_id in self._unreadable:
            raise UnreadableRecordError(self._unreadable[patient_id])
        if patient_id not in self._patients:
            try:
                self._patients[patient_id] = self._open_patient(patient_id)
            except UnreadableRecordError as error:
                self._unreadable[patient_id] = str(error)
                raise
        return self._patients[patient_id]

    def _open_patient(self, patient_id: str) -> PatientFile:
        try:
            log = cast("EventLog[PatientEvent]", self._records.open(StreamKind.PATIENT, patient_id))
        except FileNotFoundError as error:
            raise UnreadableRecordError(_no_first_entry(StreamKind.PATIENT, patient_id)) from error
        file = PatientFile(log)
        if not file.record:
            raise UnreadableRecordError(_no_first_entry(StreamKind.PATIENT, patient_id))
        return file

    def patient_name(self, patient_id: str) -> str:
        """The name in a patient's record; empty when it holds none or cannot be read: a visit goes on without it."""
        try:
            return self.patient(patient_id).state.details.name
        except UnreadableRecordError:
            return ""

    def register(
        self, details: PatientDetails, author: Author, *, sample: bool = False, more: tuple[PatientEvent, ...] = ()
    ) -> str:
        """Open a record for a new patient and return its id. Raises AlreadyRegisteredError, NotSavedError."""
        if self.patient_with(details.record_no) is not None:
            raise AlreadyRegisteredError
        return self.register_new(details, author, sample=sample, more=more)

    def register_new(
        self, details: PatientDetails, author: Author, *, sample: bool = False, more: tuple[PatientEvent, ...] = ()
    ) -> str:
        """The same for a record number that was just asked for with ``surely_with``. Raises NotSavedError."""
        patient_id = self._identifiers.new_id()
        log = cast("EventLog[PatientEvent]", self._records.create(StreamKind.PATIENT, patient_id))
        file = PatientFile(log)
        file.append((PatientRegistered(details, sample=sample), *more), author, self._clock.read())
        self._patients[patient_id] = file
        return patient_id

    def amend(self, patient_id: str, details: PatientDetails, author: Author) -> None:
        """Change a patient's details; open visits of the patient get the new facts. Raises NotSavedError."""
        self.change(patient_id, (PatientAmended(details),), author)

    def add_results(self, patient_id: str, results: tuple[LabResult, ...], author: Author) -> None:
        """Record laboratory results entered by hand. Raises NotSavedError."""
        known = {lab.result for lab in self.patient(patient_id).state.labs if not lab.superseded}
        new = tuple(LabResultRecorded(result, "typed") for result in dict.fromkeys(results) if result not in known)
        self.change(patient_id, new, author)

    def mark_result_in_error(self, patient_id: str, entry: int, reason: str, author: Author) -> None:
        """A result was wrong; it stays visible. Raises NotSavedError."""
        self.change(patient_id, (LabResultMarkedInError(entry, reason),), author)

    def clear_hypersensitivity(self, patient_id: str, by: str, reason: str, author: Author) -> bool:
        """A prescriber clears the flag between visits; False when there is none to clear. Raises NotSavedError."""
        in_visit = self.visit_in_progress(patient_id) is not None
        if in_visit or self.patient(patient_id).state.hypersensitivity != "suspected":
            return False
        self.change(patient_id, (HypersensitivityCleared(by, reason),), author)
        return True

    def record_call(self, patient_id: str, call: FollowUpCallMade, author: Author) -> None:
        """A follow-up call; delayed signs mark the allergy again when it was cleared. Raises NotSavedError."""
        is_flagged = self.patient(patient_id).state.hypersensitivity != "no"
        flag = (HypersensitivityFlagged(call.visit_id, permanent=False),) if call.signs and not is_flagged else ()
        self.change(patient_id, (call, *flag), author)

    def change(self, patient_id: str, events: tuple[PatientEvent, ...], author: Author) -> None:
        """Events of a patient’s record; open visits of the patient get the new facts. Raises NotSavedError."""
        file, reading = self.patient(patient_id), self._clock.read()
        file.append(events, author, reading)
        for visit in self._visits.values():
            if visit.state.patient_id == patient_id and visit.state.is_open:
                facts = _facts_for(visit.state, file.state)
                visit.handle(c.UpdateFacts(facts), author, reading)

    # --- visits ---

    def visits(self) -> Mapping[str, OpenVisit]:
        """The visits that are loaded: all in progress, and those looked at since."""
        return dict(self._visits)

    def open_visits(self, author: Author, last_seen: Reading | None = None) -> tuple[str, ...]:
        """Load every visit in progress after a start of the program, and note in each that it was opened again.

        ``last_seen`` is the last look at the clocks that an earlier run of the program has kept.
        Returns a sentence for each record that cannot be read or has lost entries; the others are opened all the same.
        """
        problems: list[str] = []
        for visit_id, entry in self._index.at_hand(StreamKind.VISIT).items():
            if entry.problem is not None:
                problems.append(entry.problem)
            elif visit_id not in self._visits:
                try:
                    visit = self.visit(visit_id)
                    visit.handle(ReopenVisit(visit.tail_bytes, last_seen), author, self._clock.read())
                    self._carry_over(visit, author)
                except (NotSavedError, UnreadableRecordError, FileNotFoundError) as error:
                    problems.append(str(error))
        return (*problems, *self._unreadable.values(), *self._index.losses())

    def visit(self, visit_id: str) -> OpenVisit:
        """One visit by its id. Raises FileNotFoundError, UnreadableRecordError."""
        if visit_id not in self._visits:
            log = cast("EventLog[Event]", self._records.open(StreamKind.VISIT, visit_id))
            if not log.recorded():
                raise UnreadableRecordError(_no_first_entry(StreamKind.VISIT, visit_id))
            self._visits[visit_id] = OpenVisit(log, log.recorded())
        return self._visits[visit_id]

    def load(self, visit_id: str) -> OpenVisit:
        """A visit and its patient's record, ready to be looked at. Raises as ``visit`` does."""
        visit = self.visit(visit_id)
        self.patient_name(visit.state.patient_id)
        return visit

    def reopen(self) -> tuple[str, ...]:
        """Read every loaded record from the disk again, as after a failure to save; sentences for what cannot be read.

        What is on the disk then is what is true; the old states stay until the new ones are there.
        """
        problems: list[str] = []
        self._unreadable.clear()
        for patient_id in list(self._patients):
            try:
                patient = cast("EventLog[PatientEvent]", self._records.open(StreamKind.PATIENT, patient_id))
                self._patients[patient_id] = PatientFile(patient)
            except (NotSavedError, UnreadableRecordError, FileNotFoundError) as error:
                problems.append(str(error))
        for visit_id in list(self._visits):
            try:
                log = cast("EventLog[Event]", self._records.open(StreamKind.VISIT, visit_id))
                self._visits[visit_id] = OpenVisit(log, log.recorded())
            except (NotSavedError, UnreadableRecordError, FileNotFoundError) as error:
                problems.append(str(error))
        return tuple(problems)

    def visit_in_progress(self, patient_id: str) -> str | None:
        """The patient's visit that is not over yet."""
        theirs = ((key, visit) for key, visit in self._visits.items() if visit.state.patient_id == patient_id)
        return next((key for key, visit in theirs if visit.state.is_open), None)

    def newest_wall(self) -> datetime | None:
        """The latest time that the wall clock has shown in any record that is loaded; None when there is none."""
        loaded = (item for visit in self._visits.values() for item in visit.record)
        noted = [item.entry.reading.wall for item in loaded]
        noted += [item.entry.reading.wall for file in self._patients.values() for item in file.record]
        return max(noted, default=None)

    def start_visit(self, patient_id: str, author: Author) -> str:
        """Begin a visit for a patient, or return the one in progress. Raises NotSavedError."""
        running = self.visit_in_progress(patient_id)
        if running is not None:
            return running
        record = self.patient(patient_id).state
        visit_id = self._identifiers.new_id()
        log = cast("EventLog[Event]", self._records.create(StreamKind.VISIT, visit_id))
        command = c.StartVisit(patient_id, record.details.record_no, self._protocol, self._digest, facts_of(record))
        self._visits[visit_id] = OpenVisit.start(log, command, author, self._clock.read())
        return visit_id

    def handle(
        self, visit_id: str, command: c.Command, author: Author, happened_at: datetime | None = None
    ) -> Accepted | Rejected:
        """One command of a person, through the rules and onto the disk. Raises NotSavedError."""
        visit = self._visits[visit_id]
        result = visit.handle(command, author, self._clock.read(), happened_at)
        if isinstance(result, Accepted) and result.entries:
            self._carry_over(visit, author)
        return result

    def _carry_over(self, visit: OpenVisit, author: Author) -> None:
        try:
            file = self.patient(visit.state.patient_id)
        except UnreadableRecordError:
            # Worked out from both records: it is made up for when the patient's can be read again.
            return
        reading = self._clock.read()
        file.append(carry_over(visit.visit_id, visit.state, file.state, visit.now(reading)), author, reading)


def _no_first_entry(kind: StreamKind, stream_id: str) -> str:
    return _NO_FIRST_ENTRY.format(kind=kind, id=stream_id)


def _facts_for(state: VisitState, record: PatientRecord) -> Facts:
    """The patient's new facts for a visit; once the drug has run, the course stays as it was judged."""
    facts = facts_of(record)
    if state.run.started_at is None or facts.patient is None:
        return facts
    before = (state.facts.patient or Patient()).treatment
    return replace(facts, patient=replace(facts.patient, treatment=before))
