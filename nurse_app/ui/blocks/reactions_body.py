"""The middle of a patient’s reactions: title, what is forbidden or due, and everything on record."""

from PySide6.QtCore import Signal

from nurse_app.presentation.summary_page import SummaryPageView
from nurse_app.ui.blocks.summary_body import SummaryBody
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.page_title import PageTitle


class ReactionsBody(Column):
    """Shows a SummaryPageView under its title."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=PAGE_GAP, name="reactions")
        self._title = PageTitle("", "", name="reactions.title")
        self._body = SummaryBody(name="reactions.body")
        self._body.intent_requested.connect(self.intent_requested)
        self.add(self._title)
        self.add(self._body, 1)

    def show_view(self, view: SummaryPageView) -> None:
        """Show the record as it is."""
        self._title.set_title(view.head.title)
        self._body.show_view(view)

    def first_focus(self) -> None:
        """Nothing here takes the focus: what is next stands in the right column."""
