"""Pages as PDF: the one place that sets up Qt’s writer for them."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

_NO_MARGINS = QMarginsF(0, 0, 0, 0)
PORTRAIT = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, _NO_MARGINS)
LANDSCAPE = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, _NO_MARGINS)
# Fine enough for whatever is drawn.
RESOLUTION = 600


def pdf_of(
    paint: Callable[[QPdfWriter], object],
    title: str,
    *,
    layout: QPageLayout = PORTRAIT,
    dots_per_inch: int = RESOLUTION,
    to_keep: bool = False,
) -> bytes:
    """What ``paint`` paints on a writer, as a PDF; ``to_keep``: as PDF/A-1b, for archives."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    if to_keep:
        writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(dots_per_inch)
    writer.setPageLayout(layout)
    writer.setTitle(title)
    writer.setCreator("nurse-app")
    paint(writer)
    buffer.close()
    return bytes(content.data())
