"""The program’s versions at work: looking, installing and going back on a thread of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.presentation.intents import GoHome
from nurse_app.presentation.update_page import (
    BUSY,
    FoundUpdate,
    Phase,
    ProgramVersions,
    UpdateRefusedError,
    UpdateState,
    present_update,
)
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.update_screen import UpdateScreen

T = TypeVar("T")
_HUNDRED = 100


class _StoppedError(Exception):
    """Nobody wants the result any more, or the program ends."""


class UpdateWork:
    """Makes the page, and knows how far it is as long as the program runs."""

    def __init__(self, parts: AppParts, intent: SignalInstance) -> None:
        self._parts = parts
        self._intent = intent
        self._bridge = Bridge()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="update")
        self._state = UpdateState()
        self._screen: UpdateScreen | None = None
        self._file = Path()
        self._is_stopped = False
        self._is_looking = False

    @property
    def is_running(self) -> bool:
        return self._is_looking or self._state.phase in BUSY

    def open_page(self, show: Callable[[QWidget], None]) -> None:
        """Show the page; what was begun or done is still there."""
        screen = UpdateScreen(str(self._parts.documents_folder))
        screen.left.connect(lambda: self._intent.emit(GoHome()))
        screen.file_chosen.connect(self._look)
        screen.install_requested.connect(self._install)
        screen.back_requested.connect(lambda: self._become(UpdateState("asking-back", self._state.versions)))
        screen.back_confirmed.connect(self._go_back)
        screen.cancelled.connect(self._cancel)
        screen.start_again_requested.connect(self._start_again)
        self._screen = screen
        self._show()
        show(screen)
        screen.first_focus()
        if not self.is_running and self._state.phase not in ("installed", "gone-back"):
            self._look_around()

    def left_for(self, screen: QWidget) -> None:
        """Another screen comes on; what was begun goes on."""
        if screen is not self._screen:
            self._screen = None

    def stop(self) -> None:
        """End what is running, and the thread. An update that is not in use yet is removed with the next one."""
        self._is_stopped = True
        self._thread.shutdown(wait=True)
        self._bridge.close()
        self._is_looking, self._state = False, UpdateState()

    # --- what is asked for ---

    def _look_around(self) -> None:
        """Visits begin and end while other screens are on: what may be done is asked anew."""
        self._is_looking = True

        def looked(there: ProgramVersions) -> None:
            self._is_looking = False
            self._become(UpdateState(versions=there))

        def failed(problem: str) -> None:
            self._is_looking = False
            self._become(UpdateState(versions=ProgramVersions("", problem=problem)))

        self._run(lambda: self._parts.updates().versions(), looked, failed)

    def _look(self, path: str) -> None:
        if self.is_running:
            return
        self._file = Path(path)
        self._begin("reading")

        def looked(found: FoundUpdate) -> None:
            self._become(replace(self._state, phase="found", found=found))

        self._run(lambda: self._parts.updates().look(self._file, self._progress), looked, self._failed)

    def _install(self) -> None:
        self._begin("installing")
        install = partial(self._change, lambda: self._parts.updates().install(self._file, self._progress))
        self._run(install, partial(self._done, "installed"), self._failed)

    def _go_back(self) -> None:
        self._begin("going-back")
        self._run(
            partial(self._change, lambda: self._parts.updates().go_back()),
            partial(self._done, "gone-back"),
            self._failed,
        )

    def _cancel(self) -> None:
        if self._state.phase == "asking-back":
            self._become(UpdateState(versions=self._state.versions))
        else:
            self._is_stopped = True

    def _start_again(self) -> None:
        # A visit may have begun since the new version was installed; its clocks must not leave the screen.
        if any(visit.state.is_open for visit in self._parts.service.visits().values()):
            self._become(replace(self._state, said=_("A visit is in progress. Finish it, then start again.")))
            return
        self._parts.updates().start_again()
        if self._screen is not None:
            self._screen.window().close()

    # --- how it goes ---

    def _change(self, act: Callable[[], str]) -> tuple[str, ProgramVersions]:
        said = act()
        return said, self._parts.updates().versions()

    def _done(self, phase: Phase, outcome: tuple[str, ProgramVersions]) -> None:
        said, there = outcome
        self._become(UpdateState(phase, there, self._state.file, said=said))

    def _failed(self, problem: str) -> None:
        self._become(UpdateState(versions=self._state.versions, file=self._state.file, problem=problem))

    def _begin(self, phase: Phase) -> None:
        self._is_stopped = False
        self._become(UpdateState(phase, self._state.versions, self._file.name))

    def _progress(self, done: int, total: int) -> None:
        """Called on the thread; the window hears of every hundredth."""
        if self._is_stopped:
            raise _StoppedError
        shown = self._state
        if done * _HUNDRED // (total or 1) != shown.done * _HUNDRED // (shown.total or 1):
            self._bridge.deliver(lambda: self._become(replace(self._state, done=done, total=total)))

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]) -> None:
        future = self._thread.submit(work)
        future.add_done_callback(lambda ended: self._bridge.deliver(lambda: self._end(ended, done, failed)))

    def _end(self, ended: Future[T], done: Callable[[T], None], failed: Callable[[str], None]) -> None:
        error = ended.exception()
        if error is None:
            done(ended.result())
        elif isinstance(error, _StoppedError):
            self._is_stopped = False
            self._become(UpdateState(versions=self._state.versions))
        elif isinstance(error, UpdateRefusedError):
            failed(str(error))
        else:
            failed(_("The program’s folder could not be changed. The version in use is as it was. Try it again."))
            raise error

    def _become(self, state: UpdateState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        if self._screen is not None:
            self._screen.show_view(present_update(self._state))
