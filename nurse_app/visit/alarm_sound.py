"""The sound of alarms, described by the side that needs it."""

from typing import Literal, Protocol

from nurse_app.domain.alarm_events import Priority

SoundTrouble = Literal["no-player", "no-device", "muted", "failed", "not-heard"]


class AlarmSound(Protocol):
    """One burst at a time; nothing here waits."""

    def ring(self, priority: Priority) -> None:
        """Begin one burst; one that still plays is cut off."""
        ...

    def stop(self) -> None:
        """Cut off what plays."""
        ...

    def trouble(self) -> SoundTrouble | None:
        """What is known to be wrong with the sound now."""
        ...


class NoAlarmSound:
    """For windows that nobody sits before: silent, and nothing is wrong with that."""

    def ring(self, priority: Priority) -> None:
        """Nobody listens."""

    def stop(self) -> None:
        """Nothing plays."""

    def trouble(self) -> SoundTrouble | None:
        return None
