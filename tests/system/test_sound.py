"""Playing a sound: the right player is started with the file, and a missing one is said."""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from nurse_app.system.sound import Burst, CommandPlayer, NoPlayer, WindowsPlayer, machine_player


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        ({"aplay", "paplay", "pw-play"}, ("pw-play",)),
        ({"aplay", "paplay"}, ("paplay",)),
        ({"aplay"}, ("aplay", "-q")),
    ],
)
def test_the_first_player_that_is_there_is_taken(installed: set[str], expected: tuple[str, ...]) -> None:
    player = machine_player("linux", lambda name: name if name in installed else None)
    assert isinstance(player, CommandPlayer)
    assert player._command == expected


def test_without_a_player_nothing_is_played_and_that_is_said() -> None:
    player = machine_player("linux", lambda _name: None)
    assert isinstance(player, NoPlayer)
    assert not player.play(Path("high.wav"))
    assert player.begin(Burst(Path("high.wav"), 3.0)) is None


def test_a_player_gets_the_file_each_time(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    write = "import pathlib, sys; pathlib.Path(sys.argv[1]).open('a').write(sys.argv[2] + '\\n')"
    player = CommandPlayer((sys.executable, "-c", write, str(heard)))
    for name in ("one.wav", "two.wav"):
        assert player.play(Path(name))
        assert player._process is not None
        assert player._process.wait(30) == 0
    assert heard.read_text() == "one.wav\ntwo.wav\n"


def test_a_player_of_the_system_loads_no_library_of_a_packaged_program(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    write = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(os.environ.get('LD_LIBRARY_PATH', 'none'))"
    player = CommandPlayer((sys.executable, "-c", write, str(seen)), os.environ | {"LD_LIBRARY_PATH": "/packaged"})
    assert player.play(Path("high.wav"))
    assert player._process is not None
    assert player._process.wait(30) == 0
    assert seen.read_text() == "none"


def test_a_player_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    assert not CommandPlayer((str(tmp_path / "missing"),)).play(Path("high.wav"))


@pytest.mark.parametrize("works", [True, False])
def test_windows_plays_by_itself(monkeypatch: pytest.MonkeyPatch, works: bool) -> None:
    asked: list[tuple[str, int]] = []

    def play_sound(name: str, flags: int) -> None:
        asked.append((name, flags))
        if not works:
            raise RuntimeError("Failed to play sound")

    fake = SimpleNamespace(SND_FILENAME=0x20000, SND_ASYNC=1, SND_NODEFAULT=2, PlaySound=play_sound)
    monkeypatch.setitem(sys.modules, "winsound", fake)
    player = machine_player("win32")
    assert isinstance(player, WindowsPlayer)
    assert player.play(Path("high.wav")) is works
    assert asked == [("high.wav", 0x20003)]
