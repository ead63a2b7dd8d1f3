"""Scrolling to a widget from wherever it stands."""

from PySide6.QtWidgets import QWidget

from nurse_app.ui.widgets.column import VerticalScroll


def bring_into_view(widget: QWidget) -> None:
    """Let the scrolled page around a widget show it; nothing happens outside of one."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, VerticalScroll):
            around.bring_into_view(widget)
            return
        around = around.parentWidget()
