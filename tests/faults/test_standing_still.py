"""T-14: a window that stands still while a visit is open is heard, in the real program with a player of sounds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.machine import WITHIN_S, environment, python
from tests.figures import Figure

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.skipif(os.name != "posix", reason="not on this machine: a player of sounds of our own"),
]
CHILD = Path(__file__).with_name("child_stands_still.py")
STILL_S = 10


def player_in(folder: Path) -> Path:
    """A player of sounds that writes down when it was asked, and for which file; first on the path."""
    heard, player = folder / "heard", folder / "pw-play"
    player.write_text(
        f"#!{sys.executable}\n"
        "import sys, time\n"
        f"open({str(heard)!r}, 'a').write(f'{{time.monotonic()}} {{sys.argv[1]}}\\n')\n",
        encoding="utf-8",
    )
    player.chmod(0o755)
    return heard


def test_a_window_that_stands_still_is_heard_before_it_goes_on(tmp_path: Path, figure: Figure) -> None:
    heard = player_in(tmp_path)
    surroundings = environment({"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"})
    ended = subprocess.run(
        [*python(CHILD, tmp_path / "records", STILL_S)],
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        timeout=WITHIN_S,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    still, goes_on = ended.stdout.splitlines()
    assert goes_on == "goes on"
    ((rang, file),) = (line.split() for line in heard.read_text(encoding="utf-8").splitlines())
    assert file.endswith("high.wav")
    after = float(rang) - float(still.removeprefix("still "))
    assert 0 < after < STILL_S
    figure(f"T-14 a window that stood still for {STILL_S} s rang after {after:.1f} s")
