"""Bringing records back: the same to the byte, into an empty place only, in one step, and from a sound backup only."""

import shutil
from collections.abc import Callable, Iterator
from errno import EACCES, EIO, ENOSPC
from pathlib import Path
from zipfile import ZipInfo

import pytest

from nurse_app.store import restoring
from nurse_app.store.backup_archive import BackupArchive
from nurse_app.store.backup_form import BadArchiveError
from nurse_app.store.backup_manifest import MANIFEST, Condition
from nurse_app.store.backup_messages import BackupError
from nurse_app.store.disk import SystemDisk
from nurse_app.store.restoring import Restored, restore_folder
from nurse_app.visit.ports import StreamKind
from tests.store.backup_kit import MADE_AT, back_up, files_in, journal, lines_of, make_ward, put
from tests.store.disks import (
    FaultyDisk,
    ForgetfulDisk,
    PowerCutError,
    everything_unsynced,
    half_unsynced,
    nothing_unsynced,
)
from tests.store.kit import own, system_disk, texts
from tests.store.test_sudden_ends import start

VISIT = StreamKind.VISIT
PROJECT = Path(__file__).parents[2]


def restore(file: Path, root: Path, disk: SystemDisk | FaultyDisk | None = None) -> Restored:
    return restore_folder(disk or system_disk(), file, root, "unfinished")


def test_backup_wipe_restore_gives_the_same_ends_of_all_chains(tmp_path: Path, figure: Callable[[str], None]) -> None:
    same = 0
    for time in range(20):
        root = make_ward(tmp_path / str(time), patients=1 + time % 4, visits=1 + time % 7, entries=1 + time)
        before = files_in(root)
        back_up(root, tmp_path / "copy")
        heads = {path: entry.head for path, entry in lines_of(tmp_path / "copy").items()}
        shutil.rmtree(root)

        restored = restore(tmp_path / "copy", root)

        assert restored.made_at == MADE_AT
        assert files_in(root) == before
        back_up(root, tmp_path / "again")
        same += {path: entry.head for path, entry in lines_of(tmp_path / "again").items()} == heads
        (tmp_path / "copy").unlink()
        (tmp_path / "again").unlink()
    figure(f"T-18  restore {same}/20 with the same ends of all chains")
    assert same == 20
    assert not (tmp_path / "unfinished").exists()


def test_while_a_program_appends_every_backup_is_whole_and_holds_all_that_was_said_before(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    root, copies = tmp_path / "records", 8
    with start(str(root)) as child:
        assert child.stdout is not None
        for copy in range(copies):
            said = int(child.stdout.readline())
            contents = back_up(root, tmp_path / f"{copy}")
            assert contents.troubled == ()
            assert contents.entries >= said
        child.kill()
    for copy in range(copies):
        back = tmp_path / f"back-{copy}"
        restore(tmp_path / f"{copy}", back)
        records = own(back)
        present = texts(records.open(VISIT, "v-1").recorded())
        records.close()
        assert present == [str(number) for number in range(1, len(present) + 1)]
    figure(f"T-18  {copies} of {copies} backups made while a program appended are whole")


def test_a_backup_damaged_at_any_kilobyte_is_refused_and_nothing_is_touched(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    root = make_ward(tmp_path / "records", patients=10, visits=30, entries=40)
    back_up(root, tmp_path / "copy")
    content, live = (tmp_path / "copy").read_bytes(), files_in(root)
    spoilt = []
    for place in range(0, len(content), 1024):
        spoilt += [
            content[:place] + bytes([content[place] ^ 0x10]) + content[place + 1 :],
            content[:place],
            content[:place] + content[place + 1 :],
        ]
    refused = 0
    for each in spoilt:
        (tmp_path / "spoilt").write_bytes(each)
        with pytest.raises(BackupError, match="cannot be used as a backup"):
            restore(tmp_path / "spoilt", tmp_path / "back")
        refused += 1
    figure(f"T-18  {refused} of {len(spoilt)} backups changed, cut or shortened at every kilobyte refused")
    assert files_in(root) == live
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "records", "spoilt"]


def test_every_flipped_bit_of_a_small_backup_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "records", VISIT, "a01", journal("visit a01", 1))
    back_up(tmp_path / "records", tmp_path / "copy")
    content = (tmp_path / "copy").read_bytes()
    for bit in range(8 * len(content)):
        spoilt = bytearray(content)
        spoilt[bit // 8] ^= 1 << bit % 8
        (tmp_path / "spoilt").write_bytes(spoilt)
        with pytest.raises(BackupError):
            restore(tmp_path / "spoilt", tmp_path / "back")


def test_only_a_missing_or_an_empty_folder_is_filled(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")
    back_up(root, tmp_path / "copy")
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".lock").write_text("")
    (tmp_path / "file").write_text("")

    restore(tmp_path / "copy", tmp_path / "empty")
    assert files_in(tmp_path / "empty") == files_in(root)

    before = files_in(tmp_path)
    with pytest.raises(BackupError, match=r"full is not empty\. Nothing was restored"):
        restore(tmp_path / "copy", tmp_path / "full")
    with pytest.raises(BackupError, match="Nothing was restored"):
        restore(tmp_path / "copy", root)
    with pytest.raises(BackupError, match="file cannot be written"):
        restore(tmp_path / "copy", tmp_path / "file")
    with pytest.raises(BackupError, match="cannot be written"):
        restore(tmp_path / "copy", tmp_path / "no" / "where")
    assert files_in(tmp_path) == before


def test_what_was_damaged_or_missing_when_the_backup_was_made_is_named(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records")
    put(root, VISIT, "a01", journal("visit a01", 5).replace(b"entry 3", b"entry X"))
    hidden = put(root, VISIT, "a02", journal("visit a02", 1))

    class Disk(SystemDisk):
        def open_read(self, path: Path) -> int:
            if path == hidden:
                raise OSError(EACCES, "no")
            return super().open_read(path)

    back_up(root, tmp_path / "copy", Disk(windows=False, pause=lambda _: None))

    restored = restore(tmp_path / "copy", tmp_path / "back")

    assert [(each.path, each.condition) for each in restored.contents.troubled] == [
        ("visits/01/a01.jsonl", Condition.DAMAGED),
        ("visits/02/a02.jsonl", Condition.LEFT_OUT),
    ]
    hidden.unlink()
    hidden.parent.rmdir()
    assert files_in(tmp_path / "back") == files_in(root)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileNotFoundError(2, "no"), "there is no such file. Check the name and try again."),
        (IsADirectoryError(21, "no"), "this is a folder, not a file. Name a file in it."),
        (PermissionError(EACCES, "no"), "this file may not be read. Ask for access to it and try again."),
        (OSError(EIO, "fault"), "this file cannot be read (fault). Check it and try again."),
    ],
)
def test_a_backup_that_cannot_be_read_is_said(error: OSError, sentence: str, tmp_path: Path) -> None:
    class Disk(SystemDisk):
        def open_read(self, path: Path) -> int:
            raise error

    with pytest.raises(BackupError) as refused:
        restore(tmp_path / "copy", tmp_path / "back", Disk(windows=False, pause=lambda _: None))

    assert str(refused.value) == f"{tmp_path / 'copy'}: {sentence}"


