"""Hands and eyes for the window: real clicks and keys, aimed by what the program tells a screen reader.

The names are the ones that resources/training/rehearsal.json and tests/ui/driver.py press.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from smoke.bus import Bus, BusError
from smoke.screen import Screen
from smoke.steps import NotSoError

_ACCESSIBLE, _COMPONENT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Component"
_PROPERTIES, _REGISTRY = "org.freedesktop.DBus.Properties", "org.a11y.atspi.Registry"
_ROOT = "/org/a11y/atspi/accessible/root"
# Bits of AT-SPI's states.
_ENABLED, _FOCUSED, _SHOWING = 8, 12, 25
PATIENCE_S = 15.0
# Between two acts, as between two of a nurse.
_BREATH_S = 0.3
# The program swallows a tap near the last one while something else has just come under the finger.
_NEAR_PX, _GUARD_S = 50, 1.6

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One control as a screen reader sees it. ``box``: left, top, width, height of what is visible of it, in pixels."""

    id: str
    name: str
    role: str
    box: Box
    whole: Box
    is_enabled: bool
    has_focus: bool

    def is_called(self, name: str) -> bool:
        return self.id == name or self.id.endswith(f".{name}")


class Hands:
    """Works at one screen."""

    def __init__(self, screen: Screen, bus: Path, pictures: Path) -> None:
        self._screen = screen
        self._bus = Bus(bus)
        self._pictures = pictures
        self._taken = 0
        self._last = (-_NEAR_PX, -_NEAR_PX)
        self._last_at = 0.0

    def close(self) -> None:
        self._bus.close()

    # --- what is there ---

    def parts(self) -> list[Part]:
        """Everything that is on the screen."""
        with suppress(BusError):
            listed = self._bus.call(_REGISTRY, _ROOT, _ACCESSIBLE, "GetChildren")[0]
            for name, path in reversed(listed):
                with suppress(BusError):
                    return [part for child in self._children(name, path) for part in self._walk(*child, None)]
        return []

    def find(self, name: str, limit_s: float = PATIENCE_S) -> Part:
        """The control of that name once it is on the screen and can be used. Raises NotSoError."""
        return self._wait(
            lambda parts: [part for part in parts if part.is_called(name) and part.is_enabled], name, limit_s
        )

    def labelled(self, text: str, limit_s: float = PATIENCE_S) -> Part:
        """The control whose label begins with this text. Raises NotSoError."""
        return self._wait(lambda parts: [part for part in parts if part.name.startswith(text)], text, limit_s)

    def shows(self, name: str) -> bool:
        return any(part.is_called(name) for part in self.parts())

    def words(self) -> str:
        return "\n".join(part.name for part in self.parts() if part.name)

    def until(self, text: str, limit_s: float = PATIENCE_S) -> str:
        """Wait for words on the screen; all words then. Raises NotSoError."""
        self._wait(lambda parts: [part for part in parts if text in part.name], f"“{text}”", limit_s)
        return self.words()

    def until_gone(self, name: str, limit_s: float = PATIENCE_S) -> None:
        """Wait until a control is no longer on the screen. Raises NotSoError."""
        until = time.monotonic() + limit_s
        while self.shows(name):
            if time.monotonic() > until:
                raise NotSoError(f"{name} stays on the screen")
            time.sleep(0.1)

    # --- what is done ---

    def press(self, name: str) -> None:
        """Click a control, scrolled to if need be."""
        self._click(lambda: self.find(name))

    def press_label(self, text: str) -> None:
        self._click(lambda: self.labelled(text))

    def press_row(self, text: str) -> None:
        """Click the button at the end of a table's row that holds this text."""

        def look() -> Part:
            cell = self.labelled(text)
            return max(
                (part for part in self.parts() if part.whole[1] == cell.whole[1] and part.role == "cell"), key=_left
            )

        self._click(look)

    def key(self, key: str) -> None:
        """Press a key as xdotool names it."""
        self._screen.hand("key", key)
        time.sleep(_BREATH_S)

    def write(self, text: str, then: str = "Return") -> None:
        """Type where the focus is, then a key."""
        self._screen.hand("type", "--delay", "12", text)
        # Slower than a scanner, so that Enter counts as pressed by hand.
        time.sleep(0.15)
        if then:
            self.key(then)

    def write_into(self, name: str, text: str) -> None:
        """Click into a field and type."""
        self.press(f"{name}.entry")
        self.write(text, then="")

    def maximise(self) -> None:
        """Double-click the title bar, as anybody does on a small screen; only when the window does not fit."""
        stage = self.find("stage")
        if stage.whole[1] + stage.whole[3] > self._screen.height:
            self._screen.hand("mousemove", "683", "9", "click", "--repeat", "2", "--delay", "60", "1")
            time.sleep(1)

    def picture(self, name: str) -> None:
        self._taken += 1
        time.sleep(_BREATH_S)
        self._screen.picture(self._pictures / f"{self._taken:02d}-{name}.png")

    # --- how ---

    def _click(self, look: Callable[[], Part]) -> None:
        part = self._settled(look)
        for _turn in range(12):
            left, top, width, height = part.box
            if width * height * 2 >= part.whole[2] * part.whole[3] > 0:
                break
            # What is not in sight lies further down or up in the middle of the page.
            middle = (left + width // 2, 420)
            self._screen.hand("mousemove", *map(str, middle), "click", "5" if part.whole[1] > 380 else "4")
            time.sleep(0.2)
            part = self._settled(look)
        left, top, width, height = part.box
        spot = (left + width // 2, top + height // 2)
        if abs(spot[0] - self._last[0]) + abs(spot[1] - self._last[1]) <= _NEAR_PX:
            time.sleep(max(0.0, self._last_at + _GUARD_S - time.monotonic()))
        self._last, self._last_at = spot, time.monotonic()
        self._screen.hand("mousemove", *map(str, spot), "click", "1")
        time.sleep(_BREATH_S)

    def _settled(self, look: Callable[[], Part]) -> Part:
        """The control once it no longer moves."""
        part = look()
        for _turn in range(20):
            time.sleep(0.1)
            before, part = part, look()
            if part.whole == before.whole:
                break
        return part

    def _wait(self, wanted: Callable[[list[Part]], list[Part]], what: str, limit_s: float) -> Part:
        until = time.monotonic() + limit_s
        while True:
            parts = self.parts()
            found = wanted(parts)
            if found:
                return found[-1]
            if time.monotonic() > until:
                there = sorted({part.id.rpartition("QApplication.")[2] for part in parts if part.role == "push button"})
                raise NotSoError(f"{what} is not on the screen; there are: {', '.join(there)[:900]}")
            time.sleep(0.1)

    def _walk(self, name: str, path: str, seen: Box | None) -> Iterator[Part]:
        low, _high = self._bus.call(name, path, _ACCESSIBLE, "GetState")[0]
        if not low >> _SHOWING & 1:
            return
        whole = self._bus.call(name, path, _COMPONENT, "GetExtents", 0)[0]
        box = whole if seen is None else _common(whole, seen)
        called, label = (
            self._bus.call(name, path, _PROPERTIES, "Get", _ACCESSIBLE, key)[0] for key in ("AccessibleId", "Name")
        )
        role = self._bus.call(name, path, _ACCESSIBLE, "GetRoleName")[0]
        yield Part(called, label, role, box, whole, bool(low >> _ENABLED & 1), bool(low >> _FOCUSED & 1))
        for child in self._children(name, path):
            yield from self._walk(*child, box)

    def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = self._bus.call(name, path, _ACCESSIBLE, "GetChildren")[0]
        return found


def _left(part: Part) -> int:
    return part.box[0]


def _common(one: Box, other: Box) -> Box:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right, bottom = min(one[0] + one[2], other[0] + other[2]), min(one[1] + one[3], other[1] + other[3])
    return left, top, max(0, right - left), max(0, bottom - top)
