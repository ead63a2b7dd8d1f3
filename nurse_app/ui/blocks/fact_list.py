"""Facts about the program, one a line: what it is on the left, how it stands on the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from nurse_app.ui.widgets.text import Text


def fact_list(lines: tuple[tuple[str, str], ...], name: str) -> QWidget:
    """The lines of (label, words) under one another; the words of each are called ``name`` and its place."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for row, (label, words) in enumerate(lines):
        grid.addWidget(Text(label, "note"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(words, name=f"{name}.{row}"), row, 1)
    return made
