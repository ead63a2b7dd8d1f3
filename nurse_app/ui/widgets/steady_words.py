"""Words with room of their own: while others stand in their place, nothing around them moves."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_app.ui.widgets.text import Text

_LEAST_LINES = 2


class SteadyWords(QWidget):
    """A note and a small remark under it, or other words instead of both.

    Its texts are in no layout: a layout asks the whole page for its sizes at every other word, many times a second.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._note = Text("", "note", name=f"{name}.note")
        self._remark = Text("", "small", name=f"{name}.remark")
        for text in (self._note, self._remark):
            text.setParent(self)
        self._resting = ("", "")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def rest(self, note: str, remark: str) -> None:
        """Say this as long as nothing else is said."""
        self._resting = (note, remark)
        self._say(note, remark)
        self.updateGeometry()

    def say_instead(self, words: str) -> None:
        """Say this in its place; "": back to what was."""
        self._say(*((words, "") if words else self._resting))

    def sizeHint(self) -> QSize:
        width = max(self._note.sizeHint().width(), self._remark.sizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._note.minimumSizeHint().width(), self._least())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shown = [text.heightForWidth(width) for text in (self._note, self._remark) if text.text()]
        return max(self._least(), sum(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _least(self) -> int:
        """Room for the words at any mark."""
        return _LEAST_LINES * self._note.fontMetrics().lineSpacing()

    def _say(self, note: str, remark: str) -> None:
        self._note.set_text(note)
        self._remark.set_text(remark)
        self._arrange()
        if self.heightForWidth(self.width()) > self.height():
            self.updateGeometry()

    def _arrange(self) -> None:
        top = 0
        for text in (self._note, self._remark):
            height = text.heightForWidth(self.width()) if text.text() else 0
            text.setGeometry(0, top, self.width(), height)
            text.setVisible(bool(height))
            top += height
