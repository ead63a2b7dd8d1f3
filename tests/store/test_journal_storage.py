"""TinyDB over the journal: plain reading, appending in constant time, and no other way to write."""

import os
import stat
from errno import EACCES, EDQUOT, EIO, ENOSPC, EROFS
from pathlib import Path

import pytest
from tinydb.database import TinyDB
from tinydb.queries import where
from tinydb.storages import MemoryStorage

from nurse_app.store.disk import FileState, SystemDisk
from nurse_app.store.journal_opening import new_journal, open_journal
from nurse_app.store.journal_storage import (
    EVENTS_TABLE,
    AppendOnlyError,
    JournalDatabase,
    JournalPlace,
    JournalStorage,
    JournalTable,
)
from nurse_app.visit.ports import NotSavedError
from tests.store.disks import FaultyDisk
from tests.store.kit import system_disk


@pytest.fixture
def place(tmp_path: Path) -> JournalPlace:
    return JournalPlace("visit 01", tmp_path / "visits" / "01.jsonl", (tmp_path, tmp_path / "visits"))


@pytest.fixture
def storage(place: JournalPlace) -> JournalStorage:
    return new_journal(system_disk(), place).storage


def document(number: int, **more: object) -> dict[str, object]:
    return {"number": number, "data": {"text": f"entry {number}"}, **more}


def test_the_file_appears_with_the_first_entry_for_this_user_only(place: JournalPlace, storage: JournalStorage) -> None:
    assert not place.path.exists()

    JournalDatabase(storage).insert(document(1))

    assert stat.S_IMODE(place.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.path.parent.stat().st_mode) == 0o700


def test_inserted_documents_are_there_after_opening_again(place: JournalPlace, storage: JournalStorage) -> None:
    table = JournalDatabase(storage).table(EVENTS_TABLE)

    assert table.insert(document(1)) == 1
    assert table.insert_multiple([document(2), document(3)]) == [2, 3]
    storage.close()

    again = open_journal(system_disk(), place).storage
    assert JournalDatabase(again).table(EVENTS_TABLE).all() == [document(1), document(2), document(3)]
    assert again.mark == storage.mark
    again.close()


def test_tinydbs_own_reading_works(storage: JournalStorage) -> None:
    table = JournalDatabase(storage).table(EVENTS_TABLE)
    assert (len(table), table.all(), table.get(doc_id=1)) == (0, [], None)

    table.insert_multiple([document(1, kind="said"), document(2, kind="done"), document(3, kind="said")])

    assert [found["number"] for found in table.search(where("kind") == "said")] == [1, 3]
    assert table.get(doc_id=2) == document(2, kind="done")
    assert table.count(where("data").text == "entry 3") == 1
    table.insert(document(4, kind="said"))
    assert [found["number"] for found in table.search(where("kind") == "said")] == [1, 3, 4]


def test_nobody_can_change_the_record_through_what_was_handed_out(storage: JournalStorage) -> None:
    table = JournalDatabase(storage).table(EVENTS_TABLE)
    mine = document(1, kind="said")
    table.insert(mine)

    mine["data"] = "changed"
    table.all()[0]["data"]["text"] = "changed"
    table.search(where("kind") == "said")[0]["data"]["text"] = "changed"

    assert table.all() == table.search(where("kind") == "said") == [document(1, kind="said")]


def test_an_insert_writes_its_own_line_and_nothing_else(place: JournalPlace, storage: JournalStorage) -> None:
    table = JournalDatabase(storage).table(EVENTS_TABLE)
    table.insert_multiple([document(number) for number in range(1, 51)])
    before = place.path.read_bytes()

    table.insert(document(51))

    after = place.path.read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].count(b"\n") == 1


def test_what_is_recorded_cannot_be_changed_or_removed(place: JournalPlace, storage: JournalStorage) -> None:
    database = JournalDatabase(storage)
    table = database.table(EVENTS_TABLE)
    table.insert(document(1))
    before = place.path.read_bytes()

    for change in (
        lambda: table.update({"data": 1}),
        lambda: table.update_multiple([({"data": 1}, where("number") == 1)]),
        lambda: table.upsert(document(1), where("number") == 1),
        lambda: table.remove(where("number") == 1),
        lambda: table.remove(doc_ids=[1]),
        table.truncate,
        database.drop_tables,
        lambda: database.drop_table(EVENTS_TABLE),
        lambda: storage.write({}),
    ):
        with pytest.raises(AppendOnlyError):
            change()

    assert place.path.read_bytes() == before
    assert table.all() == [document(1)]
    assert table.insert(document(2)) == 2


def test_there_is_one_table_and_only_on_a_journal(storage: JournalStorage) -> None:
    with pytest.raises(AppendOnlyError):
        JournalDatabase(storage).table("others")
    with pytest.raises(AppendOnlyError):
        JournalTable(TinyDB(storage=MemoryStorage).storage, EVENTS_TABLE)


