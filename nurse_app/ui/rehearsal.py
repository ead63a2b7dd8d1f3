"""Plays acts from a file on the real windows in fast time: presses, typing, waiting, pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from nurse_app.ui.hands import Hands


@dataclass(frozen=True, slots=True)
class Act:
    """One act; exactly one of the fields is set. Names may hold {words} that the rehearsal knows.

    ``press`` a control, ``key`` a key, ``write`` where the focus is (with Enter), ``into`` a field's name and a text,
    ``wait`` minutes, ``away`` minutes without a touch, ``picture`` a name.
    """

    press: str | None = None
    key: str | None = None
    write: str | None = None
    into: tuple[str, ...] | None = None
    wait: int | None = None
    away: int | None = None
    picture: str | None = None

    def __post_init__(self) -> None:
        given = (self.press, self.key, self.write, self.into, self.wait, self.away, self.picture)
        if sum(value is not None for value in given) != 1:
            message = "an act is exactly one of press, key, write, into, wait, away, picture"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class RehearsalScript:
    """The acts of a rehearsal, in order."""

    name: str
    clock: datetime
    acts: tuple[Act, ...]


class MovableClock(Protocol):
    """A clock that the rehearsal moves."""

    def advance(self, by: timedelta) -> None: ...


def play(script: RehearsalScript, hands: Hands, clock: MovableClock, words: Mapping[str, str]) -> None:
    """Do every act. Raises NotOnScreenError, naming the act, when something it needs is not there."""
    for number, act in enumerate(script.acts, start=1):
        try:
            _do(act, hands, clock, words)
        except LookupError as error:
            message = f"acts[{number - 1}]: {error}"
            raise LookupError(message) from error


def _do(act: Act, hands: Hands, clock: MovableClock, words: Mapping[str, str]) -> None:
    if act.press is not None:
        hands.press(act.press.format_map(words))
    elif act.key is not None:
        hands.key(act.key)
    elif act.write is not None:
        hands.write(act.write.format_map(words))
    elif act.into is not None:
        name, text = act.into
        hands.write_into(name.format_map(words), text.format_map(words))
    elif act.picture is not None:
        hands.picture(act.picture)
    else:
        clock.advance(timedelta(minutes=act.wait or act.away or 0))
        if act.wait is not None:
            hands.key("Shift")
        hands.settle()
