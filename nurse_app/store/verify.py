"""Reads every record of a data folder and says what is sound; changes nothing and needs no lock."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from nurse_app.store import verify_words as words
from nurse_app.store.checkpoint_check import Vouched, read_checkpoints
from nurse_app.store.checkpoint_file import Evidence
from nurse_app.store.checkpoints import Reached
from nurse_app.store.codec import EventCodec
from nurse_app.store.data_folder import DataFolderError, require_folder
from nurse_app.store.disk import Disk
from nurse_app.store.layout import list_streams, place_of, stream_name
from nurse_app.store.messages import folder_problem
from nurse_app.store.verify_stream import Soundness, StreamReport, check_stream
from nurse_app.visit.ports import StreamKind
from nurse_app.visit.record_check import CheckFinding, CheckSummary, Gravity, Progress

# Small folders are looked at here: another process takes longer to start than they take to read.
_SMALL_BYTES = 8 << 20
_CHUNK_BYTES = 4 << 20
_WORST_FIRST = (Gravity.DAMAGE, Gravity.WARNING, Gravity.NOTE)
Said = tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """The data folder, with what is needed to read it; another process gets a copy."""

    disk: Disk
    root: Path
    codecs: Mapping[StreamKind, EventCodec]


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """All records of a folder, and what is wrong with their checkpoints or with the folder as a whole."""

    streams: tuple[StreamReport, ...]
    checkpoints: int = 0
    about_checkpoints: tuple[CheckFinding, ...] = ()

    @property
    def summary(self) -> CheckSummary:
        """What there is to say, the worst first."""
        found = [*self.about_checkpoints, *(stream.finding for stream in self.streams if stream.finding is not None)]
        findings = tuple(sorted(found, key=lambda finding: _WORST_FIRST.index(finding.gravity)))
        entries = sum(stream.sound_entries for stream in self.streams)
        missing = sum(stream.soundness is Soundness.MISSING for stream in self.streams)
        return CheckSummary(len(self.streams) - missing, entries, self.checkpoints, findings)

    @property
    def is_sound(self) -> bool:
        """Whether everything that was ever acknowledged is there, unchanged, as far as anybody can tell."""
        return self.summary.is_sound


@dataclass(frozen=True, slots=True)
class _Task:
    kind: StreamKind
    stream_id: str
    size: int
    said: Said


def verify_records(folder: Folder, evidence: Evidence, *, workers: int = 0, progress: Progress) -> VerifyReport:
    """Look at every record, in so many other processes. Raises DataFolderError when the folder cannot be read."""
    require_folder(folder.disk, folder.root)
    # Read before the records: what is entered meanwhile only makes those longer.
    vouched = read_checkpoints(folder.disk, folder.root, evidence)
    tasks = list(_tasks(folder, vouched.by_stream))
    reports: list[StreamReport] = []
    progress(0, len(tasks))
    for checked in _checked(folder, tasks, workers):
        reports += checked
        progress(len(reports), len(tasks))
    reports += _missing(folder.root, tasks, vouched)
    about = vouched.findings
    if reports and not vouched.by_stream and not about:
        about = (words.no_checkpoints(),)
    return VerifyReport(tuple(reports), vouched.count, about)


def _tasks(folder: Folder, said: Mapping[tuple[StreamKind, str], Said]) -> Iterator[_Task]:
    for kind in StreamKind:
        try:
            files = list_streams(folder.disk, folder.root, kind)
        except OSError as error:
            raise DataFolderError(folder_problem(folder.root, error)) from error
        for file in files:
            yield _Task(kind, file.stream_id, file.size, said.get((kind, file.stream_id), ()))


def _checked(folder: Folder, tasks: Sequence[_Task], workers: int) -> Iterator[list[StreamReport]]:
    chunks = list(_chunks(tasks))
    check, done = partial(_check_chunk, folder), 0
    if workers and sum(task.size for task in tasks) > _SMALL_BYTES:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            for reports in pool.map(check, chunks):
                yield reports
                done += 1
        except BrokenProcessPool:
            # A machine that kills or forbids our processes: the rest is done here.
            pass
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    for chunk in chunks[done:]:
        yield check(chunk)


def _check_chunk(folder: Folder, chunk: Sequence[_Task]) -> list[StreamReport]:
    return [
        check_stream(folder.disk, folder.root, (task.kind, task.stream_id), folder.codecs[task.kind], task.said)
        for task in chunk
    ]


def _chunks(tasks: Sequence[_Task]) -> Iterator[list[_Task]]:
    chunk, size = list[_Task](), 0
    for task in tasks:
        chunk.append(task)
        size += task.size
        if size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _missing(root: Path, tasks: Sequence[_Task], vouched: Vouched) -> Iterator[StreamReport]:
    """Records that a checkpoint names and that are not there."""
    there = {(task.kind, task.stream_id) for task in tasks}
    for stream, said in vouched.by_stream.items():
        if stream not in there:
            file = place_of(root, *stream).path.relative_to(root).as_posix()
            known = max(each.entries for each in said)
            finding = words.missing(file, stream_name(*stream), known, said[-1].wall)
            yield StreamReport(*stream, file, Soundness.MISSING, vouched_entries=known, finding=finding)
