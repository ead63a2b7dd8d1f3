"""Scrolling to a widget, or back to the top of its page, from wherever it stands."""

from PySide6.QtWidgets import QWidget

from nurse_app.ui.widgets.column import VerticalScroll


def bring_into_view(widget: QWidget) -> None:
    """Let the scrolled page around a widget show it; nothing happens outside of one."""
    page = _scrolled_page(widget)
    if page is not None:
        page.bring_into_view(widget)


def show_top(widget: QWidget) -> None:
    """Let the scrolled page around a widget begin at its top; nothing happens outside of one."""
    page = _scrolled_page(widget)
    if page is not None:
        page.verticalScrollBar().setValue(0)


def _scrolled_page(widget: QWidget) -> VerticalScroll | None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, VerticalScroll):
        around = around.parentWidget()
    return around
