"""What the window tests do with their hands: find a part by its name, type, scan, tap, and note what is asked for."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text

PartT = TypeVar("PartT", bound=QObject)
SCANNER_MS, HAND_MS = 5, 150


def part(widget: QWidget, kind: type[PartT], name: str) -> PartT:
    """The part of that kind and name; there must be one."""
    found = widget.findChild(kind, name)
    assert found is not None, name
    return found


def tap(widget: QWidget, name: str) -> None:
    """A touch on a button."""
    button = part(widget, Button, name)
    assert button.isVisible(), name
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(widget: QWidget, name: str, text: str, *, enter: bool = False) -> None:
    """Typed into a field by hand, perhaps with Enter at the end."""
    entry = part(widget, TextField, name).entry
    entry.setFocus()
    QTest.keyClicks(entry, text)
    if enter:
        QTest.keyClick(entry, Qt.Key.Key_Return)


def strike(widget: QWidget, text: str, *, every_ms: int, start_ms: int = 1000) -> None:
    """Key after key at a known pace, as a scanner or a hand would."""
    for place, letter in enumerate(text):
        event = QKeyEvent(QEvent.Type.KeyPress, _key(letter), Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(start_ms + place * every_ms)
        QApplication.sendEvent(widget, event)


def scan(widget: QWidget, name: str, code: str) -> None:
    """A scanner's burst into a field, ended by Enter."""
    entry = part(widget, TextField, name).entry
    entry.setFocus()
    strike(entry, f"{code}\r", every_ms=SCANNER_MS)


def _key(letter: str) -> Qt.Key:
    return Qt.Key.Key_Return if letter == "\r" else Qt.Key.Key_unknown


def noted(signal: SignalInstance) -> list[object]:
    """Everything that a signal says from now on."""
    said: list[object] = []
    signal.connect(said.append)
    return said


def words(widget: QWidget) -> str:
    """All words on the screen inside a widget."""
    texts = [text.text() for text in widget.findChildren(Text) if text.isVisibleTo(widget)]
    return "\n".join(texts)


def every_string(widget: QWidget) -> str:
    """Everything that is anywhere in a widget's tree, seen or not: texts, names, descriptions, entries."""
    found: list[str] = []
    for child in (widget, *widget.findChildren(QWidget)):
        found += [child.objectName(), child.accessibleName(), child.accessibleDescription(), child.toolTip()]
        for name in ("text", "placeholderText"):
            value = child.property(name)
            if isinstance(value, str):
                found.append(value)
    return "\n".join(found)
