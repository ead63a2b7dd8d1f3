"""What stands in the entries of a sheet, so that one can tell whether somebody has begun to fill it in."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from nurse_app.ui.widgets.choice import Choice


def entries_of(widget: QWidget) -> tuple[str, ...]:
    """Every text typed and every chip chosen; compare with what it was when the sheet was opened."""
    typed = [entry.text() for entry in widget.findChildren(QLineEdit)]
    written = [entry.toPlainText() for entry in widget.findChildren(QPlainTextEdit)]
    chosen = [choice.objectName() for choice in widget.findChildren(Choice) if choice.chosen]
    return tuple(text for text in (*typed, *written, *chosen) if text)
