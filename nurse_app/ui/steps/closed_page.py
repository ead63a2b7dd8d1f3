"""A visit that is over."""

from nurse_app.ui.blocks.summary_body import SummaryBody


class ClosedPage(SummaryBody):
    """Shows a SummaryPageView; its acts stand in the right column."""

    def __init__(self) -> None:
        super().__init__(name="closed_page")
