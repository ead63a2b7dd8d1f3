"""The reserve: kept while there is room, given back when the disk is full, never asked twice for a sync."""

import os
from errno import EDQUOT, EIO, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store.reserve import RESERVE_BYTES, RESERVE_FILE, ReservingDisk
from nurse_app.visit.ports import NotSavedError, StreamKind
from tests.store.kit import entry, never, own, texts

VISIT = StreamKind.VISIT


class SmallDisk:
    """Refuses ``call`` of the machine with ``error`` as long as the reserve is there, or for good."""

    def __init__(self, patch: pytest.MonkeyPatch, reserve: Path) -> None:
        self._patch = patch
        self._reserve = reserve
        self.asked = 0

    def fill(self, call: str, error: int, *, for_good: bool = False) -> None:
        real = getattr(os, call)

        def limited(*words: object, **more: object) -> object:
            self.asked += 1
            if for_good or self._reserve.exists():
                raise OSError(error, os.strerror(error))
            return real(*words, **more)

        self._patch.setattr(os, call, limited)


def disk_on(root: Path) -> ReservingDisk:
    return ReservingDisk(root, windows=False, pause=never)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallDisk:
    return SmallDisk(monkeypatch, tmp_path / RESERVE_FILE)


def test_a_reserve_is_made_once_and_taken_up_again(tmp_path: Path) -> None:
    first = disk_on(tmp_path)
    assert not first.has_reserve
    first.keep_reserve()
    made = (tmp_path / RESERVE_FILE).stat()

    second = disk_on(tmp_path)
    second.keep_reserve()

    assert first.has_reserve
    assert second.has_reserve
    assert made.st_size == RESERVE_BYTES
    assert (tmp_path / RESERVE_FILE).stat() == made


def test_half_a_reserve_is_made_whole(tmp_path: Path) -> None:
    (tmp_path / RESERVE_FILE).write_bytes(b"half")
    disk = disk_on(tmp_path)

    disk.keep_reserve()

    assert disk.has_reserve
    assert (tmp_path / RESERVE_FILE).stat().st_size == RESERVE_BYTES


def test_where_there_is_no_room_for_a_reserve_nothing_of_it_stays(tmp_path: Path, small: SmallDisk) -> None:
    small.fill("write", ENOSPC, for_good=True)
    disk = disk_on(tmp_path)

    disk.keep_reserve()

    assert not disk.has_reserve
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [ENOSPC, EDQUOT])
def test_what_a_full_disk_refuses_is_saved_on_the_reserve(tmp_path: Path, small: SmallDisk, error: int) -> None:
    disk = disk_on(tmp_path)
    records = own(tmp_path, disk)
    disk.keep_reserve()
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    small.fill("write", error)

    log.append([entry("b")], after=1)

    assert not disk.has_reserve
    assert not (tmp_path / RESERVE_FILE).exists()
    log.append([entry("c")], after=2)
    records.close()
    assert texts(own(tmp_path).open(VISIT, "v-1").recorded()) == ["a", "b", "c"]


@pytest.mark.parametrize("call", ["mkdir", "open"])
def test_a_new_record_finds_room_as_well(tmp_path: Path, small: SmallDisk, call: str) -> None:
    disk = disk_on(tmp_path)
    records = own(tmp_path, disk)
    disk.keep_reserve()
    log = records.create(VISIT, "v-1")
    small.fill(call, ENOSPC)

    log.append([entry("a")], after=0)

    assert not disk.has_reserve
    records.close()


def test_a_full_disk_without_a_reserve_refuses(tmp_path: Path, small: SmallDisk) -> None:
    disk = disk_on(tmp_path)
    records = own(tmp_path, disk)
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    small.fill("write", ENOSPC, for_good=True)

    with pytest.raises(NotSavedError, match="the disk is full"):
        log.append([entry("b")], after=1)
    assert small.asked == 1
    records.close()


def test_another_fault_leaves_the_reserve_alone(tmp_path: Path, small: SmallDisk) -> None:
    disk = disk_on(tmp_path)
    records = own(tmp_path, disk)
    disk.keep_reserve()
    small.fill("write", EIO)

    with pytest.raises(NotSavedError, match="reported a fault"):
        records.create(VISIT, "v-1").append([entry("a")], after=0)

    assert disk.has_reserve
    records.close()


def test_a_sync_is_not_asked_twice_but_makes_room_for_what_comes_after(tmp_path: Path, small: SmallDisk) -> None:
    disk = disk_on(tmp_path)
    records = own(tmp_path, disk)
    disk.keep_reserve()
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    small.fill("fsync", ENOSPC)

    with pytest.raises(NotSavedError, match="the disk is full"):
        log.append([entry("b")], after=1)
    assert small.asked == 1
    assert not disk.has_reserve
    again = records.open(VISIT, "v-1")
    again.append([entry("b")], after=1)

    assert texts(again.recorded()) == ["a", "b"]
    records.close()
