"""The data folder as the service sees it."""

from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store.codec import EventCodec
from nurse_app.store.data_folder import DataFolderError, lock_on_posix
from nurse_app.store.record_folder import RecordFolder, look_at_records, own_records
from nurse_app.store.upcast import UpcastChain
from nurse_app.visit.ports import InUseError, NotSavedError, Records, StreamKind, UnreadableRecordError
from tests.store.disks import FaultyDisk
from tests.store.kit import OWNER, Measured, entry, own, system_disk, texts, tools, visit_file

VISIT = StreamKind.VISIT


def with_visit(root: Path, *said: str, stream_id: str = "v-1") -> None:
    records = own(root)
    records.create(VISIT, stream_id).append([entry(text) for text in said], after=0)
    records.close()


def test_it_is_what_the_service_asks_for(tmp_path: Path) -> None:
    records: Records = own(tmp_path)

    assert records.stream_ids(VISIT) == ()


def test_a_stream_is_there_from_its_first_entry_on(tmp_path: Path) -> None:
    records = own(tmp_path)
    log = records.create(VISIT, "v-1")
    assert records.stream_ids(VISIT) == ()

    log.append([entry("a")], after=0)

    assert records.stream_ids(VISIT) == ("v-1",)
    assert records.stream_ids(StreamKind.PATIENT) == ()
    assert visit_file(tmp_path, "v-1").is_file()
    records.close()


def test_after_closing_and_opening_everything_is_there(tmp_path: Path) -> None:
    with_visit(tmp_path, "a", "b")

    records = own(tmp_path)

    assert texts(records.open(VISIT, "v-1").recorded()) == ["a", "b"]
    records.close()


def test_there_is_one_log_for_a_stream(tmp_path: Path) -> None:
    records = own(tmp_path)
    log = records.create(VISIT, "v-1")

    assert records.open(VISIT, "v-1") is log
    log.append([entry("a")], after=0)
    assert records.open(VISIT, "v-1") is log
    records.close()


def test_a_stream_that_exists_is_not_begun_again(tmp_path: Path) -> None:
    with_visit(tmp_path, "a")
    records = own(tmp_path)

    with pytest.raises(NotSavedError, match="there already"):
        records.create(VISIT, "v-1")
    records.open(VISIT, "v-1")
    with pytest.raises(NotSavedError, match="there already"):
        records.create(VISIT, "v-1")

    records.close()


def test_what_is_left_of_a_first_entry_that_was_not_saved_is_used(tmp_path: Path) -> None:
    visit_file(tmp_path, "v-1").parent.mkdir(parents=True)
    visit_file(tmp_path, "v-1").touch()
    records = own(tmp_path)

    records.create(VISIT, "v-1").append([entry("a")], after=0)

    assert records.stream_ids(VISIT) == ("v-1",)
    records.close()


def test_a_stream_that_is_not_there_is_not_opened(tmp_path: Path) -> None:
    records = own(tmp_path)

    with pytest.raises(FileNotFoundError):
        records.open(VISIT, "v-1")
    records.close()


def test_a_log_that_refuses_entries_is_read_again_when_opened(tmp_path: Path) -> None:
    records = own(tmp_path)
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    with pytest.raises(NotSavedError):
        log.append([entry("b")], after=7)

    again = records.open(VISIT, "v-1")
    again.append([entry("b")], after=1)

    assert again is not log
    assert texts(again.recorded()) == ["a", "b"]
    records.close()


def test_a_stream_whose_first_entry_was_not_saved_can_be_begun_again(tmp_path: Path) -> None:
    disk = FaultyDisk(at=10**6, error=OSError(ENOSPC, "full"))
    records = own_records(tmp_path, tools(disk), OWNER, lock_on_posix)
    log = records.create(VISIT, "v-1")
    disk._at = len(disk.calls) + 5
    with pytest.raises(NotSavedError, match="disk is full"):
        log.append([entry("a")], after=0)

    records.create(VISIT, "v-1").append([entry("a")], after=0)

    assert texts(records.open(VISIT, "v-1").recorded()) == ["a"]
    records.close()


def test_there_is_one_owner(tmp_path: Path) -> None:
    records = own(tmp_path)

    with pytest.raises(InUseError):
        own(tmp_path)
    records.close()
    records.close()
    own(tmp_path).close()


