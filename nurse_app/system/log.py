"""The program's log: a rotating file in UTC and the last lines in memory, with no patient's data in either.

Messages are literals; a test reads the source for it. What is put into them is checked here, as it is written: numbers,
members of enumerations, names of classes, and ids as this program makes them pass; any other text becomes "…".
"""

import logging
import re
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path

from nurse_app.system.fault_text import fault_lines

ROOT = "nurse_app"
TOPICS = frozenset(
    f"{ROOT}.{room}"
    for room in (
        "main", "cli", "ui", "qt", "presentation", "store", "protocol_files", "system", "interchange", "visit",
    )
)  # fmt: skip
LEFT_OUT = "…"
_FILE_NAME = "nurse-app.log"
_FILE_BYTES = 1_000_000
_OLD_FILES = 4
_TAIL_LINES = 200
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def safe_argument(value: object) -> object:
    """What may stand in a log line for ``value``: itself, or "…"."""
    if value is None or isinstance(value, Enum | int | float | Decimal | timedelta):
        return value
    if isinstance(value, type):
        return value.__qualname__
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    return LEFT_OUT


def is_known_topic(record: logging.LogRecord) -> bool:
    """Whether the record belongs to one of TOPICS or to a part of one."""
    return any(record.name == topic or record.name.startswith(f"{topic}.") for topic in TOPICS)


class SafeFormatter(logging.Formatter):
    """One line a record, safe arguments only; of an exception its types and places."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        lines = [f"{at} {record.levelname} {record.name}: {_message(record)}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += fault_lines(record.exc_info[1])
        return "\n".join(lines)


def _message(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return LEFT_OUT
    try:
        if isinstance(record.args, Mapping):
            return record.msg % {name: safe_argument(value) for name, value in record.args.items()}
        return record.msg % tuple(safe_argument(value) for value in record.args or ())
    except (TypeError, ValueError, KeyError):
        # For instance "…" where the message wants a number: better the bare message than no line.
        return record.msg


class LogTail(logging.Handler):
    """Keeps the last lines for a fault report."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=_TAIL_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))

    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)


class ProgramLog:
    """The log of one run, from ``start`` to ``stop``."""

    def __init__(self, tail: LogTail, file: Path | None, handlers: tuple[logging.Handler, ...]) -> None:
        self.tail = tail
        self.file = file
        self._handlers = handlers

    @classmethod
    def start(cls, folder: Path, level: int = logging.INFO) -> "ProgramLog":
        """Write the log into ``folder``. Where that cannot be written, ``file`` is None and only the tail is kept."""
        tail = LogTail()
        file = _open_file(folder)
        handlers: tuple[logging.Handler, ...] = (tail,) if file is None else (tail, file)
        logger = logging.getLogger(ROOT)
        for handler in handlers:
            handler.addFilter(is_known_topic)
            handler.setFormatter(SafeFormatter())
            logger.addHandler(handler)
        logger.setLevel(level)
        # Above us a library may have a handler of its own, which would write everything.
        logger.propagate = False
        # A full disk costs log lines, and must not reach a nurse as a traceback.
        logging.raiseExceptions = False
        return cls(tail, None if file is None else Path(file.baseFilename), handlers)

    def stop(self) -> None:
        """Close the file and leave logging as it was found."""
        logger = logging.getLogger(ROOT)
        for handler in self._handlers:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(logging.NOTSET)
        logger.propagate = True
        logging.raiseExceptions = True


def _open_file(folder: Path) -> RotatingFileHandler | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(folder / _FILE_NAME, maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    except OSError:
        return None
