"""About the program, at work: what it says of itself is read behind the entries, and so is a licence to be shown."""

from collections.abc import Callable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.interchange.parts_list import Part
from nurse_app.presentation.about import AboutFacts, present_about, present_part
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.about_screen import AboutScreen
from nurse_app.ui.work import Work


class AboutWork:
    """Makes the page each time somebody goes there."""

    def __init__(self, parts: AppParts, work: Work, intent: SignalInstance) -> None:
        self._about = parts.about()
        self._work = work
        self._intent = intent
        self._screen: AboutScreen | None = None
        self._listed: tuple[Part, ...] = ()
        # What is read belongs to the page it was asked on. The page itself must not go along to the thread of the
        # entries: where the last one to know a widget lets go of it, Qt deletes it, and that is not its thread.
        self._opened = 0

    def open_page(self, show: Callable[[QWidget], None]) -> None:
        """Show the page; its words come as soon as they are read."""
        screen = AboutScreen()
        screen.intent_requested.connect(self._intent)
        screen.part_requested.connect(self._read)
        self._screen = screen
        self._opened += 1
        show(screen)
        screen.first_focus()
        opened = self._opened
        self._work.submit(self._about.facts, lambda facts: self._take(opened, facts))

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on."""
        if screen is not self._screen:
            self._screen = None

    def _take(self, opened: int, facts: AboutFacts) -> None:
        if self._screen is not None and opened == self._opened:
            self._listed = facts.parts
            self._screen.show_view(present_about(facts))

    def _read(self, place: str) -> None:
        part, opened = self._listed[int(place)], self._opened
        self._work.submit(lambda: self._about.text_of(part), lambda text: self._show(opened, part, text))

    def _show(self, opened: int, part: Part, text: str) -> None:
        if self._screen is not None and opened == self._opened:
            self._screen.show_part(present_part(part, text))
