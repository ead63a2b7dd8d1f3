"""Going home: what to tell the patient and what was done today."""

from nurse_app.ui.blocks.summary_body import SummaryBody


class DischargePage(SummaryBody):
    """Shows a SummaryPageView; its acts stand in the right column."""

    def __init__(self) -> None:
        super().__init__(name="discharge_page")
