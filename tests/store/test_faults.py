"""Every file operation fails once, in turn: what was acknowledged is there, and the failure is told."""

from collections.abc import Callable
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store.data_folder import DataFolderError, lock_on_posix
from nurse_app.store.record_folder import own_records
from nurse_app.visit.ports import NotSavedError, StreamKind, UnreadableRecordError
from tests.store.disks import FaultyDisk
from tests.store.kit import BATCHES, OWNER, entry, is_allowed, own, saved_by, texts, tools

ERRORS: dict[str, Callable[[], BaseException]] = {
    "fault": lambda: OSError(EIO, "fault"),
    "full": lambda: OSError(ENOSPC, "full"),
    "memory": MemoryError,
}
ALL = [text for batch in BATCHES for text in batch]
VISIT = StreamKind.VISIT


def run(root: Path, disk: FaultyDisk) -> list[str]:
    """Begin a visit on a failing disk and note what was acknowledged; the program ends at the first failure."""
    try:
        log = own_records(root, tools(disk), OWNER, lock_on_posix).create(VISIT, "v-1")
    except (DataFolderError, NotSavedError, MemoryError):
        return []
    acknowledged = saved_by(log)
    if len(acknowledged) < len(ALL):
        with pytest.raises(NotSavedError):
            log.append([entry("more")], after=len(acknowledged))
        assert texts(log.recorded()) == acknowledged
    return acknowledged


def present_in(root: Path) -> list[str]:
    records = own(root)
    try:
        return texts(records.open(VISIT, "v-1").recorded())
    except FileNotFoundError:
        return []
    finally:
        records.close()


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("error", ERRORS)
def test_nothing_acknowledged_is_lost_when_any_call_fails(tmp_path: Path, error: str, for_good: bool) -> None:
    at = 0
    while True:
        at += 1
        root = tmp_path / str(at)
        root.mkdir()
        disk = FaultyDisk(at, ERRORS[error](), for_good=for_good)

        acknowledged = run(root, disk)
        disk.die()

        assert is_allowed(present_in(root), acknowledged), (at, disk.calls)
        if not disk.has_failed:
            break
        # Only the note of who owns the folder may fail without a word.
        told = acknowledged != ALL
        assert told or (disk.calls[at - 1] in ("cut", "write") and at < 20), (at, disk.calls)
    assert acknowledged == ALL
    assert at > 30


@pytest.mark.parametrize("error", ERRORS)
def test_a_record_goes_on_after_any_failure_once_it_is_opened_again(tmp_path: Path, error: str) -> None:
    at = 0
    while True:
        at += 1
        root = tmp_path / str(at)
        root.mkdir()
        disk = FaultyDisk(at, ERRORS[error]())
        run(root, disk)
        disk.die()
        records = own(root)
        try:
            log = records.open(VISIT, "v-1")
        except FileNotFoundError:
            log = records.create(VISIT, "v-1")
        before = texts(log.recorded())

        log.append([entry("again")], after=len(before))
        records.close()

        assert present_in(root) == [*before, "again"]
        if not disk.has_failed:
            break


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
@pytest.mark.parametrize("error", ERRORS)
def test_opening_a_torn_record_loses_nothing_when_any_call_fails(tmp_path: Path, error: str, for_good: bool) -> None:
    at = 0
    while True:
        at += 1
        root = tmp_path / str(at)
        root.mkdir()
        records = own(root)
        records.create(VISIT, "v-1").append([entry("a")], after=0)
        records.close()
        with (root / "visits" / "-1" / "v-1.jsonl").open("ab") as file:
            file.write(b"torn")
        disk = FaultyDisk(at, ERRORS[error](), for_good=for_good)

        try:
            log = own_records(root, tools(disk), OWNER, lock_on_posix).open(VISIT, "v-1")
            assert texts(log.recorded()) == ["a"]
        except (DataFolderError, UnreadableRecordError, MemoryError):
            pass
        disk.die()

        assert present_in(root) == ["a"]
        kept = [path.read_bytes() for path in root.rglob("*.tail.*")]
        assert b"torn" in kept
        if not disk.has_failed:
            break
