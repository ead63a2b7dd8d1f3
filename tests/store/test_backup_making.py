"""Making a backup: what goes along, while others write, on failing disks, and never over a stranger’s file."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from errno import EACCES, EIO, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store import backup_making
from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_form import BadArchiveError
from nurse_app.store.backup_manifest import Condition, FileEntry
from nurse_app.store.backup_messages import BackupError, NotVerifiedError
from nurse_app.store.data_folder import DataFolderError
from nurse_app.store.disk import FolderItem, SystemDisk
from nurse_app.visit.ports import StreamKind
from tests.store.backup_kit import MADE_AT, UNFINISHED, back_up, files_in, journal, lines_of, make_ward, put
from tests.store.disks import FaultyDisk
from tests.store.kit import entry, own

VISIT = StreamKind.VISIT


class OtherDisk(SystemDisk):
    """The real disk, with one behaviour changed by a test."""

    def __init__(self) -> None:
        super().__init__(windows=False, pause=lambda _: None)


def test_a_backup_holds_every_record_and_the_settings_and_nothing_else(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")
    wanted = files_in(root)
    for name in ("index.json", ".lock", "notes.txt", "log/nurse-app.log", "backups/2026-11-21.backup"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("not in a backup")
    visit = next(root.glob("visits/*/*.jsonl"))
    visit.with_name(f"{visit.name}.tail.1").write_text("not in a backup")
    put(root, VISIT, "nul", journal("visit nul", 1))

    contents = back_up(root, tmp_path / "copy.any")

    with zipfile.ZipFile(tmp_path / "copy.any") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist() if name != "manifest.jsonl"} == wanted
    assert (contents.files, contents.entries, contents.troubled) == (7, 2 * 5 + 3 * 5 + 3, ())
    with BackupArchive(OtherDisk(), tmp_path / "copy.any") as opened:
        assert (opened.head.made_at, opened.head.program, opened.head.files) == (MADE_AT, "0.1.0", 7)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.any", "records"]


def test_the_same_records_make_the_same_backup_to_the_byte(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")
    back_up(root, tmp_path / "one")
    back_up(root, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_running_program_is_copied_as_far_as_it_has_saved(tmp_path: Path) -> None:
    records = own(tmp_path / "records")
    log = records.create(VISIT, "v-1")
    log.append([entry("a"), entry("b")], after=0)

    back_up(tmp_path / "records", tmp_path / "copy")
    log.append([entry("c")], after=2)
    records.close()

    assert lines_of(tmp_path / "copy")["visits/-1/v-1.jsonl"].entries == 2


def test_a_torn_tail_is_left_out_and_a_record_of_nothing_else_too(tmp_path: Path) -> None:
    root = tmp_path / "records"
    content = journal("visit a01", 3)
    put(root, VISIT, "a01", content + b"half an ent")
    put(root, VISIT, "a02", b"half of a first ent")

    contents = back_up(root, tmp_path / "copy")

    assert contents.troubled == ()
    lines = lines_of(tmp_path / "copy")
    assert list(lines) == ["visits/01/a01.jsonl"]
    assert lines["visits/01/a01.jsonl"].bytes == len(content)


def test_a_damaged_record_is_copied_byte_for_byte_and_named(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")
    damaged = journal("visit a01", 5).replace(b"entry 3", b"entry X") + b"tail"
    put(root, VISIT, "a01", damaged)
    zeros = bytes(3 << 20) + b"\n"
    put(root, VISIT, "a02", zeros)

    contents = back_up(root, tmp_path / "copy")

    assert [(each.path, each.condition, each.entries) for each in contents.troubled] == [
        ("visits/01/a01.jsonl", Condition.DAMAGED, 2),
        ("visits/02/a02.jsonl", Condition.DAMAGED, 0),
    ]
    with zipfile.ZipFile(tmp_path / "copy") as archive:
        assert archive.read("visits/01/a01.jsonl") == damaged
        assert archive.read("visits/02/a02.jsonl") == zeros


@pytest.mark.parametrize("call", ["open_read", "read_at", "size"])
def test_a_record_that_the_machine_does_not_hand_out_is_named_and_the_others_are_copied(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_ward(tmp_path / "records")
    bad = put(root, VISIT, "a01", journal("visit a01", 50))

    class Disk(OtherDisk):
        bad: int | None = None

        def open_read(self, path: Path) -> int:
            if call == "open_read" and path == bad:
                raise OSError(EACCES, "no")
            descriptor = super().open_read(path)
            self.bad = descriptor if path == bad else None
            return descriptor

        def read_at(self, descriptor: int, place: int, size: int) -> bytes:
            if call == "read_at" and descriptor == self.bad:
                raise OSError(EIO, "fault")
            return super().read_at(descriptor, place, size)

    if call == "size":
        monkeypatch.setattr(backup_making, "MOST_FILE_BYTES", bad.stat().st_size - 1)
    contents = back_up(root, tmp_path / "copy", Disk())

    assert contents.troubled == (FileEntry("visits/01/a01.jsonl", 0, "", 0, "", Condition.LEFT_OUT),)
    assert contents.files == 7
    assert list(lines_of(tmp_path / "copy")) == sorted([*files_in(root)])


def test_a_file_that_goes_away_before_it_is_reached_is_no_problem(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")

    class Disk(OtherDisk):
        def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
            found = super().list_folder(path)
            if path.name == "visits":
                (root / "settings.json").unlink()
            return found

    assert back_up(root, tmp_path / "copy", Disk()).files == 6


def test_a_record_that_shrinks_while_it_is_copied_stops_the_backup(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records", visits=0, patients=0)
    visit = put(root, VISIT, "a01", journal("visit a01", 5))

    class Disk(OtherDisk):
        reads = 0

        def read_at(self, descriptor: int, place: int, size: int) -> bytes:
            found = super().read_at(descriptor, place, size)
            if found.endswith(visit.read_bytes()[-20:]):
                visit.write_bytes(found[:-20])
            return found

    with pytest.raises(BackupError, match=r"visits/01/a01\.jsonl was changed while it was being copied"):
        back_up(root, tmp_path / "copy", Disk())

    assert sorted(path.name for path in tmp_path.iterdir()) == ["records"]


def test_an_older_backup_is_replaced_and_anything_else_is_not(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")
    back_up(root, tmp_path / "copy")
    put(root, VISIT, "a01", journal("visit a01", 1))
    back_up(root, tmp_path / "copy")
    assert "visits/01/a01.jsonl" in lines_of(tmp_path / "copy")

    for stranger in (b"my thesis", b"", b"x" * 5000, (tmp_path / "copy").read_bytes() + b"\n"):
        (tmp_path / "stranger").write_bytes(stranger)
        with pytest.raises(BackupError, match="is there already and is no backup"):
            back_up(root, tmp_path / "stranger")
        assert (tmp_path / "stranger").read_bytes() == stranger


def test_where_there_are_no_records_there_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="does not exist"):
        back_up(tmp_path / "nothing", tmp_path / "copy")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "settings.json").write_text("{}")
    with pytest.raises(BackupError, match="There are no records in"):
        back_up(tmp_path / "empty", tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]


def test_more_records_than_a_backup_can_hold_are_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_ward(tmp_path / "records")
    monkeypatch.setattr(backup_making, "MOST_MEMBERS", 6)
    with pytest.raises(BackupError, match="more than one backup file can hold"):
        back_up(root, tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records"]


def test_a_folder_that_cannot_be_listed_is_said(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")

    class Disk(OtherDisk):
        def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
            if path.name == "visits":
                raise OSError(EIO, "fault")
            return super().list_folder(path)

    with pytest.raises(DataFolderError, match="reports a fault"):
        back_up(root, tmp_path / "copy", Disk())


@pytest.mark.parametrize("lie", ["bit", "line"])
def test_a_copy_that_does_not_read_back_is_removed_and_the_old_one_stays(
    lie: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_ward(tmp_path / "records")
    back_up(root, tmp_path / "copy")
    before = (tmp_path / "copy").read_bytes()

    class Disk(OtherDisk):
        def write(self, descriptor: int, content: bytes | memoryview) -> int:
            if lie == "bit":
                content = bytes([content[0] ^ 4]) + bytes(content[1:])
            return super().write(descriptor, content)

    if lie == "line":
        good = backup_making.manifest_lines

        def other(at: datetime, program: str, entries: list[FileEntry]) -> Iterator[bytes]:
            return good(at, program, [replace(each, head="0" * 64) for each in entries])

        monkeypatch.setattr(backup_making, "manifest_lines", other)
    with pytest.raises(NotVerifiedError, match="did not read back as it was written and was removed"):
        back_up(root, tmp_path / "copy", Disk())

    assert (tmp_path / "copy").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "records"]


def test_whatever_call_of_the_disk_fails_the_old_backup_stays_or_the_new_one_is_whole(tmp_path: Path) -> None:
    """And the records themselves are never touched, and no half-made file is left when the disk works again."""
    root = make_ward(tmp_path / "records", patients=1, visits=1, entries=2)
    back_up(root, tmp_path / "old")
    put(root, VISIT, "a01", journal("visit a01", 1))
    back_up(root, tmp_path / "new")
    old, new = (tmp_path / "old").read_bytes(), (tmp_path / "new").read_bytes()
    records = files_in(root)
    at, failures = 0, 0
    while True:
        at += 1
        place = tmp_path / "copy"
        place.write_bytes(old)
        disk = FaultyDisk(at, OSError(ENOSPC, "full"))
        try:
            contents = back_up(root, place, disk)
        except (BackupError, DataFolderError):
            failures += 1
            assert place.read_bytes() in (old, new)
        else:
            whole = not contents.troubled
            assert (place.read_bytes() == new) is whole
        disk.die()
        assert files_in(root) == records
        assert not (tmp_path / UNFINISHED).exists() or disk.calls[at - 1] == "remove"
        (tmp_path / UNFINISHED).unlink(missing_ok=True)
        if len(disk.calls) < at:
            break
    assert failures > 20


def test_a_full_disk_is_said_with_what_to_do(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")

    class Disk(OtherDisk):
        def __init__(self, error: int) -> None:
            super().__init__()
            self.error = error

        def create(self, path: Path) -> int:
            raise OSError(self.error, "fault")

    said = []
    for error in (ENOSPC, EACCES, EIO):
        with pytest.raises(BackupError) as refused:
            back_up(root, tmp_path / "copy", Disk(error))
        said.append(str(refused.value).removeprefix(f"{tmp_path / 'copy'} "))
    assert said == [
        "cannot be written: the disk is full. Free some space, or choose another place.",
        "may not be written. Ask for write access to its folder, or choose another place.",
        "cannot be written (fault). Choose another place and try again.",
    ]


def test_a_large_record_that_packs_too_well_is_kept_unpacked(tmp_path: Path) -> None:
    root = tmp_path / "records"
    long = journal("visit a01", 3, {"text": "a" * (3 << 20)})
    put(root, VISIT, "a01", long)
    put(root, VISIT, "a02", journal("visit a02", 4000))

    contents = back_up(root, tmp_path / "copy")

    assert contents.troubled == ()
    with zipfile.ZipFile(tmp_path / "copy") as archive:
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
    assert kinds["visits/01/a01.jsonl"] == zipfile.ZIP_STORED
    assert kinds["visits/02/a02.jsonl"] == zipfile.ZIP_DEFLATED


def test_a_backup_with_wide_places_is_read_again_and_its_lies_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a backup of more than two gigabytes or 65,535 files has them; here from a few on."""
    from nurse_app.store import backup_form

    root = make_ward(tmp_path / "records", visits=9)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 4000)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 5)
    monkeypatch.setattr(backup_form, "_NARROW_BYTES", 4000)
    monkeypatch.setattr(backup_form, "_NARROW_COUNT", 5)

    contents = back_up(root, tmp_path / "copy")

    assert contents.files == 13
    with zipfile.ZipFile(tmp_path / "copy") as archive:
        assert archive.testzip() is None
    monkeypatch.setattr(backup_form, "_NARROW_BYTES", 1 << 31)
    monkeypatch.setattr(backup_form, "_NARROW_COUNT", 1 << 16)
    with suppress(BadArchiveError), BackupArchive(OtherDisk(), tmp_path / "copy"):
        pytest.fail("a wide record where a narrow one would do is another way to say the same")


def test_checkpoints_go_along_to_their_last_whole_line(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")
    whole = b"a checkpoint\n" * 50_000
    (root / "checkpoints.jsonl").write_bytes(whole + b"half a checkp" * 50_000)

    back_up(root, tmp_path / "copy")

    assert lines_of(tmp_path / "copy")["checkpoints.jsonl"].bytes == len(whole)
    with zipfile.ZipFile(tmp_path / "copy") as archive:
        assert archive.read("checkpoints.jsonl") == whole
