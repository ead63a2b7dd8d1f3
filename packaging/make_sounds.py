"""Makes the sounds of resources/sounds: python packaging/make_sounds.py. The same bytes at every run.

The figures are those of IEC 60601-1-8 as the reliability notes (3.1) have them; a test measures what came out.
"""

import math
import sys
import wave
from array import array
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

SOUNDS = Path(__file__).resolve().parents[1] / "resources" / "sounds"
RATE_HZ = 22_050
# The fundamental, and four harmonics within 15 dB of it: one tone that a small loudspeaker swallows is not the alarm.
AMPLITUDES = (1.0, 0.7, 0.5, 0.4, 0.3)


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst: its pulses all alike, and the silence between each and the next. Times in s, loudness from 0 to 1."""

    fundamental_hz: float
    loudness: float
    pulse_s: float
    rise_s: float
    gaps_s: tuple[float, ...]


HIGH_PULSE_S, X_S = 0.15, 0.06
# Ten pulses of high priority, 3 + 2 twice.
_THREE_AND_TWO = (X_S, X_S, 2 * X_S + HIGH_PULSE_S, X_S)
# A more urgent one is higher, quicker and louder.
BURSTS = {
    "high.wav": Burst(440, 0.9, HIGH_PULSE_S, 0.03, (*_THREE_AND_TWO, 0.8, *_THREE_AND_TWO)),
    "medium.wav": Burst(349.2, 0.7, 0.21, 0.04, (0.15, 0.15)),
    "low.wav": Burst(293.7, 0.5, 0.21, 0.04, (0.15,)),
}


def pulse(burst: Burst) -> list[float]:
    """One pulse, softly begun and ended; its loudest sample is as loud as the burst."""
    count, rise = round(burst.pulse_s * RATE_HZ), round(burst.rise_s * RATE_HZ)
    shape = [
        min(1.0, place / rise, (count - 1 - place) / rise)
        * sum(
            amplitude * math.sin(2 * math.pi * burst.fundamental_hz * harmonic * place / RATE_HZ)
            for harmonic, amplitude in enumerate(AMPLITUDES, start=1)
        )
        for place in range(count)
    ]
    loudest = max(map(abs, shape))
    return [burst.loudness * sample / loudest for sample in shape]


def as_wav(burst: Burst) -> bytes:
    """A burst as the bytes of a WAV file."""
    one = pulse(burst)
    samples = list(one)
    for gap_s in burst.gaps_s:
        samples += [0.0] * round(gap_s * RATE_HZ) + one
    page = BytesIO()
    with wave.open(page, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        numbers = array("h", (round(32767 * sample) for sample in samples))
        if sys.byteorder == "big":
            numbers.byteswap()
        file.writeframes(numbers.tobytes())
    return page.getvalue()


def sounds() -> dict[str, bytes]:
    """Every sound by the name of its file."""
    return {name: as_wav(burst) for name, burst in BURSTS.items()}


def main() -> int:
    """Write them."""
    SOUNDS.mkdir(parents=True, exist_ok=True)
    for name, content in sounds().items():
        (SOUNDS / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
