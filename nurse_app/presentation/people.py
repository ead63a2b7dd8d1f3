"""Who may sign in here, and what is shown while the names are hidden."""

from dataclasses import dataclass
from datetime import timedelta

from nurse_app.domain.station import FREE_FAILURES, User
from nurse_app.i18n import _
from nurse_app.presentation.formats import countdown


@dataclass(frozen=True, slots=True)
class PersonView:
    """One nurse to choose."""

    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SignInView:
    """The people, and why the program asks."""

    title: str
    lead: str
    people: tuple[PersonView, ...]
    chosen: str


def present_sign_in(users: tuple[User, ...], chosen: str, *, locked: bool, sample_pin: str = "") -> SignInView:
    """The sign-in; ``locked``: the program hid the names by itself or was told to.

    ``sample_pin`` is that of the sample nurses of a training store, which is no secret.
    """
    title = _("Locked") if locked else _("Who is here?")
    if locked:
        lead = _("Clocks, alarms and Reaction go on working. What is done now is signed later.")
    else:
        lead = _("Choose your name, then enter your PIN.")
    if sample_pin:
        lead += "\n" + _("Training: the PIN of the sample nurses is {pin}.").format(pin=sample_pin)
    people = tuple(PersonView(user.user_id, user.name) for user in sorted(users, key=lambda user: user.name.casefold()))
    return SignInView(title, lead, people, chosen)


def wrong_pin_words(user: User | None, locked: timedelta) -> str:
    """What to say after a PIN that was not right."""
    if locked > timedelta(0):
        return _("Too many wrong PINs. This name takes none for {time}. Reaction still works.").format(
            time=countdown(locked)
        )
    left = FREE_FAILURES - (user.failures if user else 0)
    return _("Not the right PIN. {n} more before a pause.").format(n=left) if left > 0 else _("Not the right PIN.")


def pin_problem_words(problem: str) -> str:
    """Why a new PIN is not taken; ``problem`` is the name of the rule it breaks."""
    words = {
        "too-short": _("Use at least 6 digits."),
        "too-long": _("Use at most 12 digits."),
        "not-digits": _("Use digits only."),
        "sequence": _("Digits in a row are guessed first. Choose another PIN."),
        "repeated": _("Repeated digits are guessed first. Choose another PIN."),
        "date": _("Dates are guessed first. Choose another PIN."),
        "common": _("This PIN is guessed first. Choose another one."),
    }
    return words.get(problem, _("Choose another PIN."))
