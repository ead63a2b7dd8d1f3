"""Which screen is on and what it shows: home, a visit, a form, a list; the controller says where to go."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.facts import VialOnHand
from nurse_app.presentation import intents as i
from nurse_app.presentation.chrome import Saving
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.home import Summaries, present_cards
from nurse_app.ui.alarm_desk import AlarmDesk
from nurse_app.ui.contexts import Contexts
from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.helping import Helping
from nurse_app.ui.interrupting import Interrupting
from nurse_app.ui.parts import AppParts
from nurse_app.ui.people import People
from nurse_app.ui.places import Places
from nurse_app.ui.reaction_key import ReactionKey
from nurse_app.ui.resuming import Resuming
from nurse_app.ui.screens.chrome import home_keys, show_chrome, show_problem, visit_keys
from nurse_app.ui.screens.home_screen import HomeScreen
from nurse_app.ui.screens.people_screen import NewPersonScreen, SignInScreen
from nurse_app.ui.session import Session
from nurse_app.ui.stage import Stage
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.bands import RETRY_KEY
from nurse_app.ui.wiring import Wiring
from nurse_app.ui.work import Work

if TYPE_CHECKING:
    from nurse_app.ui.screens.visit_screen import VisitScreen


class Scenes(QObject):
    """Shows one place at a time and keeps it up to date."""

    intent = Signal(object)
    reaction_of = Signal(str, object)
    retry = Signal()

    def __init__(self, parts: AppParts, stage: Stage, work: Work, session: Session, people: People) -> None:
        super().__init__(stage)
        self._parts = parts
        self._stage = stage
        self._work = work
        self._session = session
        self._people = people
        self.place: i.Navigation = i.GoHome()
        self.saved = ""
        # What the records that are open have to say, and the backups.
        self.record_problems: tuple[str, ...] = ()
        self.backup_notice = ""
        self.patients: Summaries = {}
        self._search = ""
        # What the bar about something not saved says; empty when there is none.
        self.not_saved = ""
        self._is_saving = False
        self.sheet_kind: i.SheetKind | None = None
        self._sign_in: SignInScreen | None = None
        self._home: HomeScreen | None = None
        self._came_from: i.Navigation = i.GoHome()
        self.resuming = Resuming(parts)
        self.contexts = Contexts(parts, session, people)
        self.alarms = AlarmDesk(parts, stage, work, session, self.contexts)
        self.reaction_key = ReactionKey(self.contexts, session, self.reaction_of)
        self.wire = Wiring(stage, self.intent, self.retry, self.reaction_key, self.alarms).wire
        self.places = Places(parts, work, session, self.intent, self.reaction_of)
        self.helping = Helping(parts, work, session, self, stage)
        self.interrupting = Interrupting(parts.clock, session, self, stage)
        current_theme().changed.connect(self._show_keys)

    def need_home(self) -> HomeScreen:
        """Home, made when it first comes on: whoever signs in waits for one screen only."""
        if self._home is None:
            self._home = HomeScreen(self._parts.settings.ward_name, self.contexts.sound_offer)
            self._home.intent_requested.connect(self.intent)
            self._home.reaction_of.connect(self.reaction_of)
            self._home.searched.connect(self._on_search)
            self._stage.keep(self._home)
            self.wire(self._home)
            self._show_keys()
        return self._home

    def is_home(self, screen: QWidget | None) -> bool:
        """Whether this is the home screen."""
        return screen is not None and screen is self._home

    def _show_keys(self) -> None:
        if self._home is not None:
            self._home.footer.show_keys(tuple(home_keys()))
        if self.places.visit is not None:
            self.places.visit.footer.show_keys(tuple(visit_keys()))

    def _visit_made(self, screen: "VisitScreen") -> None:
        screen.intent_requested.connect(self.intent)
        screen.begin_again.connect(self.interrupting.go_on)
        self._stage.keep(screen)
        self.wire(screen)
        screen.footer.show_keys(tuple(visit_keys()))

    # --- what is on ---

    @property
    def visit_id(self) -> str:
        """The visit on screen; empty when there is none."""
        return self.place.visit_id if isinstance(self.place, i.GoToVisit | i.GoToRecord) else ""

    @property
    def in_reaction(self) -> bool:
        visit = self._parts.service.visits().get(self.visit_id)
        return visit is not None and visit.state.phase == "reaction"

    def _notices(self) -> tuple[str, ...]:
        """What somebody should know though nothing is lost: from the start, while working, of records, of backups."""
        backup = (self.backup_notice,) if self.backup_notice else ()
        return (*self._parts.notices, *self._work.told, *self.record_problems, *backup)

    def context(self, visit_id: str) -> VisitContext | None:
        """What presenters need of a loaded visit; None when it is not loaded."""
        return self.contexts.of_visit(visit_id)

    # --- going somewhere ---

    def show_sign_in(self, *, locked: bool, first: bool) -> None:
        """Ask who is here; while locked the clocks of the visits stay on this screen."""
        current = self._stage.current()
        if locked and isinstance(current, SignInScreen) and not current.may_go_back:
            return
        screen: SignInScreen | NewPersonScreen
        if first:
            screen = self._people.new_person_screen()
        else:
            may_go_back = bool(self._session.user_id) and not locked
            screen = self._people.sign_in_screen(locked=locked, may_go_back=may_go_back)
            screen.reaction_of.connect(self.reaction_of)
            screen.new_person_requested.connect(self._on_new_person)
            self._sign_in = screen
        screen.intent_requested.connect(self.intent)
        self._show(screen)
        screen.first_focus()
        self.refresh()

    def _on_new_person(self) -> None:
        screen = self._people.new_person_screen()
        screen.intent_requested.connect(self.intent)
        self._show(screen)
        screen.first_focus()

    def go(self, place: i.Navigation) -> None:
        """Show another place; what has to be read from the disk is read on the writer thread first."""
        if isinstance(self.place, i.GoHome | i.GoToVisit):
            self._came_from = self.place
        self.place = place
        self.reaction_key.last_seen = self.visit_id or self.reaction_key.last_seen
        match place:
            case i.GoToVisit():
                self._load_visit(place.visit_id)
            case i.GoToPatient():
                self.places.need_patient_work(lambda: self._came_from).open_form(place, self._show)
            case i.GoToImport():
                self.places.need_import(self.results_taken).open_page(place, self._show)
            case _ if isinstance(place, i.PageBeside):
                self.places.open_place(place, self.context, self._show)
            case _:
                self.place = i.GoHome()
                self.reload_lists()
                home = self.need_home()
                self._show(home)
                home.search.setFocus()
        self.refresh()

    def _load_visit(self, visit_id: str) -> None:
        def loaded(_visit: object) -> None:
            screen = self.places.need_visit(self._visit_made)
            screen.forget_visit()
            self._show(screen)
            self.refresh()
            sheet = self.resuming.sheet_for(visit_id)
            if sheet is not None:
                self.open_sheet(sheet)

        if visit_id in self._parts.service.visits():
            loaded(None)
        else:
            self._work.submit(lambda: self._parts.service.load(visit_id), loaded)

    def _show(self, screen: QWidget) -> None:
        if isinstance(screen, HomeFrame | VisitFrame) and screen not in (self._home, self.places.visit):
            self.wire(screen)
        self.places.left_for(screen)
        self._stage.show_screen(screen)
        if not isinstance(screen, SignInScreen):
            self._sign_in = None

    # --- keeping it up to date ---

    def reload_lists(self) -> None:
        """Have the list of patients read again after a change."""

        def done(patients: Summaries) -> None:
            self.patients = patients
            self.places.patients_changed(patients)
            self.refresh()

        self._work.patients(done)

    def refresh(self) -> None:
        """Show the present state of the place that is on; cheap when only clocks changed."""
        reading = self._parts.clock.read()
        current = self._stage.current()
        how: Saving = "not-saved" if self.not_saved else "saving" if self._is_saving else "saved"
        chrome = self.contexts.of_footer(reading, (how, self.saved))
        if isinstance(current, HomeFrame | VisitFrame):
            show_chrome(current.bands, current.footer, chrome)
            show_problem(current.bands.not_saved, self.not_saved)
        self.alarms.show_on(current, self.visit_id)
        if self._home is not None and current is self._home:
            self._home.show_view(self.contexts.of_home(self.patients, self._search, reading))
            self._home.show_notices(self._notices())
        elif (visit := self.places.visit_on(current)) is not None:
            context = self.context(self.visit_id)
            if context is not None:
                visit.show_visit(context, private=self._session.locked)
                self.interrupting.refresh(visit, context)
        elif self._sign_in is not None and current is self._sign_in:
            cards = present_cards(self.contexts.of_open_visits(), self._parts.zone, private=True)
            self._sign_in.show_visits(cards, self.reaction_key.target(cards))
        elif not self.helping.refresh(current):
            self.places.refresh(current)
        self.reaction_key.show(current)

    def beat(self, *, saving: bool) -> None:
        """Alerts that nobody acknowledged flash, on whichever screen is on; ``saving``: the disk is taking its time."""
        current = self._stage.current()
        if saving != self._is_saving:
            self._is_saving = saving
            self.refresh()
        self.alarms.beat(current)

    def _on_search(self, text: str) -> None:
        self._search = text
        self.refresh()

    # --- words beside what caused them ---

    def open_sheet(self, request: i.OpenSheet) -> None:
        self.helping.close()
        self.interrupting.drop(self.visit_id)
        self.sheet_kind = request.kind
        self.places.open_sheet(request, self.visit_id, self.context(self.visit_id), self._stage.current())

    def take_vial(self, vial: VialOnHand) -> bool:
        """Show a scanned vial where it is wanted; False when it can be recorded as it is."""
        context, visit = self.context(self.visit_id), self.places.visit
        is_taken = context is not None and visit is not None and visit.take_vial(vial, context)
        self.sheet_kind = i.SheetKind.PRODUCT if is_taken else self.sheet_kind
        return is_taken

    def close_sheet(self) -> None:
        """After an entry was accepted: back to the page, with the next thing to do under the fingers."""
        visit, details = self.places.visit, self.places.details
        had_sheet = visit is not None and visit.sheet_open
        if visit is not None:
            visit.close_sheet()
        before = QApplication.focusWidget()
        self.refresh()
        # What was pressed may be gone now; Qt would put the focus on whatever comes next in its own order.
        if visit is not None and (had_sheet or before is None or not (before.isVisible() and before.isEnabled())):
            visit.focus_next()
        if details is not None:
            details.close_sheet()

    def show_refusal(self, text: str) -> None:
        self.places.show_refusal(text, self._stage.current())

    def show_not_saved(self, sentence: str) -> None:
        """Say on every screen, until somebody retries, that something was not saved; "" ends it."""
        self.not_saved = sentence
        if sentence:
            self.places.show_not_saved(sentence)
        # While the bar is there F5 is its own.
        self._stage.leave_to_screen(RETRY_KEY, left=bool(sentence))
        self.refresh()

    def show_notice(self, text: str) -> None:
        self.saved = text
        self.refresh()

    def results_taken(self, text: str) -> None:
        self.show_notice(text)
        self.reload_lists()

    def save_record(self, visit_id: str) -> None:
        self.places.need_details(self.context).save_record(visit_id, self.show_notice)
