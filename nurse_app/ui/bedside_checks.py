"""What a scanner read, and what the second nurse found: each becomes a command once it may be one."""

from collections.abc import Callable

from nurse_app.domain.commands import CheckSecond, Command, RecordProduct
from nurse_app.domain.deciding.outcome import Rejected
from nurse_app.interchange.scan import command_for_scan
from nurse_app.presentation.messages import refusal_words
from nurse_app.presentation.second_check import SecondCheckRequest
from nurse_app.ui.parts import AppParts
from nurse_app.ui.people import People
from nurse_app.ui.scenes import Scenes
from nurse_app.ui.work import Work
from nurse_app.visit.open_visit import Author
from nurse_app.visit.users import SignIn

# A visit, its command, and whose entry it is; None: of whoever is signed in.
CommandBy = Callable[[str, Command, Author | None], None]


class BedsideChecks:
    """For the visit that is on screen."""

    def __init__(self, parts: AppParts, work: Work, scenes: Scenes, people: People, command: CommandBy) -> None:
        self._parts = parts
        self._work = work
        self._scenes = scenes
        self._people = people
        self._command = command

    def scan(self, text: str) -> None:
        """What a scanner read goes where it belongs, or is refused in words."""
        context = self._scenes.context(self._scenes.visit_id)
        if context is None:
            return
        found = command_for_scan(text, context.state, context.now)
        if isinstance(found, Rejected):
            self._scenes.show_refusal(refusal_words(found, context.state.protocol))
        elif not (isinstance(found, RecordProduct) and self._scenes.take_vial(found.product)):
            self._command(context.visit_id, found, None)

    def second_check(self, request: SecondCheckRequest) -> None:
        """The second nurse proves who she is; only then her entries are compared."""
        command = CheckSecond(request.user_id, request.lot, request.added_ml, request.record_no)
        visit_id = self._scenes.visit_id

        def done(outcome: SignIn) -> None:
            if outcome is SignIn.RIGHT:
                self._command(visit_id, command, Author(request.user_id))
            else:
                self._scenes.show_refusal(self._people.wrong_pin(request.user_id))

        self._work.submit(lambda: self._parts.users.check(request.user_id, request.pin), done)
