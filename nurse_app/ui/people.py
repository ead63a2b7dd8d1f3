"""Signing in, adding a nurse, locking: the part of the controller that knows PINs."""

from collections.abc import Callable

from nurse_app.domain.station import locked_for
from nurse_app.presentation.people import pin_problem_words, present_sign_in, wrong_pin_words
from nurse_app.ui.parts import AppParts
from nurse_app.ui.screens.people_screen import NewPersonScreen, SignInScreen
from nurse_app.ui.session import Session
from nurse_app.ui.work import Work
from nurse_app.visit.users import SignIn


class People:
    """Makes the people screens and works them; ``entered`` is called when somebody has signed in."""

    def __init__(self, parts: AppParts, work: Work, session: Session, entered: Callable[[], None]) -> None:
        self._parts = parts
        self._work = work
        self._session = session
        self._entered = entered

    def sign_in_screen(self, *, locked: bool, may_go_back: bool) -> SignInScreen:
        """The screen to choose a name and enter a PIN."""
        users = self._parts.users.station.active()
        view = present_sign_in(users, self._session.user_id, locked=locked, sample_pin=self._parts.sample_pin)
        screen = SignInScreen(view, may_go_back=may_go_back)
        screen.signed.connect(lambda user_id, pin: self._sign_in(screen, user_id, pin))
        return screen

    def new_person_screen(self) -> NewPersonScreen:
        """The screen for a new nurse; the first one needs nobody's leave."""
        screen = NewPersonScreen(is_first=not self._parts.users.station.active())
        screen.made.connect(lambda name, pin: self._add(screen, name, pin))
        return screen

    def needs_first_person(self) -> bool:
        return not self._parts.users.station.active()

    def name(self, user_id: str) -> str:
        return self._parts.users.station.name_of(user_id) if user_id else ""

    def others(self) -> tuple[tuple[str, str], ...]:
        """Ids and names of everybody but the nurse who is signed in: who may make a second check."""
        users = self._parts.users.station.active()
        return tuple((user.user_id, user.name) for user in users if user.user_id != self._session.user_id)

    def lock(self) -> None:
        """Hide the names and record that they are hidden."""
        user_id = self._session.user_id
        self._session.locked = True
        self._work.submit(lambda: self._parts.users.lock(user_id), lambda _done: None)

    def _sign_in(self, screen: SignInScreen, user_id: str, pin: str) -> None:
        def done(outcome: SignIn) -> None:
            if outcome is SignIn.RIGHT:
                self._session.sign_in(user_id, self._parts.clock.read())
                self._entered()
                return
            screen.show_message(self.wrong_pin(user_id))

        self._work.submit(lambda: self._parts.users.sign_in(user_id, pin), done)

    def wrong_pin(self, user_id: str) -> str:
        """What to say after a PIN that was not taken."""
        station = self._parts.users.station
        user = station.user(user_id)
        now = station.moment(self._parts.clock.read())
        return wrong_pin_words(user, locked_for(user, now)) if user else wrong_pin_words(None, now.since(now).least)

    def _add(self, screen: NewPersonScreen, name: str, pin: str) -> None:
        problem = self._parts.pin_problem(pin)
        if problem is not None:
            screen.show_message(pin_problem_words(problem))
            return
        by = self._session.user_id or None

        def add() -> str:
            user_id = self._parts.users.add(name, pin, by)
            if by is None:
                self._parts.users.sign_in(user_id, pin)
            return user_id

        def done(user_id: str) -> None:
            if by is None:
                self._session.sign_in(user_id, self._parts.clock.read())
            self._entered()

        self._work.submit(add, done)
