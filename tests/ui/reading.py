"""How tests look at a screen: what can be read on it, which shapes stand there, where its buttons are."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.text import Digits, Text

ShowWindow = Callable[..., QWidget]


def words_on(widget: QWidget) -> list[str]:
    """Every text that can be seen on a widget: words in their order, then changing values."""
    texts = [*widget.findChildren(Text), *widget.findChildren(Digits)]
    return [text.text() for text in texts if text.isVisibleTo(widget) and text.text()]


def shapes_on(widget: QWidget) -> list[str]:
    """Every icon that can be seen on a widget."""
    return [icon.icon_name for icon in widget.findChildren(Icon) if icon.isVisibleTo(widget) and icon.icon_name]


def button_of(widget: QWidget, name: str) -> Button:
    """The button of this name, which must be there."""
    found = widget.findChild(Button, name)
    assert found is not None
    return found


def settle() -> None:
    """Let layouts and what was posted come to rest."""
    for _ in range(3):
        QApplication.processEvents()
