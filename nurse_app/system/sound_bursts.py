"""One burst after another: begins it, follows it to its end, tries the next player when one fails. Never waits."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from nurse_app.domain.alarm_events import Priority
from nurse_app.system.sound import Burst, Player, Playing

_log = logging.getLogger(__name__)
# A player that takes so much longer than its burst hangs: 2 s after the burst should have ended it is known.
HANGS_AFTER_S = 1.9
# While a burst plays it is looked at so often.
LOOK_EVERY_S = 0.05
_TRIES = 2
_SOUNDS = len(get_args(Priority))


@dataclass(frozen=True, slots=True)
class _Ringing:
    """A burst that plays. ``known_by_s``: when it counts as failed though another player still tries.

    Times by the clock of uptime; ``hangs_at_s``: when this player has taken too long.
    """

    burst: Burst
    playing: Playing
    player: int
    tried: int
    began_s: float
    hangs_at_s: float
    known_by_s: float


class Bursts:
    """Plays on one thread. ``failed`` may be read on any: whether the last burst that was judged did not play.

    ``uptime_s`` counts seconds that the machine is awake.
    """

    def __init__(
        self,
        players: Sequence[Player],
        sounds: Callable[[], Mapping[Priority, Burst]],
        uptime_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._players = players
        self._read = sounds
        self._uptime_s = uptime_s
        self._sounds: Mapping[Priority, Burst] | None = None
        self._best = 0
        self._ringing: _Ringing | None = None
        self.failed = False

    @property
    def has_player(self) -> bool:
        return bool(self._players)

    @property
    def plays(self) -> bool:
        """Whether a burst was begun whose end is not known."""
        return self._ringing is not None

    @property
    def lacks_sound(self) -> bool:
        """Whether a file of a sound cannot be played, as far as they have been read."""
        return self._sounds is not None and len(self._sounds) < _SOUNDS

    def read(self) -> None:
        """Read the files anew."""
        self._sounds = self._read()

    def ring(self, priority: Priority) -> None:
        """Begin a burst; the one before is cut off."""
        self.stop()
        burst = (self._sounds or {}).get(priority)
        if burst is None:
            # It may have come back since.
            self.read()
            burst = (self._sounds or {}).get(priority)
        if burst is None:
            self._fail(f"there is no sound for {priority} priority")
            return
        self._begin(burst, self._best, 0, self._uptime_s() + burst.length_s + HANGS_AFTER_S)

    def stop(self) -> None:
        """Cut off what plays."""
        if self._ringing is not None:
            self._ringing.playing.cut()
            self._ringing = None

    def fail(self) -> None:
        """Something went wrong that nobody has foreseen: nothing is known to play any more."""
        self._ringing = None
        self._fail("defect")

    def forgive(self) -> None:
        """What failed had a cause that is gone."""
        self.failed = False

    def go_on(self) -> float | None:
        """Look at the burst that plays; after how many seconds to look again, None: nothing plays."""
        ringing = self._ringing
        if ringing is None:
            return None
        now = self._uptime_s()
        well = ringing.playing.ended(now - ringing.began_s)
        if well:
            self._ringing, self._best, self.failed = None, ringing.player, False
            return None
        if well is None and now >= ringing.hangs_at_s:
            ringing.playing.cut()
            well = False
        if well is False:
            self._begin(ringing.burst, ringing.player + 1, ringing.tried, ringing.known_by_s)
        if self._ringing is not None and now >= ringing.known_by_s:
            self._fail("the player hangs")
        return None if self._ringing is None else LOOK_EVERY_S

    def _begin(self, burst: Burst, player: int, tried: int, known_by_s: float) -> None:
        """With this player or, once a burst, with the next one that can be started."""
        self._ringing = None
        for number in range(player, player + min(_TRIES, len(self._players)) - tried):
            place = number % len(self._players)
            playing = self._players[place].begin(burst)
            tried += 1
            if playing is not None:
                now = self._uptime_s()
                hangs_at_s = now + burst.length_s + HANGS_AFTER_S
                self._ringing = _Ringing(burst, playing, place, tried, now, hangs_at_s, known_by_s)
                return
        self._fail("no player played it")

    def _fail(self, why: str) -> None:
        if not self.failed:
            _log.error("an alarm could not be sounded: %s", why)
        self.failed = True