def test_a_document_that_cannot_be_kept_stops_the_record_before_anything_is_written(
    place: JournalPlace, storage: JournalStorage
) -> None:
    database: TinyDB = JournalDatabase(storage)
    database.insert(document(1))
    before = place.path.read_bytes()

    with pytest.raises(NotSavedError, match="could not be read back"):
        database.insert_multiple([document(2), {"number": 3, "data": float("nan")}])
    with pytest.raises(NotSavedError, match="until it is opened again"):
        database.insert(document(2))

    assert place.path.read_bytes() == before
    assert not storage.takes_entries


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(ENOSPC, ""), "disk is full"),
        (OSError(EDQUOT, ""), "disk is full"),
        (OSError(EROFS, ""), "does not take new data"),
        (PermissionError(EACCES, ""), "does not take new data"),
        (OSError(EIO, ""), "reported a fault"),
        (MemoryError(), "out of memory"),
    ],
    ids=["full", "quota", "read-only", "forbidden", "fault", "memory"],
)
@pytest.mark.parametrize("call", ["write", "sync"])
def test_a_failing_disk_is_told_and_the_record_is_as_before(
    place: JournalPlace, storage: JournalStorage, call: str, error: Exception, sentence: str
) -> None:
    storage.append([document(1)])
    storage.close()
    before = place.path.read_bytes()
    disk = BreaksAt(call, error)
    opened = open_journal(disk, place).storage
    disk.armed = True

    with pytest.raises(NotSavedError, match=sentence):
        opened.append([document(2)])
    with pytest.raises(NotSavedError, match="until it is opened again"):
        opened.append([document(2)])
    opened.close()

    assert place.path.read_bytes() == before
    assert disk.broken == 1


def test_an_interruption_passes_through_and_leaves_the_record_as_before(place: JournalPlace) -> None:
    disk = BreaksAt("sync", KeyboardInterrupt())
    storage = new_journal(disk, place).storage
    disk.armed = True

    with pytest.raises(KeyboardInterrupt):
        storage.append([document(1)])

    assert place.path.read_bytes() == b""
    assert not storage.takes_entries
    storage.close()


def test_a_file_that_somebody_else_wrote_to_is_left_alone(place: JournalPlace, storage: JournalStorage) -> None:
    storage.append([document(1)])
    with place.path.open("ab") as file:
        file.write(b"theirs")
    theirs = place.path.read_bytes()

    with pytest.raises(NotSavedError, match="changed by something other"):
        storage.append([document(2)])

    assert place.path.read_bytes() == theirs


def test_a_file_that_was_put_in_the_records_place_is_noticed(place: JournalPlace, storage: JournalStorage) -> None:
    storage.append([document(1)])
    copy = place.path.with_name("copy")
    copy.write_bytes(place.path.read_bytes())
    copy.replace(place.path)

    with pytest.raises(NotSavedError, match="changed by something other"):
        storage.append([document(2)])


def test_a_file_that_was_deleted_is_noticed(place: JournalPlace, storage: JournalStorage) -> None:
    storage.append([document(1)])
    place.path.unlink()

    with pytest.raises(NotSavedError, match="changed by something other"):
        storage.append([document(2)])


def test_a_file_that_appeared_before_the_first_entry_is_left_alone(
    place: JournalPlace, storage: JournalStorage
) -> None:
    place.path.parent.mkdir()
    place.path.write_bytes(b"theirs")

    with pytest.raises(NotSavedError, match="changed by something other"):
        storage.append([document(1)])

    assert place.path.read_bytes() == b"theirs"


def test_a_disk_that_does_not_say_what_it_holds_is_a_fault(place: JournalPlace) -> None:
    disk = BreaksAt("state", OSError(EIO, ""))
    storage = new_journal(disk, place).storage
    storage.append([document(1)])
    disk.armed = True

    with pytest.raises(NotSavedError, match="reported a fault"):
        storage.append([document(2)])


def test_a_closed_record_takes_nothing_and_can_still_be_read(storage: JournalStorage) -> None:
    storage.append([document(1)])
    storage.close()
    storage.close()

    with pytest.raises(NotSavedError, match="closed"):
        storage.append([document(2)])
    assert storage.read() == {EVENTS_TABLE: {"1": document(1)}}


def test_a_first_entry_makes_its_folders_durable_from_the_inside_out(tmp_path: Path, place: JournalPlace) -> None:
    disk = FaultyDisk(at=10**6, error=OSError())

    new_journal(disk, place).storage.append([document(1)])
    disk.die()

    assert disk.calls[-3:] == ["sync", "sync_folder", "sync_folder"]


class BreaksAt(SystemDisk):
    """The real disk, whose one operation fails once when armed."""

    def __init__(self, call: str, error: BaseException) -> None:
        super().__init__(windows=False, pause=lambda _: None)
        self.armed = False
        self.broken = 0
        self._breaks = call
        self._error = error

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        if self._fails("write"):
            os.write(descriptor, content[:7])
            raise self._error
        return super().write(descriptor, content)

    def sync(self, descriptor: int) -> None:
        if self._fails("sync"):
            raise self._error
        super().sync(descriptor)

    def state(self, file: int | Path) -> FileState:
        if self._fails("state"):
            raise self._error
        return super().state(file)

    def _fails(self, call: str) -> bool:
        fails = self.armed and self._breaks == call
        self.broken += fails
        return fails
