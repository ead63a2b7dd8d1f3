"""The head of a page: what this is, and the one sentence that goes with it."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nurse_app.ui.widgets.text import Text


class PageTitle(QWidget):
    """Title and subtitle."""

    def __init__(self, title: str = "", subtitle: str = "", *, name: str = "page_title") -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = Text("", "title", name=f"{name}.title")
        self._subtitle = Text("", "lead", name=f"{name}.subtitle")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.set_title(title)
        self.set_subtitle(subtitle)

    def title(self) -> str:
        return self._title.text()

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self.setAccessibleName(title)

    def set_subtitle(self, subtitle: str) -> None:
        self._subtitle.set_text(subtitle)
        self._subtitle.setVisible(bool(subtitle))
