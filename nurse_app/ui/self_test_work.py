"""The self-test at work: a child of this program does it, so that neither the window nor a visit ever waits for it."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.interchange.self_test_lines import read_line
from nurse_app.presentation.self_test_page import (
    SelfTestState,
    broken_off_words,
    not_begun_words,
    present_self_test,
    report_text,
)
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.parts import AppParts, SpeakingWork
from nurse_app.ui.saved_file import save_whole
from nurse_app.ui.screens.self_test_screen import SelfTestScreen
from nurse_app.visit.self_test import LookResult

_log = logging.getLogger("nurse_app.ui")


class SelfTestWork:
    """Makes the page, starts the child, reads its lines, and keeps the result as long as the program runs."""

    def __init__(self, parts: AppParts, intent: SignalInstance) -> None:
        self._parts = parts
        self._intent = intent
        self._bridge = Bridge()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="self-test")
        self._state = SelfTestState()
        self._screen: SelfTestScreen | None = None
        self._child: SpeakingWork | None = None

    @property
    def is_running(self) -> bool:
        return self._state.running

    def open_page(self, show: Callable[[QWidget], None]) -> None:
        """Show the page with whatever is known."""
        screen = SelfTestScreen()
        screen.intent_requested.connect(self._intent)
        screen.test_requested.connect(self._start)
        screen.save_requested.connect(self._save)
        self._screen = screen
        self._show()
        show(screen)
        screen.first_focus()

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on; the test goes on."""
        if screen is not self._screen:
            self._screen = None

    def stop(self) -> None:
        """End the child and the thread: nobody waits for the result."""
        if self._child is not None:
            self._child.stop()
        self._thread.shutdown(wait=True)
        self._bridge.close()

    def _start(self) -> None:
        if self._state.running:
            return
        try:
            self._child = self._parts.start_self_test()
        except OSError:
            _log.warning("a self-test could not be started")
            self._become(SelfTestState(problem=not_begun_words()))
            return
        self._become(SelfTestState(running=True))
        future = self._thread.submit(self._listen, self._child)
        future.add_done_callback(lambda ended: self._bridge.deliver(lambda: self._end(ended)))

    def _listen(self, child: SpeakingWork) -> None:
        """On the thread of the test."""
        for line in child.lines():
            self._bridge.deliver(partial(self._take, line))

    def _take(self, line: str) -> None:
        said = read_line(line)
        if isinstance(said, LookResult):
            self._become(replace(self._state, results=(*self._state.results, said)))
        elif said is not None:
            self._become(replace(self._state, program=said))

    def _end(self, ended: Future[None]) -> None:
        self._child = None
        now = self._parts.clock.read().wall
        state = replace(self._state, running=False, ended_at=now)
        if not state.is_whole or state.program is None:
            state = replace(state, problem=broken_off_words(), program=None)
        self._become(state)
        ended.result()

    def _save(self) -> None:
        program = self._state.program
        if program is None:
            return
        local = self._parts.clock.read().wall.astimezone(self._parts.zone)
        path = self._parts.documents_folder / f"self-test-{local:%Y-%m-%d-%H%M}.txt"
        why = save_whole(report_text(program, self._state.results).encode(), path)
        words = _("The report was not written: {why}.").format(why=why) if why else _("Report written to {path}")
        self._become(replace(self._state, saved=words if why else words.format(path=path), saved_well=not why))

    def _become(self, state: SelfTestState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        if self._screen is not None:
            self._screen.show_view(present_self_test(self._state, self._parts.zone))
