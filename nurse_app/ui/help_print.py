"""A page of the help on paper: the same Markdown, in type for paper, with the head and foot of every printed page."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAbstractTextDocumentLayout, QPagedPaintDevice, QPainter, QPalette, QTextDocument

from nurse_app import __version__
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.presentation.help_topics import HelpTopic
from nurse_app.presentation.protocol_words import standing_notices
from nurse_app.ui.help_dress import HelpLook, dress, fit_pictures
from nurse_app.ui.record_page import PageFrame, paper_of
from nurse_app.ui.record_style import BLACK, GREY, HEAD_GROUND, record_font

_TEXT_PT = 9.0
_SPACING = 0.7
# In pixels of a screen, which Qt scales to the paper.
_PICTURE_WIDTH = 460.0


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A topic with what stands around it on paper."""

    topic: HelpTopic
    around: RecordDocument


def help_page(topic: HelpTopic, protocol: InfusionProtocol) -> HelpPage:
    """The topic as a page to print."""
    around = RecordDocument(
        title=topic.title,
        banners=(),
        notices=standing_notices(protocol),
        subject=(("", _("Infusion assistant: help")),),
        sections=(),
        signatures=(),
        foot=(_("nurse-app {version}").format(version=__version__),),
        entries=(),
    )
    return HelpPage(topic, around)


def paint_help(page: HelpPage, folder: Path, device: QPagedPaintDevice) -> bool:
    """All pages of a topic on a device that has pages; False when it takes none. Pictures lie in ``folder``."""
    frame = PageFrame(page.around, device, paper_of(device))
    text = QTextDocument()
    text.documentLayout().setPaintDevice(device)
    text.setDocumentMargin(0)
    font = record_font(_TEXT_PT)
    text.setDefaultFont(font)
    text.setMarkdown(page.topic.text)
    dress(text, HelpLook(font, BLACK, BLACK, HEAD_GROUND, GREY, _SPACING))
    fit_pictures(text, folder, _PICTURE_WIDTH, scaled=False)
    text.setPageSize(frame.area.size())
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        count = text.pageCount()
        for number in range(count):
            if number:
                device.newPage()
            frame.paint(painter, number + 1, count)
            _paint(text, painter, frame.area, number)
    finally:
        is_done = painter.end()
    return is_done


def _paint(text: QTextDocument, painter: QPainter, area: QRectF, number: int) -> None:
    height = area.height()
    painter.save()
    painter.translate(area.topLeft() - QPointF(0, number * height))
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, number * height, area.width(), height)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, BLACK)
    context.palette = palette
    painter.setClipRect(context.clip)
    text.documentLayout().draw(painter, context)
    painter.restore()
