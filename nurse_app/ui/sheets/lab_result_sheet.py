"""Laboratory results by hand, one after another: checked while they are typed, recorded one by one."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal

from nurse_app.domain.facts import LabResult
from nurse_app.i18n import _
from nurse_app.presentation.finding_words import unit_words
from nurse_app.presentation.formats import day, with_unit
from nurse_app.presentation.lab_entry import AddLabResults, LabEntryView
from nurse_app.presentation.lab_entry_check import TEST, LabEntryCheck, check_entries
from nurse_app.ui.sheets.lab_result_fields import LabResultFields
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.into_view import bring_into_view
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text

_NAME = "lab_result"
_NEXT_KEY, _CLOSE_KEY = "Ctrl+Return", "Ctrl+S"


class LabResultSheet(Column):
    """Emits AddLabResults and waits for ``show_saved`` or ``show_refusal`` before it takes the next one."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: LabEntryView) -> None:
        super().__init__(gap=PAGE_GAP, name=_NAME)
        self._view = view
        self._sent: AddLabResults | None = None
        self._saved: list[str] = []
        tests = tuple((each.test, each.title) for each in view.tests)
        self._tests = ChoiceChips(tests, name=f"{_NAME}.test", label=_("Which test?"))
        self._test_name = Text("", "heading", name=f"{_NAME}.test.name")
        self._another = Button(_("Another test"), role="quiet", name=f"{_NAME}.another")
        self._missing_test = Text("", "note", "hold", name=f"{_NAME}.test.message")
        self._fields = LabResultFields(_NAME)
        self._standing = Text("", "strong", name=f"{_NAME}.standing")
        self._refusal = Text("", "strong", "hold", name=f"{_NAME}.refusal")
        self._done = Text("", "strong", "done", name=f"{_NAME}.saved")
        self._next = Button(_("Save and next"), "Ctrl+Enter", "primary", name=f"{_NAME}.next")
        self._last = Button(_("Save and close"), _CLOSE_KEY, name=f"{_NAME}.last")
        for text in (self._missing_test, self._standing, self._refusal, self._done):
            text.hide()
        self.add(self._done)
        self.add(self._tests)
        self._chosen = self.add_row(self._test_name, self._another, shares=(3, 1))
        for part in (self._chosen, self._fields):
            part.hide()
        for widget in (self._missing_test, self._fields, self._standing, self._refusal):
            self.add(widget)
        self.add_row(self._next, self._last, shares=(2, 1))
        self.add_stretch()
        self._connect()

    def first_focus(self) -> None:
        """Put the cursor where the work begins."""
        (self._tests if self._fields.isHidden() else self._fields).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        """Say why it was not recorded; what was typed stays."""
        self._sent = None
        _say(self._refusal, text)
        self._set_waiting(waiting=False)

    def has_entries(self) -> bool:
        """Whether something would be lost if the sheet went now; what is being saved counts too."""
        return self._sent is not None or not self._fields.is_empty()

    def ask_to_finish(self) -> None:
        """Say that what was typed must be saved or given up before anything else; it stays as it is."""
        _say(self._refusal, _("This result is not saved yet. Save it, or close this sheet with Esc."))
        bring_into_view(self._refusal)

    def show_saved(self) -> None:
        """What was sent is on record: begin the next one, or close. The day stays for the rest of the report."""
        sent, self._sent = self._sent, None
        self._set_waiting(waiting=False)
        if sent is None:
            return
        self._view = replace(self._view, known=self._view.known | frozenset(sent.results))
        self._saved += [self._in_words(result) for result in sent.results]
        _say(self._done, _("Recorded: {results}").format(results=" · ".join(self._saved)))
        if not sent.more:
            self.closed.emit()
            return
        self._tests.choose()
        self._fields.keep_day()
        self.first_focus()

    def _connect(self) -> None:
        self._tests.changed.connect(self._on_test)
        self._another.clicked.connect(self._choose_again)
        self._fields.changed.connect(self._on_typed)
        self._fields.finished.connect(lambda: self._submit(more=True))
        self._next.clicked.connect(lambda: self._submit(more=True))
        self._last.clicked.connect(lambda: self._submit(more=False))
        bind_key(self._next, _NEXT_KEY)
        bind_key(self._last, _CLOSE_KEY)

    @property
    def _test(self) -> str:
        return next(iter(self._tests.chosen()), "")

    def _on_test(self) -> None:
        choice = self._view.choice(self._test)
        _say(self._missing_test, "")
        # The other tests make room for the fields of the one that was chosen.
        self._tests.setVisible(choice is None)
        for part in (self._chosen, self._fields):
            part.setVisible(choice is not None)
        if choice is not None:
            self._test_name.set_text(choice.title)
            self._fields.show_choice(choice)
            self._fields.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_typed()

    def _choose_again(self) -> None:
        self._tests.choose()
        self.first_focus()

    def _check(self) -> LabEntryCheck:
        return check_entries(self._view, self._fields.entries(self._test))

    def _on_typed(self) -> None:
        """How the value would stand, while it is typed."""
        check = self._check()
        self._standing.set_tone(check.tone)
        _say(self._standing, check.standing)
        self._fields.show_notes(check.notes)
        self._fields.expect(check.wrong)
        _say(self._refusal, "")

    def _submit(self, *, more: bool) -> None:
        if self._sent is not None:
            return
        check = self._check()
        if check.result is None:
            self._show_problems({**check.missing, **check.wrong})
            return
        self._sent = AddLabResults(self._view.patient_id, (check.result,), more=more)
        self._set_waiting(waiting=True)
        self.intent_requested.emit(self._sent)

    def _show_problems(self, problems: Mapping[str, str]) -> None:
        _say(self._missing_test, problems.get(TEST, ""))
        if TEST in problems:
            self._tests.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._fields.show_problems(problems)

    def _set_waiting(self, *, waiting: bool) -> None:
        for button in (self._next, self._last):
            button.setEnabled(not waiting)

    def _in_words(self, result: LabResult) -> str:
        choice = self._view.choice(result.test)
        title = choice.title if choice else result.test
        value = with_unit(str(result.value), unit_words(result.unit or ""))
        return _("{test} {value}, {day}").format(test=title, value=value, day=day(result.collected))


def _say(text: Text, words: str) -> None:
    text.set_text(words)
    text.setVisible(bool(words))
