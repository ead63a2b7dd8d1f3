"""Help over whatever is on: that screen stays beneath as it is, with its sheet and what was typed."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from nurse_app.presentation import intents as i
from nurse_app.presentation.help_page import PaperFor, present_help
from nurse_app.presentation.help_topics import HelpBook, Whereabouts, read_book, topic_for
from nurse_app.presentation.home import present_cards
from nurse_app.presentation.patient_order import due_by, shown_name
from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.help_files import help_folder, help_texts
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.chrome import keys_in_help
from nurse_app.ui.screens.people_screen import NewPersonScreen, SignInScreen
from nurse_app.ui.session import Session
from nurse_app.ui.stage import Stage
from nurse_app.ui.work import Work

if TYPE_CHECKING:
    from nurse_app.ui.help_paper import HelpPaper
    from nurse_app.ui.scenes import Scenes
    from nurse_app.ui.screens.help_screen import HelpScreen

HELP_KEY, BACK_KEY = "F1", "F4"
# A form takes a tenth of a second, and the clocks wait meanwhile.
MOST_FORMS = 12


class Helping:
    """Makes the help screen when somebody asks, keeps its clocks running, and goes back."""

    def __init__(self, parts: AppParts, work: Work, session: Session, scenes: "Scenes", stage: Stage) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._scenes = scenes
        self._stage = stage
        self._screen: HelpScreen | None = None
        self._focus: QWidget | None = None
        self._patient_id = ""
        self._paper: HelpPaper | None = None
        self.book: Callable[[], HelpBook] = cache(self._read)

    @property
    def is_on(self) -> bool:
        return self._screen is not None and self._stage.current() is self._screen

    def takes_key(self, key: str) -> bool:
        """F1 shows the help, and goes back from it as F4 does; says whether the key was one of these."""
        if self.is_on and key in (HELP_KEY, BACK_KEY):
            self.close()
            return True
        if key == HELP_KEY:
            self.open(i.GoToHelp())
            return True
        return False

    def open(self, asked: i.GoToHelp) -> None:
        """Show the topic asked for, else that of what is on."""
        where = self._where()
        self._patient_id = asked.patient_id or self._patient_of(where.place)
        if not self.is_on:
            self._show_screen()
        self._show(asked.topic or topic_for(where))
        self._scenes.refresh()
        if self._screen is not None:
            self._screen.first_focus()

    def close(self) -> None:
        """Back to what was on; nothing happens when help is not."""
        if self.is_on:
            self._screen = None
            self._stage.leave_over()
            self._scenes.refresh()
            self._give_focus_back()

    def _give_focus_back(self) -> None:
        """Where it was, so that Enter means what it meant; Qt might choose any button, Reaction among them."""
        focus, self._focus = self._focus, None
        visit = self._scenes.places.visit_on(self._stage.current())
        if focus is not None and Shiboken.isValid(focus) and focus.isVisible() and focus.isEnabled():
            focus.setFocus()
        elif visit is not None:
            visit.focus_next()

    def refresh(self, current: QWidget | None) -> bool:
        """Show the clocks and alarms of now, when help is what is on; says whether it is."""
        screen, visit_id = self._screen, self._scenes.visit_id
        if screen is None or current is not screen:
            return False
        contexts = self._scenes.contexts
        cards = present_cards(contexts.of_open_visits(), self._parts.zone, private=self._hides_names)
        screen.show_visits(cards, visit_id, self._scenes.reaction_key.target(cards))
        return True

    def _read(self) -> HelpBook:
        return read_book(help_texts(self._parts.resources), self._parts.service.protocol)

    def _where(self) -> Whereabouts:
        scenes, current = self._scenes, self._stage.current()
        visit = self._parts.service.visits().get(scenes.visit_id)
        has_sheet = isinstance(current, HomeFrame | VisitFrame) and current.sheet_open
        return Whereabouts(
            place=scenes.place,
            phase=visit.state.phase if visit is not None else None,
            sheet=scenes.sheet_kind if has_sheet and not scenes.is_home(current) else None,
            nobody_in=isinstance(current, SignInScreen | NewPersonScreen),
            not_saved=bool(scenes.not_saved),
            # The only sheet over home asks whether the clock is right.
            clock_asked=has_sheet and scenes.is_home(current),
            interrupted=isinstance(scenes.place, i.GoToVisit) and scenes.interrupting.is_waiting(scenes.visit_id),
        )

    def _show_screen(self) -> None:
        module = import_module("nurse_app.ui.screens.help_screen")
        screen: HelpScreen = module.HelpScreen(self.book(), help_folder(self._parts.resources))
        screen.left.connect(self.close)
        screen.topic_picked.connect(self._show)
        screen.intent_requested.connect(self._on_intent)
        screen.reaction_of.connect(self._scenes.reaction_of)
        self._scenes.wire(screen)
        screen.footer.show_keys(tuple(keys_in_help()))
        self._screen = screen
        self._focus = QApplication.focusWidget()
        self._stage.show_over(screen)

    def _show(self, key: str) -> None:
        if self._screen is not None:
            self._screen.show_view(
                present_help(self.book().topic(key), self._paper_for(), signed_in=not self._hides_names)
            )

    # --- paper ---

    @property
    def _hides_names(self) -> bool:
        return self._session.locked or not self._session.user_id

    def _patient_of(self, place: i.Navigation) -> str:
        if isinstance(place, i.GoToPatient | i.GoToTrends):
            return place.patient_id
        visit = self._parts.service.visits().get(self._scenes.visit_id)
        return visit.state.patient_id if visit is not None else ""

    def _paper_for(self) -> PaperFor:
        if self._hides_names:
            return PaperFor()
        known, due = self._scenes.patients.get(self._patient_id), self._due()
        paper = PaperFor(due=len(due[:MOST_FORMS]), all_due=len(due))
        if known is None:
            return paper
        return replace(paper, patient_id=self._patient_id, name=shown_name(str(known.get("name") or "")))

    def _due(self) -> tuple[str, ...]:
        today = self._parts.clock.read().wall.astimezone(self._parts.zone).date().isoformat()
        return due_by(self._scenes.patients, today)

    def _on_intent(self, intent: object) -> None:
        if not isinstance(intent, i.MakePaper) or self._screen is None:
            # A page of the program comes on in the place of the help.
            if isinstance(intent, i.PageBeside):
                self.close()
            self._scenes.intent.emit(intent)
            return
        if self._paper is None:
            self._paper = import_module("nurse_app.ui.help_paper").HelpPaper(self._parts, self._work)
        whose = self._due()[:MOST_FORMS] if intent.what == "due" else (intent.patient_id,)
        screen = self._screen
        self._paper.make(intent, screen, whose, lambda: self._stage.current() is screen and not self._hides_names)
