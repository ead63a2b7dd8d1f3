"""A table of records: read by row, worked by keyboard, touch or the button of a row."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSizePolicy, QTableView, QWidget

from nurse_app.interchange.spreadsheet import harmless
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.burst import ENTER_KEYS, Burst
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column_widths import share_width
from nurse_app.ui.widgets.kinds import Tone
from nurse_app.ui.widgets.table_cells import CellDelegate, CellLook, widths_of
from nurse_app.ui.widgets.table_head import TableHead

_NO_INDEX = QModelIndex()
_ROW_HEIGHT = 59
_BUTTON_MARGIN = 12
_KEYBOARD_REASONS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """The head of a column."""

    title: str
    strong: bool = False
    align_right: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One record: a text for each column, tones where a cell needs a look, and the label of its button."""

    key: str
    cells: tuple[str, ...]
    tones: tuple[Tone, ...] = ()
    action: str = ""


class RowsModel(QAbstractTableModel):
    """Rows as Qt's views read them; the last column holds the buttons."""

    def __init__(self, columns: tuple[TableColumn, ...]) -> None:
        super().__init__()
        self.columns = columns
        self.rows: tuple[TableRow, ...] = ()

    def show_rows(self, rows: tuple[TableRow, ...]) -> None:
        """Take these rows instead of those before."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def set_title(self, column: int, title: str) -> None:
        """Name a column otherwise."""
        named = replace(self.columns[column], title=title)
        self.columns = (*self.columns[:column], named, *self.columns[column + 1 :])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns) + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.spoken(row)
        if index.column() == len(self.columns):
            return row.action if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.cells[index.column()]
        return self._look(row, index.column()) if role == Qt.ItemDataRole.UserRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self.columns[section].title if section < len(self.columns) else ""

    def spoken(self, row: TableRow) -> str:
        """The whole row, each cell behind its head: who goes down a column hears what the others say."""
        pairs = zip(self.columns, row.cells, strict=True)
        return ", ".join(f"{column.title} {cell}".strip() for column, cell in pairs if cell)

    def text_of(self, places: Iterable[int]) -> str:
        """Heads and rows with tabs between their cells, as word processors and spreadsheets take a table."""
        heads = tuple(column.title for column in self.columns)
        lines = (heads, *(self.rows[place].cells for place in places))
        return "".join("\t".join(harmless(" ".join(cell.split())) for cell in line) + "\n" for line in lines)

    def _look(self, row: TableRow, number: int) -> CellLook:
        column = self.columns[number]
        tone = row.tones[number] if number < len(row.tones) else "neutral"
        return CellLook(tone, strong=column.strong, align_right=column.align_right)


class DataTable(QTableView):
    """As wide as its place and as tall as its rows; arrows choose a row, Enter or its button opens it.

    Of rows without a button several may be chosen (Shift with arrows, Ctrl+A). Ctrl+C copies those, or all.
    """

    row_activated = Signal(str)
    row_selected = Signal(str)

    def __init__(self, columns: tuple[TableColumn, ...], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._rows_model = RowsModel(columns)
        self._hint_height = 0
        self._copy_head = ""
        self._burst = Burst()
        self._head = TableHead(self)
        self.setHorizontalHeader(self._head)
        self.setModel(self._rows_model)
        self.setItemDelegate(CellDelegate(self))
        self._set_up()
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.doubleClicked.connect(self._on_index)
        current_theme().changed.connect(self._fit)

    def show_rows(self, rows: tuple[TableRow, ...]) -> None:
        """Show these rows; the chosen row stays chosen while it is there."""
        if rows == self._rows_model.rows:
            return
        chosen = self.selected_key()
        self._rows_model.show_rows(rows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.SingleSelection if any(row.action for row in rows) else mode.ExtendedSelection)
        for number, row in enumerate(rows):
            if row.action:
                self.setIndexWidget(self._rows_model.index(number, len(self._rows_model.columns)), self._button(row))
        keys = [row.key for row in rows]
        if chosen in keys:
            self.select_row(chosen)
        self._fit()

    def set_title(self, column: int, title: str) -> None:
        """Name a column otherwise."""
        if title != self._rows_model.columns[column].title:
            self._rows_model.set_title(column, title)
            self._fit()

    def select_row(self, key: str) -> None:
        """Choose a row by its key; nothing happens when it is not there."""
        for number, row in enumerate(self._rows_model.rows):
            if row.key == key:
                flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
                self.selectionModel().setCurrentIndex(self._rows_model.index(number, 0), flags)

    def selected_key(self) -> str:
        """The key of the chosen row, or ""."""
        # Qt makes the first row current whenever the focus comes; only a row seen as chosen counts.
        chosen = self.selectionModel().selectedRows()
        return self._rows_model.rows[chosen[0].row()].key if chosen else ""

    def sizeHint(self) -> QSize:
        return QSize(400, self._hint_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._hint_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif self._burst.is_press(event) or event.key() == Qt.Key.Key_Space:
            self._activate(self.selected_key())
        elif event.key() in ENTER_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def set_copy_head(self, words: str) -> None:
        """What stands above the rows that are copied, such as whose they are."""
        self._copy_head = words

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as text, or all when none is chosen."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        text = self._rows_model.text_of(chosen or range(self._rows_model.rowCount()))
        QGuiApplication.clipboard().setText(f"{self._copy_head}\n{text}" if self._copy_head else text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._burst.forget()
        if event.reason() in _KEYBOARD_REASONS and not self.selected_key() and self._rows_model.rows:
            self.select_row(self._rows_model.rows[0].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()

    def _fit(self) -> None:
        """Share the width among the columns and grow to the height of all rows."""
        count = len(self._rows_model.columns)
        buttons = self._button_width()
        widths = [widths_of(self, column) for column in range(count)]
        natural, smallest = [natural for natural, _ in widths], [smallest for _, smallest in widths]
        for column, width in enumerate(share_width(natural, smallest, self.maximumViewportSize().width() - buttons)):
            self.setColumnWidth(column, width)
        self.setColumnWidth(count, buttons)
        floor = current_theme().layout_px(_ROW_HEIGHT)
        rows = range(self._rows_model.rowCount())
        heights = [max(self.sizeHintForRow(row), floor) for row in rows]
        for row, height in zip(rows, heights, strict=True):
            self.setRowHeight(row, height)
        head = self._head.height_needed()
        self._head.setFixedHeight(head)
        tall = sum(heights) + head + 2 * self.frameWidth()
        if tall != self._hint_height:
            self._hint_height = tall
            self.updateGeometry()

    def _button_width(self) -> int:
        widths = [0]
        for row in range(self._rows_model.rowCount()):
            holder = self.indexWidget(self._rows_model.index(row, len(self._rows_model.columns)))
            if holder is not None:
                widths.append(holder.sizeHint().width())
        return max(widths)

    def _button(self, row: TableRow) -> QWidget:
        button = Button(row.action, name=f"{self.objectName()}.{row.key}")
        button.setAccessibleName(f"{row.action} {row.cells[0]}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(partial(self._activate, row.key))
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(_BUTTON_MARGIN, 7, _BUTTON_MARGIN, 8)
        layout.addWidget(button)
        return holder

    def _activate(self, key: str) -> None:
        if key:
            self.row_activated.emit(key)

    def _on_index(self, index: QModelIndex) -> None:
        self._activate(self._rows_model.rows[index.row()].key)

    def _on_row(self, current: QModelIndex) -> None:
        if current.isValid():
            self.row_selected.emit(self._rows_model.rows[current.row()].key)
