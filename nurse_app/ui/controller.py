"""The one mediator: intents of screens to the service, published states back to screens, a look at the clock."""

from collections.abc import Callable

from nurse_app.domain.alarm_commands import PauseAudio
from nurse_app.domain.commands import AcknowledgeAlarm, Command, OpenReaction
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.domain.moment import Reading
from nurse_app.i18n import _
from nurse_app.presentation import intents as i
from nurse_app.presentation.backup_notice import backup_notice
from nurse_app.presentation.chrome import saved_words
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.lab_entry import AddLabResults
from nurse_app.presentation.messages import defect_words, refusal_words
from nurse_app.presentation.scanning import ScanBarcode
from nurse_app.presentation.second_check import SecondCheckRequest
from nurse_app.presentation.timeline import entry_words
from nurse_app.ui.alarm_desk import AlarmDesk
from nurse_app.ui.bedside_checks import BedsideChecks
from nurse_app.ui.beginning import Beginning
from nurse_app.ui.blocks.interrupted_card import INTERRUPT_KEY
from nurse_app.ui.keeping_up import KeepingUp
from nurse_app.ui.key_places import place_for_key
from nurse_app.ui.lookout import Lookout
from nurse_app.ui.looks import Looks
from nurse_app.ui.parts import AppParts
from nurse_app.ui.people import People
from nurse_app.ui.scenes import Scenes
from nurse_app.ui.second_tap import SecondTap
from nurse_app.ui.session import Session
from nurse_app.ui.stage import Stage
from nurse_app.ui.unsaved_reaction import UnsavedReaction
from nurse_app.ui.work import Work
from nurse_app.visit.open_visit import Accepted, Author


