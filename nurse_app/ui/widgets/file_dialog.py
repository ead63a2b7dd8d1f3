"""Choosing one file, beside the window and without leaving a trace of what was chosen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_SIZE = (900, 560)
_KEPT_BY_QT = "FileDialog"


def ask_for_file(parent: QWidget, title: str, folder: str, chosen: Callable[[str], None], *, name: str) -> None:
    """Show the dialog; it holds nothing up and goes with ``parent``. Asked again while it is there, nothing happens."""
    there = parent.findChild(QFileDialog, name)
    if there is not None:
        there.activateWindow()
        return
    before = _settings()
    dialog = QFileDialog(parent, title, folder)
    dialog.setObjectName(name)
    # The system’s own remembers names of files, and some platforms have none.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.ReadOnly)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(*_SIZE)
    dialog.fileSelected.connect(chosen)
    # Keys are the page’s again: not every desktop sees to that for a window that holds nothing up.
    dialog.finished.connect(parent.activateWindow)
    # Qt writes at the very end which folders were looked at.
    dialog.destroyed.connect(lambda: _put_back(before))
    dialog.show()


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
