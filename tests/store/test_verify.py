"""Verifying reads everything, changes nothing and names what is wrong."""

from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from errno import EACCES, EIO
from pathlib import Path

import pytest

from nurse_app.store import verify as verify_module
from nurse_app.store.checkpoint_file import Evidence
from nurse_app.store.codec import EventCodec
from nurse_app.store.data_folder import DataFolderError
from nurse_app.store.disk import Disk, FolderItem, SystemDisk
from nurse_app.store.kinds import event_codecs
from nurse_app.store.upcast import UpcastChain
from nurse_app.store.verify import Folder, VerifyReport, verify_records
from nurse_app.store.verify_stream import Soundness, StreamReport
from nurse_app.visit.ports import StreamKind
from nurse_app.visit.record_check import CheckFinding, CheckSummary, Gravity, Progress
from tests.store.disks import FaultyDisk
from tests.store.kit import START, Measured, entry, own, system_disk, tools, visit_file
from tests.store.vouching import Vouched

CODECS = tools(system_disk()).codecs
NOTHING_KNOWN = Evidence(None, None)
VISIT = StreamKind.VISIT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    records = own(tmp_path)
    for stream_id in ("v-1", "v-2"):
        log = records.create(VISIT, stream_id)
        log.append([entry("a")], after=0)
        log.append([entry("b", minute=1)], after=1)
        log.append([entry("c", minute=2)], after=2)
    records.create(StreamKind.PATIENT, "p-1").append([entry("a")], after=0)
    records.close()
    return tmp_path


def nobody_asks(_done: int, _all: int) -> None:
    return


def verified(
    root: Path,
    disk: Disk | None = None,
    codecs: dict[StreamKind, EventCodec] | None = None,
    workers: int = 0,
    progress: Progress = nobody_asks,
) -> VerifyReport:
    folder = Folder(disk or system_disk(), root, codecs or CODECS)
    return verify_records(folder, NOTHING_KNOWN, workers=workers, progress=progress)


def everything_in(root: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in root.rglob("*") if path.is_file()}


def report_of(report: VerifyReport, stream_id: str) -> StreamReport:
    return next(stream for stream in report.streams if stream.stream_id == stream_id)


def said_of(report: VerifyReport, stream_id: str) -> CheckFinding:
    finding = report_of(report, stream_id).finding
    assert finding is not None
    return finding


def test_sound_records_are_sound(root: Path) -> None:
    before = everything_in(root)

    report = verified(root)

    assert report.is_sound
    assert [(each.kind, each.stream_id, each.file, each.soundness, each.sound_entries) for each in report.streams] == [
        (VISIT, "v-1", "visits/-1/v-1.jsonl", Soundness.SOUND, 3),
        (VISIT, "v-2", "visits/-2/v-2.jsonl", Soundness.SOUND, 3),
        (StreamKind.PATIENT, "p-1", "patients/-1/p-1.jsonl", Soundness.SOUND, 1),
    ]
    assert everything_in(root) == before


def test_each_record_is_told_with_the_end_of_its_chain(root: Path) -> None:
    found = report_of(verified(root), "v-1")

    assert found.head.encode() in visit_file(root, "v-1").read_bytes().splitlines()[-1]
    assert found.last_entry_at == START + timedelta(minutes=2)


def test_it_reads_while_another_program_owns_the_records(root: Path) -> None:
    records = own(root)

    assert verified(root).is_sound
    records.close()


def test_damage_is_named_with_entry_byte_and_what_is_left(root: Path) -> None:
    path = visit_file(root, "v-2")
    content = path.read_bytes().replace(b'"b"', b'"x"')
    path.write_bytes(content)
    before = everything_in(root)

    report = verified(root)

    found = report_of(report, "v-2")
    assert not report.is_sound
    assert report_of(report, "v-1").soundness is Soundness.SOUND
    assert (found.soundness, found.sound_entries, found.first_bad_entry) == (Soundness.DAMAGED, 1, 2)
    assert (found.first_bad_byte, found.readable_after) == (content.index(b"\n") + 1, 1)
    finding = said_of(report, "v-2")
    assert finding.what == "The record visit v-2 is damaged at entry 2."
    assert finding.since == START, "nobody vouched for it: the last sound entry is all that is known"
    assert finding.left == "Entry 1 is sound and can be shown. Entries after it that can still be read: 1."
    assert everything_in(root) == before


def test_a_record_without_one_sound_entry_says_so(root: Path) -> None:
    visit_file(root, "v-2").write_bytes(b"nothing of ours\n")

    finding = said_of(verified(root), "v-2")

    assert (finding.since, finding.left) == (None, "No entry before it is left.")


def test_a_torn_end_is_reported_and_loses_nothing(root: Path) -> None:
    with visit_file(root, "v-1").open("ab") as file:
        file.write(b"torn")
    before = everything_in(root)

    report = verified(root)

    torn = report_of(report, "v-1")
    assert report.is_sound
    assert (torn.soundness, torn.sound_entries, torn.tail_bytes) == (Soundness.TORN_TAIL, 3, 4)
    assert said_of(report, "v-1").gravity is Gravity.NOTE
    assert "last 4 bytes of the record visit v-1" in said_of(report, "v-1").what
    assert everything_in(root) == before


