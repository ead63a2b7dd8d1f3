"""The last look at the clocks: two small files in turn; whatever happens to one, the other is there."""

from datetime import timedelta
from errno import ENOSPC
from pathlib import Path
from zlib import crc32

import pytest

from nurse_app.domain.moment import Reading
from nurse_app.store.heartbeat_file import FILES, HeartbeatFile
from tests.store.disks import FaultyDisk
from tests.store.kit import START, system_disk


def look(second: int, boot_id: str = "boot") -> Reading:
    after = timedelta(seconds=second)
    return Reading(START + after, timedelta(hours=1) + after, boot_id)


def last_in(root: Path) -> Reading | None:
    return HeartbeatFile(root, system_disk()).last


def kept(root: Path, *looks: Reading) -> HeartbeatFile:
    file = HeartbeatFile(root, system_disk())
    for each in looks:
        file.keep(each)
    return file


def test_without_a_beat_nothing_is_known(tmp_path: Path) -> None:
    assert last_in(tmp_path) is None


def test_the_last_beat_is_found_by_the_next_start(tmp_path: Path) -> None:
    kept(tmp_path, look(0), look(4), look(8))
    assert last_in(tmp_path) == look(8)
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(FILES)


def test_what_is_found_stays_what_it_was_while_new_beats_are_kept(tmp_path: Path) -> None:
    kept(tmp_path, look(0))
    file = HeartbeatFile(tmp_path, system_disk())
    file.keep(look(90, "another boot"))
    assert file.last == look(0)
    assert last_in(tmp_path) == look(90, "another boot")


def test_the_newer_beat_counts_though_the_clock_was_put_back(tmp_path: Path) -> None:
    kept(tmp_path, look(50), look(-50, "another boot"))
    assert last_in(tmp_path) == look(-50, "another boot")


def test_every_torn_end_of_the_newer_file_leaves_the_older_one(tmp_path: Path) -> None:
    kept(tmp_path, look(0), look(4))
    newer = tmp_path / FILES[0]
    content = newer.read_bytes()
    assert b"boot" in content
    for size in range(len(content) - 1):
        newer.write_bytes(content[:size])
        assert last_in(tmp_path) == look(0), size


def test_every_flipped_bit_of_the_newer_file_leaves_the_older_one_or_changes_nothing(tmp_path: Path) -> None:
    kept(tmp_path, look(0), look(4))
    newer = tmp_path / FILES[0]
    content = newer.read_bytes()
    for place in range(len(content) * 8):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        newer.write_bytes(flipped)
        assert last_in(tmp_path) in (look(0), look(4)), place


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"00000000 {}", b'9be3e0a3 "text"\n', b"x" * 5000],
    ids=["empty", "no text", "wrong sum", "no beat", "too long"],
)
def test_a_file_that_is_no_beat_is_passed_over(tmp_path: Path, content: bytes) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(content)
    assert last_in(tmp_path) is None
    kept(tmp_path, look(4))
    assert last_in(tmp_path) == look(4)


def test_a_sound_sum_over_something_else_is_passed_over(tmp_path: Path) -> None:
    for number, body in enumerate(('{"beat":1}', "no json")):
        (tmp_path / FILES[number]).write_text(f"{crc32(body.encode()):08x} {body}\n", encoding="utf-8")
    assert last_in(tmp_path) is None


def test_a_refusing_disk_at_every_call_leaves_the_beat_before_it(tmp_path: Path) -> None:
    calls = 1
    while True:
        root = tmp_path / str(calls)
        root.mkdir()
        kept(root, look(0), look(4))
        disk = FaultyDisk(at=calls + 2, error=OSError(ENOSPC, "full"))
        file = HeartbeatFile(root, disk)
        if file.last != look(4):
            pytest.fail("the two reads at the start must have passed")
        try:
            file.keep(look(8))
        except OSError:
            assert last_in(root) in (look(4), look(8))
            disk.die()
            calls += 1
            continue
        break
    assert calls > 4
    assert last_in(root) == look(8)
