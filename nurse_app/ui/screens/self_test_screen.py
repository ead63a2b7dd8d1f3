"""The self-test: one button, each look as it ends, then what needs somebody, and a report to send."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.intents import GoHome
from nurse_app.presentation.self_test_page import LookView, SelfTestView
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.kinds import PAGE_GAP, set_look, shape
from nurse_app.ui.widgets.strip import Strip
from nurse_app.ui.widgets.text import Text

_BACK_KEY, _SAVE_KEY = "Esc", "Ctrl+S"
_ICON_PX = 20


def _problem(view: LookView) -> QWidget:
    texts = Column(gap=2, name=f"self_test.look.{view.id}")
    texts.add(Text(view.title, "strong"))
    texts.add(Text(view.sentence, name=f"self_test.look.{view.id}.sentence"))
    texts.add(Text(view.to_do, "strong"))
    texts.add(Text(view.measured, "note"))
    return Strip(view.tone, view.word, texts)


def _others(views: tuple[LookView, ...]) -> QWidget:
    """Those that are well or still to come, close together: nobody has to do anything about them."""
    rows = QWidget()
    grid = QGridLayout(rows)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(2, 1)
    for row, view in enumerate(views):
        texts = Column(gap=0, name=f"self_test.look.{view.id}")
        texts.add(Text(view.sentence or view.word, name=f"self_test.look.{view.id}.sentence"))
        if view.measured:
            texts.add(Text(view.measured, "note"))
        grid.addWidget(Icon(shape(view.tone), view.tone, _ICON_PX), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(view.title, "strong", view.tone), row, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(texts, row, 2)
    return rows


def _results(view: SelfTestView) -> object:
    return view.verdict, view.note, view.problems, view.others


class SelfTestScreen(HomeFrame):
    """Shows a SelfTestView. ``test_requested`` and ``save_requested`` are for whoever does it."""

    intent_requested = Signal(object)
    test_requested = Signal()
    save_requested = Signal()

    def __init__(self) -> None:
        super().__init__(_("Self-test"), search_hint="", name="self_test")
        self.search.hide()
        self._view: SelfTestView | None = None
        self._result: QWidget | None = None
        self._saved = Text("", "strong", name="self_test.saved")
        self._lead = Text("", "lead", name="self_test.lead")
        self._button = Button(_("Test now"), role="primary", name="self_test.start")
        self._button.clicked.connect(self.test_requested)
        self._progress = Text("", "heading", name="self_test.progress")
        self._results = Column(gap=PAGE_GAP)
        page = Column(gap=PAGE_GAP)
        page.add(self._saved)
        page.add(self._lead)
        page.add_left(self._button)
        page.add(self._progress)
        page.add(self._results)
        page.add_stretch()
        self.set_page(page)
        self._save = Button(_("Save report"), _SAVE_KEY, name="self_test.save")
        self._save.clicked.connect(self.save_requested)
        bind_key(self._save, _SAVE_KEY)
        back = Button(_("Back to the ward"), _BACK_KEY, name="self_test.back")
        back.clicked.connect(lambda: self.intent_requested.emit(GoHome()))
        bind_key(back, _BACK_KEY)
        for action in (self._save, back):
            self.add_action(action)

    def show_view(self, view: SelfTestView) -> None:
        """Show how far the test is, or what it found."""
        before, self._view = self._view, view
        had_focus = self._button.hasFocus()
        self._saved.set_text(view.saved)
        self._saved.set_tone(view.saved_tone)
        self._saved.setVisible(bool(view.saved))
        self._lead.set_text(view.lead)
        self._button.set_label(view.button or _("Test again"))
        self._button.setVisible(bool(view.button))
        # Once there is a result, to look at it comes first.
        set_look(self._button, "role", "secondary" if view.verdict else "primary")
        self._progress.set_text(view.progress)
        self._progress.setVisible(bool(view.progress))
        self._save.setEnabled(view.can_save)
        if before is None or _results(before) != _results(view):
            self._show_results(view)
        if view.saved and (before is None or before.saved != view.saved):
            self.bring_into_view(self._saved)
        elif view.can_save and (before is None or not before.can_save) and not had_focus:
            self._save.setFocus()

    def first_focus(self) -> None:
        """The one thing to do here."""
        (self._save if self._view is not None and self._view.can_save else self._button).setFocus()

    def _show_results(self, view: SelfTestView) -> None:
        if self._result is not None:
            self._result.hide()
            self._result.deleteLater()
        result = self._result = Column(gap=PAGE_GAP)
        if view.verdict:
            texts = Column(gap=2)
            texts.add(Text(view.verdict, "heading", name="self_test.verdict"))
            texts.add(Text(view.note, "note", name="self_test.note"))
            result.add(Strip(view.tone, "", texts))
        for look in view.problems:
            result.add(_problem(look))
        if view.others:
            result.add(_others(view.others))
        self._results.add(result)
