"""The power fails before every call, and the disk keeps only what it promised: nothing acknowledged is lost."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from nurse_app.store.record_folder import own_records
from nurse_app.visit.ports import EventLog, StreamKind
from tests.store.disks import (
    ForgetfulDisk,
    PowerCutError,
    Survival,
    everything_unsynced,
    half_unsynced,
    nothing_unsynced,
)
from tests.store.kit import BATCHES, OWNER, entry, is_allowed, texts, tools

ROOT = Path("/records")
VISIT = StreamKind.VISIT
RECORD = ROOT / "visits" / "-1" / "v-1.jsonl"
SURVIVALS: list[Survival] = [nothing_unsynced, half_unsynced, everything_unsynced]


def no_lock(_: int) -> None:
    return


def append_all(log: EventLog[object], acknowledged: list[str]) -> None:
    for batch in BATCHES:
        log.append([entry(text) for text in batch], after=len(acknowledged))
        acknowledged += batch


def run_until_the_cut(disk: ForgetfulDisk) -> list[str]:
    """What was acknowledged before the power failed."""
    acknowledged: list[str] = []
    with suppress(PowerCutError):
        append_all(own_records(ROOT, tools(disk), OWNER, no_lock).create(VISIT, "v-1"), acknowledged)
    return acknowledged


def present_on(disk: ForgetfulDisk) -> list[str]:
    records = own_records(ROOT, tools(disk), OWNER, no_lock)
    try:
        return texts(records.open(VISIT, "v-1").recorded())
    except FileNotFoundError:
        return []


def states_after_power_cuts(kind: type[ForgetfulDisk]) -> Iterator[tuple[list[str], ForgetfulDisk]]:
    whole = kind()
    run_until_the_cut(whole)
    for cut_at in range(1, whole.calls + 2):
        disk = kind(cut_at)
        acknowledged = run_until_the_cut(disk)
        for survives in SURVIVALS:
            for names_survive in (False, True):
                yield acknowledged, disk.after_power_cut(survives, names_survive=names_survive)


def losses(kind: type[ForgetfulDisk]) -> tuple[int, int]:
    """States in which something acknowledged is missing or half a batch is there, and all states."""
    allowed = [is_allowed(present_on(disk), acknowledged) for acknowledged, disk in states_after_power_cuts(kind)]
    return allowed.count(False), len(allowed)


class DiskWithoutSync(ForgetfulDisk):
    def sync(self, descriptor: int) -> None:
        pass


class DiskWithoutFolderSync(ForgetfulDisk):
    def sync_folder(self, path: Path) -> None:
        pass


def test_no_power_cut_loses_what_was_acknowledged() -> None:
    lost, states = losses(ForgetfulDisk)

    assert lost == 0
    assert states > 200


@pytest.mark.parametrize("forgotten", [DiskWithoutSync, DiskWithoutFolderSync])
def test_a_store_that_forgot_to_sync_would_be_caught(forgotten: type[ForgetfulDisk]) -> None:
    lost, _ = losses(forgotten)

    assert lost > 0


def test_what_was_read_back_after_a_crash_survives_the_next_power_cut() -> None:
    """The program dies between write and sync; the entry is seen at the next start, so it must be made durable then."""
    disk = ForgetfulDisk()
    log = own_records(ROOT, tools(disk), OWNER, no_lock).create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    disk.syncs = False
    log.append([entry("b")], after=1)
    disk.syncs = True

    seen = present_on(disk)

    assert seen == ["a", "b"]
    assert present_on(disk.after_power_cut(nothing_unsynced, names_survive=False)) == seen


def disk_with_a_torn_record() -> ForgetfulDisk:
    disk = ForgetfulDisk()
    own_records(ROOT, tools(disk), OWNER, no_lock).create(VISIT, "v-1").append([entry("a")], after=0)
    descriptor = disk.open_append(RECORD)
    while len(disk.read(RECORD, 10**6)) < 1000:
        disk.write(descriptor, b"torn" * 10)
    disk.sync(descriptor)
    return disk


def test_a_torn_end_is_in_the_record_or_aside_whenever_the_power_fails() -> None:
    torn = disk_with_a_torn_record().read(RECORD, 10**6).partition(b"\n")[2]
    states = 0
    for further_calls in range(1, 30):
        for survives in SURVIVALS:
            for names_survive in (False, True):
                disk = disk_with_a_torn_record()
                disk.cut_power_at(further_calls)
                with suppress(PowerCutError):
                    own_records(ROOT, tools(disk), OWNER, no_lock).open(VISIT, "v-1")
                after = disk.after_power_cut(survives, names_survive=names_survive)
                names = [item.name for item in after.list_folder(RECORD.parent)]
                found = [after.read(RECORD.with_name(name), 10**6) for name in names]

                assert any(content.endswith(torn) for content in found)
                assert present_on(after) == ["a"]
                states += 1

    assert states > 100
