"""The program's icon as Windows wants it, drawn from the SVG: python make_icon.py icon.svg icon.ico. Needs PySide6."""

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
# Smaller ones as plain pixels: tools that are older than Windows Vista's PNG icons read those.
SMALLEST_PNG = 256


def picture(svg: QSvgRenderer, size: int) -> QImage:
    """The icon in one size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    svg.render(painter)
    painter.end()
    return image


def as_png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


def as_pixels(image: QImage) -> bytes:
    """The picture as a bitmap within an icon: from the lowest row up, then a mask of which nothing is hidden."""
    size = image.width()
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    pixels = bytes(image.constBits())
    rows = [pixels[row * size * 4 : (row + 1) * size * 4] for row in reversed(range(size))]
    return header + b"".join(rows) + bytes((size + 31) // 32 * 4 * size)


def icon(svg: Path) -> bytes:
    """The icon file."""
    drawing = QSvgRenderer(str(svg))
    if not drawing.isValid():
        sys.exit(f"{svg} is no SVG picture.")
    images = [picture(drawing, size) for size in SIZES]
    contents = [as_png(image) if image.width() >= SMALLEST_PNG else as_pixels(image) for image in images]
    directory = struct.pack("<HHH", 0, 1, len(images))
    place = len(directory) + 16 * len(images)
    for image, content in zip(images, contents, strict=True):
        side = image.width() % 256
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(content), place)
        place += len(content)
    return directory + b"".join(contents)


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication(sys.argv[:1])
    Path(sys.argv[2]).write_bytes(icon(Path(sys.argv[1])))
