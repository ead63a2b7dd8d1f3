"""How the cells of a table are drawn and measured: wrapping, toned, a line under each row."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from nurse_app.ui.theme import FAMILY, current_theme
from nurse_app.ui.widgets.kinds import Tone, colour_role, shape
from nurse_app.ui.widgets.table_head import PADDING, head_font
from nurse_app.ui.widgets.text import tied

_ICON_GAP = 6
_ICON = 15
_SIZE = 15


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell is written; the model's answer to ``Qt.ItemDataRole.UserRole``."""

    tone: Tone = "neutral"
    strong: bool = False
    align_right: bool = False

    def font(self) -> QFont:
        # Named: a painter takes what a font leaves open from the widget, and on Windows that is the font of lists.
        font = QFont(FAMILY)
        font.setPixelSize(current_theme().px(_SIZE))
        font.setBold(self.strong)
        return font

    def icon_room(self) -> int:
        return current_theme().px(_ICON) + _ICON_GAP if shape(self.tone) else 0

    def flags(self, text: str, width: int) -> int:
        """Qt's flags to write the text: between words, or anywhere when a word is too long for the cell."""
        too_long = _longest_word(QFontMetrics(self.font()), text) > width
        wrap = Qt.TextFlag.TextWrapAnywhere if too_long else Qt.TextFlag.TextWordWrap
        side = Qt.AlignmentFlag.AlignRight if self.align_right else Qt.AlignmentFlag.AlignLeft
        return int(wrap.value) | int(side.value) | int(Qt.AlignmentFlag.AlignVCenter.value)


class CellDelegate(QStyledItemDelegate):
    """Draws a cell in its tone, with the tone's shape; marks the chosen row."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = current_theme()
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.colour("brand_ground" if chosen else "surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("brand"))
        text = _text(index)
        if text:
            _write(painter, rect.adjusted(PADDING, 0, -PADDING, -1), text, _look(index))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        table = self.parent()
        text = _text(index)
        if not text or not isinstance(table, QTableView):
            return QSize(0, 0)
        look = _look(index)
        width = max(table.columnWidth(index.column()) - 2 * PADDING - look.icon_room(), 1)
        metrics = QFontMetrics(look.font())
        box = metrics.boundingRect(QRect(0, 0, width, 10_000), look.flags(text, width), text)
        return QSize(width, box.height() + 2 * PADDING)


def widths_of(table: QTableView, column: int) -> tuple[int, int]:
    """The width at which no cell of a column wraps, and that of its longest word."""
    model = table.model()
    head = str(model.headerData(column, Qt.Orientation.Horizontal))
    metrics = QFontMetrics(head_font())
    natural, smallest = metrics.horizontalAdvance(head), _longest_word(metrics, head)
    for row in range(model.rowCount()):
        index = model.index(row, column)
        look, text = _look(index), _text(index)
        metrics = QFontMetrics(look.font())
        natural = max(natural, metrics.horizontalAdvance(text) + look.icon_room())
        smallest = max(smallest, _longest_word(metrics, text) + look.icon_room())
    frame = 2 * PADDING + 2
    return natural + frame, smallest + frame


def _write(painter: QPainter, place: QRect, text: str, look: CellLook) -> None:
    theme = current_theme()
    icon = shape(look.tone)
    if icon:
        size = theme.px(_ICON)
        pixmap = theme.pixmap(icon, colour_role(look.tone), size)
        painter.drawPixmap(place.left(), place.center().y() - size // 2, pixmap)
    place.setLeft(place.left() + look.icon_room())
    painter.setFont(look.font())
    painter.setPen(theme.colour(colour_role(look.tone)))
    painter.drawText(place, look.flags(text, place.width()), text)


def _longest_word(metrics: QFontMetrics, text: str) -> int:
    return max(metrics.horizontalAdvance(word) for word in text.replace("\n", " ").split(" "))


def _text(index: QModelIndex | QPersistentModelIndex) -> str:
    return tied(str(index.data() or ""))


def _look(index: QModelIndex | QPersistentModelIndex) -> CellLook:
    look = index.data(Qt.ItemDataRole.UserRole)
    return look if isinstance(look, CellLook) else CellLook()
