"""Verifying reads everything, changes nothing and names what is wrong."""

from errno import EIO
from pathlib import Path

import pytest

from nurse_app.store.codec import EventCodec
from nurse_app.store.data_folder import DataFolderError
from nurse_app.store.disk import FolderItem, SystemDisk
from nurse_app.store.kinds import event_codecs
from nurse_app.store.upcast import UpcastChain
from nurse_app.store.verify import Soundness, StreamReport, VerifyReport, verify_records
from nurse_app.visit.ports import StreamKind
from tests.store.disks import FaultyDisk
from tests.store.kit import Measured, entry, own, system_disk, tools, visit_file

CODECS = tools(system_disk()).codecs
VISIT = StreamKind.VISIT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    records = own(tmp_path)
    for stream_id in ("v-1", "v-2"):
        log = records.create(VISIT, stream_id)
        log.append([entry("a")], after=0)
        log.append([entry("b")], after=1)
        log.append([entry("c")], after=2)
    records.create(StreamKind.PATIENT, "p-1").append([entry("a")], after=0)
    records.close()
    return tmp_path


def everything_in(root: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*") if path.is_file()}


def report_of(report: VerifyReport, stream_id: str) -> StreamReport:
    return next(stream for stream in report.streams if stream.stream_id == stream_id)


def test_sound_records_are_sound(root: Path) -> None:
    before = everything_in(root)

    report = verify_records(system_disk(), root, CODECS)

    assert report.is_sound
    assert report.streams == (
        StreamReport(VISIT, "v-1", "visits/-1/v-1.jsonl", Soundness.SOUND, sound_entries=3),
        StreamReport(VISIT, "v-2", "visits/-2/v-2.jsonl", Soundness.SOUND, sound_entries=3),
        StreamReport(StreamKind.PATIENT, "p-1", "patients/-1/p-1.jsonl", Soundness.SOUND, sound_entries=1),
    )
    assert everything_in(root) == before


def test_it_reads_while_another_program_owns_the_records(root: Path) -> None:
    records = own(root)

    assert verify_records(system_disk(), root, CODECS).is_sound
    records.close()


def test_damage_is_named_with_entry_byte_and_what_is_left(root: Path) -> None:
    path = visit_file(root, "v-2")
    content = path.read_bytes().replace(b'"b"', b'"x"')
    path.write_bytes(content)
    before = everything_in(root)

    report = verify_records(system_disk(), root, CODECS)

    assert not report.is_sound
    assert report_of(report, "v-1").soundness is Soundness.SOUND
    assert report_of(report, "v-2") == StreamReport(
        VISIT,
        "v-2",
        "visits/-2/v-2.jsonl",
        Soundness.DAMAGED,
        sound_entries=1,
        first_bad_entry=2,
        first_bad_byte=content.index(b"\n") + 1,
        readable_after=1,
        sentence=report_of(report, "v-2").sentence,
    )
    assert "visit v-2 is damaged at entry 2" in report_of(report, "v-2").sentence
    assert everything_in(root) == before


def test_a_torn_end_is_reported_and_loses_nothing(root: Path) -> None:
    with visit_file(root, "v-1").open("ab") as file:
        file.write(b"torn")
    before = everything_in(root)

    report = verify_records(system_disk(), root, CODECS)

    torn = report_of(report, "v-1")
    assert report.is_sound
    assert (torn.soundness, torn.sound_entries, torn.tail_bytes) == (Soundness.TORN_TAIL, 3, 4)
    assert "last 4 bytes of the record visit v-1" in torn.sentence
    assert everything_in(root) == before


@pytest.mark.parametrize("torn", [b"", b"torn"], ids=["whole", "torn"])
def test_entries_of_a_newer_version_are_not_understood(root: Path, torn: bytes) -> None:
    with visit_file(root, "v-1").open("ab") as file:
        file.write(torn)
    codecs = {**CODECS, VISIT: EventCodec({"measured": Measured}, UpcastChain({}))}

    report = verify_records(system_disk(), root, codecs)

    newer = report_of(report, "v-1")
    assert not report.is_sound
    assert newer.soundness is Soundness.NOT_UNDERSTOOD
    assert (newer.sound_entries, newer.first_bad_entry, newer.readable_after) == (0, 1, 2)
    assert "newer version" in newer.sentence


class VanishingDisk(SystemDisk):
    """Lists a record that is gone when it is read."""

    def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
        return tuple(FolderItem(item.name.replace("v-1", "x-1"), item.size) for item in super().list_folder(path))


def test_a_record_that_vanishes_meanwhile_is_unreadable(root: Path) -> None:
    report = verify_records(VanishingDisk(windows=False, pause=lambda _: None), root, CODECS)

    assert not report.is_sound
    assert report_of(report, "x-1").soundness is Soundness.UNREADABLE
    assert "visit x-1 cannot be read" in report_of(report, "x-1").sentence


def test_a_record_that_the_disk_does_not_hand_out_is_unreadable(root: Path) -> None:
    trial = FaultyDisk(at=10**6, error=OSError())
    verify_records(trial, root, CODECS)
    disk = FaultyDisk(at=trial.calls.index("read") + 1, error=OSError(EIO, "fault"))

    report = verify_records(disk, root, CODECS)

    assert [stream.soundness for stream in report.streams] == [
        Soundness.UNREADABLE,
        Soundness.SOUND,
        Soundness.SOUND,
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="does not exist"):
        verify_records(system_disk(), tmp_path / "records", event_codecs())


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_folder_that_cannot_be_listed_is_told(root: Path, at: int) -> None:
    with pytest.raises(DataFolderError, match="reports a fault"):
        verify_records(FaultyDisk(at=at, error=OSError(EIO, "fault")), root, CODECS)


def test_an_empty_folder_is_sound(tmp_path: Path) -> None:
    assert verify_records(system_disk(), tmp_path, event_codecs()) == VerifyReport(())
