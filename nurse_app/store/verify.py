"""Reads every record of a data folder and says what is sound; changes nothing and needs no lock."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from nurse_app.store.codec import EventCodec
from nurse_app.store.data_folder import DataFolderError, require_folder
from nurse_app.store.disk import Disk
from nurse_app.store.event_log import decode_entry
from nurse_app.store.journal_lines import Scan, document_of
from nurse_app.store.journal_opening import read_journal
from nurse_app.store.journal_storage import JournalPlace
from nurse_app.store.layout import list_streams, place_of
from nurse_app.store.messages import damaged, folder_problem, torn, unreadable
from nurse_app.visit.ports import StreamKind, UnreadableRecordError


class Soundness(StrEnum):
    """What is the matter with a record. A torn tail was never acknowledged and loses nothing."""

    SOUND = "sound"
    TORN_TAIL = "torn-tail"
    DAMAGED = "damaged"
    NOT_UNDERSTOOD = "not-understood"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class StreamReport:
    """One record: how many entries are sound from the beginning, and where it stops being so.

    ``file`` is relative to the data folder. ``readable_after`` counts entries behind the first bad one that could
    still be read. ``sentence`` is for people, empty when there is nothing to say.
    """

    kind: StreamKind
    stream_id: str
    file: str
    soundness: Soundness
    sound_entries: int = 0
    first_bad_entry: int | None = None
    first_bad_byte: int | None = None
    readable_after: int = 0
    tail_bytes: int = 0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """All records of a folder."""

    streams: tuple[StreamReport, ...]

    @property
    def is_sound(self) -> bool:
        """Whether everything that was ever acknowledged is there and can be read."""
        return all(stream.soundness in (Soundness.SOUND, Soundness.TORN_TAIL) for stream in self.streams)


def verify_records(disk: Disk, root: Path, codecs: Mapping[StreamKind, EventCodec]) -> VerifyReport:
    """Look at every record. Raises DataFolderError when the folder itself cannot be read."""
    require_folder(disk, root)
    reports: list[StreamReport] = []
    for kind in StreamKind:
        try:
            files = list_streams(disk, root, kind)
        except OSError as error:
            raise DataFolderError(folder_problem(root, error)) from error
        reports += [_verify(disk, root, kind, file.stream_id, codecs[kind]) for file in files]
    return VerifyReport(tuple(reports))


def _verify(disk: Disk, root: Path, kind: StreamKind, stream_id: str, codec: EventCodec) -> StreamReport:
    place = place_of(root, kind, stream_id)
    report = StreamReport(kind, stream_id, place.path.relative_to(root).as_posix(), Soundness.SOUND)
    try:
        found = read_journal(disk, place)
    except FileNotFoundError as error:
        return replace(report, soundness=Soundness.UNREADABLE, sentence=unreadable(place.stream, error))
    except UnreadableRecordError as error:
        return replace(report, soundness=Soundness.UNREADABLE, sentence=str(error))
    report = replace(report, sound_entries=len(found.bodies), tail_bytes=len(found.tail))
    if found.damage is not None:
        return replace(
            report,
            soundness=Soundness.DAMAGED,
            first_bad_entry=found.damage.number,
            first_bad_byte=found.damage.byte,
            readable_after=found.damage.readable_after,
            sentence=damaged(place.stream, found.damage),
        )
    report = _understand(report, found, codec, place)
    if found.tail and report.soundness is Soundness.SOUND:
        return replace(report, soundness=Soundness.TORN_TAIL, sentence=torn(place.stream, len(found.tail)))
    return report


def _understand(report: StreamReport, found: Scan, codec: EventCodec, place: JournalPlace) -> StreamReport:
    for number, body in enumerate(found.bodies, start=1):
        try:
            decode_entry(codec, document_of(body), place.stream)
        except UnreadableRecordError as error:
            return replace(
                report,
                soundness=Soundness.NOT_UNDERSTOOD,
                sound_entries=number - 1,
                first_bad_entry=number,
                readable_after=len(found.bodies) - number,
                sentence=str(error),
            )
    return report
