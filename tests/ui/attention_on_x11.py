"""T-49: the real program on a real X server, minimised, covered, locked, on a screen that goes. One JSON line a case.

python -m tests.ui.attention_on_x11 FOLDER WINDOW_MANAGER_PID    pictures go into the folder
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nurse_app.ui.attention import Attention
from nurse_app.ui.program import make_application
from tests.ui.driver import Ward
from tests.ui.monitors import Monitors
from tests.ui.quick import open_visit, work_to

RED = QColor("#ff0000")
LEFT, HEIGHT = 1366, 768
PATIENCE_MS = 5_000


class Redrawn(QObject):
    """Whether a window was hidden or made anew meanwhile: that would flicker."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Hide, QEvent.Type.PlatformSurface, QEvent.Type.WinIdChange):
            self.seen.append(event.type().name)
        return False


class Screen:
    """What is seen, and another program."""

    def __init__(self, ward: Ward, app: QApplication, folder: Path) -> None:
        self.ward, self.app, self.folder = ward, app, folder
        self.stage = ward.program.stage
        self.typed = folder / "typed.txt"
        self._cover: subprocess.Popen[bytes] | None = None

    def until(self, is_so: Callable[[], bool]) -> bool:
        """Let windows and their manager work until it is so; False when it never is."""
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not is_so():
            if deadline.hasExpired():
                return False
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        return True

    def pause(self, milliseconds: int) -> None:
        deadline = QDeadlineTimer(milliseconds)
        self.until(deadline.hasExpired)

    def seen_at(self, at: QPoint) -> QColor:
        """The colour of the whole screen at a place."""
        picture = self.app.primaryScreen().grabWindow(0)
        return picture.toImage().pixelColor(at)

    def shows_stage(self) -> bool:
        """Whether our window is what is seen in its own middle."""
        return self.seen_at(self.stage.frameGeometry().center()) != RED and not self.stage.isMinimized()

    def cover(self) -> None:
        """Another program comes over everything and has the keyboard."""
        if self._cover is None:
            here = Path(__file__).with_name("covering_window.py")
            self._cover = subprocess.Popen([sys.executable, str(here), str(self.typed)])
            assert self.until(lambda: bool(self.hand("search", "--name", "^covering$").strip()))
        self.hand("search", "--name", "^covering$", "windowactivate", "--sync")
        assert self.until(lambda: not self.shows_stage() and not self.stage.isActiveWindow())

    def hand(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False, timeout=20)
        return done.stdout

    def picture(self, name: str) -> None:
        subprocess.run(["import", "-window", "root", str(self.folder / f"{name}.png")], check=True, timeout=20)

    def close(self) -> None:
        if self._cover is not None:
            self._cover.terminate()
            self._cover.wait()


def minimised(screen: Screen, attention: Attention) -> bool:
    screen.stage.showMinimized()
    assert screen.until(screen.stage.isMinimized)
    attention.call("front")
    return screen.until(screen.shows_stage)


def covered(screen: Screen, attention: Attention) -> bool:
    screen.cover()
    attention.call("front-and-keep")
    return screen.until(screen.shows_stage)


def kept_above(screen: Screen, attention: Attention) -> bool:
    """Somebody goes on with the other program: ours stays above until it is acknowledged, and never flickers."""
    screen.cover()
    redrawn = Redrawn()
    screen.stage.windowHandle().installEventFilter(redrawn)
    number = int(screen.stage.winId())
    attention.call("front-and-keep")
    assert screen.until(screen.shows_stage)
    screen.hand("search", "--name", "^covering$", "windowactivate", "--sync")
    screen.pause(300)
    stays = screen.shows_stage()
    screen.picture("kept-above")
    attention.release()
    screen.hand("search", "--name", "^covering$", "windowactivate", "--sync")
    yields = screen.until(lambda: not screen.shows_stage())
    return stays and yields and redrawn.seen == [] and number == int(screen.stage.winId())


def taskbar_only(screen: Screen, attention: Attention) -> bool:
    screen.cover()
    attention.call("taskbar")
    screen.pause(300)
    return not screen.shows_stage()