def test_whoever_looks_needs_no_lock_and_leaves_no_trace(tmp_path: Path) -> None:
    owner = own(tmp_path)
    log = owner.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    with visit_file(tmp_path, "v-1").open("ab") as file:
        file.write(b"torn")
    before = everything_in(tmp_path)

    looker = look_at_records(tmp_path, tools(system_disk()))
    seen = looker.open(VISIT, "v-1")

    assert looker.stream_ids(VISIT) == ("v-1",)
    assert texts(seen.recorded()) == ["a"]
    with pytest.raises(NotSavedError, match="reading only"):
        seen.append([entry("b")], after=1)
    with pytest.raises(NotSavedError, match="reading only"):
        seen.append([entry("b")], after=1)
    with pytest.raises(NotSavedError, match="reading only"):
        looker.create(VISIT, "v-2")
    looker.close()
    assert everything_in(tmp_path) == before
    owner.close()


def test_whoever_looks_sees_what_was_added_meanwhile(tmp_path: Path) -> None:
    owner = own(tmp_path)
    log = owner.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    looker = look_at_records(tmp_path, tools(system_disk()))
    assert texts(looker.open(VISIT, "v-1").recorded()) == ["a"]

    log.append([entry("b")], after=1)

    assert texts(looker.open(VISIT, "v-1").recorded()) == ["a", "b"]
    owner.close()


def test_looking_at_a_folder_that_is_not_there_is_refused_and_makes_none(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="does not exist"):
        look_at_records(tmp_path / "records", tools(system_disk()))

    assert list(tmp_path.iterdir()) == []


def test_of_a_damaged_record_the_sound_entries_can_be_shown(tmp_path: Path) -> None:
    with_visit(tmp_path, "a")
    records = own(tmp_path)
    log = records.open(VISIT, "v-1")
    log.append([entry("b")], after=1)
    log.append([entry("c")], after=2)
    records.close()
    path = visit_file(tmp_path, "v-1")
    path.write_bytes(path.read_bytes().replace(b'"b"', b'"x"'))
    before = everything_in(tmp_path)
    records = own(tmp_path)

    with pytest.raises(UnreadableRecordError, match="visit v-1 is damaged at entry 2"):
        records.open(VISIT, "v-1")

    assert texts(records.read_sound_prefix(VISIT, "v-1")) == ["a"]
    assert everything_in(tmp_path) == before
    records.close()


def test_of_a_newer_record_the_entries_before_are_shown_and_its_file_is_let_go(tmp_path: Path) -> None:
    with_visit(tmp_path, "a")
    codec = EventCodec({"measured": Measured}, UpcastChain({}))
    disk = FaultyDisk(at=10**6, error=OSError())
    records = own_records(tmp_path, tools(disk, codec), OWNER, lock_on_posix)

    with pytest.raises(UnreadableRecordError, match="newer version"):
        records.open(VISIT, "v-1")

    assert records.read_sound_prefix(VISIT, "v-1") == ()
    records.close()
    assert disk._open == set()


def test_the_content_of_a_stream_can_be_read_without_opening_it(tmp_path: Path) -> None:
    with_visit(tmp_path, "a")
    records = own(tmp_path)

    unopened = records.content(VISIT, "v-1")
    records.open(VISIT, "v-1").append([entry("b")], after=1)
    opened = records.content(VISIT, "v-1")

    assert texts(unopened.recorded) == ["a"]
    assert texts(opened.recorded) == ["a", "b"]
    assert opened.mark.size == records.size(VISIT, "v-1") == records.files(VISIT, "-1")[0].size
    records.close()


def test_whoever_listens_hears_of_every_stream_that_was_opened_or_added_to(tmp_path: Path) -> None:
    heard: list[tuple[StreamKind, str]] = []
    records = own(tmp_path)
    records.listen(lambda kind, stream_id: heard.append((kind, stream_id)))

    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)

    assert heard == [(VISIT, "v-1")] * 2
    records.close()


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    records = RecordFolder(tmp_path, tools(FaultyDisk(at=1, error=OSError(EIO, "fault"))), None)

    with pytest.raises(DataFolderError, match="reports a fault"):
        records.stream_ids(VISIT)


def test_a_part_of_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    records = RecordFolder(tmp_path, tools(FaultyDisk(at=1, error=OSError(EIO, "fault"))), None)

    with pytest.raises(DataFolderError, match="reports a fault"):
        records.files(VISIT, "aa")


def test_a_disk_that_does_not_say_whether_a_record_is_there_begins_none(tmp_path: Path) -> None:
    disk = FaultyDisk(at=10**6, error=OSError(EIO, "fault"))
    records = own_records(tmp_path, tools(disk), OWNER, lock_on_posix)
    disk._at = len(disk.calls) + 1

    with pytest.raises(NotSavedError, match="reported a fault"):
        records.create(VISIT, "v-1")
    records.close()


def everything_in(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
