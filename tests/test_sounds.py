"""The sounds that come with the program, measured against the bands of IEC 60601-1-8 (reliability notes, 3.1)."""

import sys
import wave
from array import array
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

PROJECT = Path(__file__).parents[1]
SOUNDS = PROJECT / "resources" / "sounds"
# What is louder than this share of the loudest sample belongs to a pulse; between pulses there is nothing at all.
_SILENCE = 0.001


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = spec_from_file_location("make_sounds", PROJECT / "packaging" / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def samples(name: str) -> tuple[np.ndarray, int]:
    with wave.open(str(SOUNDS / name), "rb") as file:
        numbers = array("h", file.readframes(file.getnframes()))
        if sys.byteorder == "big":
            numbers.byteswap()
        return np.array(numbers, dtype=float), file.getframerate()


def pulses(sound: np.ndarray, rate: int) -> list[tuple[float, float]]:
    """Begin and end of each pulse, s; a silence of 20 ms ends one."""
    loud = np.flatnonzero(np.abs(sound) > _SILENCE * np.abs(sound).max()) / rate
    breaks = [place for place, (one, other) in enumerate(pairwise(loud)) if other - one > 0.02]
    begins = [loud[0], *(loud[place + 1] for place in breaks)]
    ends = [*(loud[place] for place in breaks), loud[-1]]
    return list(zip(begins, ends, strict=True))


def test_the_files_are_what_the_script_makes(maker: ModuleType) -> None:
    assert {file.name: file.read_bytes() for file in SOUNDS.iterdir()} == maker.sounds()


def test_high_priority_is_ten_pulses_three_and_two_twice() -> None:
    sound, rate = samples("high.wav")
    found = pulses(sound, rate)
    assert len(found) == 10
    assert all(0.075 <= end - begin <= 0.200 for begin, end in found)
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(found)]
    x = [gaps[place] for place in (0, 1, 3, 5, 6, 8)]
    assert all(0.050 <= gap <= 0.125 for gap in x)
    assert max(x) - min(x) < 0.005
    length = found[0][1] - found[0][0]
    assert [gaps[2], gaps[7]] == pytest.approx([2 * x[0] + length] * 2, abs=0.01)
    assert 0.35 <= gaps[4] <= 1.30


def test_a_pulse_rises_softly_and_has_four_harmonics() -> None:
    sound, rate = samples("high.wav")
    begin, end = pulses(sound, rate)[0]
    pulse = sound[round(begin * rate) : round(end * rate)]
    height = np.abs(pulse)
    risen = np.flatnonzero(height > 0.9 * height.max())[0] / len(pulse)
    assert 0.10 <= risen <= 0.40
    spectrum = np.abs(np.fft.rfft(pulse * np.hanning(len(pulse)), 1 << 16))
    hz = np.fft.rfftfreq(1 << 16, 1 / rate)

    def level_db(around: float) -> float:
        return float(20 * np.log10(spectrum[(hz > around - 20) & (hz < around + 20)].max()))

    fundamental = hz[spectrum[hz < 1000].argmax()]
    assert 150 <= fundamental <= 1000
    harmonics = [fundamental * number for number in range(2, 6)]
    assert all(300 <= each <= 4000 for each in harmonics)
    assert all(abs(level_db(each) - level_db(fundamental)) <= 15 for each in harmonics)
