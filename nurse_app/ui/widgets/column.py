"""The plain boxes that pages are stacked from, and the one way to scroll: up and down."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.ui.widgets.kinds import GAP
from nurse_app.ui.widgets.row import Row

_SEEN_AROUND = 48
_END_GAP = 16


class Column(QWidget):
    """Widgets one under the other."""

    def __init__(self, *, gap: int = GAP, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(gap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self._layout.addWidget(widget, stretch)

    def add_left(self, widget: QWidget) -> None:
        """Add a widget that keeps its own width."""
        self._layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def add_row(self, *widgets: QWidget, gap: int = GAP, shares: tuple[int, ...] = (), comfort: int = 0) -> Row:
        """Add widgets side by side, equally wide or in these shares; stacked where the width does not carry them."""
        row = Row(*widgets, gap=gap, shares=shares, comfort=comfort)
        self._layout.addWidget(row)
        return row

    def add_stretch(self) -> None:
        self._layout.addStretch(1)


class VerticalScroll(QScrollArea):
    """Scrolls its content up and down, never sideways. Every content it was given lives as long as it does.

    ``steady`` keeps the room of the bar free, so that nothing jumps when the bar comes.
    """

    def __init__(self, content: QWidget | None = None, *, name: str = "", steady: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if steady:
            self.verticalScrollBar().rangeChanged.connect(self._keep_width)
            self._keep_width(0, 0)
        if content is not None:
            self.set_content(content)

    def set_content(self, content: QWidget | None) -> None:
        """Show another content; the one before is hidden and can be shown again."""
        if content is self.widget():
            return
        before = self.takeWidget()
        if before is not None:
            # Without a parent it would outlive its screen, and be styled and told of changes for ever.
            before.hide()
            before.setParent(self)
        if content is not None:
            content.setContentsMargins(0, 0, 0, _END_GAP)
            self.setWidget(content)
            content.show()
        self.verticalScrollBar().setValue(0)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll until a widget inside is seen, with a little around it."""
        self.ensureWidgetVisible(widget, 0, _SEEN_AROUND)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 60)

    def _keep_width(self, _lowest: int, highest: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        self.setViewportMargins(0, 0, 0 if highest else bar, 0)

    def sizeHint(self) -> QSize:
        content = self.widget()
        return content.sizeHint() if content is not None else self.minimumSizeHint()
