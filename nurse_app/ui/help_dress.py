"""Markdown of the help in the program's own type, sizes and colours; Qt would choose its own."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

_LINE_PERCENT = 122.0
_HEADING_SHARE = 1.2
# In pixels of a screen.
_ABOVE_HEADING, _BELOW_HEADING, _BELOW_TEXT, _BELOW_POINT = 16.0, 4.0, 8.0, 3.0
_CELL_PADDING = 6.0
_PICTURE = QTextDocument.ResourceType.ImageResource.value
_FULL_WIDTH = QTextLength(QTextLength.Type.PercentageLength, 100)


@dataclass(frozen=True, slots=True)
class HelpLook:
    """The type of the text, in pixels or points, and the colours."""

    font: QFont
    ink: QColor
    link: QColor
    key_ground: QColor
    line: QColor
    spacing: float = 1.0

    def heading_font(self) -> QFont:
        """The type of a heading."""
        font = QFont(self.font)
        font.setBold(True)
        if font.pixelSize() > 0:
            font.setPixelSize(round(font.pixelSize() * _HEADING_SHARE))
        else:
            font.setPointSizeF(font.pointSizeF() * _HEADING_SHARE)
        return font


def dress(document: QTextDocument, look: HelpLook) -> None:
    """Dress a document that was just set from Markdown."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        _dress_block(QTextCursor(block), block, look)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame, look)
    cursor.endEditBlock()


def fit_pictures(document: QTextDocument, folder: Path, width: float, *, scaled: bool) -> None:
    """Make every picture as wide as it is, or as ``width`` when that is less.

    ``scaled``: the picture itself is made smaller, smoothly, for a screen; paper takes it as it is.
    """
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        for piece in block.textFormats():
            if piece.format.isImageFormat():
                cursor.setPosition(block.position() + piece.start)
                cursor.setPosition(block.position() + piece.start + piece.length, QTextCursor.MoveMode.KeepAnchor)
                form = piece.format.toImageFormat()
                picture = QImage(str(folder / form.name()))
                form.setWidth(min(width, picture.width()))
                if scaled and picture.width() > width:
                    picture = picture.scaledToWidth(int(width), Qt.TransformationMode.SmoothTransformation)
                document.addResource(_PICTURE, QUrl(form.name()), picture)
                cursor.setCharFormat(form)
        block = block.next()


def _dress_block(cursor: QTextCursor, block: QTextBlock, look: HelpLook) -> None:
    is_heading = block.blockFormat().headingLevel() > 0
    form = QTextBlockFormat()
    # A share of a picture’s height would be a large gap.
    share = 100.0 if any(piece.format.isImageFormat() for piece in block.textFormats()) else _LINE_PERCENT
    form.setLineHeight(share, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    form.setTopMargin(look.spacing * (_ABOVE_HEADING if is_heading and block.position() else 0.0))
    below = _BELOW_HEADING if is_heading else _BELOW_POINT if block.textList() is not None else _BELOW_TEXT
    form.setBottomMargin(0.0 if cursor.currentTable() is not None else look.spacing * below)
    cursor.mergeBlockFormat(form)
    font = look.heading_font() if is_heading else look.font
    for piece in block.textFormats():
        cursor.setPosition(block.position() + piece.start)
        cursor.setPosition(block.position() + piece.start + piece.length, QTextCursor.MoveMode.KeepAnchor)
        if not piece.format.isImageFormat():
            cursor.setCharFormat(_dressed(piece.format, font, look))


def _dressed(before: QTextCharFormat, font: QFont, look: HelpLook) -> QTextCharFormat:
    """The format of a piece of text: plain, strong, a key, a link."""
    form = QTextCharFormat()
    is_key, link = before.fontFixedPitch(), before.anchorHref()
    shown = QFont(font)
    shown.setBold(font.bold() or is_key or before.fontWeight() >= QFont.Weight.Bold)
    form.setFont(shown)
    form.setForeground(QBrush(look.link if link else look.ink))
    if link:
        form.setAnchor(True)
        form.setAnchorHref(link)
        form.setFontUnderline(True)
    if is_key:
        form.setBackground(QBrush(look.key_ground))
    if before.hasProperty(QTextFormat.Property.TextToolTip):
        form.setToolTip(before.toolTip())
    return form


def _dress_table(table: QTextTable, look: HelpLook) -> None:
    form = table.format()
    form.setBorder(1)
    form.setBorderBrush(QBrush(look.line))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderCollapse(True)
    form.setCellPadding(look.spacing * _CELL_PADDING)
    form.setCellSpacing(0)
    form.setWidth(_FULL_WIDTH)
    form.setBottomMargin(look.spacing * _BELOW_TEXT)
    table.setFormat(form)
