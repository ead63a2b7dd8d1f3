"""The field on home where a patient is looked for or scanned."""

from PySide6.QtCore import Signal

from nurse_app.ui.widgets.fields import TextField


class SearchField(TextField):
    """``searched`` follows typing, ``submitted`` the Enter key or the end of a scan."""

    searched = Signal(str)
    submitted = Signal(str)

    def __init__(self, hint: str, *, name: str) -> None:
        super().__init__("", name=name, hint=hint)
        self._entry.setClearButtonEnabled(True)
        self.changed.connect(self._on_changed)
        self.entered.connect(self._on_entered)

    def _on_changed(self) -> None:
        self.searched.emit(self.text())

    def _on_entered(self) -> None:
        self.submitted.emit(self.text())
