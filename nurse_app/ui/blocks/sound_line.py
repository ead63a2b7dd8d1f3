"""A strip on home about the sound of alarms, with the way to the sound test."""

from typing import Protocol

from PySide6.QtCore import Signal

from nurse_app.i18n import _
from nurse_app.presentation.intents import GoToSoundTest
from nurse_app.presentation.sound_offer import SoundOfferView
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import show_part
from nurse_app.ui.widgets.strip import Strip
from nurse_app.ui.widgets.text import Text

SOUND_TEST_KEY = "F9"


class Offer(Protocol):
    """What is to be said of the sound, and putting it off."""

    def view(self) -> SoundOfferView | None: ...

    def put_off(self) -> None: ...


class SoundLine(Column):
    """Shows what an Offer says; nothing when it says nothing."""

    intent_requested = Signal(object)

    def __init__(self, offer: Offer) -> None:
        super().__init__(name="home.sound")
        self._offer = offer
        self._view: SoundOfferView | None = None
        self._strip: Strip | None = None
        self.hide()

    @property
    def says_something(self) -> bool:
        return self._view is not None

    def refresh(self) -> None:
        """Show what is so now."""
        view = self._offer.view()
        if view == self._view:
            return
        self._view = view
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None
        if view is not None:
            self._strip = self._made(view)
            self.add(self._strip)
        show_part(self, shown=view is not None)

    def _made(self, view: SoundOfferView) -> Strip:
        texts = Column(gap=8)
        text = Text(view.text, "strong", name="home.sound.text")
        play = Button(_("Sound test"), SOUND_TEST_KEY, name="home.sound.test")
        play.clicked.connect(lambda: self.intent_requested.emit(GoToSoundTest()))
        if not view.can_wait:
            texts.add_row(text, play, shares=(4, 1))
            return Strip(view.tone, "", texts)
        later = Button(_("Later"), role="quiet", name="home.sound.later")
        later.clicked.connect(self._put_off)
        texts.add_row(text, play, later, shares=(5, 2, 1))
        return Strip(view.tone, "", texts)

    def _put_off(self) -> None:
        self._offer.put_off()
        self.refresh()
