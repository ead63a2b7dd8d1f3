"""Every fact about this workstation and the people who use it, past tense."""

from dataclasses import dataclass
from datetime import datetime

from nurse_app.domain.sound import SoundTrouble


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


@dataclass(frozen=True, slots=True)
class SoundTested:
    """The sounds of alarms were played, and a nurse said whether she heard them all.

    ``device`` is a mark of what played them, "" unknown; ``trouble`` what the machine knew to be wrong then.
    """

    heard: bool
    device: str = ""
    trouble: SoundTrouble | None = None


@dataclass(frozen=True, slots=True)
class SoundLost:
    """While a visit was open something was found to be wrong with the sound, or something else than before."""

    trouble: SoundTrouble


@dataclass(frozen=True, slots=True)
class SoundRestored:
    """What was wrong with the sound is over."""


UserEvent = UserAdded | PinChanged | UserSignedIn | SignInFailed | ScreenLocked | UserRetired
SoundEvent = SoundTested | SoundLost | SoundRestored
StationEvent = UserEvent | ClockTrusted | SoundEvent
