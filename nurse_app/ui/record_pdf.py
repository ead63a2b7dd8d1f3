"""The printed record as PDF/A-1b on A4: a head with the patient, bands and foot on every page, lines to sign."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase, QPagedPaintDevice, QPainter

from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.ui.paper import pdf_of
from nurse_app.ui.record_body import RecordBody, parts_of
from nurse_app.ui.record_page import PageFrame, paper_of
from nurse_app.ui.saved_file import save_whole


def load_record_fonts(resources: Path) -> None:
    """Load the bundled fonts, for a program that wears no theme."""
    for font in sorted((resources / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))


def write_record_pdf(document: RecordDocument, path: Path) -> str:
    """Write the record whole or not at all, in place of what was there; returns "" or a sentence that says why not."""
    why = save_whole(record_pdf(document), path)
    return why and _("The record was not written: {why}. Choose another place and save it again.").format(why=why)


def record_pdf(*documents: RecordDocument, writing_pt: float = 0.0) -> bytes:
    """The pages, one document after the other. Needs a running Qt application and the bundled fonts.

    ``writing_pt``: empty cells are as high as type of that size, to write in by hand.
    """
    return pdf_of(
        lambda writer: paint_records(documents, writer, writing_pt=writing_pt), documents[0].title, to_keep=True
    )


def paint_records(documents: tuple[RecordDocument, ...], device: QPagedPaintDevice, *, writing_pt: float = 0.0) -> bool:
    """All pages on a device that has pages, such as a printer; False when it takes none."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        for number, document in enumerate(documents):
            if number:
                device.newPage()
            _paint(document, device, painter, writing_pt)
    finally:
        # A device must not go while somebody paints on it.
        is_done = painter.end()
    return is_done


def _paint(document: RecordDocument, device: QPagedPaintDevice, painter: QPainter, writing_pt: float) -> None:
    """Lay the body out once, then paint page after page."""
    frame = PageFrame(document, device, paper_of(device))
    room, (first, *rest) = frame.area.size(), parts_of(document)
    bodies = [RecordBody(first, device, room, writing_pt=writing_pt)]
    bodies += [RecordBody(each, device, room, first, writing_pt=writing_pt) for each in rest]
    pages = [(body, page) for body in bodies for page in range(body.page_count)]
    for number, (body, page) in enumerate(pages, start=1):
        if number > 1:
            device.newPage()
        frame.paint(painter, number, len(pages))
        body.paint(painter, frame.area.topLeft(), page)
