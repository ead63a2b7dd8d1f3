"""When the Reaction key cannot be saved: the list comes on all the same, and its times are recorded later."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nurse_app.domain.commands import Command, OpenReaction
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.intents import LeavePaper, PaperIntent, RecordPaper, TouchPaper
from nurse_app.presentation.messages import refusal_words
from nurse_app.presentation.paper_reaction import (
    PaperReaction,
    Touch,
    begun,
    command_of,
    recorded,
    refused_words,
    taken_back,
    touched,
)
from nurse_app.ui.parts import AppParts
from nurse_app.ui.scenes import Scenes
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.open_visit import Accepted

# Nobody waits longer for a disk that gives no answer.
_WAIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """An opening that is on its way to the disk: whose, when the key was pressed (true time), and with what signs."""

    visit_id: str
    at: datetime
    signs: tuple[str, ...]


class UnsavedReaction:
    """Keeps one reaction in memory from the failure to save its opening until it is recorded or left on paper."""

    def __init__(self, parts: AppParts, work: Work, session: Session, scenes: Scenes) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._scenes = scenes
        self._asked: _Asked | None = None
        self._paper: PaperReaction | None = None
        self._is_recording = False
        self._refused: tuple[Touch, ...] = ()
        self._why = ""

    def asked(self, visit_id: str, command: Command) -> None:
        """A command is on its way to the disk."""
        context = self._scenes.context(visit_id)
        if not isinstance(command, OpenReaction) or context is None:
            return
        if self._asked is None:
            self._asked = _Asked(visit_id, context.now.latest, command.signs)
        elif self._asked.visit_id == visit_id:
            self._asked = replace(self._asked, signs=(*self._asked.signs, *command.signs))

    def answered(self, visit_id: str, command: Command) -> None:
        """It arrived. Touches made while the disk gave no answer follow it."""
        asked, paper = self._asked, self._paper
        if asked is None or asked.visit_id != visit_id or not isinstance(command, OpenReaction):
            return
        self._asked = None
        if paper is not None and paper.touches[0].at == asked.at:
            self._go_on(recorded(paper, paper.touches[0]))

    def look(self) -> None:
        """A disk that hangs is no reason to wait: the list comes, and goes when the entry arrives."""
        asked = self._asked
        context = self._scenes.context(asked.visit_id) if asked is not None else None
        if asked is None or context is None or self._paper is not None:
            return
        if context.now.latest - asked.at >= _WAIT:
            self._show(begun(asked.visit_id, asked.at, asked.signs))

    def saving(self, sentence: str) -> None:
        """Something was not saved; with an empty sentence saving works again."""
        self._is_recording = False
        asked = self._asked
        if sentence:
            self._asked = None
        if self._paper is not None:
            # At a failure while recording what is left stays.
            self._show(replace(self._paper, saving_works=not sentence))
        elif sentence and asked is not None:
            self._show(begun(asked.visit_id, asked.at, asked.signs))

    def do(self, intent: PaperIntent) -> None:
        """What the page asks for."""
        paper = self._paper
        context = self._scenes.context(paper.visit_id) if paper is not None else None
        if paper is None or context is None:
            return
        match intent:
            case TouchPaper():
                self._show(self._after_touch(paper, intent, context))
            case RecordPaper():
                if not self._is_recording:
                    self._record_first(paper)
            case LeavePaper():
                self._go_on(None)

    def _after_touch(self, paper: PaperReaction, intent: TouchPaper, context: VisitContext) -> PaperReaction:
        if intent.at is not None:
            return taken_back(paper, intent.act, intent.at)
        drug = intent.act == context.state.protocol.reaction.first_line
        return touched(paper, intent.act, context.now.latest, repeatable=drug)

    def _record_first(self, paper: PaperReaction) -> None:
        """One after the other: what is an entry is not asked again when the next one fails."""
        context = self._scenes.context(paper.visit_id)
        if context is None:
            return
        self._is_recording = True
        visit_id, touch, author = paper.visit_id, paper.touches[0], self._session.author
        command = command_of(context.state, touch)

        def done(result: Accepted | Rejected) -> None:
            self._is_recording = False
            if isinstance(result, Rejected):
                self._refused = (*self._refused, touch)
                self._why = refusal_words(result, context.state.protocol)
            # Touches made meanwhile are in the paper of now.
            if self._paper is not None:
                self._go_on(recorded(self._paper, touch))

        self._work.submit(lambda: self._parts.service.handle(visit_id, command, author, touch.at), done)

    def _go_on(self, left: PaperReaction | None) -> None:
        """With the next touch; after the last one say which of them became no entry."""
        visit_id = self._paper.visit_id if self._paper is not None else ""
        self._show(left)
        if left is not None:
            self._record_first(left)
            return
        context = self._scenes.context(visit_id)
        if self._refused and context is not None:
            self._scenes.show_refusal(refused_words(context, self._refused, self._why))
        self._refused = ()

    def _show(self, paper: PaperReaction | None) -> None:
        self._paper = paper
        screen = self._scenes.places.visit
        if screen is not None:
            screen.show_paper(paper)
        self._scenes.refresh()
