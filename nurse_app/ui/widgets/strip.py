"""A tone’s shape beside texts: what was found, or what became of something."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import Tone, shape
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Text

_ICON_PX = 24


class Strip(BarFrame):
    """The shape, a word under it, and the texts."""

    def __init__(self, tone: Tone, word: str, texts: QWidget) -> None:
        super().__init__("strip")
        self.set_bar(tone)
        mark = QVBoxLayout()
        mark.setSpacing(2)
        mark.addWidget(Icon(shape(tone), tone, _ICON_PX), 0, Qt.AlignmentFlag.AlignHCenter)
        mark.addWidget(Text(word, "mark", tone), 0, Qt.AlignmentFlag.AlignHCenter)
        mark.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 12, 16, 12)
        layout.setSpacing(14)
        layout.addLayout(mark)
        layout.addWidget(texts, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
