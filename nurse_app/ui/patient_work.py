"""The patient form at work: opened with what is known, saved as a new or an amended record."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.domain.patient_events import PatientDetails
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.i18n import _
from nurse_app.presentation.help_topics import PAPER_FORMS
from nurse_app.presentation.intents import GoToHelp, GoToPatient, GoToReactions, Navigation
from nurse_app.presentation.patient_form import PatientEntries, details_from, present_patient_form
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.patient_screen import PatientScreen
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.service import AlreadyRegisteredError


class PatientWork:
    """Makes patient forms and saves them."""

    def __init__(
        self, parts: AppParts, work: Work, session: Session, intent: SignalInstance, back: Callable[[], Navigation]
    ) -> None:
        """``back`` says where the nurse came from."""
        self._parts = parts
        self._work = work
        self._session = session
        self._intent = intent
        self._back = back

    def open_form(self, place: GoToPatient, show: Callable[[QWidget], None]) -> None:
        """Show the form of a patient, or an empty one."""

        def ready(record: PatientRecord | None) -> None:
            details = record.details if record else PatientDetails(record_no=place.record_no)
            flag = record.hypersensitivity if record else "no"
            view = present_patient_form(self._parts.service.protocol, details, is_new=record is None, flag=flag)
            screen = PatientScreen(view, self._today)
            screen.left.connect(lambda: self._intent.emit(self._back()))
            screen.paper_requested.connect(lambda: self._intent.emit(GoToHelp(PAPER_FORMS, place.patient_id)))
            screen.reactions_requested.connect(lambda: self._intent.emit(GoToReactions(place.patient_id)))
            screen.saved.connect(lambda entries: self._save(screen, place.patient_id, details, entries))
            show(screen)
            screen.first_focus()

        if place.patient_id:
            self._work.submit(lambda: self._parts.service.patient(place.patient_id).state, ready)
        else:
            ready(None)

    def _today(self) -> date:
        return self._parts.clock.read().wall.astimezone(self._parts.zone).date()

    def _save(self, screen: PatientScreen, patient_id: str, before: PatientDetails, entries: PatientEntries) -> None:
        service, author = self._parts.service, self._session.author
        details = details_from(entries, before, service.protocol.dose_mg)

        def save() -> str:
            """Empty, or why it was not saved."""
            taken = _("Another patient has this record number. Look at the wristband again.")
            if patient_id:
                if service.patient_with(details.record_no) not in (None, patient_id):
                    return taken
                service.amend(patient_id, details, author)
                return ""
            try:
                service.register(details, author)
            except AlreadyRegisteredError:
                return taken
            return ""

        def done(refusal: str) -> None:
            if refusal:
                screen.show_refusal(refusal)
            else:
                self._intent.emit(self._back())

        self._work.submit(save, done)
