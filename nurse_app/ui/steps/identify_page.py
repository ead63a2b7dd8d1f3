"""Identify: the wristband and the birth date of the person in the chair, against the record that was opened."""

from PySide6.QtCore import Qt, Signal

from nurse_app.domain.commands import Identify
from nurse_app.i18n import _
from nurse_app.presentation.identify import IdentifyView
from nurse_app.ui.finding_strips import FindingStrips, finding_lines
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.date_field import DateField
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.scan_field import ScanField

_FIELD_WIDTH = 260


class IdentifyPage(Column):
    """Two identifiers, entered from the person and compared exactly; never a search."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=PAGE_GAP, name="identify_page")
        self._shown: IdentifyView | None = None
        self._refusal = FindingStrip(
            FindingLine("", "stop", "", why=False), name="identify_page.refusal", title_role="heading"
        )
        self._advice = FindingStrips(name="identify_page.advice")
        self._matched = Chip(name="identify_page.matched")
        self._wristband = ScanField(_("Wristband: scan it"), name="identify_page.wristband", required=True)
        self._born = DateField(_("Birth date: let the patient say it"), name="identify_page.birth_date", required=True)
        # An example of a date must not look like the date that is asked for.
        self._born.entry.setPlaceholderText(_("day-month-year"))
        self._check = Button(_("Check identity"), "Enter", "primary", name="identify_page.check")
        self._build()

    def first_focus(self) -> None:
        """Where the scanner types."""
        self._wristband.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, view: IdentifyView) -> None:
        """Show what came of the checks so far; a new mismatch empties the fields for another try."""
        before, self._shown = self._shown, view
        if view.refusal is not None:
            (line,) = finding_lines((view.refusal,), why=False)
            self._refusal.show_finding(line)
        self._refusal.setVisible(view.refusal is not None)
        self._advice.show_lines(finding_lines((view.advice,), why=False) if view.advice else ())
        self._matched.show_state(view.matched, "done")
        self._matched.setVisible(bool(view.matched))
        if before is not None and (before.visit_id, before.refusals) != (view.visit_id, view.refusals):
            self._wristband.clear()
            self._born.clear()
            self.first_focus()

    def _build(self) -> None:
        self.add(self._refusal)
        self.add(self._advice)
        self.add_row(self._wristband, self._born, gap=24, comfort=_FIELD_WIDTH)
        self.add(self._check)
        self.add_left(self._matched)
        self.add_stretch()
        self._refusal.hide()
        self._matched.hide()
        self._wristband.entered.connect(self._on_wristband)
        self._born.entered.connect(self._submit)
        self._check.clicked.connect(self._submit)

    def _on_wristband(self) -> None:
        if self._wristband.is_complete():
            self._born.setFocus(Qt.FocusReason.TabFocusReason)

    def _submit(self) -> None:
        wrong = [field for field in (self._wristband, self._born) if not field.is_complete()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.intent_requested.emit(Identify(self._wristband.text(), self._born.value(), self._wristband.how()))