def typing_elsewhere(screen: Screen, attention: Attention) -> bool:
    """Keys meant for the other program press nothing in ours, and what is half typed here stays."""
    ward = screen.ward
    screen.hand("search", "--name", "^Infusion assistant$", "windowactivate", "--sync")
    assert screen.until(screen.stage.isActiveWindow)
    QTest.keyClick(screen.stage, Qt.Key.Key_F9)
    ward.settle()
    ward.write("half a note", then="")
    focus = screen.stage.focusWidget()
    screen.cover()
    screen.hand("type", "abc")
    assert screen.until(lambda: screen.typed.exists() and screen.typed.read_text(encoding="utf-8").endswith("abc"))
    entries = len(ward.visit("TRN000417").record)
    attention.call("front")
    assert screen.until(screen.stage.isActiveWindow)
    screen.hand("key", "d", "Return", "v", "Return")
    screen.pause(300)
    untouched = "half a note" in _text_of(focus) and "half a noted" not in _text_of(focus)
    quiet = len(ward.visit("TRN000417").record) == entries and ward.shows("sheet")
    screen.pause(1_500)
    screen.hand("type", "s")
    return untouched and quiet and screen.until(lambda: "half a notes" in _text_of(focus))


def _text_of(widget: object) -> str:
    read = getattr(widget, "toPlainText", None) or getattr(widget, "text", str)
    return str(read())


def locked(screen: Screen, attention: Attention) -> bool:
    """The program's own locked view comes to the front as it is: names hidden, Reaction there."""
    screen.ward.program.stage.key_pressed.emit("Ctrl+L")
    screen.ward.settle()
    assert "Locked" in screen.ward.words()
    screen.cover()
    attention.call("front-and-keep")
    is_seen = screen.until(screen.shows_stage)
    hides = "Patient One" not in screen.ward.words()
    return is_seen and hides and "Reaction" in screen.ward.words()


def second_screen_removed(screen: Screen, attention: Attention) -> bool:
    monitors = Monitors()
    monitors.put("left", 0, LEFT, HEIGHT, primary=True)
    monitors.put("right", LEFT, LEFT, HEIGHT)
    assert screen.until(lambda: len(screen.app.screens()) == 2)
    screen.stage.showNormal()
    screen.stage.resize(1100, 700)
    screen.stage.move(LEFT + 100, 20)
    assert screen.until(lambda: screen.stage.frameGeometry().left() > LEFT)
    monitors.take_away("right")
    assert screen.until(lambda: len(screen.app.screens()) == 1)
    there = screen.app.screens()[0].availableGeometry()
    is_back = screen.until(lambda: there.contains(screen.stage.frameGeometry()))
    attention.call("front")
    return is_back and screen.until(screen.shows_stage)


def no_window_manager(screen: Screen, attention: Attention) -> bool:
    """Nobody to ask: it is raised as far as X itself does it, and nothing breaks."""
    os.kill(int(sys.argv[2]), signal.SIGTERM)
    screen.pause(500)
    attention.call("front-and-keep")
    attention.release()
    screen.pause(300)
    return not screen.stage.isMinimized() and screen.stage.isVisible()


CASES = (
    minimised,
    covered,
    kept_above,
    taskbar_only,
    typing_elsewhere,
    locked,
    second_screen_removed,
    no_window_manager,
)


@contextmanager
def program(folder: Path) -> Iterator[Screen]:
    app = make_application([])
    ward = Ward(folder, app)
    ward.program.ticker.start()
    ward.sign_in()
    open_visit(ward, work_to(ward, "infuse"))
    screen = Screen(ward, app, folder)
    assert screen.until(screen.shows_stage)
    try:
        yield screen
    finally:
        screen.close()
        ward.close()


def main(folder: Path) -> None:
    with program(folder) as screen:
        for case in CASES:
            attention = screen.ward.program.attention
            # Here the cases call; the alarms would release what they did not call for.
            screen.ward.program.controller.alarms.attention = None
            attention.release()
            try:
                held, why = case(screen, attention), ""
            except (AssertionError, LookupError, RuntimeError) as error:
                held, why = False, f"it broke: {error!r}"
            screen.picture(case.__name__)
            line = json.dumps({"case": case.__name__, "held": held, "why": why})
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
