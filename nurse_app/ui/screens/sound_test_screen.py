"""The sound test: three sounds with their colour and word, then one question."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.intents import GoHome
from nurse_app.presentation.sound_test import SoundTestView, SoundView
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import PAGE_GAP, Tone, set_look
from nurse_app.ui.widgets.strip import Strip
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Text

_BACK_KEY, _PLAY_KEY, _HEARD_KEY, _NOT_HEARD_KEY = "Esc", "P", "Y", "N"
_ICON_PX = 28


class _SoundCard(BarFrame):
    """One sound: its shape and word, what it sounds like, what it asks of the nurse, whether it plays."""

    def __init__(self, view: SoundView) -> None:
        super().__init__("card")
        name = f"sound_test.{view.priority}"
        self.setObjectName(name)
        self._tone = view.tone
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Icon(view.priority, view.tone, _ICON_PX))
        head.addWidget(Text(_(words.PRIORITY_WORDS[view.priority]), "heading", view.tone, name=f"{name}.word"))
        head.addStretch()
        self._status = Text("", "strong", view.tone, name=f"{name}.status")
        head.addWidget(self._status, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 16, 14)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(Text(view.meaning, "strong"))
        layout.addWidget(Text(view.sound, "note"))

    def show_sound(self, view: SoundView) -> None:
        self._status.set_text(view.status)
        # The whole card takes the colour of its priority while its sound plays.
        set_look(self, "kind", "strip" if view.now else "card")
        self.set_bar(self._tone if view.now else "neutral")


class SoundTestScreen(HomeFrame):
    """Shows a SoundTestView. What is pressed is for whoever plays and records."""

    intent_requested = Signal(object)
    play_requested = Signal()
    heard = Signal()
    not_heard = Signal()

    def __init__(self, view: SoundTestView) -> None:
        super().__init__(_("Sound test"), search_hint="", name="sound_test")
        self.search.hide()
        self._view: SoundTestView | None = None
        self._strips: tuple[QWidget, ...] = ()
        self._notes = Column(gap=PAGE_GAP)
        self._result = Column(gap=PAGE_GAP)
        self._cards = tuple(_SoundCard(sound) for sound in view.sounds)
        self._last = Text("", "note", name="sound_test.last")
        self._play = Button("", _PLAY_KEY, "primary", name="sound_test.play")
        self._play.clicked.connect(self.play_requested)
        self._question = Text(_("Did you hear all three?"), "title", name="sound_test.question")
        self._heard = Button(_("Heard"), _HEARD_KEY, "primary", name="sound_test.heard")
        self._heard.clicked.connect(self.heard)
        self._not_heard = Button(_("Not heard"), _NOT_HEARD_KEY, "danger-outline", name="sound_test.not_heard")
        self._not_heard.clicked.connect(self.not_heard)
        for button in (self._play, self._heard, self._not_heard):
            button.setProperty("scale", "large")
        self._bind()
        self._lay_out(view.lead)
        self.show_view(view)

    def _bind(self) -> None:
        keys = ((self._play, _PLAY_KEY), (self._heard, _HEARD_KEY), (self._not_heard, _NOT_HEARD_KEY))
        for button, key in keys:
            bind_key(button, key)
        self._back = Button(_("Back to the ward"), _BACK_KEY, name="sound_test.back")
        self._back.clicked.connect(lambda: self.intent_requested.emit(GoHome()))
        bind_key(self._back, _BACK_KEY)
        self.add_action(self._back)

    def _lay_out(self, lead: str) -> None:
        self._answers = Column(gap=PAGE_GAP)
        self._answers.add(self._question)
        self._answers.add_row(self._heard, self._not_heard, gap=PAGE_GAP)
        page = Column(gap=PAGE_GAP)
        page.add(self._notes)
        page.add(Text(lead, "lead"))
        page.add_row(*self._cards, gap=PAGE_GAP)
        page.add(self._answers)
        page.add(self._result)
        page.add(self._play)
        page.add(self._last)
        page.add_stretch()
        self.set_page(page)

    def show_view(self, view: SoundTestView) -> None:
        """Show how far the test is; what was pressed and is gone hands the focus on."""
        before, self._view = self._view, view
        if view == before:
            return
        for card, sound in zip(self._cards, view.sounds, strict=True):
            card.show_sound(sound)
        self._last.set_text(view.last)
        self._play.set_label(view.play, _PLAY_KEY)
        self._play.set_role("primary" if self._play_comes_first(view) else "secondary")
        self._answers.setVisible(view.asks)
        if before is None or (before.trouble, before.result) != (view.trouble, view.result):
            self._show_strips(view)
        if before is not None and (before.asks, before.result) != (view.asks, view.result):
            self.first_focus()

    def first_focus(self) -> None:
        """The one thing to do now."""
        view = self._view
        if view is None or view.plays or self._play_comes_first(view):
            self._play.setFocus()
        else:
            (self._heard if view.asks else self._back).setFocus()

    @staticmethod
    def _play_comes_first(view: SoundTestView) -> bool:
        return not (view.plays or view.asks or view.is_heard)

    def _show_strips(self, view: SoundTestView) -> None:
        for strip in self._strips:
            strip.hide()
            strip.deleteLater()
        made: list[QWidget] = []
        for lines, place, tone, name in self._said(view):
            texts = Column(gap=2, name=name)
            for line in lines:
                texts.add(Text(line, "strong"))
            made.append(Strip(tone, "", texts))
            place.add(made[-1])
        self._strips = tuple(made)
        self._notes.setVisible(bool(view.trouble))
        self._result.setVisible(bool(view.result))

    def _said(self, view: SoundTestView) -> Iterator[tuple[tuple[str, ...], Column, Tone, str]]:
        """What is said, where, in which tone, and the name of it."""
        if view.trouble:
            yield (view.trouble,), self._notes, "hold", "sound_test.trouble"
        if view.result:
            yield view.result, self._result, "done" if view.is_heard else "hold", "sound_test.result"
