"""A screen of its own with a window on it, real keys, and pictures of it. Needs Xvfb, openbox, xdotool, ImageMagick."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

SIZE = "1366x768"
# Below the patient's banner, where each page and sheet has its title: it changes when another one is shown.
TITLE = "700x44+236+138"
MIDDLE = "850x500+216+140"
NAMES = {"-": "minus", ".": "period", " ": "space"}
TOOLS = ("Xvfb", "openbox", "xdotool", "import")


class NotShownError(Exception):
    """What was waited for did not come; the message says what, and which picture shows what was there instead."""


class Screen:
    """A virtual screen. ``patience`` in seconds for what a key brings about, on a machine that may be busy."""

    def __init__(self, display: str, pictures: Path, patience: float) -> None:
        self.display, self._pictures, self._patience = display, pictures, patience
        pictures.mkdir(parents=True, exist_ok=True)
        nowhere = subprocess.DEVNULL
        self._environment = os.environ | {"DISPLAY": display}
        words = ["Xvfb", display, "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"]
        self._started = [subprocess.Popen(words, stdin=nowhere, stdout=nowhere, stderr=nowhere)]
        time.sleep(1)
        if self._started[0].poll() is not None:
            raise NotShownError(f"The display {display} could not be opened. Is it in use? Choose another.")
        manager = subprocess.Popen(["openbox"], env=self._environment, stdin=nowhere, stdout=nowhere, stderr=nowhere)
        self._started.append(manager)

    def close(self) -> None:
        """End the screen and what was started for it."""
        for process in reversed(self._started):
            process.terminate()
            process.wait(20)

    def picture(self, name: str) -> Path:
        """A picture of the whole screen."""
        file = self._pictures / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(file)], env=self._environment, check=True)
        return file

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a word of several letters is typed letter by letter with “type:”."""
        for key in keys:
            names = [NAMES.get(letter, letter) for letter in key[5:]] if key.startswith("type:") else [key]
            for name in names:
                subprocess.run(["xdotool", "key", name], env=self._environment, check=True)
                time.sleep(0.08)

    def turn(self, *keys: str, region: str = TITLE) -> None:
        """Press keys that bring another page or sheet, and wait until it is there."""
        before = self.pixels(region)
        self.press(*keys)
        self.wait(lambda: self.pixels(region) != before, f"another page after {' '.join(keys)}")
        # The rest of the page, and the focus in it.
        self.settle()

    def settle(self) -> None:
        """Wait until the page, whose clocks may run on, has its title and its focus."""
        last, since = b"", time.monotonic()
        end = since + self._patience
        while time.monotonic() < end:
            now = self.pixels(TITLE)
            if now != last:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > 1.2:
                return
            time.sleep(0.1)

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something is so. Raises NotShownError."""
        end = time.monotonic() + self._patience
        while not is_so():
            if time.monotonic() > end:
                file = self.picture("not-shown")
                raise NotShownError(f"{what} did not come within {self._patience:.0f} s; see {file}")
            time.sleep(0.2)

    def wait_for_window(self) -> None:
        """Wait until something is painted in the middle of the window."""
        self.wait(lambda: len(set(_dots(self.pixels(MIDDLE)))) > 8, "the window")
        self.settle()

    def windows(self) -> list[str]:
        """The windows that are shown, by number."""
        words = ["xdotool", "search", "--onlyvisible", "--name", "^Infusion assistant"]
        return subprocess.run(words, env=self._environment, capture_output=True, text=True, check=False).stdout.split()

    def pixels(self, region: str) -> bytes:
        """The colours of a part of the screen, three bytes a dot."""
        words = ["import", "-silent", "-window", "root", "-crop", region, "-depth", "8", "rgb:-"]
        return subprocess.run(words, env=self._environment, capture_output=True, check=True).stdout


def _dots(pixels: bytes) -> list[bytes]:
    return [pixels[place : place + 3] for place in range(0, len(pixels) - 2, 30)]
