"""The printed record as PDF/A-1b on A4: a head with the patient, bands and foot on every page, lines to sign."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QFontDatabase, QPageLayout, QPageSize, QPainter, QPdfWriter

from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.ui.record_body import RecordBody, parts_of
from nurse_app.ui.record_page import PageFrame, paper_of
from nurse_app.ui.saved_file import save_whole

RESOLUTION = 600


def load_record_fonts(resources: Path) -> None:
    """Load the bundled fonts, for a program that wears no theme."""
    for font in sorted((resources / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))


def write_record_pdf(document: RecordDocument, path: Path) -> str:
    """Write the record whole or not at all, in place of what was there; returns "" or a sentence that says why not."""
    why = save_whole(record_pdf(document), path)
    return why and _("The record was not written: {why}. Choose another place and save it again.").format(why=why)


def record_pdf(document: RecordDocument) -> bytes:
    """The pages. Needs a running Qt application and the bundled fonts."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    writer.setTitle(document.title)
    writer.setCreator("nurse-app")
    _paint(document, writer)
    buffer.close()
    return bytes(content.data())


def _paint(document: RecordDocument, writer: QPdfWriter) -> None:
    """Lay the body out once, then paint page after page."""
    frame = PageFrame(document, writer, paper_of(writer))
    room, (first, *rest) = frame.area.size(), parts_of(document)
    bodies = [RecordBody(first, writer, room), *(RecordBody(each, writer, room, first) for each in rest)]
    pages = [(body, page) for body in bodies for page in range(body.page_count)]
    painter = QPainter(writer)
    for number, (body, page) in enumerate(pages, start=1):
        if number > 1:
            writer.newPage()
        frame.paint(painter, number, len(pages))
        body.paint(painter, frame.area.topLeft(), page)
    painter.end()