@pytest.mark.parametrize("torn", [b"", b"torn"], ids=["whole", "torn"])
def test_entries_of_a_newer_version_are_not_understood(root: Path, torn: bytes) -> None:
    with visit_file(root, "v-1").open("ab") as file:
        file.write(torn)
    codecs = {**CODECS, VISIT: EventCodec({"measured": Measured}, UpcastChain({}))}

    report = verified(root, codecs=codecs)

    newer = report_of(report, "v-1")
    assert not report.is_sound
    assert newer.soundness is Soundness.NOT_UNDERSTOOD
    assert (newer.sound_entries, newer.first_bad_entry, newer.readable_after) == (0, 1, 2)
    assert "newer version" in said_of(report, "v-1").what


class VanishingDisk(SystemDisk):
    """Lists a record that is gone when it is read."""

    def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
        return tuple(FolderItem(item.name.replace("v-1", "x-1"), item.size) for item in super().list_folder(path))


def test_a_record_that_vanishes_meanwhile_is_unreadable(root: Path) -> None:
    report = verified(root, VanishingDisk(windows=False, pause=lambda _: None))

    assert not report.is_sound
    assert report_of(report, "x-1").soundness is Soundness.UNREADABLE
    assert "visit x-1 cannot be read" in said_of(report, "x-1").what


class RefusingDisk(SystemDisk):
    """Does not hand out one file."""

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(windows=False, pause=lambda _: None)
        self._name = name
        self._error = error

    def read(self, path: Path, limit: int) -> bytes:
        if path.name == self._name:
            raise self._error
        return super().read(path, limit)


def test_a_record_that_the_disk_does_not_hand_out_is_unreadable(root: Path) -> None:
    report = verified(root, RefusingDisk("v-1.jsonl", OSError(EIO, "fault")))

    assert [stream.soundness for stream in report.streams] == [
        Soundness.UNREADABLE,
        Soundness.SOUND,
        Soundness.SOUND,
    ]


def test_checkpoints_that_the_disk_does_not_hand_out_are_a_warning(root: Path) -> None:
    report = verified(root, RefusingDisk("checkpoints.jsonl", OSError(EACCES, "not allowed")))

    assert report.is_sound
    assert [finding.gravity for finding in report.summary.findings] == [Gravity.WARNING]
    assert "cannot be read (not allowed)" in report.summary.findings[0].what


def test_the_summary_counts_and_has_the_worst_first(tmp_path: Path) -> None:
    ward = Vouched(tmp_path)
    ward.run(v_1=("a", "b"), v_2=("c",), v_3=("d",))
    with visit_file(ward.root, "v-1").open("ab") as file:
        file.write(b"torn")
    visit_file(ward.root, "v-2").unlink()

    summary = ward.verify().summary

    assert (summary.records, summary.entries, summary.checkpoints, summary.is_sound) == (2, 3, 4, False)
    assert [finding.gravity for finding in summary.findings] == [Gravity.DAMAGE, Gravity.NOTE]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="does not exist"):
        verified(tmp_path / "records")


@pytest.mark.parametrize("call", ["state", "list_folder"])
def test_a_folder_that_cannot_be_listed_is_told(root: Path, call: str) -> None:
    trial = FaultyDisk(at=10**6, error=OSError())
    verified(root, trial)
    for at, name in enumerate(trial.calls, start=1):
        if name == call:
            with pytest.raises(DataFolderError, match="reports a fault"):
                verified(root, FaultyDisk(at=at, error=OSError(EIO, "fault")))


def test_an_empty_folder_is_sound(tmp_path: Path) -> None:
    report = verified(tmp_path, codecs=dict(event_codecs()))

    assert report == VerifyReport(())
    assert report.summary == CheckSummary(0, 0, 0, ())


# --- how far it is, and on how many cores ---


def test_progress_is_told_from_nothing_to_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_module, "_CHUNK_BYTES", 1)
    told: list[tuple[int, int]] = []

    verified(root, progress=lambda done, total: told.append((done, total)))

    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


class EnoughError(Exception):
    pass


def test_whoever_hears_of_the_progress_may_end_it(root: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise EnoughError

    with pytest.raises(EnoughError):
        verified(root, progress=stop)


def real_visits(root: Path) -> Path:
    visit_file(root, "v-2").write_bytes(visit_file(root, "v-2").read_bytes().replace(b'"b"', b'"x"'))
    return root


def test_several_processes_find_the_same_as_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_visits(root)
    alone = verified(root)
    monkeypatch.setattr(verify_module, "_SMALL_BYTES", 0)
    monkeypatch.setattr(verify_module, "_CHUNK_BYTES", 1)

    assert verified(root, Plain(windows=False, pause=wait), workers=2) == alone


class Plain(SystemDisk):
    """The real disk, as another process can have it."""


def wait(_seconds: float) -> None:
    return


def test_where_no_process_can_be_had_the_work_is_done_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = verified(root)
    monkeypatch.setattr(verify_module, "_SMALL_BYTES", 0)
    monkeypatch.setattr(verify_module, "_CHUNK_BYTES", 1)

    class BreakingPool:
        """Does one piece, then its processes are gone."""

        def __init__(self, *_args: object, **_more: object) -> None:
            pass

        def map(self, work: object, pieces: object) -> object:
            yield work(next(iter(pieces)))  # type: ignore[operator, call-overload]
            raise BrokenProcessPool

        def shutdown(self, **_more: object) -> None:
            pass

    monkeypatch.setattr(verify_module, "ProcessPoolExecutor", BreakingPool)

    assert verified(root, workers=2) == alone
