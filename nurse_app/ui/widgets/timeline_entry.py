"""One entry of a timeline: when, what, who, what is unusual about it, and what corrected it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.timeline import TimelineRow
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import Tone
from nurse_app.ui.widgets.text import Text

_TIME_WIDTH, _NAME_WIDTH, _BUTTON_WIDTH = 78, 150, 150
_STRUCK = "text-decoration: line-through;"
_MARGINS, _GAP = (12, 4, 8, 5), 12


class TimelineEntry(QWidget):
    """Shows a TimelineRow. A corrected one is struck through, with the correction under it."""

    correction_requested = Signal(object)

    def __init__(self, row: TimelineRow) -> None:
        super().__init__()
        name = f"entry.{row.number}"
        self.setObjectName(name)
        self._row: TimelineRow | None = None
        self._time = Text("", "strong", name=f"{name}.time")
        self._words = Text("", name=f"{name}.words")
        self._by = Text("", "note", name=f"{name}.by")
        self._said = Column(gap=3)
        self._said.add(self._words)
        # Most entries need none of these: they are made when they are needed.
        self._marks: Chip | None = None
        self._correction: Chip | None = None
        self._button: Button | None = None
        self._space = QSpacerItem(0, 0)
        self._lay_out(row)
        current_theme().changed.connect(self._fit)
        self._fit()
        self.show_row(row)

    @property
    def button(self) -> Button | None:
        """Asks to mark the entry in error; None for entries that cannot be."""
        return self._button

    def show_row(self, row: TimelineRow) -> None:
        """Show the entry as it stands now; nothing happens when it is as before."""
        if row == self._row:
            return
        self._row = row
        self._time.set_text(row.time)
        self._words.set_text(row.words)
        self._by.set_text(row.by)
        marks = " · ".join(row.marks)
        self._marks = self._chip(self._marks, marks, "information", "marks")
        self._correction = self._chip(self._correction, row.correction, "caution", "correction")
        self._words.set_tone("muted" if row.correction else "neutral")
        self._strike(struck=bool(row.correction))
        if self._button is not None:
            self._button.setVisible(row.correct is not None)
            self._button.setAccessibleName(_("Mark entry {n} in error: {words}").format(n=row.number, words=row.words))
        said = (row.time, row.by, marks, row.correction)
        self.setAccessibleName(row.words)
        self.setAccessibleDescription(" · ".join(part for part in said if part))

    def _chip(self, chip: Chip | None, words: str, tone: Tone, part: str) -> Chip | None:
        if chip is None and words:
            chip = Chip("", tone, name=f"{self.objectName()}.{part}")
            self._said.add_left(chip)
        if chip is not None:
            chip.show_state(words, tone)
            chip.setVisible(bool(words))
        return chip

    def _strike(self, *, struck: bool) -> None:
        # Struck through is a fact about this entry, not a look; a font set here would not outlive the style sheet.
        style = _STRUCK if struck else ""
        if self._words.styleSheet() != style:
            self._words.setStyleSheet(style)

    def _lay_out(self, row: TimelineRow) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*_MARGINS)
        layout.setSpacing(_GAP)
        layout.addWidget(self._time, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._by, 0, Qt.AlignmentFlag.AlignVCenter)
        if row.correct is not None:
            self._button = Button(_("Mark in error…"), role="quiet", name=f"{self.objectName()}.correct")
            self._button.clicked.connect(lambda: self.correction_requested.emit(row.correct))
            kept = self._button.sizePolicy()
            # An entry that was corrected keeps its columns where they were.
            kept.setRetainSizeWhenHidden(True)
            self._button.setSizePolicy(kept)
            layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            layout.addSpacerItem(self._space)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _fit(self) -> None:
        theme = current_theme()
        self._time.setFixedWidth(theme.px(_TIME_WIDTH))
        self._by.setFixedWidth(theme.layout_px(_NAME_WIDTH))
        if self._button is not None:
            self._button.setFixedWidth(theme.px(_BUTTON_WIDTH))
        else:
            self._space.changeSize(theme.px(_BUTTON_WIDTH) + _GAP, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, current_theme().colour("line"))
