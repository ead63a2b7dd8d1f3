"""The parts of the smoke test that decide by themselves: a message of the bus, what was heard, what is unexpected."""

import struct
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[1] / "packaging"


@pytest.fixture(autouse=True)
def _packaging_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("the smoke test of the Linux folder")
    monkeypatch.syspath_prepend(str(PACKAGING))


def test_a_signature_is_cut_into_its_complete_types() -> None:
    from smoke.bus import _types

    assert _types("sa(so)uaa{sv}(iiii)") == ["s", "a(so)", "u", "aa{sv}", "(iiii)"]


def test_values_are_read_at_their_places_with_the_padding_between_them() -> None:
    from smoke.bus import _read

    pair = struct.pack("<I", 4) + b":1.5\0" + b"\0" * 3 + struct.pack("<I", 2) + b"/a\0"
    data = struct.pack("<I", len(pair)) + b"\0" * 4 + pair
    assert _read("a(so)", data, 0) == ([(":1.5", "/a")], len(data))
    assert _read("v", b"\x01u\0\0" + struct.pack("<I", 7), 0) == (7, 8)


def test_an_array_of_nothing_is_read_as_that() -> None:
    from smoke.bus import _read

    assert _read("au", struct.pack("<I", 0), 0) == ([], 4)


@pytest.mark.parametrize(
    ("err", "says", "problem"),
    [
        ("", "", ""),
        ("Copied 2 files.\n", "Copied ", ""),
        ("Copied 2 files.\nFontconfig error\n", "Copied ", "unexpected on stderr: Fontconfig error"),
        ("", "Copied ", "it does not say “Copied ”: "),
        ("qt.svg: Cannot open file\n", "", "unexpected on stderr: qt.svg: Cannot open file"),
    ],
)
def test_only_what_is_expected_may_be_printed(err: str, says: str, problem: str) -> None:
    from smoke.root import Ran
    from smoke.steps import NotSoError, well

    ran = Ran(0, "out", err, 0.0)
    if not problem:
        assert well(ran, says=says) == "out"
        return
    with pytest.raises(NotSoError) as told:
        well(ran, says=says)
    assert str(told.value) == problem


def test_the_log_may_tell_only_of_what_was_done_to_the_program(tmp_path: Path) -> None:
    from smoke.steps import NotSoError, no_complaints

    log = tmp_path / "nurse-app.log"
    log.write_text("t ERROR nurse_app.system.watchdog: stood still\nt INFO nurse_app.main: begun\n", encoding="utf-8")
    no_complaints(tmp_path, "something else", "watchdog: stood still")
    with pytest.raises(NotSoError, match="the log tells"):
        no_complaints(tmp_path, "nothing")


def test_a_sound_counts_as_heard_only_where_its_pieces_come_in_their_places(tmp_path: Path) -> None:
    from smoke.sound import share_heard

    tone = bytes(range(1, 201)) * 40
    other = bytes(reversed(range(1, 201))) * 40
    assert share_heard(tone + other, b"\0" * 999 + tone + other, width=400, near=100) == 1
    assert share_heard(tone + other, b"\0" * 20_000, width=400, near=100) == 0
    assert 0.4 < share_heard(tone + other, b"\0" * 999 + tone, width=400, near=100) < 0.6
