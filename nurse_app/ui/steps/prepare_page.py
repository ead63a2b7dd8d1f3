"""Prepare: the lines in order, one of them current, each with what was recorded and what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.prepare import PrepareView
from nurse_app.ui.finding_strips import FindingStrips, finding_lines
from nurse_app.ui.prepare_line import PrepareLineRow
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.finding import FindingLine
from nurse_app.ui.widgets.into_view import bring_into_view


class PreparePage(Column):
    """After each act the focus goes to the line that is current then."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(name="prepare_page")
        self._view: PrepareView | None = None
        self._rows: dict[str, PrepareLineRow] = {}
        self._advice = FindingStrips(name="prepare_page.advice")
        self._findings = FindingStrips(name="prepare_page.finding")
        self._findings.why_requested.connect(self._ask_why)
        self._lines = Column(name="prepare_page.lines")
        for widget in (self._advice, self._findings, self._lines):
            self.add(widget)
        self.add_stretch()

    def first_focus(self) -> None:
        """The current line."""
        row = self._current_row()
        if row is not None:
            row.first_focus()
            bring_into_view(row)

    def show_view(self, view: PrepareView) -> None:
        """Show the lines as they now stand."""
        if view == self._view:
            return
        before, self._view = self._current(), view
        had_focus = self._has_focus()
        if [line.id for line in view.lines] != list(self._rows):
            self._make_rows(view)
        advice = FindingLine("advice", "information", view.advice, why=False)
        self._advice.show_lines((advice,) if view.advice else ())
        self._findings.show_lines(finding_lines(view.findings))
        for line in view.lines:
            self._rows[line.id].show_line(line)
        if had_focus and self._current() != before:
            self.first_focus()

    def _make_rows(self, view: PrepareView) -> None:
        for row in self._rows.values():
            row.setParent(None)
            row.deleteLater()
        self._rows = {}
        for line in view.lines:
            row = PrepareLineRow(name=f"line.{line.id}")
            row.intent_requested.connect(self.intent_requested)
            row.why_requested.connect(self._ask_why)
            self._rows[line.id] = row
            self._lines.add(row)

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _current(self) -> str:
        lines = self._view.lines if self._view is not None else ()
        return next((line.id for line in lines if line.state == "current"), "")

    def _current_row(self) -> PrepareLineRow | None:
        return self._rows.get(self._current())

    def _ask_why(self, rule: str) -> None:
        self.intent_requested.emit(OpenSheet(SheetKind.WHY, rule))
