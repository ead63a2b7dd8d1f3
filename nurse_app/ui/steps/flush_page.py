"""The flush of the line after the empty bag."""

from nurse_app.ui.blocks.clock_body import ClockBody


class FlushPage(ClockBody):
    """Shows a ClockPageView and asks for what its buttons mean."""

    def __init__(self) -> None:
        super().__init__(name="flush_page")
