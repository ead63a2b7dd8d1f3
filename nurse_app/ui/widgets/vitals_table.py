"""Vital signs side by side by time: baseline first, the newest last, then what is due."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.kinds import Tone
from nurse_app.ui.widgets.text import Text

_TITLE_WIDTH = 130
_COLUMN_WIDTH = 84
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class VitalsColumn:
    """The head of a column: clock time above, place in the visit below."""

    top: str
    bottom: str = ""
    due: bool = False


@dataclass(frozen=True, slots=True)
class VitalsLine:
    """One vital sign: a cell for each column; ``tones`` mark cells that need a look, their words are in the cell."""

    title: str
    cells: tuple[str, ...]
    tones: tuple[Tone, ...] = ()


class VitalsTable(QWidget):
    """Shows as many columns as fit: always the baseline and the newest; a line below counts what is left out."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._columns: tuple[VitalsColumn, ...] = ()
        self._lines: tuple[VitalsLine, ...] = ()
        self._shown: tuple[int, ...] = ()
        self._table = QFrame()
        self._left_out = Text("", "note", name=f"{name}.left_out")
        self._left_out.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self._table)
        self._layout.addWidget(self._left_out)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        current_theme().changed.connect(self._on_theme)

    def show_vitals(self, columns: tuple[VitalsColumn, ...], rows: tuple[VitalsLine, ...]) -> None:
        """Show these; nothing happens when they are the same."""
        if (columns, rows) != (self._columns, self._lines):
            self._columns, self._lines = columns, rows
            self._rebuild(self._fitting())

    def minimumSizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(
            theme.layout_px(_TITLE_WIDTH) + _FEWEST * theme.px(_COLUMN_WIDTH), super().minimumSizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = self._fitting()
        if fitting != self._shown:
            self._rebuild(fitting)

    def _on_theme(self) -> None:
        self._rebuild(self._fitting())

    def _fitting(self) -> tuple[int, ...]:
        """The columns there is room for: the first, and as many as fit from the end."""
        theme = current_theme()
        room = (self.width() - theme.layout_px(_TITLE_WIDTH)) // theme.px(_COLUMN_WIDTH)
        count = len(self._columns)
        fit = max(room, _FEWEST)
        if count <= fit:
            return tuple(range(count))
        return (0, *range(count - fit + 1, count))

    def _rebuild(self, shown: tuple[int, ...]) -> None:
        self._shown = shown
        table = QFrame()
        table.setProperty("kind", "table")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setColumnMinimumWidth(0, current_theme().layout_px(_TITLE_WIDTH))
        for column in range(len(shown)):
            grid.setColumnStretch(column + 1, 1)
        heads = [self._columns[index] for index in shown]
        texts = [_(words.VITAL_SIGNS), *(f"{head.top}\n{head.bottom}".strip() for head in heads)]
        _fill(grid, 0, [Text(text, "mark") for text in texts], "table-head")
        for row, line in enumerate(self._lines, start=1):
            cells = [Text(line.title), *(self._cell(line, index) for index in shown)]
            _fill(grid, row, cells, "table-cell" if row < len(self._lines) else "table-last")
        self._layout.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table
        missing = len(self._columns) - len(shown)
        self._left_out.set_text(_(words.EARLIER_LEFT_OUT).format(count=missing) if missing else "")
        self._left_out.setVisible(missing > 0)

    def _cell(self, line: VitalsLine, index: int) -> Text:
        tone = line.tones[index] if index < len(line.tones) else "neutral"
        column = self._columns[index]
        cell = Text(line.cells[index], "strong" if tone != "neutral" else "body", tone)
        cell.setAccessibleName(f"{line.title}, {column.top} {column.bottom}: {line.cells[index]}")
        return cell


def _fill(grid: QGridLayout, row: int, cells: list[Text], kind: str) -> None:
    for column, cell in enumerate(cells):
        cell.setProperty("kind", kind)
        cell.setMargin(0)
        grid.addWidget(cell, row, column)
