"""The patient form at work: opened with what is known, saved as a new or an amended record."""

from collections.abc import Callable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.i18n import _
from nurse_app.presentation.intents import GoHome, GoToPatient
from nurse_app.presentation.patient_form import PatientEntries, details_from, present_patient_form
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.patient_screen import PatientScreen
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.service import AlreadyRegisteredError


class PatientWork:
    """Makes patient forms and saves them."""

    def __init__(self, parts: AppParts, work: Work, session: Session, intent: SignalInstance) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._intent = intent

    def open_form(self, place: GoToPatient, show: Callable[[QWidget], None]) -> None:
        """Show the form of a patient, or an empty one."""

        def ready(record: PatientRecord | None) -> None:
            details = record.details if record else PatientDetails(record_no=place.record_no)
            flag = record.hypersensitivity if record else "no"
            view = present_patient_form(self._parts.service.protocol, details, is_new=record is None, flag=flag)
            screen = PatientScreen(view)
            screen.intent_requested.connect(self._intent)
            screen.saved.connect(lambda entries: self._save(screen, place.patient_id, details, entries))
            show(screen)
            screen.first_focus()

        if place.patient_id:
            self._work.submit(lambda: self._parts.service.patient(place.patient_id).state, ready)
        else:
            ready(None)

    def _save(self, screen: PatientScreen, patient_id: str, before: PatientDetails, entries: PatientEntries) -> None:
        service, author = self._parts.service, self._session.author
        details = details_from(entries, before, service.protocol.dose_mg)

        def save() -> bool:
            """False when another patient has this record number."""
            try:
                if not patient_id:
                    service.register(details, author)
                elif service.patient_with(details.record_no) in (None, patient_id):
                    service.amend(patient_id, details, author)
                else:
                    return False
            except AlreadyRegisteredError:
                return False
            return True

        def done(saved: bool) -> None:
            if saved:
                self._intent.emit(GoHome())
            else:
                screen.show_refusal(_("Another patient has this record number. Look at the wristband again."))

        self._work.submit(save, done)