class Controller:
    """Takes every intent, gives every command to the service, and has the scene shown anew when something changed."""

    def __init__(self, parts: AppParts, stage: Stage, looks: Looks) -> None:
        self._parts = parts
        self._looks = looks
        self._session = Session()
        self._work = Work(parts, self._show_not_saved, self._noticed)
        looks.keep_with(lambda keep: self._work.submit(keep, lambda _kept: None))
        self._people = People(parts, self._work, self._session, self._entered)
        self._scenes = Scenes(parts, stage, self._work, self._session, self._people)
        self._checks = BedsideChecks(parts, self._work, self._scenes, self._people, self._command)
        self._unsaved = UnsavedReaction(parts, self._work, self._session, self._scenes)
        self._beginning = Beginning(parts, self._work, self._session, self._scenes)
        self._lookout = Lookout(parts, self._work, self._session)
        self._scenes.alarms.listen(self._command, self._scenes.intent, self._scenes.reaction_of)
        self._keeping_up = KeepingUp(parts, self._work, self._session, self._scenes)
        self._scenes.intent.connect(self.on_intent)
        self._scenes.reaction_of.connect(self._on_reaction_of)
        self._scenes.retry.connect(self._retry)
        self._stage = stage
        self._was_pending = False
        self._second_tap = SecondTap(stage)
        stage.key_pressed.connect(self._on_key)
        stage.file_dropped.connect(self._on_dropped)

    # --- beginning and end ---

    def start(self, ready: Callable[[], None] | None = None) -> None:
        """Load the visits in progress, then ask who is here. The window is shown before."""
        self._second_tap.start()
        self._lookout.start(self._stage)

        def opened(problems: tuple[str, ...]) -> None:
            self._scenes.record_problems = problems
            self._scenes.resuming.reopened()
            self._scenes.reload_lists()
            self._keeping_up.start()
            self._scenes.show_sign_in(locked=False, first=self._people.needs_first_person())
            if ready is not None:
                ready()

        author, seen = self._session.author, self._parts.last_seen
        self._work.submit(lambda: self._parts.service.open_visits(author, seen), opened)

    def may_close(self, *, by_itself: bool = False) -> bool:
        """Whether everything that was asked is on the disk; visits in progress go on at the next start.

        ``by_itself``: nobody needs to ask again, the program closes as soon as it may.
        """
        if self._work.pending:
            closing = _("Saving. The program then closes by itself.") if by_itself else ""
            self._scenes.show_notice(closing or _("Saving. Close again in a moment."))
            return False
        return True

    @property
    def alarms(self) -> AlarmDesk:
        """The alarms of all visits."""
        return self._scenes.alarms

    @property
    def not_saved(self) -> str:
        """What the bar about something not saved says; empty when there is none."""
        return self._scenes.not_saved

    def stop(self) -> None:
        """Finish what was asked; a check of the records is not waited for, nor the rest of an import."""
        self._scenes.places.stop()
        self._work.stop()

    @property
    def is_idle(self) -> bool:
        """Nothing is on its way to the disk, and no check or import is running."""
        return self._work.is_idle and not self._scenes.places.is_busy

    # --- the clock ---

    def tick(self) -> None:
        """Look at the clocks: lock when nobody is here, note a moved clock, show what changed."""
        reading = self._parts.clock.read()
        try:
            self._scenes.alarms.look(reading)
        finally:
            # A defect in one of the two must not silence the other.
            self._look_around(reading)

    def _look_around(self, reading: Reading) -> None:
        must_lock = self._lookout.look(reading)
        self._scenes.interrupting.look(reading)
        if must_lock:
            self._lock()
        self._scenes.backup_notice = backup_notice(self._parts.backups(reading))
        self._unsaved.look()
        self._scenes.places.load_ahead()
        self._keeping_up.tick()
        self._scenes.refresh()

    def beat(self) -> None:
        """Let flash what flashes."""
        self._second_tap.beat()
        pending = self._work.pending > 0
        # Only what is on its way at two looks is worth a word: most entries are saved within one.
        self._scenes.beat(saving=pending and self._was_pending)
        self._was_pending = pending

    # --- intents ---

    def on_intent(self, intent: object) -> None:
        """Do what a screen asks for."""
        self._scenes.places.clear_refusal()
        match intent:
            case i.OpenSheet():
                self._scenes.open_sheet(intent)
            case ScanBarcode():
                self._checks.scan(intent.text)
            case SecondCheckRequest():
                self._checks.second_check(intent)
            case AddLabResults():
                self._add_results(intent)
            case i.SwitchUser() | i.GoToHelp() | i.TouchPaper() | i.RecordPaper() | i.LeavePaper():
                self._turn_to(intent)
            case i.BeginVisit():
                self._beginning.begin(intent.patient_id)
            case _ if isinstance(intent, i.Place):
                self._go(intent)
            case i.SaveRecord() | i.SavePages():
                self._save(intent)
            case _ if isinstance(intent, Command):
                self._command(self._scenes.visit_id, intent)
            case _:
                message = f"nobody knows what to do with {type(intent).__name__}"
                raise TypeError(message)

    def _save(self, intent: i.SaveRecord | i.SavePages) -> None:
        """Pages about a visit, into a file or on paper."""
        scenes = self._scenes
        if isinstance(intent, i.SaveRecord):
            scenes.save_record(intent.visit_id)
        else:
            scenes.places.save_pages(intent, scenes.context(intent.visit_id), self._stage, scenes.show_notice)

    def _turn_to(self, intent: i.SwitchUser | i.GoToHelp | i.PaperIntent) -> None:
        """Something that needs nobody to be signed in, and that leads back to the same place."""
        if isinstance(intent, i.PaperIntent):
            self._unsaved.do(intent)
            return
        if isinstance(intent, i.GoToHelp):
            self._scenes.helping.open(intent)
        else:
            self._scenes.show_sign_in(locked=self._session.locked, first=False)

    def _go(self, place: i.Navigation) -> None:
        if self._session.locked:
            self._lock()
        else:
            self._scenes.go(place)

    def _command(self, visit_id: str, command: Command, author: Author | None = None) -> None:
        context = self._scenes.context(visit_id)
        if context is None:
            return

        def done(result: Accepted | Rejected) -> None:
            self._unsaved.answered(visit_id, command)
            if isinstance(result, Rejected):
                self._scenes.show_refusal(refusal_words(result, context.state.protocol))
            else:
                self._accepted(result, context, stays=isinstance(command, AcknowledgeAlarm | PauseAudio))
            self._scenes.refresh()
            if self._session.locked and not self._scenes.in_reaction:
                self._lock()

        self._unsaved.asked(visit_id, command)
        self._work.command(visit_id, command, author or self._session.author, done)

    def _accepted(self, result: Accepted, context: VisitContext, *, stays: bool = False) -> None:
        """``stays``: an answer to an alarm leaves whatever is half typed as it is."""
        if result.entries:
            what = entry_words(result.entries[0], context.state.protocol)
            self._scenes.saved = saved_words(result.entries[-1].entry.reading, what, self._parts.zone)
        if not stays:
            self._scenes.close_sheet()
            self._scenes.reload_lists()

    def _add_results(self, request: AddLabResults) -> None:
        author = self._session.author

        def done(_nothing: None) -> None:
            self._scenes.saved = saved_words(self._parts.clock.read(), _("Result recorded"), self._parts.zone)
            if request.more:
                self._scenes.places.go_on_with_sheet()
            else:
                self._scenes.close_sheet()
            self._scenes.reload_lists()
            self._scenes.refresh()

        self._work.submit(lambda: self._parts.service.add_results(request.patient_id, request.results, author), done)

    def _on_reaction_of(self, visit_id: str, command: OpenReaction) -> None:
        """Reaction from a page that is not the visit: the visit comes on at once, and nothing is asked.

        The entry first: it is made while the screen changes, and the page before the reaction need not be built.
        """
        self._command(visit_id, command)
        self._scenes.go(i.GoToVisit(visit_id))

    def _on_key(self, key: str) -> None:
        if self._scenes.helping.takes_key(key):
            return
        looks = {"Ctrl++": self._looks.larger, "Ctrl+-": self._looks.smaller, "Ctrl+T": self._looks.next_theme}
        if key in looks:
            looks[key]()
        elif key == "Ctrl+L" and self._session.user_id:
            self._lock()
        elif key == INTERRUPT_KEY:
            self._scenes.interrupting.by_key()
        elif not self._session.locked and self._session.user_id:
            visit = self._parts.service.visits().get(self._scenes.visit_id)
            place = place_for_key(key, self._scenes.place, visit)
            if place is not None:
                self.on_intent(place)

    def _on_dropped(self, path: str) -> None:
        if self._session.user_id and not self._session.locked:
            self.on_intent(i.GoToImport(path))

    # --- people ---

    def _lock(self) -> None:
        if not self._session.locked:
            self._people.lock()
        self._scenes.show_sign_in(locked=True, first=False)

    def _entered(self) -> None:
        self._scenes.reload_lists()
        self._scenes.go(self._scenes.place)

    # --- failures ---

    def _show_not_saved(self, sentence: str) -> None:
        self._scenes.show_not_saved(sentence)
        self._unsaved.saving(sentence)

    def _noticed(self) -> None:
        """Nothing is lost, but somebody should know."""
        self._scenes.refresh()

    def show_defect(self, number: int | None) -> None:
        """Something in the program itself went wrong; what is saved is safe."""
        self._scenes.show_notice(defect_words(number))

    def _retry(self) -> None:
        """Open the records again; what is on the disk then is what is true."""

        def done(problems: tuple[str, ...]) -> None:
            self._show_not_saved(" ".join(problems))

        def reopen() -> tuple[str, ...]:
            self._parts.users.reopen()
            return self._parts.service.reopen()

        self._work.submit(reopen, done)
