"""One patient's record at work."""

from collections.abc import Sequence

from nurse_app.domain.moment import Reading
from nurse_app.domain.patient_events import PatientEvent
from nurse_app.domain.patient_record import PatientRecord, evolve_patient, fold_patient
from nurse_app.domain.record import Entry, Recorded
from nurse_app.visit.open_visit import Author
from nurse_app.visit.ports import EventLog


class PatientFile:
    """A patient's record that is open. Not for two threads, as OpenVisit."""

    def __init__(self, log: EventLog[PatientEvent]) -> None:
        self._log = log
        self._record = log.recorded()
        self._state = fold_patient(self._record)

    @property
    def state(self) -> PatientRecord:
        """The patient as known. Raises LookupError for a record without a registration."""
        if self._state is None:
            message = "this record has no registration"
            raise LookupError(message)
        return self._state

    @property
    def record(self) -> tuple[Recorded[PatientEvent], ...]:
        return self._record

    def append(self, events: Sequence[PatientEvent], author: Author, reading: Reading) -> None:
        """Make the events durable, then change the state. Raises NotSavedError."""
        if not events:
            return
        entries = tuple(Entry(event, author.by, reading, None, author.sign_later) for event in events)
        recorded = self._log.append(entries, after=len(self._record))
        for item in recorded:
            self._state = evolve_patient(self._state, item)
        self._record = (*self._record, *recorded)
