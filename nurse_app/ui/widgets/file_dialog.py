"""Choosing one file, in the place of the page, without leaving a trace of what was chosen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from nurse_app.ui.frame import HomeFrame

_LEAST_HEIGHT = 360
_KEPT_BY_QT = "FileDialog"


def ask_for_file(page: HomeFrame, title: str, folder: str, chosen: Callable[[str], None], *, name: str) -> None:
    """Show Qt’s dialog as a sheet of the page; it goes with the page. Asked again while it is there, nothing happens.

    As a window of its own it would lie over clocks and Reaction, and take their keys.
    """
    there = page.findChild(QFileDialog, name)
    if there is None:
        page.show_sheet(_made(page, folder, chosen, name), title)
        there = page.findChild(QFileDialog, name)
    entry = there.findChild(QLineEdit, "fileNameEdit") if there is not None else None
    if entry is not None:
        entry.setFocus(Qt.FocusReason.OtherFocusReason)


def _made(page: HomeFrame, folder: str, chosen: Callable[[str], None], name: str) -> QWidget:
    before = _settings()
    dialog = QFileDialog(page, "", folder)
    dialog.setWindowFlags(Qt.WindowType.Widget)
    dialog.setObjectName(name)
    # The system’s own remembers names of files, and some platforms have none.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.ReadOnly)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setSizeGripEnabled(False)
    dialog.setMinimumHeight(_LEAST_HEIGHT)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(page.close_sheet)
    # Keys are the page’s again: not every desktop sees to that once the list of names has been open.
    dialog.finished.connect(page.activateWindow)
    # Qt writes at the very end which folders were looked at.
    dialog.destroyed.connect(lambda: _put_back(before))
    return dialog


def _store() -> QSettings:
    return QSettings(QSettings.Scope.UserScope, "QtProject")


def _settings() -> Mapping[str, object]:
    store = _store()
    store.beginGroup(_KEPT_BY_QT)
    return {key: store.value(key) for key in store.allKeys()}


def _put_back(before: Mapping[str, object]) -> None:
    store = _store()
    store.beginGroup(_KEPT_BY_QT)
    store.remove("")
    for key, value in before.items():
        store.setValue(key, value)
