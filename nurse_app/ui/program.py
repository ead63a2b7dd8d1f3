"""The window program: application, theme, stage, controller, ticker; from start to a clean end."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QLabel

from nurse_app.i18n import _
from nurse_app.system.window_order import machine_keep_above
from nurse_app.ui.attention import Attention
from nurse_app.ui.bridge import Bridge
from nurse_app.ui.controller import Controller
from nurse_app.ui.looks import Looks
from nurse_app.ui.parts import AppParts
from nurse_app.ui.qtlog import route_qt_messages
from nurse_app.ui.stage import Stage
from nurse_app.ui.ticker import Ticker


def make_application(arguments: list[str]) -> QApplication:
    """The one Qt application of this process."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(arguments)
    app.setApplicationName("nurse-app")
    # The window system finds the icon of a packaged program by this name.
    app.setDesktopFileName("nurse-app")
    app.setQuitOnLastWindowClosed(True)
    return app


def qt_version() -> str:
    """The version of Qt, for fault reports."""
    return qVersion()


@dataclass(frozen=True, slots=True)
class Outside:
    """What goes on around the windows.

    ``listen`` takes who is told about defects, ``asked_to_end`` says whether the machine wants the program to end,
    ``tell`` says a sentence where there is no window any more.
    """

    listen: Callable[[Callable[[int | None], None]], None]
    asked_to_end: Callable[[], bool]
    tell: Callable[[str], None]


def _never() -> bool:
    return False


class Program:
    """Everything on the screen, put together and started."""

    def __init__(self, parts: AppParts, app: QApplication, asked_to_end: Callable[[], bool] = _never) -> None:
        self._parts = parts
        self._asked_to_end = asked_to_end
        self._app = app
        route_qt_messages()
        app.setWindowIcon(QIcon(str(parts.resources / "app" / "icon.svg")))
        self._bridge = Bridge()
        self.looks = Looks(parts, app)
        self.stage = Stage(self._may_close)
        self.attention = Attention(self.stage, machine_keep_above())
        self.controller = Controller(parts, self.stage, self.looks)
        self.ticker = Ticker()
        self.ticker.tick.connect(self.controller.tick)
        self.ticker.beat.connect(self.controller.beat)
        self.controller.alarms.look_in = self.ticker.look_in
        self.controller.alarms.attention = self.attention
        self.ticker.beat.connect(self.attention.beat)
        self.ticker.beat.connect(self._end_if_asked)

    def start(self, ready: Callable[[], None] | None = None) -> None:
        """Show the window and load the visits in progress; ``ready`` is called when the first screen is usable."""
        self.stage.open()
        self.controller.start(ready)
        self.ticker.start()

    def end(self) -> None:
        """Finish what was asked, close the records."""
        self.ticker.stop()
        self.controller.stop()
        self._parts.shut()

    def on_defect(self, number: int | None) -> None:
        """A defect was reported, on whichever thread: say so where the nurse looks, and go on."""
        self._bridge.deliver(lambda: self.controller.show_defect(number))

    def _may_close(self) -> bool:
        return self.controller.may_close(by_itself=self._asked_to_end())

    def _end_if_asked(self) -> None:
        # At every beat: as long as something is on its way to the disk the window does not close.
        if self._asked_to_end():
            self.stage.close()


def run_window(parts: AppParts, app: QApplication, outside: Outside) -> int:
    """The program until its window is closed; the exit code, which is not 0 when something was left unsaved."""
    program = Program(parts, app, outside.asked_to_end)
    outside.listen(program.on_defect)
    program.start()
    code = app.exec()
    program.end()
    unsaved = program.controller.not_saved
    if unsaved:
        outside.tell(unsaved)
    return code or int(bool(unsaved))


def show_sentence(app: QApplication, sentence: str) -> None:
    """A window with one sentence, until it is closed: why the program cannot start."""
    label = QLabel(sentence)
    label.setWordWrap(True)
    label.setMargin(32)
    label.setMinimumWidth(520)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWindowTitle(_("Infusion assistant"))
    label.show()
    if app.platformName() != "offscreen":
        app.exec()
