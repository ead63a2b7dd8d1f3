"""Sound for tests: a port that keeps what it was asked, players that do as told, seconds that only a test lets pass."""

from collections.abc import Sequence
from pathlib import Path

from nurse_app.domain.alarm_events import Priority
from nurse_app.domain.sound import SoundTrouble
from nurse_app.system.sound import Burst, Player, Playing
from nurse_app.system.sound_bursts import Bursts

SOUNDS = Path(__file__).parents[1] / "resources" / "sounds"
LENGTHS: dict[Priority, float] = {"high": 3.0, "medium": 1.0, "low": 0.5}


class RecordingAlarmSound:
    """Keeps what was asked; ``is_wrong`` is what it answers when asked what is wrong."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.is_wrong: SoundTrouble | None = None
        self.mark = "loudspeaker"

    def ring(self, priority: Priority) -> None:
        self.asked.append(priority)

    def stop(self) -> None:
        self.asked.append("stop")

    def trouble(self) -> SoundTrouble | None:
        return self.is_wrong

    def look_again(self) -> None:
        self.asked.append("look again")

    def device(self) -> str:
        return self.mark

    @property
    def rung(self) -> list[str]:
        """The bursts, in order."""
        return [each for each in self.asked if each in LENGTHS]


class Sounding:
    """A sound of a fake player: it ends as the player is told."""

    def __init__(self, player: "FakePlayer", burst: Burst) -> None:
        self.player, self.burst = player, burst
        self.is_cut = False

    def ended(self, after_s: float) -> bool | None:
        if self.player.does == "hangs":
            return None
        if self.player.does == "fails":
            return False
        return True if after_s >= self.burst.length_s else None

    def cut(self) -> None:
        self.is_cut = True


class FakePlayer:
    """A player that ``does``: plays, fails (ends with an error), hangs, refuses (cannot be started) or breaks."""

    def __init__(self, does: str = "plays") -> None:
        self.does = does
        self.begun: list[Sounding] = []

    def play(self, _file: Path) -> bool:
        return self.does == "plays"

    def begin(self, burst: Burst) -> Playing | None:
        if self.does == "breaks":
            raise ValueError
        if self.does == "refuses":
            return None
        self.begun.append(Sounding(self, burst))
        return self.begun[-1]

    @property
    def files(self) -> list[str]:
        return [sounding.burst.file.name for sounding in self.begun]


class Seconds:
    """Seconds that only the test lets pass."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def bursts(players: Sequence[Player], seconds: Seconds, lacking: Sequence[Priority] = ()) -> Bursts:
    """Bursts of these players with all files read; ``lacking`` is looked at again at every reading."""
    made = Bursts(
        players, lambda: {p: Burst(Path(f"{p}.wav"), s) for p, s in LENGTHS.items() if p not in lacking}, seconds
    )
    made.read()
    return made


def let_pass(made: Bursts, seconds: Seconds, duration_s: float) -> None:
    """Seconds pass, and the bursts are looked at as often as they ask for."""
    until = seconds.now + duration_s
    while seconds.now < until:
        seconds.now = min(until, seconds.now + (made.go_on() or duration_s))
    made.go_on()
