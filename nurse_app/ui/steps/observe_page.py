"""The watch after the infusion."""

from nurse_app.ui.blocks.clock_body import ClockBody


class ObservePage(ClockBody):
    """Shows a ClockPageView and asks for what its buttons mean."""

    def __init__(self) -> None:
        super().__init__(name="observe_page")
