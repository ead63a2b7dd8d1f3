"""Qt's own messages, sent to the program's log."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger("nurse_app.qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

# Said by the offscreen plugin of every window; it means nothing.
_NOISE = "This plugin does not support propagateSizeHints()"


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Write one message of Qt to the log at its level, with Qt's own category."""
    if message == _NOISE:
        return
    category = context.category or "default"
    _log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", category, message)


def route_qt_messages() -> None:
    """From now on everything Qt has to say goes to the log. Qt keeps the handler for the life of the program."""
    qInstallMessageHandler(log_qt_message)
