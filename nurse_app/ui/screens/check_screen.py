"""The check of all records: one button, how far it is, then what it found and what to do about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.intents import GoToReports
from nurse_app.presentation.record_check import CheckView, FindingView
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import PAGE_GAP, set_look
from nurse_app.ui.widgets.strip import Strip
from nurse_app.ui.widgets.text import Text

_BACK_KEY = "Esc"


def _verdict(view: CheckView) -> QWidget:
    texts = Column(gap=2)
    texts.add(Text(view.verdict, "heading", name="check.verdict"))
    texts.add(Text(view.note, "note", name="check.note"))
    return Strip(view.tone, "", texts)


def _finding(view: FindingView, place: int) -> QWidget:
    texts = QWidget()
    grid = QGridLayout(texts)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Text(view.what, "strong", name=f"check.finding.{place}"), 0, 0, 1, 2)
    for row, (label, words) in enumerate(view.lines, start=1):
        grid.addWidget(Text(label, "note"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(words), row, 1)
    return Strip(view.tone, view.word, texts)


class CheckScreen(HomeFrame):
    """Shows a CheckView. ``check_requested`` is for whoever does the check."""

    intent_requested = Signal(object)
    check_requested = Signal()

    def __init__(self) -> None:
        super().__init__(_("Check of the records"), search_hint="", name="check")
        self.search.hide()
        self._view: CheckView | None = None
        self._result: QWidget | None = None
        self._lead = Text("", "lead", name="check.lead")
        self._button = Button(_("Check all records"), role="primary", name="check.start")
        self._button.clicked.connect(self.check_requested)
        self._progress = Text("", "heading", name="check.progress")
        self._results = Column(gap=PAGE_GAP)
        self._claim = Text("", "note", name="check.claim")
        page = Column(gap=PAGE_GAP)
        page.add(self._lead)
        page.add_left(self._button)
        for widget in (self._progress, self._results, self._claim):
            page.add(widget)
        page.add_stretch()
        self.set_page(page)
        back = Button(_("Back to the reports"), _BACK_KEY, name="check.back")
        back.clicked.connect(lambda: self.intent_requested.emit(GoToReports()))
        bind_key(back, _BACK_KEY)
        self.add_action(back)

    def show_view(self, view: CheckView) -> None:
        """Show how far the check is, or what it found."""
        before, self._view = self._view, view
        self._lead.set_text(view.lead)
        self._button.set_label(view.button or _("Check all records"))
        self._button.setVisible(bool(view.button))
        # Once there is a result, what to do about it comes first.
        set_look(self._button, "role", "secondary" if view.verdict else "primary")
        self._progress.set_text(view.progress)
        self._progress.setVisible(bool(view.progress))
        self._claim.set_text(view.claim)
        if before is None or (before.verdict, before.note, before.findings) != (
            view.verdict,
            view.note,
            view.findings,
        ):
            self._show_result(view)

    def first_focus(self) -> None:
        """The one thing to do here."""
        self._button.setFocus()

    def _show_result(self, view: CheckView) -> None:
        if self._result is not None:
            self._result.hide()
            self._result.deleteLater()
        result = self._result = Column(gap=PAGE_GAP)
        if view.verdict:
            result.add(_verdict(view))
        for place, finding in enumerate(view.findings, start=1):
            result.add(_finding(finding, place))
        if view.more:
            result.add(Text(view.more, "note", name="check.more"))
        self._results.add(result)
