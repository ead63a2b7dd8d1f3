"""The list of topics: a heading a group, and under the one in use its topics, so that it fits beside the page."""

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from nurse_app.presentation.help_topics import HelpBook
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.kinds import TARGET

_KEY, _GROUP, _HEADING = (Qt.ItemDataRole.UserRole + place for place in range(3))
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1}
_AROUND = 28
_ABOVE_AND_BELOW = 12
_TEXT = 15
_ENDLESS = 10_000


class TopicList(QListWidget):
    """Up and Down go from topic to topic and open the group they come to; a touch does the same.

    ``paged`` is the wish to read on in the topic, in pages.
    """

    picked = Signal(str)
    paged = Signal(int)

    def __init__(self, book: HelpBook, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for place, group in enumerate(book.groups):
            self._add(group.title, group.topics[0].key, place, is_heading=True)
            for topic in group.topics:
                self._add(topic.title, topic.key, place, is_heading=False)
        self._open_group(0)
        self.currentItemChanged.connect(self._on_current)
        current_theme().changed.connect(self._fit)

    def choose(self, key: str) -> None:
        """Mark a topic and open its group; nobody is told."""
        for row in range(self.count()):
            item = self.item(row)
            if item.data(_KEY) == key and not _is_heading(item):
                self._open_group(item.data(_GROUP))
                with QSignalBlocker(self):
                    self.setCurrentItem(item)
                self.scrollToItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PAGES:
            self.paged.emit(_PAGES[key])
            return
        step = _STEPS.get(key)
        if step is None:
            super().keyPressEvent(event)
            return
        topics = [item for row in range(self.count()) if not _is_heading(item := self.item(row))]
        place = topics.index(self.currentItem()) + step if self.currentItem() in topics else 0
        if 0 <= place < len(topics):
            self._on_current(topics[place])

    def keyboardSearch(self, search: str) -> None:
        """Letters are the keys of buttons here; Qt would jump to a topic that begins with one."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _add(self, title: str, key: str, group: int, *, is_heading: bool) -> None:
        item = QListWidgetItem(title, self)
        item.setData(_KEY, key)
        item.setData(_GROUP, group)
        item.setData(_HEADING, is_heading)

    def _open_group(self, group: int) -> None:
        for row in range(self.count()):
            item = self.item(row)
            item.setHidden(item.data(_GROUP) != group and not _is_heading(item))

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.choose(item.data(_KEY))
            self.picked.emit(item.data(_KEY))

    def _fit(self) -> None:
        """Each row as high as its words need at this width and size of text, and never too low for a glove."""
        font = QFont(self.font())
        font.setPixelSize(current_theme().px(_TEXT))
        heading = QFont(font)
        heading.setBold(True)
        width = self.viewport().width()
        for row in range(self.count()):
            item = self.item(row)
            item.setFont(heading if _is_heading(item) else font)
            room = QRect(0, 0, width - _AROUND, _ENDLESS)
            box = QFontMetrics(item.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(width, max(box.height() + _ABOVE_AND_BELOW, TARGET)))


def _is_heading(item: QListWidgetItem) -> bool:
    return bool(item.data(_HEADING))
