"""The places that home leads to, each loaded and made when somebody first goes there: home is there sooner."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.presentation.home import Summaries
from nurse_app.presentation.intents import (
    GoToAbout,
    GoToCheck,
    GoToReactions,
    GoToRecall,
    GoToSelfTest,
    GoToSoundTest,
    GoToUpdate,
    Navigation,
    OpenSheet,
    SavePages,
)
from nurse_app.ui.parts import AppParts
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work

if TYPE_CHECKING:
    from nurse_app.presentation.context import VisitContext
    from nurse_app.ui.about_work import AboutWork
    from nurse_app.ui.details import ContextOf, Details
    from nurse_app.ui.lab_import_work import LabImportWork
    from nurse_app.ui.patient_work import PatientWork
    from nurse_app.ui.reactions_work import ReactionsWork
    from nurse_app.ui.recall_work import RecallWork
    from nurse_app.ui.record_check import RecordCheck
    from nurse_app.ui.screens.visit_screen import VisitScreen
    from nurse_app.ui.self_test_work import SelfTestWork
    from nurse_app.ui.sound_test_work import SoundTestWork
    from nurse_app.ui.update_work import UpdateWork


_VISIT_SCREEN = "nurse_app.ui.screens.visit_screen"


class Places:
    """Makes the visit screen, the pages beside a visit and the patient form, each once, and says words on them.

    ``visit`` and ``details`` are None as long as nobody needed them.
    """

    def __init__(
        self, parts: AppParts, work: Work, session: Session, intent: SignalInstance, reaction_of: SignalInstance
    ) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._intent = intent
        self._reaction_of = reaction_of
        self._patient_work: PatientWork | None = None
        self._is_loading_ahead = False
        self._check: RecordCheck | None = None
        self._recall: RecallWork | None = None
        self._reactions: ReactionsWork | None = None
        self._self_test: SelfTestWork | None = None
        self._sound_test: SoundTestWork | None = None
        self._import: LabImportWork | None = None
        self._about: AboutWork | None = None
        self._update: UpdateWork | None = None
        self.visit: VisitScreen | None = None
        self.details: Details | None = None

    # --- made when needed ---

    def load_ahead(self) -> None:
        """Load what the first visit needs, while the nurse still types her PIN; asked again, nothing happens."""
        if not self._is_loading_ahead:
            self._is_loading_ahead = True
            self._work.submit(lambda: import_module(_VISIT_SCREEN), lambda _module: None)

    def need_visit(self, made: "Callable[[VisitScreen], None]") -> "VisitScreen":
        """The visit screen; ``made`` gets it when it is new."""
        if self.visit is None:
            self.visit = import_module(_VISIT_SCREEN).VisitScreen()
            made(self.visit)
        return self.visit

    def need_details(self, context_of: "ContextOf") -> "Details":
        """The pages beside a visit: trends, timeline, reports."""
        if self.details is None:
            details = import_module("nurse_app.ui.details").Details
            self.details = details(self._parts, self._work, context_of, self._intent, self._reaction_of)
        return self.details

    def need_patient_work(self, came_from: Callable[[], Navigation]) -> "PatientWork":
        """The form of a patient."""
        if self._patient_work is None:
            made = import_module("nurse_app.ui.patient_work").PatientWork
            self._patient_work = made(self._parts, self._work, self._session, self._intent, came_from)
        return self._patient_work

    def need_check(self) -> "RecordCheck":
        """The check of all records; it goes on while other screens are on."""
        if self._check is None:
            made = import_module("nurse_app.ui.record_check").RecordCheck
            self._check = made(self._parts, self._intent)
        return self._check

    def need_recall(self) -> "RecallWork":
        """The list of who has something overdue or due soon."""
        if self._recall is None:
            made = import_module("nurse_app.ui.recall_work").RecallWork
            self._recall = made(self._parts, self._work, self._intent)
        return self._recall

    def need_reactions(self) -> "ReactionsWork":
        """A patient’s reactions to the drug, with the follow-up call."""
        if self._reactions is None:
            made = import_module("nurse_app.ui.reactions_work").ReactionsWork
            self._reactions = made(self._parts, self._work, self._session, self._intent, self._reaction_of)
        return self._reactions

    def need_self_test(self) -> "SelfTestWork":
        """The program’s look at itself; it goes on while other screens are on."""
        if self._self_test is None:
            made = import_module("nurse_app.ui.self_test_work").SelfTestWork
            self._self_test = made(self._parts, self._intent)
        return self._self_test

    def need_sound_test(self) -> "SoundTestWork":
        """The sound test."""
        if self._sound_test is None:
            made = import_module("nurse_app.ui.sound_test_work").SoundTestWork
            self._sound_test = made(self._parts, self._work, self._session, self._intent)
        return self._sound_test

    def need_import(self, taken: Callable[[str], None]) -> "LabImportWork":
        """The import of results; it goes on while other screens are on. ``taken`` hears of what was recorded."""
        if self._import is None:
            made = import_module("nurse_app.ui.lab_import_work").LabImportWork
            self._import = made(self._parts, self._work, self._session, self._intent, taken)
        return self._import

    def need_update(self) -> "UpdateWork":
        """The program’s versions; what was begun goes on while other screens are on."""
        if self._update is None:
            made = import_module("nurse_app.ui.update_work").UpdateWork
            self._update = made(self._parts, self._intent)
        return self._update

    def need_about(self) -> "AboutWork":
        """What the program says of itself."""
        if self._about is None:
            made = import_module("nurse_app.ui.about_work").AboutWork
            self._about = made(self._parts, self._work, self._intent)
        return self._about

    @property
    def _works(self) -> "tuple[RecordCheck | LabImportWork | RecallWork | SelfTestWork | UpdateWork | None, ...]":
        """What goes on beside the screens."""
        return (self._check, self._import, self._recall, self._self_test, self._update)

    @property
    def is_busy(self) -> bool:
        """Whether a check, an import, a test or an update is running, or a list is being written."""
        return any(work is not None and work.is_running for work in self._works)

    def stop(self) -> None:
        """The program ends: so do the check, the import, the list, the test and the update."""
        for work in self._works:
            if work is not None:
                work.stop()

    def open_place(self, place: Navigation, context_of: "ContextOf", show: Callable[[QWidget], None]) -> None:
        """Show a page beside the visit, or one about the records or the program."""
        if isinstance(place, GoToCheck):
            self.need_check().open_page(show)
        elif isinstance(place, GoToRecall):
            self.need_recall().open_page(show)
        elif isinstance(place, GoToReactions):
            self.need_reactions().open_page(place, show)
        elif isinstance(place, GoToAbout):
            self.need_about().open_page(show)
        elif isinstance(place, GoToSelfTest):
            self.need_self_test().open_page(show)
        elif isinstance(place, GoToSoundTest):
            self.need_sound_test().open_page(show)
        elif isinstance(place, GoToUpdate):
            self.need_update().open_page(show)
        else:
            self.need_details(context_of).open_place(place, show)

    # --- what is said and asked on them ---

    def visit_on(self, current: QWidget | None) -> "VisitScreen | None":
        """The visit screen when it is the one that is on."""
        return self.visit if current is self.visit else None

    def refresh(self, current: QWidget | None) -> None:
        """Show what has changed on a page beside the visit."""
        if self.details is not None:
            self.details.refresh(current)
        for work in (self._recall, self._sound_test):
            if work is not None:
                work.refresh()
        if self._reactions is not None:
            self._reactions.refresh(current)

    def patients_changed(self, patients: Summaries) -> None:
        """Lists of patients are shown as they are now."""
        if self._recall is not None:
            self._recall.take(patients)

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on; the pages beside the visit that are not it may go."""
        if self.details is not None:
            self.details.forget_all_but(screen)
        for work in (*self._works, self._about, self._sound_test, self._reactions):
            if work is not None:
                work.left_for(screen)

    def open_sheet(
        self, request: OpenSheet, visit_id: str, context: "VisitContext | None", current: QWidget | None
    ) -> None:
        """Show a panel over whichever of them is on."""
        visit = self.visit_on(current)
        if context is not None and visit is not None:
            visit.open_sheet(request, context)
        elif self._reactions is not None and self._reactions.is_on(current):
            self._reactions.open_sheet(request)
        elif self.details is not None:
            self.details.open_sheet(request, visit_id)

    def go_on_with_sheet(self) -> None:
        """The entry was saved and the nurse goes on with the next one."""
        if self.details is not None:
            self.details.go_on_with_sheet()

    def show_refusal(self, text: str, current: QWidget | None) -> None:
        """Words beside what caused them."""
        visit = self.visit_on(current)
        if visit is not None:
            visit.show_refusal(text)
        elif self.details is not None:
            self.details.show_refusal(text)

    def show_not_saved(self, sentence: str) -> None:
        """A sheet that waits for its entry must hear that it failed, or it waits for ever."""
        if self.details is not None:
            self.details.show_refusal(sentence)

    def save_pages(
        self, intent: SavePages, context: "VisitContext | None", window: QWidget, say: Callable[[str], None]
    ) -> None:
        """The hand-over sheet or the report data of a reaction, into a file or on paper."""
        if context is not None:
            import_module("nurse_app.ui.reaction_papers").save_pages(self._parts, intent, context, window, say)

    def clear_refusal(self) -> None:
        """What was said is no longer so."""
        if self.visit is not None:
            self.visit.clear_refusal()
