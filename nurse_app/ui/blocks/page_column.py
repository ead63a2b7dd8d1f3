"""The column that a page is: as high as its width makes it, and no higher."""

from PySide6.QtCore import QSize

from nurse_app.ui.widgets.column import Column


class PageColumn(Column):
    """A column for a scrolling place."""

    def minimumSizeHint(self) -> QSize:
        # Texts ask for the height they need when they are narrowest; taken for a minimum, every page would scroll.
        return QSize(super().minimumSizeHint().width(), 0)
