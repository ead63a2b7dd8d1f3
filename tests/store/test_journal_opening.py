"""Opening a record: torn ends are kept aside, damage is left as it is, a disk that takes nothing still shows it."""

from errno import EIO, ENOSPC
from hashlib import sha256
from pathlib import Path

import pytest

from nurse_app.store import journal_opening
from nurse_app.store.journal_opening import new_journal, open_for_reading, open_journal, read_journal
from nurse_app.store.journal_storage import JournalPlace
from nurse_app.visit.ports import NotSavedError, TailKeptAside, UnreadableRecordError
from tests.store.disks import FaultyDisk
from tests.store.kit import system_disk


@pytest.fixture
def place(tmp_path: Path) -> JournalPlace:
    place = JournalPlace("visit 01", tmp_path / "01.jsonl", (tmp_path,))
    storage = new_journal(system_disk(), place).storage
    storage.append([document(1)])
    storage.append([document(2), document(3)])
    storage.close()
    return place


def document(number: int) -> dict[str, object]:
    return {"number": number, "data": {}}


def test_a_torn_end_is_kept_beside_the_record_and_the_record_goes_on(place: JournalPlace) -> None:
    sound = place.path.read_bytes()
    place.path.write_bytes(sound + b"torn")

    opened = open_journal(system_disk(), place)
    opened.storage.append([document(4)])
    opened.storage.close()

    assert opened.tail == TailKeptAside(4, sha256(b"torn").hexdigest(), "01.jsonl.tail.1")
    assert place.path.with_name("01.jsonl.tail.1").read_bytes() == b"torn"
    assert place.path.read_bytes().startswith(sound)
    assert open_for_reading(system_disk(), place).storage.mark.last_number == 4


def test_half_a_batch_is_a_torn_end(place: JournalPlace) -> None:
    content = place.path.read_bytes()
    first, second, _ = content.splitlines(keepends=True)
    place.path.write_bytes(first + second)

    opened = open_journal(system_disk(), place)
    opened.storage.close()

    assert opened.tail is not None
    assert opened.tail.byte_count == len(second)
    assert place.path.read_bytes() == first


def test_a_second_torn_end_does_not_overwrite_the_first(place: JournalPlace) -> None:
    for torn in (b"one", b"two"):
        with place.path.open("ab") as file:
            file.write(torn)
        open_journal(system_disk(), place).storage.close()

    assert place.path.with_name("01.jsonl.tail.1").read_bytes() == b"one"
    assert place.path.with_name("01.jsonl.tail.2").read_bytes() == b"two"


def test_damage_is_told_and_nothing_is_touched(place: JournalPlace) -> None:
    damaged = place.path.read_bytes().replace(b'"number":2', b'"number":7', 1) + b"torn"
    place.path.write_bytes(damaged)

    with pytest.raises(UnreadableRecordError) as raised:
        open_journal(system_disk(), place)

    first_line = damaged.index(b"\n") + 1
    assert str(raised.value) == (
        f"The record visit 01 is damaged at entry 2 (byte {first_line} of its file). "
        "Entry 1 is sound and can be shown. Entries after it that can still be read: 1. "
        "Nothing was changed. Close this program, then bring the record back from a backup: "
        "“nurse-app restore FILE --record 01”."
    )
    assert [file.name for file in place.path.parent.iterdir()] == ["01.jsonl"]
    assert place.path.read_bytes() == damaged


def test_damage_at_the_first_entry_says_that_none_is_left(place: JournalPlace) -> None:
    place.path.write_bytes(b"x" + place.path.read_bytes())

    with pytest.raises(UnreadableRecordError, match=r"entry 1 .* No entry before it is left"):
        open_for_reading(system_disk(), place)


def test_damage_further_on_says_how_many_entries_are_sound(place: JournalPlace) -> None:
    place.path.write_bytes(place.path.read_bytes().replace(b'"number":3', b'"number":7', 1))

    with pytest.raises(UnreadableRecordError, match="Entries 1 to 2 are sound"):
        open_journal(system_disk(), place)


def test_reading_only_leaves_a_torn_end_where_it_is_and_takes_no_entries(place: JournalPlace) -> None:
    torn = place.path.read_bytes() + b"torn"
    place.path.write_bytes(torn)

    opened = open_for_reading(system_disk(), place)

    assert opened.tail is None
    assert opened.storage.mark.last_number == 3
    with pytest.raises(NotSavedError, match="reading only"):
        opened.storage.append([document(4)])
    assert place.path.read_bytes() == torn


@pytest.mark.parametrize("call", ["open_append", "create", "write", "sync", "sync_folder", "cut", "state"])
def test_a_record_with_a_torn_end_can_be_read_from_a_full_disk(place: JournalPlace, call: str) -> None:
    with place.path.open("ab") as file:
        file.write(b"torn")
    trial = FaultyDisk(at=10**6, error=OSError())
    open_journal(trial, place)
    trial.die()
    at = trial.calls.index(call) + 1
    with place.path.open("ab") as file:
        file.write(b"torn")
    disk = FaultyDisk(at=at, error=OSError(ENOSPC, "full"))

    opened = open_journal(disk, place)

    assert opened.storage.mark.last_number == 3
    with pytest.raises(NotSavedError, match=r"disk is full.*can be read meanwhile"):
        opened.storage.append([document(4)])
    disk.die()
    again = open_journal(system_disk(), place)
    assert again.storage.append([document(4)]) == [4]
    again.storage.close()


def test_a_file_that_the_disk_does_not_hand_out_is_told(place: JournalPlace) -> None:
    with pytest.raises(UnreadableRecordError, match="cannot be read from the disk"):
        read_journal(FaultyDisk(at=1, error=OSError(EIO, "")), place)


def test_a_file_that_may_not_be_read_is_told(place: JournalPlace) -> None:
    with pytest.raises(UnreadableRecordError, match="may not read"):
        read_journal(FaultyDisk(at=1, error=PermissionError(13, "")), place)


def test_a_file_larger_than_any_record_is_not_loaded(place: JournalPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_opening, "FILE_LIMIT_BYTES", 100)

    with pytest.raises(UnreadableRecordError, match="larger than any record"):
        open_journal(system_disk(), place)


def test_a_record_that_is_not_there_is_not_there(tmp_path: Path) -> None:
    place = JournalPlace("visit 02", tmp_path / "02.jsonl", (tmp_path,))

    with pytest.raises(FileNotFoundError):
        open_journal(system_disk(), place)
    with pytest.raises(FileNotFoundError):
        open_for_reading(system_disk(), place)
