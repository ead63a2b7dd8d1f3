"""Text on the screen: plain, wrapping, never cut short."""

import re

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import TextRole, Tone, set_look

NATURAL_WIDTH = 560
_SMALLEST_SHARE = 0.75
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%°]|/min\b|(?:mg|mcg|mL|g|kg|units|U|mmHg|min|h|d|s|y)\b)")
_NO_BREAK_SPACE = "\u00a0"
_BREAK_AFTER = re.compile(r"\S{20}(?=\S{5})")
_ZERO_WIDTH_SPACE = "\u200b"


class Text(QLabel):
    """A plain text of one role and tone. Asks for one line where there is room, wraps where there is not."""

    def __init__(self, text: str = "", role: TextRole = "body", tone: Tone = "neutral", *, name: str = "") -> None:
        super().__init__()
        self._text = ""
        # Measuring is slow and layouts ask all the time.
        self._measured: tuple[int, int] | None = None
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("textRole", role)
        self.setProperty("tone", tone)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        """The text as it was given."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; nothing happens when it is the same."""
        if text != self._text:
            self._text = text
            self._measured = None
            self.setText(_BREAK_AFTER.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", tied(text)))

    def set_tone(self, tone: Tone) -> None:
        set_look(self, "tone", tone)

    def set_role(self, role: TextRole) -> None:
        set_look(self, "textRole", role)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        line, _ = self._widths()
        width = min(line, current_theme().px(NATURAL_WIDTH)) + self._padding().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        _, word = self._widths()
        return QSize(word, self.fontMetrics().height()) + self._padding()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measured = None

    def _widths(self) -> tuple[int, int]:
        """The width of the longest line and of the longest word, in pixels."""
        self.ensurePolished()
        if self._measured is None:
            # One pixel more: a line as wide as its room is broken by Qt on some fonts.
            self._measured = (_widest_line(self, self._text) + 1, _widest_word(self, QLabel.text(self)) + 1)
        return self._measured

    def _padding(self) -> QSize:
        return self.size() - self.contentsRect().size()


class Digits(QWidget):
    """A short text that changes all the time: repainted alone, laid out again only when its size changes."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        super().__init__()
        self._text = ""
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; nothing happens when it is the same."""
        if text == self._text:
            return
        before = self.sizeHint()
        self._text = text
        self.setAccessibleName(text)
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = min(_widest_line(self, self._text) + 1, current_theme().px(NATURAL_WIDTH))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(_widest_word(self, self._text) + 1, self.fontMetrics().height())

    def heightForWidth(self, width: int) -> int:
        metrics = QFontMetrics(self._fitted_font(width))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        box = metrics.boundingRect(QRect(0, 0, width, 10_000), flags, self._text)
        return max(box.height(), self.fontMetrics().height())

    def _fitted_font(self, width: int) -> QFont:
        """The font, somewhat smaller where that keeps the text on one line."""
        font = QFont(self.font())
        natural = self.fontMetrics().horizontalAdvance(self._text) + 1
        if width < natural and width >= natural * _SMALLEST_SHARE:
            font.setPixelSize(font.pixelSize() * width // natural)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._fitted_font(self.width()))
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags, self._text)


def tied(text: str) -> str:
    """The text with each figure tied to its unit, so that no line ends between 0.5 and mg."""
    return _BEFORE_UNIT.sub(_NO_BREAK_SPACE, text)


def _widest_word(widget: QWidget, text: str) -> int:
    metrics = widget.fontMetrics()
    words = re.split(f"[ \n{_ZERO_WIDTH_SPACE}]", text)
    return max(metrics.horizontalAdvance(word) for word in words)


def _widest_line(widget: QWidget, text: str) -> int:
    metrics = widget.fontMetrics()
    return max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0)