def test_a_backup_that_changes_while_it_is_restored_leaves_nothing(tmp_path: Path) -> None:
    """After everything in it was checked, and in a way that its own checksums do not tell."""
    back_up(make_ward(tmp_path / "records"), tmp_path / "copy")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "write_member", lambda *_args: "0" * 64)
        with pytest.raises(BackupError, match="it was changed while it was being read"):
            restore(tmp_path / "copy", tmp_path / "back")

    with pytest.MonkeyPatch.context() as patch:
        good = BackupArchive.content

        def content(archive: BackupArchive, member: ZipInfo) -> Iterator[bytes]:
            if (tmp_path / "unfinished").exists() and member.filename != MANIFEST:
                raise BadArchiveError("its contents are damaged")
            return good(archive, member)

        patch.setattr(BackupArchive, "content", content)
        with pytest.raises(BackupError, match="its contents are damaged"):
            restore(tmp_path / "copy", tmp_path / "back")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "records"]


def test_whatever_call_of_the_disk_fails_the_records_are_there_whole_or_not_at_all(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records", patients=1, visits=2, entries=2)
    back_up(root, tmp_path / "copy")
    wanted, at, failures = files_in(root), 0, 0
    while True:
        at += 1
        back = tmp_path / str(at)
        disk = FaultyDisk(at, OSError(ENOSPC, "full"))
        try:
            restore(tmp_path / "copy", back, disk)
        except BackupError:
            failures += 1
            assert not back.exists() or files_in(back) == wanted
        else:
            assert files_in(back) == wanted
        disk.die()
        assert not (tmp_path / "unfinished").exists()
        if len(disk.calls) < at:
            break
    assert failures > 20


def test_no_power_cut_leaves_half_a_folder(tmp_path: Path) -> None:
    root = make_ward(tmp_path / "records", patients=1, visits=2, entries=2)
    back_up(root, tmp_path / "copy")
    whole, _ = restored_on(ForgetfulDisk(), tmp_path / "copy")
    states = bad = 0
    for cut_at in range(1, whole.calls + 2):
        disk, done = restored_on(ForgetfulDisk(), tmp_path / "copy", cut_at)
        for survives in (nothing_unsynced, half_unsynced, everything_unsynced):
            for names_survive in (False, True):
                after = disk.after_power_cut(survives, names_survive=names_survive)
                found = tree_of(after, Path("/back"))
                states += 1
                bad += found != files_in(root) and (done or found != {})
    assert states > 100
    assert bad == 0


def restored_on(disk: ForgetfulDisk, file: Path, cut_at: int | None = None) -> tuple[ForgetfulDisk, bool]:
    """Put the backup on a disk in memory and restore it there until the power fails; whether it came to its end."""
    descriptor = disk.create(Path("/copy"))
    content = file.read_bytes()
    while content:
        content = content[disk.write(descriptor, content) :]
    disk.sync(descriptor)
    disk.close(descriptor)
    disk.sync_folder(Path("/"))
    if cut_at is not None:
        disk.cut_power_at(cut_at)
    disk.calls = 0 if cut_at is None else disk.calls
    try:
        restore_folder(disk, Path("/copy"), Path("/back"), "unfinished")
    except PowerCutError:
        assert cut_at is not None
        return disk, False
    return disk, True


def tree_of(disk: ForgetfulDisk, folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for item in disk.list_folder(folder):
        if item.size is None:
            found |= {f"{item.name}/{name}": content for name, content in tree_of(disk, folder / item.name).items()}
        else:
            found[item.name] = disk.read(folder / item.name, 1 << 30)
    return found


def test_the_archive_is_closed_again(tmp_path: Path) -> None:
    back_up(make_ward(tmp_path / "records"), tmp_path / "copy")
    closed: list[int] = []

    class Disk(SystemDisk):
        def close(self, descriptor: int) -> None:
            closed.append(descriptor)
            super().close(descriptor)

    with BackupArchive(Disk(windows=False, pause=lambda _: None), tmp_path / "copy"):
        assert closed == []
    assert len(closed) == 1
