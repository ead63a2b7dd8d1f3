"""Which visits in progress were opened again after a start of the program and have not been shown since."""

from nurse_app.domain.events import VisitReopened
from nurse_app.presentation.entry_words_alarms import WORDS as ALARM_WORDS
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.ui.parts import AppParts
from nurse_app.visit.open_visit import OpenVisit


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
        self._waiting |= {key for key in fresh if _was_reopened(opened[key])}

    def sheet_for(self, visit_id: str) -> OpenSheet | None:
        """What to show over a visit that comes on; once."""
        if visit_id not in self._waiting or self._parts.service.visits()[visit_id].state.phase == "reaction":
            return None
        self._waiting.discard(visit_id)
        return OpenSheet(SheetKind.RESUME)


def _was_reopened(visit: OpenVisit) -> bool:
    """Whether nothing was entered since, but what the program itself noted of alarms."""
    entries = (item.event for item in reversed(visit.record) if type(item.event) not in ALARM_WORDS)
    return isinstance(next(entries), VisitReopened)
