"""Pre-checks: the questions one under another, each with what its answer brings up."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.commands import AnswerQuestion
from nurse_app.i18n import _
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.prechecks import PrechecksView, QuestionView, VitalSignsRow
from nurse_app.presentation.view_parts import ActionView, FindingView
from nurse_app.ui.finding_strips import FindingStrips, finding_lines
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.checklist_row import ChecklistRow, RowView
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.into_view import bring_into_view
from nurse_app.ui.widgets.question_row import QuestionRow
from nurse_app.ui.widgets.text import Text

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Group(Column):
    """Findings under a title; takes no room without any."""

    def __init__(self, title: str, *, name: str) -> None:
        super().__init__(name=name)
        self.strips = FindingStrips(name=f"{name}.strip")
        self.add(Text(title, "strong", name=f"{name}.title"))
        self.add(self.strips)
        self.hide()

    def show_findings(self, findings: tuple[FindingView, ...]) -> None:
        self.strips.show_lines(finding_lines(findings))
        self.setVisible(bool(findings))


def _is_complete(view: PrechecksView) -> bool:
    return view.rest is None and view.vital_signs.taken


class PrechecksPage(Column):
    """Y and N answer and go on, Up and Down move between the rows, V opens the vital signs."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(name="prechecks_page")
        self._view: PrechecksView | None = None
        self._rows: dict[str, QuestionRow] = {}
        self._record = _Group(_("From the record"), name="prechecks_page.record")
        self._questions = Column(name="prechecks_page.questions")
        self._rest = Button("", "A", name="prechecks_page.rest")
        self._rest_note = Text("", "note", name="prechecks_page.rest_note")
        self._rest_box = Column(gap=3)
        self._vital_signs = ChecklistRow(name="prechecks_page.vital_signs")
        self._vital_findings = FindingStrips(name="prechecks_page.vital_finding")
        self._notes = _Group(_("Good to know"), name="prechecks_page.note")
        self._build()

    def first_focus(self) -> None:
        """The next thing to do: a question without an answer, else the vital signs."""
        self._focus(self._next_to_do(after=-1))

    def show_view(self, view: PrechecksView) -> None:
        """Show questions, answers and findings as they now stand."""
        before, self._view = self._view, view
        if [question.id for question in view.questions] != list(self._rows):
            self._make_rows(view)
        if before is None or before.questions != view.questions:
            for question in view.questions:
                self._show_question(question)
        self._record.show_findings(view.from_record)
        self._show_rest(view.rest, view.rest_note)
        self._show_vital_signs(view.vital_signs, is_next=view.rest is None)
        self._notes.show_findings(view.notes)
        if before is not None and view.from_record and _is_complete(view) and not _is_complete(before):
            # All is asked: what the record says must be seen before it is acknowledged.
            bring_into_view(self._record)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        stops = self._stops()
        place = self._place() + step
        if 0 <= place < len(stops):
            self._focus(stops[place])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A finding that appears pushes the rows down; the one in work stays in sight.
        if self._place() >= 0:
            bring_into_view(self._stops()[self._place()])

    def _build(self) -> None:
        self._rest_box.add_left(self._rest)
        self._rest_box.add(self._rest_note)
        widgets: tuple[QWidget, ...] = (
            *(self._record, self._questions, self._rest_box),
            *(self._vital_signs, self._vital_findings, self._notes),
        )
        for widget in widgets:
            self.add(widget)
        self.add_stretch()
        for strips in (self._record.strips, self._vital_findings, self._notes.strips):
            strips.why_requested.connect(self._ask_why)
        self._rest.clicked.connect(self._answer_rest)
        self._vital_signs.action_requested.connect(self._measure)
        bind_key(self._rest, "A")
        bind_key(self._vital_signs.button, "V")

    def _make_rows(self, view: PrechecksView) -> None:
        """Rows are made once; only another protocol has other questions."""
        for row in self._rows.values():
            row.setParent(None)
            row.deleteLater()
        self._rows = {}
        for question in view.questions:
            row = QuestionRow(question.text, question.hint, name=f"question.{question.id}", yes_tone=question.yes_tone)
            row.answered.connect(self._answering(question.id))
            row.why_requested.connect(self._ask_why)
            self._rows[question.id] = row
            self._questions.add(row)

    def _show_question(self, question: QuestionView) -> None:
        row = self._rows[question.id]
        row.set_answer(question.answer)
        row.set_note(question.hint)
        row.show_findings(finding_lines(question.findings))

    def _show_rest(self, rest: ActionView | None, note: str) -> None:
        self._rest_box.setVisible(rest is not None)
        self._rest_note.set_text(note)
        if rest is not None:
            self._rest.set_label(rest.label, rest.key)

    def _show_vital_signs(self, row: VitalSignsRow, *, is_next: bool) -> None:
        self._vital_signs.show_row(
            RowView(
                row.title,
                row.note,
                "current" if is_next and not row.taken else "open",
                action=row.action.label,
                action_key=row.action.key,
            )
        )
        self._vital_findings.show_lines(finding_lines(row.findings))

    # --- going from row to row ---

    def _stops(self) -> list[QWidget]:
        rest = [self._rest] if self._rest_box.isVisibleTo(self) else []
        return [*self._rows.values(), *rest, self._vital_signs.button]

    def _place(self) -> int:
        """Which stop has the focus; -1 when it is elsewhere."""
        focus = QApplication.focusWidget()
        if focus is None:
            return -1
        stops = self._stops()
        return next((n for n, stop in enumerate(stops) if stop is focus or stop.isAncestorOf(focus)), -1)

    def _focus(self, stop: QWidget) -> None:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_view(stop)

    def _next_to_do(self, after: int) -> QWidget:
        """The next question without an answer after a place, then the ones before it, then the vital signs."""
        rows = list(self._rows.values())
        in_turn = [*rows[after + 1 :], *rows[: max(after, 0)]]
        return next((row for row in in_turn if row.answer is None), self._vital_signs.button)

    # --- what is asked for ---

    def _answering(self, question: str) -> Callable[[bool], None]:
        return lambda said: self._answer(question, answer=said)

    def _answer(self, question: str, *, answer: bool) -> None:
        self.intent_requested.emit(AnswerQuestion(question, answer))
        self._focus(self._next_to_do(after=list(self._rows).index(question)))

    def _answer_rest(self) -> None:
        if self._view is not None and self._view.rest is not None:
            self.intent_requested.emit(self._view.rest.intent)
            self._focus(self._vital_signs.button)

    def _measure(self) -> None:
        if self._view is not None:
            self.intent_requested.emit(self._view.vital_signs.action.intent)

    def _ask_why(self, rule: str) -> None:
        self.intent_requested.emit(OpenSheet(SheetKind.WHY, rule))
