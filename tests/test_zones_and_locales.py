"""T-32: the tests of core, store and presentation in four zones and four locales, those of the windows in each zone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.figures import figure

pytestmark = pytest.mark.sweep

PROJECT = Path(__file__).parents[1]
ZONES = ("UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati")
LOCALES = ("C", "de_DE.UTF-8", "ar_EG.UTF-8", "tr_TR.UTF-8")
INNER = ("tests/domain", "tests/visit", "tests/store", "tests/presentation", "tests/interchange", "tests/clocks")
NO_LOCALE = 77
RUN = f"""
import locale, sys
try:
    locale.setlocale(locale.LC_ALL, "")
except locale.Error:
    sys.exit({NO_LOCALE})
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""


def run_tests(zone: str, name: str, *folders: str) -> str:
    """Run tests in a process with this zone and locale; the line with which pytest ends."""
    surroundings = os.environ | {"TZ": zone, "LC_ALL": name, "LANG": name, "QT_QPA_PLATFORM": "offscreen"}
    finished = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", RUN, "-q", "--no-header", "-p", "no:cacheprovider", *folders],
        cwd=PROJECT,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if finished.returncode == NO_LOCALE:
        pytest.skip(f"the locale {name} is not installed on this machine: T-32")
    assert finished.returncode == 0, f"{zone}, {name}:\n{finished.stdout[-4000:]}{finished.stderr[-2000:]}"
    return finished.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize("zone", ZONES)
def test_core_store_and_presentation_hold_in_every_zone_and_locale(zone: str, name: str) -> None:
    figure(f"T-32 {zone}, {name}: {run_tests(zone, name, *INNER)}")


@pytest.mark.parametrize(("zone", "name"), tuple(zip(ZONES, LOCALES, strict=True)))
def test_the_windows_hold_in_every_zone(zone: str, name: str) -> None:
    figure(f"T-32 windows, {zone}, {name}: {run_tests(zone, name, 'tests/ui')}")
