"""A prescriber’s decision that the drug may be given again: who, why, and that it was read back."""

from nurse_app.i18n import _
from nurse_app.presentation.intents import ClearHypersensitivity
from nurse_app.presentation.reactions_page import ClearFlagView
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text

_NAME = "clear_flag_sheet"


class ClearFlagSheet(SheetForm):
    """Nothing is chosen beforehand."""

    def __init__(self, view: ClearFlagView) -> None:
        super().__init__(name=_NAME, submit=_("Clear the flag"))
        self._view = view
        self._by = TextField(_("Name of the prescriber"), name=f"{_NAME}.by", required=True)
        self._reason = TextField(_("Why it may be given again"), name=f"{_NAME}.reason", required=True)
        self._read_back = AskedChips(
            _("Read back"),
            (("yes", view.read_back),),
            name=f"{_NAME}.read_back",
            missing=_("Read the decision back, then confirm it here."),
        )
        self.add(Text(view.state, "strong", "stop", name=f"{_NAME}.state"))
        self.ask(self._by, self._reason, self._read_back)
        self.finish()
        self.show_refusal(view.refused)
        self.submit_button.setEnabled(not view.refused)

    def has_entries(self) -> bool:
        """Whether something would be lost."""
        return bool(self._by.text() or self._reason.text())

    def ask_to_finish(self) -> None:
        """Say that the decision is not recorded yet."""
        self.show_refusal(_("Clear the flag first, or close this panel."))

    def _submit(self) -> None:
        self.intent_requested.emit(ClearHypersensitivity(self._view.patient_id, self._by.text(), self._reason.text()))
