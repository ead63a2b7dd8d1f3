"""Begins a visit; first, when the clock of this computer is in doubt, somebody must look at it."""

from importlib import import_module

from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.presentation.clock_check import present_clock_check
from nurse_app.presentation.intents import GoHome, GoToVisit
from nurse_app.ui.parts import AppParts
from nurse_app.ui.scenes import Scenes
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work


class Beginning:
    """The way from a patient to a visit. One in progress goes on whatever the clock shows."""

    def __init__(self, parts: AppParts, work: Work, session: Session, scenes: Scenes) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._scenes = scenes

    def begin(self, patient_id: str) -> None:
        """Show the patient's visit: the one in progress, else a new one."""
        author, service = self._session.author, self._parts.service

        def work() -> str | ClockDoubt:
            in_progress = service.visit_in_progress(patient_id)
            doubt = None if in_progress else self._parts.clock_doubt()
            return doubt or service.start_visit(patient_id, author)

        def done(result: str | ClockDoubt) -> None:
            if isinstance(result, ClockDoubt):
                self._ask(result, patient_id)
                return
            self._scenes.reload_lists()
            self._scenes.go(GoToVisit(result))

        self._work.submit(work, done)

    def _ask(self, doubt: ClockDoubt, patient_id: str) -> None:
        view, home = present_clock_check(doubt, self._parts.zone), self._scenes.need_home()
        sheet = import_module("nurse_app.ui.sheets.clock_check_sheet").ClockCheckSheet(view)
        sheet.is_right.connect(lambda: self._trust(doubt, patient_id))
        sheet.closed.connect(home.close_sheet)
        self._scenes.go(GoHome())
        home.show_sheet(sheet, view.head.title, view.head.lead)
        sheet.first_focus()

    def _trust(self, doubt: ClockDoubt, patient_id: str) -> None:
        """The nurse who is signed in has compared the clocks; her word is an entry of the station."""
        by = self._session.author.by
        self._work.submit(lambda: self._parts.users.trust_clock(doubt, by), lambda _nothing: self.begin(patient_id))
