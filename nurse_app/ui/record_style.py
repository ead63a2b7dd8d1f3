"""Type and greys of the printed record: made for black ink."""

from PySide6.QtGui import QColor, QFont

FAMILY = "DejaVu Sans"
BLACK = QColor("#000000")
GREY = QColor("#777777")
HEAD_GROUND = QColor("#EDEDED")
BAND_GROUND = QColor("#E0E0E0")


def record_font(points: float, *, bold: bool = False) -> QFont:
    """The bundled type in a size for paper."""
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
