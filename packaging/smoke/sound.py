"""A sound server whose only loudspeaker is nothing, and what it would have played."""

import os
import shutil
import subprocess
import wave
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from smoke.root import end
from smoke.screen import wait_for

NEEDED = ("pulseaudio", "parec")
_SINK = "ward"
# A piece with so few different bytes is silence.
_SILENT_VALUES = 2
_PIECE_FRAMES, _LATE_FRAMES = 200, 11_000


def missing_tools() -> list[str]:
    return [tool for tool in NEEDED if shutil.which(tool) is None]


class NullSink:
    """PulseAudio with a null sink in the form of one sound file, so that what is recorded is the file, bit by bit."""

    def __init__(self, socket: Path, sound: Path, work: Path) -> None:
        self._form, self._sound = _read(sound)
        channels, width, rate = self._form
        self._frame = channels * width
        shape = {"rate": rate, "channels": channels, "format": f"s{8 * width}le"}
        self._taken = work / "heard.raw"
        self._log = (work / "sound.log").open("w", encoding="utf-8")
        server = f"unix:{socket}"
        environment = os.environ | {"HOME": str(work), "XDG_RUNTIME_DIR": str(work), "PULSE_SERVER": server}
        environment.pop("DISPLAY", None)
        form = " ".join(f"{key}={value}" for key, value in shape.items())
        words = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"]
        words += ["--log-level=error", "-L", f"module-null-sink sink_name={_SINK} {form}"]
        words += ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"]
        self._server = self._start(words, environment, self._log)
        wait_for(socket.exists, "the sound server")
        socket.chmod(0o777)
        self._recording = self._taken.open("wb")
        record = [
            "parec",
            f"--device={_SINK}.monitor",
            "--raw",
            "--latency-msec=20",
            *(f"--{key}={value}" for key, value in shape.items()),
        ]
        self._recorder = self._start(record, environment, self._recording)

    def heard(self, sound: Path | None = None) -> float:
        """How much of the sound, or of another of its form, was heard until now, from 0 to 1."""
        form, wanted = (self._form, self._sound) if sound is None else _read(sound)
        if form != self._form:
            message = f"{sound}: of another form"
            raise ValueError(message)
        width, near = _PIECE_FRAMES * self._frame, _LATE_FRAMES * self._frame
        return share_heard(wanted, self._taken.read_bytes(), width=width, near=near)

    def close(self) -> None:
        for tool in (self._recorder, self._server):
            end(tool)
        for file in (self._recording, self._log):
            file.close()

    def _start(self, words: list[str], environment: dict[str, str], out: IO[Any]) -> "subprocess.Popen[str]":
        nothing = subprocess.DEVNULL
        return subprocess.Popen(words, env=environment, stdin=nothing, stdout=out, stderr=self._log, text=True)


def _read(sound: Path) -> tuple[tuple[int, int, int], bytes]:
    """Channels, bytes a sample and samples a second of a sound file; and its samples."""
    with wave.open(str(sound)) as file:
        form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        return form, file.readframes(file.getnframes())


def share_heard(sound: bytes, taken: bytes, *, width: int, near: int) -> float:
    """How much of a sound is in what was taken, bit by bit and where it belongs, from 0 to 1.

    Pieces of ``width`` bytes are whole or do not count; under load one may come up to ``near`` bytes late.
    """
    pieces = {at: sound[at : at + width] for at in range(0, len(sound) - width + 1, width)}
    # Silence is everywhere, so only what sounds is counted. The tones come again, so each is found several times.
    loud = {at: piece for at, piece in pieces.items() if len(set(piece)) > _SILENT_VALUES}
    shifts = {at: [found - at for found in _places(piece, taken)] for at, piece in loud.items()}
    often = Counter(shift for found in shifts.values() for shift in found).most_common(1)
    if not often:
        return 0.0
    ((usual, _count),) = often
    same = sum(any(abs(shift - usual) <= near for shift in found) for found in shifts.values())
    return same / len(shifts)


def _places(piece: bytes, taken: bytes) -> Iterator[int]:
    place = taken.find(piece)
    while place >= 0:
        yield place
        place = taken.find(piece, place + 1)
