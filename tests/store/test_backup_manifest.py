"""The names that a backup may hold, and its manifest as the very text that is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nurse_app.store.backup_manifest import (
    BadManifestError,
    Condition,
    FileCheck,
    FileEntry,
    left_out,
    manifest_lines,
    may_hold,
    read_entry,
    read_head,
    stream_at,
)
from nurse_app.store.layout import place_of
from nurse_app.visit.ports import StreamKind
from tests.store.backup_kit import MADE_AT, journal


@pytest.mark.parametrize("kind", StreamKind)
@pytest.mark.parametrize("stream_id", ["1", "ab", "0123456789abcdef0123456789abcdef", "a" * 64, "station"])
def test_every_place_of_a_record_may_be_held(kind: StreamKind, stream_id: str) -> None:
    place = place_of(Path("/records"), kind, stream_id)
    path = place.path.relative_to("/records").as_posix()

    assert stream_at(path) == place.stream
    assert may_hold(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "visits",
        "visits/ab/xab.json",
        "visits/ab/xab.jsonl ",
        "visits/ab/xab.jsonl\n",
        "visits/xab.jsonl",
        "visits/ab/xcd.jsonl",
        "visits/ab/Xab.jsonl",
        "visits/ab/" + "x" * 63 + "ab.jsonl",
        "visits/on/con.jsonl",
        "visits/t9/lpt9.jsonl",
        "patients/m1/com1.jsonl",
        "station/nul.jsonl",
        "station/st/station.jsonl",
        "visits/ab/../ab/xab.jsonl",
        "/visits/ab/xab.jsonl",
        "visits\\ab\\xab.jsonl",
        "index.json",
        ".lock",
        "backups/2026-11-22.backup",
        "log/nurse-app.log",
        "visits/ab/xab.jsonl.tail.1",
        "visits/ab/xab.jsonl.damaged.1",
        "Settings.json",
    ],
)
def test_no_other_name_may_be_held(path: str) -> None:
    assert not may_hold(path)


def test_settings_and_checkpoints_go_along() -> None:
    assert may_hold("settings.json")
    assert may_hold("checkpoints.jsonl")
    check = FileCheck("settings.json")
    check.feed(b"anything")
    assert check.entry().condition is Condition.SOUND


@pytest.mark.parametrize(
    ("change", "condition", "entries"),
    [
        (lambda content: content, Condition.SOUND, 3),
        (lambda content: content + b"half", Condition.DAMAGED, 3),
        (lambda content: content.replace(b"entry 2", b"entry X"), Condition.DAMAGED, 1),
    ],
    ids=["sound", "torn", "damaged"],
)
def test_a_record_s_line_says_how_far_it_is_sound(
    change: Callable[[bytes], bytes], condition: Condition, entries: int
) -> None:
    check = FileCheck("visits/01/a01.jsonl")
    check.feed(change(journal("visit a01", 3)))

    entry = check.entry()

    assert (entry.condition, entry.entries) == (condition, entries)


def test_what_is_written_is_read_again() -> None:
    entries = [
        FileEntry("settings.json", 17, "a" * 64, 0, "", Condition.SOUND),
        left_out("visits/01/a01.jsonl"),
        FileEntry("visits/02/a02.jsonl", 1000, "b" * 64, 4, "c" * 64, Condition.DAMAGED),
    ]

    first, *lines = manifest_lines(MADE_AT, "0.1.0", entries)

    assert [read_entry(line) for line in lines] == entries
    head = read_head(first)
    assert (head.version, head.made_at, head.program, head.files, head.bytes) == (1, MADE_AT, "0.1.0", 3, 1017)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"version":1', b'"version":2'),
        (b'"version":1', b'"version":"1"'),
        (b"{", b"{ "),
        (b'"files":0', b'"files":0.5'),
        (b'"files":0', b'"files":NaN'),
        (b'"files":0', b'"files":0,"files":0'),
        (b'"files":0,', b""),
        (b"+00:00", b""),
        (b"\n", b""),
    ],
)
def test_a_changed_first_line_is_refused(old: bytes, new: bytes) -> None:
    (line,) = manifest_lines(MADE_AT, "0.1.0", [])
    assert old in line

    with pytest.raises(BadManifestError):
        read_head(line.replace(old, new))


@pytest.mark.parametrize("line", [b"", b"\xff\n", b"[]\n", b"[" * 3000 + b"\n", b"null\n"])
def test_what_is_no_line_is_refused(line: bytes) -> None:
    for read in (read_head, read_entry):
        with pytest.raises(BadManifestError):
            read(line)


def test_a_line_with_a_name_that_no_data_folder_has_is_refused() -> None:
    _head, line = manifest_lines(MADE_AT, "0.1.0", [left_out("../escaped.jsonl")])

    with pytest.raises(BadManifestError):
        read_entry(line)
