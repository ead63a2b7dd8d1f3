"""The figures of alarm signals, from resources/alarms; they may be changed within the bands of the standard."""

import tomllib
from collections.abc import Iterator, Mapping
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
}


class AlarmFiguresError(Exception):
    """The file is not there, does not have its form, or a figure lies outside its band. Text is for people."""

    def __init__(self, wrong: object) -> None:
        super().__init__(
            f"alarms/{FILE}: {wrong}. Put the file of the program back, or ask the people who look after it."
        )


def read_alarm_figures(resources: Path) -> SignalFigures:
    """The figures. Raises AlarmFiguresError."""
    try:
        figures = build(SignalFigures, tomllib.loads((resources / "alarms" / FILE).read_text(encoding="utf-8")))
    except ValueError as error:
        raise AlarmFiguresError(error) from error
    except OSError as error:
        raise AlarmFiguresError(error.strerror) from error
    for wrong in _outside(figures):
        raise AlarmFiguresError(wrong)
    return figures


def _outside(figures: SignalFigures) -> Iterator[str]:
    for name, (least, most) in BANDS.items():
        value = getattr(figures, name)
        if not least <= value <= most:
            yield f"{name}: {value} is not from {least} to {most}"
    if not 0 < figures.front_s < figures.raise_s < figures.full_s:
        yield "front_s, raise_s and full_s must follow one another"
    if figures.here_s < 0:
        yield f"here_s: {figures.here_s} is less than 0"
