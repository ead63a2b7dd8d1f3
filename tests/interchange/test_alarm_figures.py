"""The figures of alarm signals: the shipped file is read whole; one outside the bands of the standard is refused."""

import shutil
from pathlib import Path

import pytest

from nurse_app.domain.alarm_signals import SignalFigures
from nurse_app.interchange.alarm_figures import BANDS, read_alarm_figures
from tests.conftest import RESOURCES


def with_line(folder: Path, name: str, value: str) -> Path:
    """A copy of the resources in which one figure is another."""
    shutil.copytree(RESOURCES / "alarms", folder / "alarms")
    file = folder / "alarms" / "signals.toml"
    lines = [
        f"{name} = {value}" if line.startswith(f"{name} =") else line
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_the_shipped_figures_lie_in_the_bands() -> None:
    found = read_alarm_figures(RESOURCES)
    figures = found.figures

    assert found.problem == ""
    assert figures == SignalFigures()

    assert figures.pause_s == 120
    assert figures.stages == (60, 120, 300)
    assert all(least <= getattr(figures, name) <= most for name, (least, most) in BANDS.items())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pause_s", "121"),
        ("pause_s", "0"),
        ("merge_s", "31"),
        ("high_repeat_s", "16"),
        ("high_repeat_s", "2"),
        ("medium_repeat_s", "31"),
        ("front_s", "0"),
        ("raise_s", "60"),
        ("full_s", "120"),
        ("here_s", "-1"),
    ],
)
def test_a_figure_outside_its_band_is_named_and_not_used(tmp_path: Path, name: str, value: str) -> None:
    found = read_alarm_figures(with_line(tmp_path, name, value))

    assert found.problem.startswith("alarms/signals.toml: ")
    assert name in found.problem
    assert found.figures == SignalFigures()


@pytest.mark.parametrize("value", ["two", "12.5"])
def test_what_is_no_whole_number_is_not_used(tmp_path: Path, value: str) -> None:
    found = read_alarm_figures(with_line(tmp_path, "pause_s", value))

    assert "Alarms use the times of the program." in found.problem
    assert found.figures == SignalFigures()


def test_a_file_that_is_not_there_keeps_nobody_from_the_window(tmp_path: Path) -> None:
    found = read_alarm_figures(tmp_path)

    assert "No such file" in found.problem
    assert found.figures == SignalFigures()
