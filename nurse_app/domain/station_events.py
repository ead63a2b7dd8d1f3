"""Every fact about the people who use this workstation, past tense."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UserAdded:
    """A nurse may now use this workstation. ``pin_hash`` is a salted hash, never the PIN."""

    user_id: str
    name: str
    pin_hash: str


@dataclass(frozen=True, slots=True)
class PinChanged:
    user_id: str
    pin_hash: str


@dataclass(frozen=True, slots=True)
class UserSignedIn:
    user_id: str


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """A wrong PIN was entered for this user."""

    user_id: str


@dataclass(frozen=True, slots=True)
class ScreenLocked:
    """Names were hidden because nobody touched the program, or because the nurse locked it."""

    user_id: str


@dataclass(frozen=True, slots=True)
class UserRetired:
    """The nurse no longer uses this workstation; past entries keep the name."""

    user_id: str


@dataclass(frozen=True, slots=True)
class ClockTrusted:
    """A nurse said that the clock of this computer is right at ``wall``, though there was something of ``newest``."""

    wall: datetime
    newest: datetime


UserEvent = UserAdded | PinChanged | UserSignedIn | SignInFailed | ScreenLocked | UserRetired
StationEvent = UserEvent | ClockTrusted
