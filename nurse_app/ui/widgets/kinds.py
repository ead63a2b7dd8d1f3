"""The few words by which widgets are told how to look; the theme knows what they mean."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

Severity = Literal["information", "caution", "hold", "stop"]
Priority = Literal["high", "medium", "low"]
Tone = Literal["neutral", "brand", "done", "information", "caution", "hold", "stop", "muted"]
ButtonRole = Literal["primary", "secondary", "danger", "danger-outline", "quiet", "choice", "chip", "digit", "foot"]
TextRole = Literal[
    "title",
    "heading",
    "lead",
    "body",
    "strong",
    "note",
    "small",
    "chip",
    "mark",
    "name",
    "pin",
    "foot",
    "band",
    "takeover",
    "huge",
    "large",
]

Answer = bool | None

GAP = 8
PAGE_GAP = 12
TARGET = 44

_COLOUR_ROLES: dict[Tone, str] = {
    "neutral": "ink",
    "brand": "brand",
    "done": "done",
    "information": "brand",
    "caution": "caution",
    "hold": "hold",
    "stop": "stop",
    "muted": "ink_second",
}

_GROUND_ROLES: dict[Tone, str] = {
    "neutral": "surface",
    "brand": "brand_ground",
    "done": "done_ground",
    "information": "brand_ground",
    "caution": "caution_ground",
    "hold": "hold_ground",
    "stop": "stop_ground",
    "muted": "background",
}

_SHAPES: dict[Tone, str] = {
    "done": "check",
    "information": "information",
    "caution": "caution",
    "hold": "hold",
    "stop": "stop",
}


def colour_role(tone: Tone) -> str:
    """The theme's colour role for a tone."""
    return _COLOUR_ROLES[tone]


def ground_role(tone: Tone) -> str:
    """The theme's colour role for the ground of a tone."""
    return _GROUND_ROLES[tone]


def shape(tone: Tone) -> str:
    """The icon that goes with a tone, so that colour never speaks alone; "" for tones that say nothing."""
    return _SHAPES.get(tone, "")


def show_part(part: QWidget, *, shown: bool) -> None:
    """Show or hide a part. One without a parent waits for it: Qt would make it a window of its own."""
    if not shown:
        part.hide()
    elif part.parentWidget() is not None:
        part.show()
    else:
        part.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet asks for, and restyle the widget when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    # Qt reads property selectors only when it polishes a widget.
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
