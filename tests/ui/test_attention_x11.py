"""T-49: with an alarm the window is seen, whatever lay over it. On an X server of its own, else skipped and counted."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.figures import figure

NEEDED = ("Xvfb", "openbox", "xdotool", "import")
CASES = (
    "minimised",
    "covered",
    "kept_above",
    "taskbar_only",
    "typing_elsewhere",
    "locked",
    "second_screen_removed",
    "no_window_manager",
)
ROOT = Path(__file__).parents[2]
LIMIT_S = 180


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, tuple[bool, str]]]:
    """What came of each case, by its name."""
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing or not sys.platform.startswith("linux"):
        figure(f"T-49  0 of {len(CASES)} cases tried")
        pytest.skip(f"T-49: 0 of {len(CASES)}, this machine lacks {', '.join(missing) or 'Linux'}")
    folder = tmp_path_factory.mktemp("attention")
    ours, theirs = os.pipe()
    words = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "2732x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=(theirs,), stderr=subprocess.DEVNULL) as server:
        os.close(theirs)
        with os.fdopen(ours, encoding="ascii") as answer:
            display = f":{answer.readline().strip()}"
        surroundings = os.environ | {"DISPLAY": display, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        with subprocess.Popen(["openbox", "--sm-disable"], env=surroundings, stderr=subprocess.DEVNULL) as manager:
            try:
                yield _run(folder, manager.pid, surroundings | {"QT_QPA_PLATFORM": "xcb"})
            finally:
                manager.terminate()
                server.terminate()


def _run(folder: Path, manager: int, surroundings: Mapping[str, str]) -> Mapping[str, tuple[bool, str]]:
    words = [sys.executable, "-m", "tests.ui.attention_on_x11", str(folder), str(manager)]
    done = subprocess.run(
        words, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False, timeout=LIMIT_S
    )
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    held = sum(one["held"] for one in found)
    figure(f"T-49  {held} of {len(CASES)} cases: the window is seen; pictures in {folder}")
    ended = f"the program ended before: {done.stderr[-2000:]}"
    return dict.fromkeys(CASES, (False, ended)) | {one["case"]: (one["held"], one["why"]) for one in found}


@pytest.mark.parametrize("case", CASES)
def test_the_window_is_seen(seen: Mapping[str, tuple[bool, str]], case: str) -> None:
    held, why = seen[case]
    assert held, why
