"""The infusion while it runs or is paused."""

from nurse_app.ui.blocks.clock_body import ClockBody


class InfusePage(ClockBody):
    """Shows a ClockPageView and asks for what its buttons mean."""

    def __init__(self) -> None:
        super().__init__(name="infuse_page")
