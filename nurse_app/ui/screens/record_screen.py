"""A visit's timeline: every entry, nothing left out, and the way to say that one was wrong."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from nurse_app.presentation.timeline import TimelineRow, TimelineView
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.timeline_entry import TimelineEntry

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_AROUND = 60
_LINES_OF_PAGE = 10
_SCROLL_KEYS = (
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class RecordPage(Column):
    """Shows a TimelineView. Up and Down go from one entry that can be marked in error to the next."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=PAGE_GAP, name="record")
        self._visit_id = ""
        self._shown: list[QWidget] = []
        self._entries: dict[int, TimelineEntry] = {}
        self._title = PageTitle("", "", name="record.title")
        self._list = QFrame()
        self._list.setProperty("kind", "table")
        self._layout_of_list = QVBoxLayout(self._list)
        self._layout_of_list.setContentsMargins(0, 0, 0, 0)
        self._layout_of_list.setSpacing(0)
        self.add(self._title)
        self.add(self._list)
        self.add_stretch()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_view(self, view: TimelineView) -> None:
        """Show the entries; those already there stay the same widgets, so no focus and no place is lost."""
        if view.visit_id != self._visit_id:
            self._begin(view.visit_id)
        self._title.set_title(view.head.title)
        self._title.set_subtitle(view.head.lead)
        for row in view.rows:
            if row.number in self._entries:
                self._entries[row.number].show_row(row)
            else:
                self._append(row)

    def first_focus(self) -> None:
        """Put the focus on the list, so that the keys scroll it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, visit_id: str) -> None:
        self._visit_id = visit_id
        self._entries = {}
        for widget in self._shown:
            self._layout_of_list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []

    def _append(self, row: TimelineRow) -> None:
        if row.day:
            heading = Text(row.day, "heading", name=f"record.day.{row.number}")
            heading.setContentsMargins(12, 10, 12, 6)
            self._place(heading)
        entry = TimelineEntry(row)
        entry.correction_requested.connect(self.intent_requested)
        if entry.button is not None:
            entry.button.installEventFilter(self)
        self._entries[row.number] = entry
        self._place(entry)

    def _place(self, widget: QWidget) -> None:
        self._shown.append(widget)
        self._layout_of_list.addWidget(widget)

    # --- keys ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._go(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _go(self, button: QObject, step: int) -> None:
        shown = (entry.button for entry in self._entries.values())
        buttons = [each for each in shown if each is not None and not each.isHidden()]
        places = [place for place, other in enumerate(buttons) if other is button]
        following = places[0] + step if places else 0
        if 0 <= following < len(buttons):
            buttons[following].setFocus(Qt.FocusReason.TabFocusReason)
            self._bring_into_view(buttons[following])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        area = self._scroll_area()
        key = Qt.Key(event.key())
        if area is None or key not in _SCROLL_KEYS:
            super().keyPressEvent(event)
            return
        bar = area.verticalScrollBar()
        bar.setValue(_scrolled(key, bar.value(), area.viewport().height(), bar.maximum()))

    def _bring_into_view(self, widget: QWidget) -> None:
        area = self._scroll_area()
        if area is not None:
            area.ensureWidgetVisible(widget, 0, _AROUND)

    def _scroll_area(self) -> QScrollArea | None:
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above


def _scrolled(key: Qt.Key, now: int, page: int, end: int) -> int:
    """Where a key scrolls to, from the present place."""
    match key:
        case Qt.Key.Key_PageDown:
            return now + page
        case Qt.Key.Key_PageUp:
            return now - page
        case Qt.Key.Key_Down:
            return now + page // _LINES_OF_PAGE
        case Qt.Key.Key_Up:
            return now - page // _LINES_OF_PAGE
        case _:
            return end if key == Qt.Key.Key_End else 0
