"""The figures of alarm signals, from resources/alarms; they may be changed within the bands of the standard."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nurse_app.domain.alarm_signals import SignalFigures
from nurse_app.plain_data import build

FILE = "signals.toml"
# IEC 60601-1-8 as the reliability notes (3.1, 3.2) have it: what a ward may set, in seconds.
BANDS: Mapping[str, tuple[float, float]] = {
    "pause_s": (1, 120),
    "merge_s": (0, 30),
    "high_repeat_s": (2.5, 15),
    "medium_repeat_s": (2.5, 30),
    # Later than this nobody would call it growing.
    "front_s": (1, 120),
    "raise_s": (2, 300),
    "full_s": (3, 900),
    "here_s": (0, 300),
}


@dataclass(frozen=True, slots=True)
class AlarmFiguresRead:
    """The figures in use. ``problem`` says why they are not those of the file: a sentence for people, or empty."""

    figures: SignalFigures
    problem: str = ""


def read_alarm_figures(resources: Path) -> AlarmFiguresRead:
    """The figures; those of the program itself when the file cannot be used: alarms never wait for a file."""
    try:
        figures = build(SignalFigures, tomllib.loads((resources / "alarms" / FILE).read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:
        return _own(error)
    wrong = next(_outside(figures), None)
    return AlarmFiguresRead(figures) if wrong is None else _own(wrong)


def _own(wrong: object) -> AlarmFiguresRead:
    problem = "alarms/{file}: {wrong}. Alarms use the times of the program. Tell the people who look after it."
    return AlarmFiguresRead(SignalFigures(), problem.format(file=FILE, wrong=wrong))


def _outside(figures: SignalFigures) -> Iterator[str]:
    for name, (least, most) in BANDS.items():
        value = getattr(figures, name)
        if not least <= value <= most:
            yield f"{name}: {value} is not from {least} to {most}"
    if not figures.front_s < figures.raise_s < figures.full_s:
        yield "front_s, raise_s and full_s must follow one another"
