"""A screen of its own for the program, and the bus on which it tells a screen reader what it shows."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from smoke.root import end

SIZE = (1366, 768)
NEEDED = ("Xvfb", "openbox", "xdotool", "import", "dbus-daemon")
REGISTRY = Path("/usr/libexec/at-spi2-registryd")
_SOCKETS = Path("/tmp/.X11-unix")
_BUS = """<busconfig>
<type>accessibility</type>
<auth>EXTERNAL</auth>
<listen>unix:path={socket}</listen>
<policy context="default">
<allow user="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>
"""


def missing_tools() -> list[str]:
    """What this machine lacks for a window."""
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    return missing if REGISTRY.exists() else [*missing, str(REGISTRY)]


class Screen:
    """An X server with a window manager, listening nowhere but at its socket. ``number`` such as 23."""

    def __init__(self, number: int, work: Path) -> None:
        self.height = SIZE[1]
        self.display, self.socket = f":{number}", _SOCKETS / f"X{number}"
        if self.socket.exists():
            raise OSError(f"display {self.display} is in use; choose another with --display")
        self._running: list[subprocess.Popen[str]] = []
        self._log = (work / "screen.log").open("w", encoding="utf-8")
        try:
            self._start("Xvfb", self.display, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp")
            wait_for(self.socket.exists, "the X server")
            self._start("openbox", "--sm-disable", DISPLAY=self.display, HOME=str(work), XDG_CONFIG_HOME=str(work))
        except OSError:
            self.close()
            raise

    def tell(self, socket: Path) -> None:
        """Open the bus of the screen readers at this socket file."""
        form = socket.with_suffix(".conf")
        form.write_text(_BUS.format(socket=socket), encoding="utf-8")
        address = f"unix:path={socket}"
        self._start("dbus-daemon", f"--config-file={form}", "--nofork")
        wait_for(socket.exists, "the bus")
        socket.chmod(0o777)
        self._start(str(REGISTRY), AT_SPI_BUS_ADDRESS=address, DBUS_SESSION_BUS_ADDRESS=address, DISPLAY=self.display)

    def picture(self, file: Path) -> None:
        """Keep what is on the screen."""
        words = ["import", "-display", self.display, "-window", "root", str(file)]
        subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=True)

    def hand(self, *words: str) -> str:
        """Do something with mouse and keyboard; what xdotool answers."""
        environment = os.environ | {"DISPLAY": self.display}
        done = subprocess.run(
            ["xdotool", *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        return done.stdout

    def close(self) -> None:
        for tool in reversed(self._running):
            end(tool)
        self._log.close()

    def _start(self, *words: str, **extra: str) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("DBUS_", "AT_SPI_"))}
        self._running.append(
            subprocess.Popen(
                words,
                env=environment | extra,
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                text=True,
            )
        )


def wait_for(holds: Callable[[], object], what: str, limit_s: float = 15.0) -> None:
    """Look again and again. Raises TimeoutError."""
    until = time.monotonic() + limit_s
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not come within {limit_s:.0f} s")
        time.sleep(0.05)
