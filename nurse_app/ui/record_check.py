"""The check of all records at work: on a thread of its own, so that no entry and no window ever waits for it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.presentation.record_check import CheckState, present_check
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.check_screen import CheckScreen
from nurse_app.visit.record_check import CheckSummary


class _StoppedError(Exception):
    """The program ends; nobody waits for the result."""


class RecordCheck:
    """Makes the page, runs the check, and keeps its result as long as the program runs."""

    def __init__(self, parts: AppParts, intent: SignalInstance) -> None:
        self._parts = parts
        self._intent = intent
        self._bridge = Bridge()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._state = CheckState()
        self._screen: CheckScreen | None = None
        self._is_stopped = False

    @property
    def is_running(self) -> bool:
        return self._state.running

    def open_page(self, show: Callable[[QWidget], None]) -> None:
        """Show the page with whatever is known."""
        screen = CheckScreen()
        screen.intent_requested.connect(self._intent)
        screen.check_requested.connect(self._start)
        self._screen = screen
        self._show()
        show(screen)
        screen.first_focus()

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on; the check goes on."""
        if screen is not self._screen:
            self._screen = None

    def stop(self) -> None:
        """End what is running, and the thread."""
        self._is_stopped = True
        self._thread.shutdown(wait=True)

    def _start(self) -> None:
        if self._state.running:
            return
        self._become(CheckState(running=True))
        future = self._thread.submit(self._parts.check_records, self._progress)
        future.add_done_callback(lambda ended: self._bridge.deliver(lambda: self._end(ended)))

    def _progress(self, done: int, total: int) -> None:
        """Called on the thread of the check."""
        if self._is_stopped:
            raise _StoppedError
        self._bridge.deliver(lambda: self._become(replace(self._state, done=done, total=total)))

    def _end(self, ended: Future[CheckSummary]) -> None:
        error = ended.exception()
        if isinstance(error, _StoppedError):
            return
        if error is not None:
            self._become(CheckState(problem=_("The check could not be done. Nothing was changed. Try it again.")))
            raise error
        self._become(CheckState(summary=ended.result(), ended_at=self._parts.clock.read().wall))

    def _become(self, state: CheckState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        if self._screen is not None:
            self._screen.show_view(present_check(self._state, self._parts.zone))
