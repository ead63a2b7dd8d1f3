"""The heads of a table's columns: small bold type that wraps instead of being cut."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from nurse_app.ui.theme import FAMILY, current_theme

PADDING = 12
_SIZE = 12


class TableHead(QHeaderView):
    """Draws the heads; ``height_needed`` says how tall they are at the widths they have."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("edge"))
        painter.setFont(head_font())
        painter.setPen(theme.colour("ink_second"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(PADDING, 0, 0, -1), flags, self._title(section))
        painter.restore()

    def height_needed(self) -> int:
        """The height in pixels at which no head is cut."""
        metrics = QFontMetrics(head_font())
        heights = [metrics.height()]
        for section in range(self.count()):
            room = QRect(0, 0, max(self.sectionSize(section) - PADDING, 1), 10_000)
            heights.append(metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._title(section)).height())
        return max(heights) + 2 * PADDING

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal))


def head_font() -> QFont:
    """The type of a column's head."""
    # Named, as a cell’s is: see there.
    font = QFont(FAMILY)
    font.setPixelSize(current_theme().px(_SIZE))
    font.setBold(True)
    return font
