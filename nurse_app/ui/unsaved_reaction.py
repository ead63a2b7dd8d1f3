"""When the Reaction key cannot be saved: the list comes on all the same, and its times are recorded later."""

from nurse_app.domain.commands import Command, OpenReaction
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.presentation.intents import LeavePaper, PaperIntent, RecordPaper, TouchPaper
from nurse_app.presentation.paper_reaction import (
    PaperReaction,
    begun,
    command_of,
    first_recorded,
    touched,
)
from nurse_app.ui.parts import AppParts
from nurse_app.ui.scenes import Scenes
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.open_visit import Accepted


class UnsavedReaction:
    """Keeps one reaction in memory from the failure to save its opening until it is recorded or left on paper."""

    def __init__(self, parts: AppParts, work: Work, session: Session, scenes: Scenes) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._scenes = scenes
        self._asked = ""
        self._paper: PaperReaction | None = None

    def asked(self, visit_id: str, command: Command) -> None:
        """A command is on its way to the disk."""
        if isinstance(command, OpenReaction):
            self._asked = visit_id

    def answered(self, visit_id: str) -> None:
        """It arrived."""
        if visit_id == self._asked:
            self._asked = ""

    def saving(self, sentence: str) -> None:
        """Something was not saved; with an empty sentence saving works again."""
        asked, self._asked = self._asked, ""
        context = self._scenes.context(asked) if sentence and asked else None
        if context is not None and self._paper is None:
            self._show(begun(asked, context.now.latest))
        elif self._paper is not None:
            # At a failure while recording what is left stays.
            self._show(PaperReaction(self._paper.visit_id, self._paper.touches, saving_works=not sentence))

    def do(self, intent: PaperIntent) -> None:
        """What the page asks for."""
        paper = self._paper
        context = self._scenes.context(paper.visit_id) if paper is not None else None
        if paper is None or context is None:
            return
        match intent:
            case TouchPaper():
                drug = intent.act == context.state.protocol.reaction.first_line
                self._show(touched(paper, intent.act, context.now.latest, repeatable=drug))
            case RecordPaper():
                self._record_first(paper)
            case LeavePaper():
                self._show(None)

    def _record_first(self, paper: PaperReaction) -> None:
        """One after the other: what is an entry is not asked again when the next one fails."""
        context = self._scenes.context(paper.visit_id)
        if context is None:
            return
        touch, author = paper.touches[0], self._session.author
        command = command_of(context.state, touch)

        def done(_result: Accepted | Rejected) -> None:
            left = first_recorded(paper)
            self._show(left)
            if left is not None:
                self._record_first(left)

        self._work.submit(lambda: self._parts.service.handle(paper.visit_id, command, author, touch.at), done)

    def _show(self, paper: PaperReaction | None) -> None:
        self._paper = paper
        screen = self._scenes.places.visit
        if screen is not None:
            screen.show_paper(paper)
        self._scenes.refresh()
