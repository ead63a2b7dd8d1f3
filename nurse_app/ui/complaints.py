"""Hearing what Qt and the program complain of while windows are painted, and seeing whether they were."""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from nurse_app.ui.qtlog import route_qt_messages

_PROGRAM, _QT = "nurse_app", "nurse_app.qt"
# So small that a look at each dot is nothing, and large enough that no screen becomes one colour.
_THUMBNAIL = (64, 36)


# Folders before a file's name, in quotes with blanks or without: they may name the user.
_FOLDERS = re.compile(
    r"""(?<=["'])(?:[A-Za-z]:)?[\\/][^"']*[\\/](?=[^"'\\/]*["'])|(?:[A-Za-z]:)?[\\/](?:[^\s"'\\/]+[\\/])+"""
)


def without_folders(words: str) -> str:
    """The words with each path cut to the name of its file."""
    return _FOLDERS.sub("…/", words)


class _Listener(logging.Handler):
    """Keeps Qt's words without folders; of other topics only that there was something: words may name somebody."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(without_folders(record.getMessage()) if record.name == _QT else str(record.msg))


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collects, as they come, warnings of Qt and of the program, and the names of errors that nobody caught."""
    heard: list[str] = []
    route_qt_messages()
    listener, logger, hook = _Listener(heard), logging.getLogger(_PROGRAM), sys.excepthook

    def hear(kind: type[BaseException], _error: BaseException, _trace: TracebackType | None) -> None:
        heard.append(kind.__name__)

    logger.addHandler(listener)
    sys.excepthook = hear
    try:
        yield heard
    finally:
        sys.excepthook = hook
        logger.removeHandler(listener)


def is_blank(picture: Path) -> bool:
    """Whether a picture of a window shows nothing: it cannot be read, or all of it has one colour."""
    image = QImage(str(picture))
    if image.isNull():
        return True
    small = image.scaled(*_THUMBNAIL, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    width, height = _THUMBNAIL
    return len({small.pixel(x, y) for x in range(width) for y in range(height)}) == 1
