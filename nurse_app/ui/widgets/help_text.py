"""A page of the help: Markdown in the type, sizes and colours of the theme, with links and pictures."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser

from nurse_app.ui.help_dress import HelpLook, dress, fit_pictures
from nurse_app.ui.theme import FAMILY, current_theme

_ENDING = ".md"
_TEXT = 16
_MARGIN = 20


class HelpText(QTextBrowser):
    """Shows one topic. ``topic_requested`` carries the key of a topic whose link was pressed.

    The keyboard scrolls it; Tab goes from link to link and Enter follows one.
    """

    topic_requested = Signal(str)

    def __init__(self, folder: Path, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._folder = folder
        self._text = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_link)
        current_theme().changed.connect(self._show)

    def page(self, pages: int) -> None:
        """Scroll so many pages down; less than 0 is up."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def show_text(self, title: str, text: str) -> None:
        """Show a topic from its beginning."""
        self.setAccessibleName(title)
        self._text = text
        self._show()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_pictures()

    def _fit_pictures(self) -> None:
        """Pictures are never wider than the page."""
        room = max(self.viewport().width() - 2 * _MARGIN, 1)
        fit_pictures(self.document(), self._folder, room, scaled=True)

    def _show(self) -> None:
        theme = current_theme()
        font = QFont(FAMILY)
        font.setPixelSize(theme.px(_TEXT))
        # A document that is set anew keeps formats of the text before.
        document = QTextDocument(self)
        document.setDefaultFont(font)
        document.setDocumentMargin(_MARGIN)
        document.setMarkdown(self._text)
        ink, link, ground, line = (theme.colour(role) for role in ("ink", "brand", "brand_ground", "line"))
        dress(document, HelpLook(font, ink, link, ground, line))
        self.setDocument(document)
        self._fit_pictures()

    def _on_link(self, url: QUrl) -> None:
        if url.path().endswith(_ENDING):
            self.topic_requested.emit(url.path().removesuffix(_ENDING))
