"""The sounds that come with the program, measured against the bands of IEC 60601-1-8 (reliability notes, 3.1).

Every run prints the measured table at its end.
"""

import sys
import wave
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.figures import figure

PROJECT = Path(__file__).parents[1]
SOUNDS = PROJECT / "resources" / "sounds"
PULSES = {"high.wav": 10, "medium.wav": 3, "low.wav": 2}
# Where a pulse begins and ends is told at these levels under its loudest, dB; every band holds at each of them.
EDGES_DB = {"audible": -60.0, "-9 dB": -9.0, "90 %": 20 * np.log10(0.9)}
HIGH_S, OTHER_S = (0.075, 0.200), (0.125, 0.250)


@dataclass(frozen=True)
class Pulse:
    """When it begins and ends, s; its level, dB of full scale; its rise from 10 to 90 %, as a share of its length."""

    begin: float
    end: float
    level_db: float
    rise: float

    @property
    def length(self) -> float:
        return self.end - self.begin


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = spec_from_file_location("make_sounds", PROJECT / "packaging" / "make_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    # Where dataclasses look for the module of a class.
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def samples(name: str) -> tuple[np.ndarray, int]:
    with wave.open(str(SOUNDS / name), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        numbers = array("h", file.readframes(file.getnframes()))
        if sys.byteorder == "big":
            numbers.byteswap()
        return np.array(numbers, dtype=float) / 32768, file.getframerate()


def envelope(sound: np.ndarray, rate: int) -> np.ndarray:
    """The loudest sample within 2 ms before and after each: a wave of 250 Hz and more always has a crest there."""
    width = round(0.002 * rate)
    padded = np.pad(np.abs(sound), width)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * width + 1)
    return windows.max(axis=1)


def pulses(name: str, edge_db: float = EDGES_DB["-9 dB"]) -> list[Pulse]:
    """The pulses of a sound; a silence of 20 ms ends one."""
    sound, rate = samples(name)
    height = envelope(sound, rate)
    places = np.flatnonzero(height > height.max() * 10 ** (edge_db / 20))
    cuts = np.flatnonzero(np.diff(places) > 0.02 * rate)
    begins, ends = [places[0], *places[cuts + 1]], [*places[cuts], places[-1]]
    return [_pulse(sound, height, begin, end, rate) for begin, end in zip(begins, ends, strict=True)]


def _pulse(sound: np.ndarray, height: np.ndarray, begin: int, end: int, rate: int) -> Pulse:
    loudest = height[begin:end].max()
    crest = begin + int(height[begin:end].argmax())
    tenth = crest - int((height[crest::-1] < 0.1 * loudest).argmax()) if crest else crest
    most = begin + int((height[begin:end] >= 0.9 * loudest).argmax())
    level = 20 * np.log10(np.sqrt(np.mean(sound[begin:end] ** 2)))
    return Pulse(begin / rate, end / rate, float(level), (most - tenth) / (end - begin))


def gaps(found: list[Pulse]) -> list[float]:
    return [later.begin - earlier.end for earlier, later in pairwise(found)]


def partials(name: str) -> list[tuple[float, float]]:
    """The fundamental and what is above it up to 4 kHz: Hz, and dB against the fundamental, in the first pulse."""
    sound, rate = samples(name)
    first = pulses(name)[0]
    pulse = sound[round(first.begin * rate) : round(first.end * rate)]
    spectrum = np.abs(np.fft.rfft(pulse * np.hanning(len(pulse)), 1 << 17))
    hz = np.fft.rfftfreq(1 << 17, 1 / rate)
    db = 20 * np.log10(np.maximum(spectrum, 1e-9) / spectrum.max())
    crests = [i for i in range(1, len(db) - 1) if db[i] > -40 and db[i] == db[max(0, i - 300) : i + 301].max()]
    found = [(float(hz[i]), float(db[i])) for i in crests if hz[i] <= 4000]
    return [(each, level - found[0][1]) for each, level in found]


def test_the_files_are_what_the_script_makes_and_the_same_at_every_run(maker: ModuleType) -> None:
    assert {file.name: file.read_bytes() for file in SOUNDS.iterdir()} == maker.sounds() == maker.sounds()
    assert set(PULSES) == set(maker.sounds())


@pytest.mark.parametrize("edge_db", EDGES_DB.values(), ids=EDGES_DB)
def test_high_priority_is_ten_pulses_three_and_two_twice(edge_db: float) -> None:
    found = pulses("high.wav", edge_db)
    assert len(found) == 10
    assert all(HIGH_S[0] <= pulse.length <= HIGH_S[1] for pulse in found)
    between = gaps(found)
    x = [between[place] for place in (0, 1, 3, 5, 6, 8)]
    assert all(0.050 <= gap <= 0.125 for gap in x)
    assert max(x) - min(x) < 0.005
    assert [between[2], between[7]] == pytest.approx([2 * x[0] + found[0].length] * 2, abs=0.01)
    assert 0.35 <= between[4] <= 1.30


@pytest.mark.parametrize("edge_db", EDGES_DB.values(), ids=EDGES_DB)
@pytest.mark.parametrize("name", ["medium.wav", "low.wav"])
def test_medium_and_low_priority_are_a_few_slower_pulses(name: str, edge_db: float) -> None:
    found = pulses(name, edge_db)
    assert len(found) == PULSES[name]
    assert all(OTHER_S[0] <= pulse.length <= OTHER_S[1] for pulse in found)
    assert all(0.125 <= gap <= 0.250 for gap in gaps(found))


@pytest.mark.parametrize("edge_db", EDGES_DB.values(), ids=EDGES_DB)
@pytest.mark.parametrize("name", PULSES)
def test_every_pulse_rises_softly(name: str, edge_db: float) -> None:
    assert all(0.10 <= pulse.rise <= 0.40 for pulse in pulses(name, edge_db))


@pytest.mark.parametrize("name", PULSES)
def test_a_pulse_has_a_low_fundamental_and_four_harmonics_of_its_loudness(name: str) -> None:
    (fundamental, _level), *above = partials(name)
    assert 150 <= fundamental <= 1000
    harmonics = [
        (hz, db) for hz, db in above if abs(hz / fundamental - round(hz / fundamental)) < 0.02 and 300 <= hz <= 4000
    ]
    assert len([db for _hz, db in harmonics if abs(db) <= 15]) >= 4


@pytest.mark.parametrize("name", PULSES)
def test_the_pulses_of_a_burst_are_alike_and_none_is_cut_off(name: str) -> None:
    levels = [pulse.level_db for pulse in pulses(name)]
    assert max(levels) - min(levels) <= 10
    assert np.abs(samples(name)[0]).max() < 1


def test_a_less_urgent_sound_is_not_louder() -> None:
    high, medium, low = (max(pulse.level_db for pulse in pulses(name)) for name in PULSES)
    assert high >= medium >= low
    peaks = [np.abs(samples(name)[0]).max() for name in PULSES]
    assert peaks == sorted(peaks, reverse=True)


def test_each_sound_ends_before_the_shortest_time_after_which_it_may_begin_again() -> None:
    """High may be repeated 2.5 s after its end at the soonest, and every 15 s at the latest."""
    for name in PULSES:
        sound, rate = samples(name)
        assert len(sound) / rate <= 15 - 2.5


def test_the_measured_table_is_printed() -> None:
    for line in measured():
        figure(f"T-48  {line}")


def measured() -> Iterator[str]:
    """Every figure of the table, for each sound and each way to tell where a pulse begins."""
    for name in PULSES:
        sound, rate = samples(name)
        tones = ", ".join(f"{hz:.0f} Hz {db:+.1f} dB" for hz, db in partials(name))
        yield f"{name} {len(sound) / rate:.2f} s, peak {20 * np.log10(np.abs(sound).max()):.1f} dBFS, {tones}"
        for edge, level in EDGES_DB.items():
            found = pulses(name, level)
            between = "/".join(f"{1000 * gap:.0f}" for gap in gaps(found))
            lengths = sorted({round(1000 * pulse.length) for pulse in found})
            rises = sorted({round(100 * pulse.rise) for pulse in found})
            levels = [pulse.level_db for pulse in found]
            yield (
                f"{name} at {edge}: {len(found)} pulses of {'-'.join(map(str, lengths))} ms, gaps {between} ms, "
                f"rise {'-'.join(map(str, rises))} %, {max(levels):.1f} dBFS, apart {max(levels) - min(levels):.2f} dB"
            )
