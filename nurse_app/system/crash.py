"""What happens after a defect: one line on stderr, one report file, one word to the window. It trusts nothing.

A report holds types, places, versions and the last log lines: nothing that anybody typed.
"""

import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

from nurse_app.system.fault_text import fault_lines, fingerprint
from nurse_app.visit.ports import Clock

_log = logging.getLogger("nurse_app.system")
_MOST_REPORTS = 50
_REPORT_NAME = re.compile(r"report-(\d{1,9})\.txt")

FaultListener = Callable[[int | None], None]


@dataclass(frozen=True, slots=True)
class ReportContents:
    """What a report says beside the fault: ``versions`` by name, ``log_tail`` the last log lines."""

    versions: Mapping[str, str]
    log_tail: Callable[[], Sequence[str]]


class CrashReporter:
    """Reports each defect once, from whichever thread it comes."""

    def __init__(self, folder: Path, contents: ReportContents, clock: Clock, stderr: TextIO | None) -> None:
        """``stderr`` is None in a program without a console."""
        self._folder = folder
        self._contents = contents
        self._clock = clock
        self._stderr = stderr
        self._listener: FaultListener | None = None
        self._seen: set[tuple[str, ...]] = set()
        self._lock = threading.Lock()

    def listen(self, listener: FaultListener) -> None:
        """Call ``listener`` after each new fault, in the fault's thread, with the report's number (None: no file)."""
        self._listener = listener

    def install(self) -> None:
        """Take over what Python does with an exception that nobody caught."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException) -> None:
        """Report a fault unless this one was reported before. Never raises an Exception itself."""
        # The handler of last resort has nobody above it: a fault in here must not hide the first one.
        with suppress(Exception):
            if not self._is_new(error):
                return
            number = self._write(error)
            self._tell(number)
            with suppress(Exception):
                _log.critical("internal error, report %s", number, exc_info=error)
            if self._listener is not None:
                self._listener(number)

    def _on_uncaught(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        # Ctrl+C is a wish and no fault.
        if not isinstance(error, KeyboardInterrupt):
            self.report(error)

    def _on_uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        # As Python does itself: a thread may end by SystemExit.
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value)

    def _is_new(self, error: BaseException) -> bool:
        mark = fingerprint(error)
        with self._lock:
            if mark in self._seen or len(self._seen) >= _MOST_REPORTS:
                return False
            self._seen.add(mark)
            return True

    def _tell(self, number: int | None) -> None:
        with suppress(Exception):
            if self._stderr is not None:
                which = "no report could be written" if number is None else f"report {number}"
                print(f"nurse-app: internal error ({which})", file=self._stderr, flush=True)

    def _write(self, error: BaseException) -> int | None:
        with suppress(Exception):
            text = self._text(error)
            self._folder.mkdir(parents=True, exist_ok=True)
            number = self._last_number()
            # Another copy of the program may take a number between our look and our opening.
            for _ in range(_MOST_REPORTS):
                number += 1
                with (
                    suppress(FileExistsError),
                    (self._folder / f"report-{number}.txt").open("x", encoding="utf-8") as file,
                ):
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                    return number
        return None

    def _last_number(self) -> int:
        names = (_REPORT_NAME.fullmatch(name) for name in os.listdir(self._folder))
        return max((int(name[1]) for name in names if name is not None), default=0)

    def _text(self, error: BaseException) -> str:
        reading = self._clock.read()
        lines = ["Internal error in nurse-app", f"at {reading.wall.isoformat()}, machine up for {reading.uptime}"]
        lines += [f"{name} {version}" for name, version in self._contents.versions.items()]
        lines += ["", *fault_lines(error), "", "Last log lines:", *self._contents.log_tail(), ""]
        return "\n".join(lines)
