"""A panel that takes the place of the middle for a while; the clocks beside it stay in sight."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from nurse_app.i18n import _
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import VerticalScroll
from nurse_app.ui.widgets.page_title import PageTitle

CLOSE_KEY = "Esc"


class Sheet(QFrame):
    """Holds one content with a title; Esc or its button closes it and the focus goes back where it was."""

    closed = Signal()

    def __init__(self, *, name: str = "sheet") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "sheet")
        self._came_from: QWidget | None = None
        self._title = PageTitle(name=f"{name}.title")
        self._close = Button(_(words.CLOSE), CLOSE_KEY, "quiet", name=f"{name}.close", icon="close")
        self._close.clicked.connect(self.close_content)
        bind_key(self._close, CLOSE_KEY)
        self._scroll = VerticalScroll(name=f"{name}.scroll")
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 16, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    @property
    def content(self) -> QWidget | None:
        return self._scroll.widget()

    def show_content(self, content: QWidget, title: str, subtitle: str = "") -> None:
        """Show a content under a title; it is deleted when another one comes or the sheet is closed."""
        before = self.content
        if before is None:
            self._came_from = QApplication.focusWidget()
        self._title.set_title(title)
        self._title.set_subtitle(subtitle)
        self._scroll.set_content(content)
        if before is not None and before is not content:
            before.deleteLater()

    def focus_content(self) -> None:
        """Put the focus into the content, or on the close button when it takes none."""
        content = self.content
        first = _first_focusable(content) if content is not None else None
        (first or self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_content(self) -> None:
        """Delete the content and say so; nothing happens when there is none."""
        content = self.content
        if content is None:
            return
        self._scroll.set_content(None)
        content.deleteLater()
        came_from, self._came_from = self._came_from, None
        self.closed.emit()
        # The page may have been built anew meanwhile.
        if came_from is not None and Shiboken.isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)


def _first_focusable(content: QWidget) -> QWidget | None:
    candidates = [content, *content.findChildren(QWidget)]
    return next(
        (
            widget
            for widget in candidates
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.isVisibleTo(content)
        ),
        None,
    )
