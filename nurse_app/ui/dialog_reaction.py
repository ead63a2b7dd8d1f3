"""Reaction in a window beside the program’s own, such as the system’s for printing: no dialog keeps a nurse from it."""

import sys

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from nurse_app.i18n import _
from nurse_app.ui.blocks.reaction_row import REACTION_KEY
from nurse_app.ui.frame import HomeFrame, VisitFrame
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.button import Button


def give_reaction(dialog: QDialog, beside: QWidget) -> None:
    """Give a dialog the Reaction key, and a button where its layout takes one; it is gone before the reaction opens.

    ``beside`` is the page that it belongs to.
    """
    frame = _frame_of(beside)
    if frame is None or not frame.can_react:
        return

    def react() -> None:
        dialog.reject()
        frame.window().activateWindow()
        frame.react()

    shortcut = QShortcut(QKeySequence(REACTION_KEY), dialog)
    shortcut.activated.connect(react)
    layout = dialog.layout()
    # Dialogs of the system itself have none.
    if layout is not None:
        button = Button(_(words.REACTION), REACTION_KEY, "danger-outline", name=f"{dialog.objectName()}.reaction")
        button.setAutoDefault(False)
        button.clicked.connect(react)
        layout.addWidget(button)


def hides_reaction(beside: QWidget, platform: str = sys.platform) -> bool:
    """Whether a window of the system would keep a nurse from the reaction: on Windows its print window holds all up."""
    frame = _frame_of(beside)
    return platform == "win32" and frame is not None and frame.can_react


def _frame_of(widget: QWidget) -> HomeFrame | VisitFrame | None:
    at: QWidget | None = widget
    while at is not None and not isinstance(at, HomeFrame | VisitFrame):
        at = at.parentWidget()
    return at
