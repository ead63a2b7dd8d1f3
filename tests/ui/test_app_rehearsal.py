"""The rehearsal: a whole visit by the command line, and acts that cannot be done named with their place."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from nurse_app.presentation.intents import Place, SheetKind
from nurse_app.ui.rehearsal import Act, RehearsalScript, play
from tests.ui.driver import Ward

PROJECT = Path(__file__).parents[2]
SCRIPT = PROJECT / "resources" / "training" / "rehearsal.json"
# Also notes what the pages asked for, and where the rehearsal went.
REHEARSE = """
import sys
from pathlib import Path
from nurse_app.main import main
from nurse_app.presentation.intents import OpenSheet
from nurse_app.ui.controller import Controller

asked, really = set(), Controller.on_intent

def note(self, intent):
    asked.add(intent.kind.value if isinstance(intent, OpenSheet) else type(intent).__name__)
    really(self, intent)

Controller.on_intent = note
code = main(["rehearse", "--output", sys.argv[1]])
Path(sys.argv[2]).write_text("\\n".join(asked))
sys.exit(code)
"""
# Only after a restart of the program is there anything to confirm.
NEVER_SEEN = {SheetKind.RESUME}
# The pages about the program itself, which no visit leads to.
LEFT_OUT = {"GoToSelfTest", "GoToHelp", "GoToAbout", "GoToUpdate"}


def test_the_rehearsal_leaves_a_picture_of_every_screen_and_the_printed_record(tmp_path: Path) -> None:
    output = tmp_path / "pictures"
    command = [sys.executable, "-c", REHEARSE, str(output), str(tmp_path / "asked")]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=200)
    assert ended.returncode == 0, ended.stderr
    wanted = [act["picture"] for act in json.loads(SCRIPT.read_text(encoding="utf-8"))["acts"] if "picture" in act]
    pictures = sorted(file.name for file in output.glob("*.png"))
    assert pictures == [f"{place:02d}-{name}.png" for place, name in enumerate(wanted, start=1)]
    assert {QImage(str(output / name)).size().toTuple() for name in pictures} == {(1366, 768)}
    records = list(output.glob("*.pdf"))
    assert records
    assert all(page.read_bytes().startswith(b"%PDF") for page in records)
    assert [line for line in ended.stdout.splitlines() if line.endswith((".png", ".pdf"))] == [
        str(output / name) for name in (*pictures, *sorted(page.name for page in records))
    ]
    asked = set((tmp_path / "asked").read_text(encoding="utf-8").splitlines())
    assert {kind.value for kind in set(SheetKind) - NEVER_SEEN} - asked == set()
    assert {place.__name__ for place in get_args(Place)} - LEFT_OUT - asked == set()


@pytest.mark.parametrize("given", [{}, {"press": "a", "key": "b"}, {"wait": 1, "away": 1}])
def test_an_act_is_exactly_one_thing(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Act(**given)


def script(*acts: Act) -> RehearsalScript:
    return RehearsalScript("sample", datetime(2026, 11, 22, 9, 0, tzinfo=UTC), acts)


def test_an_act_that_cannot_be_done_is_named_with_its_place(tmp_path: Path, qapp: QApplication) -> None:
    ward = Ward(tmp_path, qapp)
    words = {"nurse": ward.user()}
    acts = (Act(press="sign_in.people.{nurse}"), Act(wait=1), Act(press="no.such.button"))
    with pytest.raises(LookupError, match=r"^'?acts\[2\]: no\.such\.button is not on the screen"):
        play(script(*acts), ward, ward.clock, words)
    with pytest.raises(LookupError, match=r"acts\[0\]"):
        play(script(Act(press="{unknown}")), ward, ward.clock, words)
    ward.close()


def test_acts_press_type_wait_and_leave(tmp_path: Path, qapp: QApplication) -> None:
    ward = Ward(tmp_path, qapp)
    start = ward.clock.read().uptime
    acts = [Act(press="sign_in.people.{nurse}"), *(Act(key=digit) for digit in "246810"), Act(key="Enter")]
    acts += [Act(into=("search", "TRN000419")), Act(wait=1), Act(write=""), Act(picture="identify")]
    play(script(*acts), ward, ward.clock, {"nurse": ward.user()})
    assert ward.shows("identify_page.check")
    assert ward.pictures == ["01-identify.png"]
    play(script(Act(away=3)), ward, ward.clock, {})
    assert "Locked" in ward.words()
    assert (ward.clock.read().uptime - start).total_seconds() == 4 * 60
    ward.close()


def test_a_picture_that_cannot_be_written_ends_with_a_sentence(tmp_path: Path, qapp: QApplication) -> None:
    ward = Ward(tmp_path, qapp)
    ward._output = tmp_path / "not there"
    with pytest.raises(OSError, match="could not be written"):
        ward.picture("home")
    ward.resize(QSize(1920, 1080))
    assert ward.stage.size() == QSize(1920, 1080)
    ward.close()
