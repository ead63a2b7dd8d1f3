"""One thing to choose: a button that shows, by colour, mark and state, whether it is chosen."""

from typing import Literal

from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.button import ICON_GAP, ICON_SIZE, Button
from nurse_app.ui.widgets.kinds import Tone, colour_role, set_look, shape


class Choice(Button):
    """A button that is chosen or not. It shows what it is told and does not change by being pressed."""

    def __init__(self, text: str, look: Literal["choice", "chip"], *, name: str) -> None:
        self._chosen: Tone | None = None
        super().__init__(text, role=look, name=name, icon="empty" if look == "chip" else "")
        self.setProperty("chosen", "")
        self.setCheckable(True)

    @property
    def chosen(self) -> bool:
        return self._chosen is not None

    def set_chosen(self, tone: Tone | None) -> None:
        """Show it chosen, in a tone, or not chosen (None)."""
        # Qt toggles a checkable button when it is pressed; what is told wins.
        self.setChecked(tone is not None)
        if tone == self._chosen:
            return
        self._chosen = tone
        set_look(self, "chosen", tone or "")
        self.set_icon_name(self._mark())
        self._draw_icon()

    def nextCheckState(self) -> None:
        """Nothing: being pressed is a wish, not yet a choice."""

    def _mark(self) -> str:
        """A chip carries a box to tick; Yes and No the shape of what the answer means."""
        if self.role() == "chip":
            return "empty" if self._chosen is None else "check"
        return "" if self._chosen is None else shape(self._chosen) or "check"

    def _icon_room(self) -> int:
        # Room for the mark is kept before there is one: nothing may move under a finger.
        return current_theme().px(ICON_SIZE) + 2 * ICON_GAP

    def icon_colour(self) -> str:
        if self._chosen is None:
            return "edge"
        role = "brand" if self._chosen == "neutral" else colour_role(self._chosen)
        return f"on_{role}" if self.role() == "choice" else role
