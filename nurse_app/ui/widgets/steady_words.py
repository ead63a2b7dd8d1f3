"""Words with room of their own: while others stand in their place, nothing around them moves."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_app.ui.widgets.kinds import TextRole
from nurse_app.ui.widgets.text import Text


class SteadyWords(QWidget):
    """A note and a small remark under it, or other words instead of both.

    Its texts are in no layout: a layout asks the whole page for its sizes at every other word, many times a second.
    """

    def __init__(self, note: str, remark: str = "", *, role: TextRole = "note", lines: int = 2) -> None:
        """``note`` and ``remark`` name the texts; there is room for so many ``lines`` at least."""
        super().__init__()
        self._lines = lines
        self._note = Text("", role, name=note)
        self._remark = Text("", "small", name=remark)
        for text in (self._note, self._remark):
            text.setParent(self)
        self._resting = ("", "")
        self._is_resting = True
        self._rest_height = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def rest(self, note: str, remark: str = "") -> None:
        """Say this as long as nothing else is said."""
        self._resting = (note, remark)
        self._is_resting = True
        self._say(note, remark)
        self.updateGeometry()

    def say_instead(self, words: str) -> None:
        """Say this in its place; "": back to what was."""
        self._is_resting = not words
        self._say(*((words, "") if words else self._resting))

    def sizeHint(self) -> QSize:
        width = max(self._note.sizeHint().width(), self._remark.sizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._note.minimumSizeHint().width(), self._least())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._least(), self._resting_height(width), self._height_of(self._note, width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _height_of(self, text: Text, width: int) -> int:
        return text.heightForWidth(width) if text.text() else 0

    def _resting_height(self, width: int) -> int:
        """What the words that rest need, whatever stands in their place."""
        if self._is_resting:
            self._rest_height = self._height_of(self._note, width) + self._height_of(self._remark, width)
        return self._rest_height

    def _least(self) -> int:
        """Room for the words at any mark."""
        return self._lines * self._note.fontMetrics().lineSpacing()

    def _say(self, note: str, remark: str) -> None:
        self._note.set_text(note)
        self._remark.set_text(remark)
        self._arrange()
        if self.heightForWidth(self.width()) > self.height():
            self.updateGeometry()

    def _arrange(self) -> None:
        top = 0
        for text in (self._note, self._remark):
            height = self._height_of(text, self.width())
            text.setGeometry(0, top, self.width(), height)
            text.setVisible(bool(height))
            top += height
