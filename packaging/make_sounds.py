"""Makes the sounds of resources/sounds: python packaging/make_sounds.py. The same bytes at every run.

The figures are those of IEC 60601-1-8 as the reliability notes (3.1) have them; a test measures what came out.
"""

import math
import sys
import wave
from array import array
from io import BytesIO
from pathlib import Path

SOUNDS = Path(__file__).resolve().parents[1] / "resources" / "sounds"
RATE_HZ = 22_050
# A fundamental within 150 to 1000 Hz, and four harmonics within 15 dB of it.
FUNDAMENTAL_HZ = 440
AMPLITUDES = (1.0, 0.7, 0.5, 0.4, 0.3)
LOUDNESS = 0.3
PULSE_S = 0.15
RISE_S = 0.03
X_S = 0.1
# Ten pulses of high priority, 3 + 2 twice: what is between each and the next.
HIGH_GAPS_S = (X_S, X_S, 2 * X_S + PULSE_S, X_S, 0.8, X_S, X_S, 2 * X_S + PULSE_S, X_S)


def pulse() -> list[float]:
    """One pulse, softly begun and ended."""
    count = round(PULSE_S * RATE_HZ)
    rise = round(RISE_S * RATE_HZ)
    return [
        min(1.0, place / rise, (count - 1 - place) / rise)
        * sum(
            amplitude * math.sin(2 * math.pi * FUNDAMENTAL_HZ * harmonic * place / RATE_HZ)
            for harmonic, amplitude in enumerate(AMPLITUDES, start=1)
        )
        / sum(AMPLITUDES)
        for place in range(count)
    ]


def burst(gaps_s: tuple[float, ...]) -> bytes:
    """A burst of pulses as the bytes of a WAV file."""
    samples = pulse()
    for gap_s in gaps_s:
        samples += [0.0] * round(gap_s * RATE_HZ) + pulse()
    page = BytesIO()
    with wave.open(page, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        numbers = array("h", (round(32767 * LOUDNESS * sample) for sample in samples))
        if sys.byteorder == "big":
            numbers.byteswap()
        file.writeframes(numbers.tobytes())
    return page.getvalue()


def sounds() -> dict[str, bytes]:
    """Every sound by the name of its file."""
    return {"high.wav": burst(HIGH_GAPS_S)}


def main() -> int:
    """Write them."""
    SOUNDS.mkdir(parents=True, exist_ok=True)
    for name, content in sounds().items():
        (SOUNDS / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
