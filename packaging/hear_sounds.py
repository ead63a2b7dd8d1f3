"""Plays each alarm sound through the program's own port into a loudspeaker that is nothing, and says what it heard.

python packaging/hear_sounds.py        needs pulseaudio; one line a sound, then what was muted and lost on purpose
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from nurse_app.domain.alarm_events import Priority  # noqa: E402
from nurse_app.domain.sound import SoundTrouble  # noqa: E402
from nurse_app.system.alarm_sound import MachineAlarmSound, machine_alarm_sound  # noqa: E402
from smoke.sound import NullSink, missing_tools  # noqa: E402

SOUNDS = PROJECT / "resources" / "sounds"
PRIORITIES: tuple[Priority, ...] = ("high", "medium", "low")
_PATIENCE_S = 10.0


def after(so: Callable[[], bool]) -> float:
    """How many seconds it took until it was so."""
    begun = time.monotonic()
    while not so():
        if time.monotonic() - begun > _PATIENCE_S:
            raise TimeoutError
        time.sleep(0.005)
    return time.monotonic() - begun


def is_heard(sink: NullSink, file: Path) -> bool:
    """Whether all of it was heard."""
    return sink.heard(file) == 1


def says(sound: MachineAlarmSound, trouble: SoundTrouble | None) -> bool:
    """Whether that is what the program knows to be wrong."""
    return sound.trouble() == trouble


def hear(sound: MachineAlarmSound, sink: NullSink) -> None:
    """Ring each priority once."""
    for priority in PRIORITIES:
        sound.ring(priority)
        took = after(partial(is_heard, sink, SOUNDS / f"{priority}.wav"))
        print(f"{priority}: heard bit by bit, all of it {took:.1f} s after the call; trouble: {sound.trouble()}")


def disturb(sound: MachineAlarmSound) -> None:
    """Mute the loudspeaker, turn it on again."""
    wanted: SoundTrouble | None
    for word, value, wanted in (("muted", "1", "muted"), ("turned on", "0", None)):
        subprocess.run(["pactl", "set-sink-mute", "ward", value], check=True)
        print(f"{word}: known after {1000 * after(partial(says, sound, wanted)):.0f} ms")


def main() -> int:
    """Hear each sound, disturb, take the server away."""
    if missing_tools():
        sys.exit(f"This machine lacks {', '.join(missing_tools())}.")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        os.environ["PULSE_SERVER"] = f"unix:{work / 'loudspeaker'}"
        sound = machine_alarm_sound(SOUNDS)
        with closing(NullSink(work / "loudspeaker", SOUNDS / "high.wav", work)) as sink:
            sound.start()
            # The server makes its socket before it answers.
            after(lambda: sound.device() != "")
            hear(sound, sink)
            disturb(sound)
        print(f"server gone: no device known after {1000 * after(partial(says, sound, 'no-device')):.0f} ms")
        sound.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
