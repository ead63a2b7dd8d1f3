"""The card of an interrupted step: where the nurse was, what to read again, one button to go on."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from nurse_app.presentation.interruption import InterruptedView, LineAgain
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column, VerticalScroll
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import PAGE_GAP, TextRole, Tone
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.text import Digits, Text

INTERRUPT_KEY = "F2"
_MARGINS = (28, 16, 12, 12)
_ENTER = "Enter"


class InterruptedCard(QFrame):
    """Shows an InterruptedView in the place of page or sheet."""

    go_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("interrupted")
        self.setProperty("kind", "sheet")
        self._view: InterruptedView | None = None
        self._lines: QWidget | None = None
        self._title = PageTitle(name="interrupted.title")
        self._clock = Digits("", name="interrupted.clock")
        self._read = Text("", "title", name="interrupted.read_again")
        self._button = Button("", _ENTER, "primary", name="interrupted.go_on")
        self._button.setProperty("scale", "large")
        self._button.clicked.connect(self.go_on)
        self._place = Column()
        column = Column(gap=PAGE_GAP)
        for widget in (self._title, self._clock, self._read, self._place):
            column.add(widget)
        column.add_stretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*_MARGINS)
        layout.addWidget(VerticalScroll(column, name="interrupted.scroll"), 1)
        layout.addWidget(self._button)

    def first_focus(self) -> None:
        """On the only button there is."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: InterruptedView) -> None:
        """Show where it was; cheap when nothing changed."""
        before, self._view = self._view, view
        self._clock.set_text(view.clock)
        self._clock.setVisible(bool(view.clock))
        if before is not None and replace(before, clock=view.clock) == view:
            return
        self._title.set_title(view.head.title)
        self._title.set_subtitle(view.head.lead)
        self._read.set_text(view.read_again)
        self._button.set_label(view.action, _ENTER)
        if self._lines is not None:
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = _list(view.lines)
        self._place.add(self._lines)


def _list(lines: tuple[LineAgain, ...]) -> QWidget:
    """The lines as a list to read down; done ones with a tick, the next one in bold."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(PAGE_GAP)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    for row, line in enumerate(lines):
        icons = {"done": "check", "current": "arrow", "next": ""}
        tone: Tone = "done" if line.state == "done" else "brand"
        role: TextRole = "strong" if line.state == "current" else "body"
        name = f"interrupted.line.{line.id}"
        grid.addWidget(Icon(icons[line.state], tone, 16), row, 0)
        grid.addWidget(Text(line.title, role, name=name), row, 1)
        grid.addWidget(Text(line.note, role, tone, name=f"{name}.note"), row, 2)
    return holder
