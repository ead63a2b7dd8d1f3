"""The rules every screen keeps, each as a function that lists what breaks it."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QStackedWidget, QWidget

from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import VerticalScroll
from nurse_app.ui.widgets.text import Digits, Text

LEAST_TARGET, LEAST_GAP = 44, 8


def visible(screen: QWidget) -> Iterator[QWidget]:
    return (widget for widget in screen.findChildren(QWidget) if widget.isVisible())


def name_of(widget: QWidget) -> str:
    said = widget.text() if isinstance(widget, Text | Digits | Button) else ""
    return f"{type(widget).__name__} {widget.objectName()} {said!r} {widget.geometry().getRect()}"


def targets(screen: QWidget) -> list[QWidget]:
    kinds = (Button, QLineEdit)
    steps = [widget for widget in visible(screen) if widget.objectName().startswith("step.")]
    return [*(widget for widget in visible(screen) if isinstance(widget, kinds)), *steps]


def scrolled_in(widget: QWidget) -> QWidget | None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, VerticalScroll):
        around = around.parentWidget()
    return around


def gap_between(first: QRect, second: QRect) -> int:
    across = max(second.left() - first.right(), first.left() - second.right()) - 1
    down = max(second.top() - first.bottom(), first.top() - second.bottom()) - 1
    return max(across, down)


def texts_cut(screen: QWidget) -> list[str]:
    return [
        name_of(widget)
        for widget in visible(screen)
        if isinstance(widget, Text | Digits | Button)
        and (
            widget.heightForWidth(widget.width()) > widget.height()
            or (not isinstance(widget, Digits) and widget.minimumSizeHint().width() > widget.width())
        )
    ]


def beyond_their_place(screen: QWidget) -> list[str]:
    return [
        name_of(widget)
        for widget in visible(screen)
        if (parent := widget.parentWidget()) is not None
        and not isinstance(parent.parentWidget(), QAbstractScrollArea)
        and not parent.rect().contains(widget.geometry())
    ]


def scrolled_sideways(screen: QWidget) -> list[str]:
    areas = [area for area in screen.findChildren(QAbstractScrollArea) if area.isVisible()]
    wide = [area for area in areas if isinstance(area, VerticalScroll) and area.widget() is not None]
    return [
        *(name_of(area) for area in areas if area.horizontalScrollBar().maximum() > 0),
        *(name_of(area) for area in wide if area.widget().width() > area.viewport().width()),
    ]


def overlapping(screen: QWidget) -> list[str]:
    pairs: list[str] = []
    for parent in (screen, *visible(screen)):
        if isinstance(parent, QAbstractScrollArea | QStackedWidget | QLineEdit):
            continue
        children = [child for child in parent.children() if isinstance(child, QWidget) and child.isVisible()]
        pairs += [
            f"{name_of(first)} and {name_of(second)}"
            for first, second in combinations(children, 2)
            if first.geometry().intersects(second.geometry())
        ]
    return pairs


def too_small_for_a_glove(screen: QWidget) -> list[str]:
    return [
        name_of(target)
        for target in targets(screen)
        if target.height() < LEAST_TARGET or (isinstance(target, Button) and target.width() < LEAST_TARGET)
    ]


def too_close_to_another(screen: QWidget) -> list[str]:
    placed = [
        (target, scrolled_in(target), QRect(target.mapTo(screen, target.rect().topLeft()), target.size()))
        for target in targets(screen)
    ]
    return [
        f"{name_of(first)} and {name_of(second)}"
        for (first, first_area, first_place), (second, second_area, second_place) in combinations(placed, 2)
        if first_area is second_area and gap_between(first_place, second_place) < LEAST_GAP
    ]


def nameless(screen: QWidget) -> list[str]:
    return [name_of(target) for target in targets(screen) if not target.objectName() or not target.accessibleName()]


RULES = (
    texts_cut,
    beyond_their_place,
    scrolled_sideways,
    overlapping,
    too_small_for_a_glove,
    too_close_to_another,
    nameless,
)


def broken_rules(screen: QWidget) -> dict[str, list[str]]:
    """What breaks which rule of layout on a screen that is shown; empty when all is well."""
    return {rule.__name__: broken for rule in RULES if (broken := rule(screen))}
