"""Checkpoints are made when a record has grown, a visit closes, the program ends; never in the way of an entry."""

from errno import EIO
from pathlib import Path

import pytest

from nurse_app.store.checkpoint_file import CheckpointError, CheckpointFile, MemoryFile, checkpoint_in
from nurse_app.store.checkpoint_keeper import EVERY_ENTRIES, CheckpointKeeper
from nurse_app.store.checkpoints import BEGUN, CheckpointKey
from nurse_app.store.record_folder import RecordFolder
from tests.store.disks import FaultyDisk
from tests.store.kit import entry, system_disk
from tests.store.vouching import PATIENT, VISIT, Vouched, add, bodies_of


@pytest.fixture
def ward(tmp_path: Path) -> Vouched:
    return Vouched(tmp_path)


def made(ward: Vouched) -> list[tuple[str, int]]:
    found = [checkpoint_in(body) for body in bodies_of(ward.file)]
    return [(each.stream, each.entries) for each in found if each is not None and each.stream != BEGUN]


def texts(count: int) -> list[str]:
    return [str(number) for number in range(count)]


def test_a_record_is_vouched_for_each_time_it_has_grown_by_so_many(ward: Vouched) -> None:
    records, keeper = ward.start()
    log = records.create(PATIENT, "p-1")
    due: list[int] = []
    for number in range(2 * EVERY_ENTRIES + 10):
        log.append([entry("a")], after=number)
        if keeper.is_due:
            due.append(number + 1)
            assert keeper.make_due() == ""
            assert not keeper.is_due

    assert due == [EVERY_ENTRIES, 2 * EVERY_ENTRIES]
    assert made(ward) == [("patient p-1", count) for count in due]
    records.close()


def test_entries_saved_together_may_pass_the_number(ward: Vouched) -> None:
    records, keeper = ward.start()
    log = records.create(VISIT, "v-1")
    log.append([entry("a")] * (EVERY_ENTRIES - 1), after=0)
    assert not keeper.is_due

    log.append([entry("a")] * 3, after=EVERY_ENTRIES - 1)

    assert keeper.is_due
    keeper.make_due()
    assert made(ward) == [("visit v-1", EVERY_ENTRIES + 2)]
    records.close()


def test_a_visit_is_vouched_for_when_it_closes_and_after_every_entry_that_follows(ward: Vouched) -> None:
    records, keeper = ward.start()
    log = records.create(VISIT, "v-1")
    add(log, ["a", "b"])
    assert not keeper.is_due
    ward.closed.add("v-1")

    assert keeper.is_due
    keeper.make_due()
    assert not keeper.is_due
    add(log, ["late correction"])
    assert keeper.is_due
    keeper.make_due()

    assert made(ward) == [("visit v-1", 2), ("visit v-1", 3)]
    records.close()


def test_a_closed_visit_that_is_only_looked_at_is_not_due(ward: Vouched) -> None:
    ward.run(v_1=("a",))
    ward.closed.add("v-1")
    records, keeper = ward.start()

    records.open(VISIT, "v-1")

    assert not keeper.is_due
    records.close()


def test_at_the_end_every_record_that_was_open_is_vouched_for_once(ward: Vouched) -> None:
    records, keeper = ward.start()
    add(records.create(VISIT, "v-1"), ["a"])
    add(records.create(VISIT, "v-2"), ["a", "b"])
    records.create(VISIT, "v-3")

    assert keeper.make_all() == ""
    assert keeper.make_all() == ""

    assert made(ward) == [("visit v-1", 1), ("visit v-2", 2)]
    records.close()


def test_after_a_run_that_was_killed_the_next_one_vouches_for_what_it_opens(ward: Vouched) -> None:
    records, _keeper = ward.start()
    add(records.create(VISIT, "v-1"), ["a", "b"])
    records.close()
    records, keeper = ward.start()
    records.open(VISIT, "v-1")

    keeper.make_all()

    assert made(ward) == [("visit v-1", 2)]
    records.close()


def test_a_record_that_is_no_longer_open_is_passed_over(ward: Vouched) -> None:
    records, keeper = ward.start()
    add(records.create(VISIT, "v-1"), ["a"])
    records.close()

    assert not keeper.is_due
    assert keeper.make_all() == ""
    assert made(ward) == []


def failing(ward: Vouched) -> tuple[RecordFolder, CheckpointKeeper]:
    records, _keeper = ward.start()
    disk = FaultyDisk(at=1, error=OSError(EIO, "Input/output error"), for_good=True)
    file = CheckpointFile(ward.root, disk, MemoryFile(ward.workstation, ward.root, disk))
    keeper = CheckpointKeeper(file, records, ward.clock, lambda: ward.key, lambda _kind, _name: True)
    records.listen(keeper.note)
    return records, keeper


def test_a_failure_fails_no_entry_and_is_told_once(ward: Vouched) -> None:
    records, keeper = failing(ward)
    log = records.create(VISIT, "v-1")
    add(log, ["a"])

    told = keeper.make_due()
    add(log, ["b"])

    assert "Entries are saved" in told
    assert "Input/output error" in told
    assert not keeper.is_due, "it is not tried at every entry"
    assert keeper.make_all() == ""
    assert len(log.recorded()) == 2
    records.close()


def test_a_beginning_that_fails_is_told(ward: Vouched) -> None:
    ward.root.mkdir()
    _records, keeper = failing(Vouched(ward.base / "other"))

    assert "no checkpoints can be made" in keeper.begin()


def test_a_key_that_is_not_to_be_had_is_told_in_its_own_words(ward: Vouched) -> None:
    def no_key() -> CheckpointKey:
        raise CheckpointError("No key can be kept in /nowhere.")

    records, _keeper = ward.start()
    memory = MemoryFile(ward.workstation, ward.root, system_disk())
    file = CheckpointFile(ward.root, system_disk(), memory)
    keeper = CheckpointKeeper(file, records, ward.clock, no_key, lambda _kind, _name: False)
    records.listen(keeper.note)
    add(records.create(VISIT, "v-1"), ["a"])

    assert keeper.make_all().endswith("No key can be kept in /nowhere.")
    records.close()


def test_a_lack_of_memory_is_told(ward: Vouched) -> None:
    def no_room() -> CheckpointKey:
        raise MemoryError

    records, _keeper = ward.start()
    keeper = CheckpointKeeper(ward.checkpoint_file(), records, ward.clock, no_room, lambda _kind, _name: False)
    records.listen(keeper.note)
    add(records.create(VISIT, "v-1"), ["a"])

    assert "out of memory" in keeper.make_all()
    records.close()


def test_after_a_failure_the_end_of_the_program_tries_once_more(ward: Vouched) -> None:
    keys = [CheckpointError("not now"), ward.key]

    def key() -> CheckpointKey:
        found = keys.pop(0)
        if isinstance(found, CheckpointError):
            raise found
        return found

    records, _keeper = ward.start()
    keeper = CheckpointKeeper(ward.checkpoint_file(), records, ward.clock, key, lambda _kind, _name: True)
    records.listen(keeper.note)
    add(records.create(VISIT, "v-1"), ["a"])
    assert "not now" in keeper.make_due()

    assert keeper.make_all() == ""
    assert made(ward) == [("visit v-1", 1)]
    records.close()
