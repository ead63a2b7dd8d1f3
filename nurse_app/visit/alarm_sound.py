"""The port for the sound of alarms. Every call returns at once; what became of it shows in ``trouble``."""

from typing import Protocol

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.sound import SoundTrouble


class AlarmSound(Protocol):
    """Plays the burst of a priority, and knows what is wrong with the sound. One sound at a time, ever."""

    def ring(self, priority: Priority) -> None:
        """Begin one burst; one that still plays is cut off, and nobody will know whether it would have played well.

        A burst that does not end well by itself is known to have failed within 2 s after it should have ended.
        """
        ...

    def stop(self) -> None:
        """Cut off what plays."""
        ...

    def trouble(self) -> SoundTrouble | None:
        """What is known to be wrong now; None: nothing. Never "not-heard", which only somebody in the room knows."""
        ...

    def look_again(self) -> None:
        """Have devices and files looked at anew, behind everything else."""
        ...

    def device(self) -> str:
        """A mark of the device that plays, the same as long as it is; "" while nobody knows. Not its name."""
        ...


class NoAlarmSound:
    """For rehearsals and tests, which nobody listens to: plays nothing, and nothing is wrong with that."""

    def ring(self, priority: Priority) -> None:
        """Nobody listens."""

    def stop(self) -> None:
        """Nothing plays."""

    def trouble(self) -> SoundTrouble | None:
        return None

    def look_again(self) -> None:
        """There is nothing to look at."""

    def device(self) -> str:
        return ""
