"""Notices that a nurse was called away from a critical step, and keeps the card until she begins it again."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nurse_app.domain.moment import Reading
from nurse_app.domain.state import Phase
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.intents import GoToVisit, OpenSheet
from nurse_app.presentation.interruption import Doing, is_interrupted, present_interruption
from nurse_app.ui.session import Session
from nurse_app.ui.stage import Stage
from nurse_app.visit.ports import Clock

if TYPE_CHECKING:
    from nurse_app.ui.scenes import Scenes
    from nurse_app.ui.screens.visit_screen import VisitScreen


@dataclass(frozen=True, slots=True)
class _Interrupted:
    """A step that waits to be begun again; ``request`` opens its sheet anew."""

    phase: Phase
    doing: Doing
    request: OpenSheet | None


class Interrupting:
    """Each visit has at most one interrupted step. It outlives the locked view, and whoever signs in next sees it.

    Nothing is written to the record: what was recorded stays, and what was half typed never was a fact.
    """

    def __init__(self, clock: Clock, session: Session, scenes: "Scenes", stage: Stage) -> None:
        self._clock = clock
        self._session = session
        self._scenes = scenes
        self._stage = stage
        self._waiting: dict[str, _Interrupted] = {}

    def look(self, reading: Reading) -> None:
        """Called at every look at the clocks, before the names are hidden."""
        visit, context = self._at_work()
        if visit is None or context is None or context.visit_id in self._waiting:
            return
        if is_interrupted(context.state, visit.doing, self._session.idle_for(reading)):
            self._keep(visit, context)

    def by_key(self) -> None:
        """The nurse says herself that she was called away."""
        visit, context = self._at_work()
        if visit is None or context is None or context.visit_id in self._waiting:
            return
        if present_interruption(context, visit.doing) is not None:
            self._keep(visit, context)
            self._scenes.refresh()

    def refresh(self, visit: "VisitScreen", context: VisitContext) -> None:
        """Show the card of the visit that is on; it goes when its step is no longer the one to do."""
        waiting = self._waiting.get(context.visit_id)
        view = None
        if waiting is not None and waiting.phase == context.state.phase:
            view = present_interruption(context, waiting.doing)
        if view is None:
            self.drop(context.visit_id)
            visit.leave_interruption()
        else:
            visit.show_interruption(view)

    def is_waiting(self, visit_id: str) -> bool:
        """Whether a step of this visit waits to be begun again."""
        return visit_id in self._waiting

    def drop(self, visit_id: str) -> None:
        """The nurse went on with something else."""
        self._waiting.pop(visit_id, None)

    def go_on(self) -> None:
        """Begin the step again: its entries are empty, the focus is on its first line."""
        # Whoever presses its button is back, whatever the next look at the clocks would make of it.
        self._session.touch(self._clock.read())
        visit_id, visit = self._scenes.visit_id, self._scenes.places.visit
        waiting, context = self._waiting.pop(visit_id, None), self._scenes.context(visit_id)
        if visit is None or waiting is None or context is None:
            return
        view = present_interruption(context, waiting.doing)
        visit.leave_interruption()
        if view is None or not view.begins_again:
            visit.focus_next()
        elif waiting.request is not None:
            self._scenes.open_sheet(waiting.request)
        else:
            visit.begin_page_again()
            self._scenes.refresh()

    def _keep(self, visit: "VisitScreen", context: VisitContext) -> None:
        self._waiting[context.visit_id] = _Interrupted(context.state.phase, visit.doing, visit.request)

    def _at_work(self) -> "tuple[VisitScreen | None, VisitContext | None]":
        """The visit screen and its visit, also beneath the help, when somebody is signed in."""
        scenes = self._scenes
        visit = scenes.places.visit
        if self._session.locked or not isinstance(scenes.place, GoToVisit):
            return None, None
        is_on = self._stage.current() is visit or scenes.helping.is_on
        return (visit if is_on else None), scenes.context(scenes.visit_id)
