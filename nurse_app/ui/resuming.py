"""Which visits in progress were opened again after a start of the program and have not been shown since."""

from nurse_app.domain.events import VisitReopened
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.ui.parts import AppParts


class Resuming:
    """Each of them is first shown with what to know; in a reaction the reaction comes first."""

    def __init__(self, parts: AppParts) -> None:
        self._parts = parts
        self._known: set[str] = set()
        self._waiting: set[str] = set()

    def reopened(self) -> None:
        """Visits in progress have just been opened: at the start, and when a lost list found another one."""
        opened = {key: visit for key, visit in self._parts.service.visits().items() if visit.state.is_open}
        fresh = opened.keys() - self._known
        self._known |= fresh
        self._waiting |= {key for key in fresh if isinstance(opened[key].record[-1].event, VisitReopened)}

    def sheet_for(self, visit_id: str) -> OpenSheet | None:
        """What to show over a visit that comes on; once."""
        if visit_id not in self._waiting or self._parts.service.visits()[visit_id].state.phase == "reaction":
            return None
        self._waiting.discard(visit_id)
        return OpenSheet(SheetKind.RESUME)
