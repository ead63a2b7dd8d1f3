"""The vein access: where the cannula is, and that it works."""

from nurse_app.domain.commands import ReadyLine
from nurse_app.i18n import _
from nurse_app.presentation.small_sheets import OTHER, LineView
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text


class LineSheet(SheetForm):
    """A site by one touch, or in words."""

    def __init__(self, view: LineView) -> None:
        super().__init__(name="line_sheet", submit=_("The line is ready"))
        self._sites = AskedChips(
            _("Where is the cannula?"), view.sites, name="line_sheet.site", missing=_("Choose where the cannula is.")
        )
        self._other = TextField(_("Which site"), name="line_sheet.other", required=True)
        self._other.hide()
        self._sites.changed.connect(self._on_site)
        if view.present:
            self.add(Text(view.present, "strong", name="line_sheet.present"))
        self.ask(self._sites, self._other)
        self.add(Text(view.checks, "lead", name="line_sheet.checks"))
        self.finish()

    def _on_site(self) -> None:
        is_other = self._sites.chosen() == OTHER
        self._other.setVisible(is_other)
        if is_other:
            self._other.setFocus()

    def _submit(self) -> None:
        chosen = self._sites.chosen()
        self.intent_requested.emit(ReadyLine(self._other.text() if chosen == OTHER else chosen))
