"""Reader mode: one large step at a time. Arrows turn the page, Enter records it, Esc leaves."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from nurse_app.i18n import _
from nurse_app.presentation.reaction import SignView
from nurse_app.presentation.reader import (
    SIGNS,
    ReaderPlace,
    ReaderStep,
    ReaderView,
    at_signs,
    backward,
    follow,
    onward,
    shown_step,
)
from nurse_app.ui.blocks.sign_board import SignBoard
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import PAGE_GAP, set_look
from nurse_app.ui.widgets.text import Text

_KEYS = (("Right", onward), ("PgDown", onward), ("Left", backward), ("PgUp", backward))


class Reader(Column):
    """Shows one step of a ReaderView. Nothing is blocked by it: every other key of the screen goes on."""

    intent_requested = Signal(object)
    left = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__(gap=PAGE_GAP, name=name)
        self._view: ReaderView | None = None
        self._place = ReaderPlace()
        self._number = Text("", "large", name=f"{name}.number")
        self._title = Text("", "huge", name=f"{name}.title")
        self._detail = Text("", "large", name=f"{name}.detail")
        self._time = Text("", "large", "done", name=f"{name}.time")
        self._signs = SignBoard(name=f"{name}.signs", chip=f"{name}.sign")
        self._signs.intent_requested.connect(self.intent_requested)
        self._done = Button("", role="primary", name=f"{name}.done")
        set_look(self._done, "scale", "huge")
        self._done.clicked.connect(self.press)
        # The next step comes to the same place: a second tap of a double tap must not record it.
        self._done.installEventFilter(self)
        self._build(name)
        self.hide()

    def show_view(self, view: ReaderView, signs: tuple[SignView, ...]) -> None:
        """Show the step of the reader; on to the next one when this one was done."""
        self._signs.show_signs(signs)
        if view == self._view:
            return
        self._view = view
        self._go(follow(view, self._place))

    def begin(self) -> None:
        """From the first thing to do."""
        if self._view is not None:
            self._go(follow(self._view, ReaderPlace()))
        self.first_focus()

    def first_focus(self) -> None:
        """Put the focus on the one large button."""
        self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.MouseButtonDblClick or super().eventFilter(watched, event)

    def _build(self, name: str) -> None:
        leave = Button(_("Whole list"), "Esc", name=f"{name}.leave")
        leave.clicked.connect(self.left)
        bind_key(leave, "Esc")
        self.add_row(self._number, leave, shares=(3, 1))
        self.add(self._title)
        self.add(self._detail)
        self.add(self._time)
        self.add(self._signs)
        self.add(self._done)
        self._back = Button(_("Back"), "←", name=f"{name}.back")
        self._back.clicked.connect(partial(self._turn, backward))
        self._onward = Button("", "→", name=f"{name}.onward")
        self._onward.clicked.connect(partial(self._turn, onward))
        self._to_signs = Button(_("Signs"), "S", name=f"{name}.to_signs")
        self._to_signs.clicked.connect(partial(self._turn, at_signs))
        bind_key(self._to_signs, "S")
        for button in (self._back, self._onward, self._to_signs):
            set_look(button, "scale", "large")
        self.add_row(self._back, self._to_signs, self._onward, gap=PAGE_GAP)
        self.add_stretch()
        for key, turn in _KEYS:
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._turn, turn))

    def _turn(self, turn: object) -> None:
        if self._view is not None and callable(turn):
            self._go(turn(self._view, self._place))
            self.first_focus()

    def _go(self, place: ReaderPlace) -> None:
        self._place = place
        if self._view is not None:
            self._show(shown_step(self._view, place))

    def _show(self, step: ReaderStep) -> None:
        self._number.set_text(step.number)
        self._title.set_text(step.title)
        self._detail.set_text(step.detail)
        self._time.set_text(_("Done {time}").format(time=step.time) if step.time else "")
        self._time.setVisible(bool(step.time))
        self._signs.setVisible(step.id == SIGNS)
        to_record = step.is_open and step.action is not None
        self._done.set_label(step.action.label if to_record and step.action else _("Go on"), "Enter")
        self._done.set_role("primary" if to_record else "secondary")
        self._onward.set_label(_("Skip, come back") if step.is_open else _("Next"), "→")

    def press(self) -> None:
        """Record the step that is shown, or go on when there is nothing to record."""
        if self._view is None:
            return
        step = shown_step(self._view, self._place)
        if step.is_open and step.action is not None:
            self.intent_requested.emit(step.action.intent)
        else:
            self._turn(onward)
