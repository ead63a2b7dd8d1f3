"""One record under the eyes of a check: its lines, its chain, its form, and what checkpoints say of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from nurse_app.store import verify_words as words
from nurse_app.store.checkpoints import Reached
from nurse_app.store.codec import EventCodec
from nurse_app.store.disk import Disk
from nurse_app.store.event_log import decode_entry
from nurse_app.store.journal_lines import Damage, Scan, document_of, first_digest
from nurse_app.store.journal_opening import read_journal
from nurse_app.store.layout import place_of
from nurse_app.store.messages import unreadable
from nurse_app.visit.ports import StreamKind, UnreadableRecordError
from nurse_app.visit.record_check import CheckFinding


class Soundness(StrEnum):
    """What is the matter with a record. A torn tail was never acknowledged and loses nothing."""

    SOUND = "sound"
    TORN_TAIL = "torn-tail"
    DAMAGED = "damaged"
    CUT = "cut"
    REWRITTEN = "rewritten"
    MISSING = "missing"
    NOT_UNDERSTOOD = "not-understood"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class StreamReport:
    """One record: how many entries are sound from the beginning, and where it stops being so.

    ``file`` is relative to the data folder; ``head`` is the digest of the last sound entry, made at ``last_entry_at``.
    ``readable_after`` counts entries behind the first bad one that could still be read. ``vouched_entries`` is what the
    last checkpoint knows.
    """

    kind: StreamKind
    stream_id: str
    file: str
    soundness: Soundness
    sound_entries: int = 0
    head: str = ""
    last_entry_at: datetime | None = None
    vouched_entries: int = 0
    first_bad_entry: int | None = None
    first_bad_byte: int | None = None
    readable_after: int = 0
    tail_bytes: int = 0
    finding: CheckFinding | None = None


def check_stream(
    disk: Disk, root: Path, stream: tuple[StreamKind, str], codec: EventCodec, said: Sequence[Reached]
) -> StreamReport:
    """Look at one record. Never raises for what it finds there."""
    place = place_of(root, *stream)
    report = StreamReport(*stream, place.path.relative_to(root).as_posix(), Soundness.SOUND)
    report = replace(report, vouched_entries=max((each.entries for each in said), default=0))
    vouched_at = said[-1].wall if said else None
    try:
        found = read_journal(disk, place)
    except (FileNotFoundError, UnreadableRecordError) as error:
        sentence = unreadable(place.stream, error) if isinstance(error, OSError) else str(error)
        finding = words.not_usable(report.file, sentence, vouched_at)
        return replace(report, soundness=Soundness.UNREADABLE, finding=finding)
    report = _understood(replace(report, tail_bytes=len(found.tail)), found, codec, place.stream)
    since = max((at for at in (report.last_entry_at, vouched_at) if at is not None), default=None)
    if found.damage is not None:
        return _damaged(report, found.damage, place.stream, since)
    if report.soundness is Soundness.NOT_UNDERSTOOD:
        return report
    report = _compared(report, found, said, place.stream)
    if found.tail and report.soundness is Soundness.SOUND:
        finding = words.torn_end(report.file, place.stream, len(found.tail))
        return replace(report, soundness=Soundness.TORN_TAIL, finding=finding)
    return report


def digest_at(found: Scan, stream: str, entries: int) -> str:
    """What the chain of a record ends with after so many of its sound entries."""
    return sha256(found.bodies[entries - 1].encode()).hexdigest() if entries else first_digest(stream)


def _understood(report: StreamReport, found: Scan, codec: EventCodec, stream: str) -> StreamReport:
    """The report with its sound entries counted, which ends before the first that has not the form it should have."""
    last: datetime | None = None
    for number, body in enumerate(found.bodies, start=1):
        try:
            last = decode_entry(codec, document_of(body), stream).entry.reading.wall
        except UnreadableRecordError as error:
            return replace(
                report,
                soundness=Soundness.NOT_UNDERSTOOD,
                sound_entries=number - 1,
                head=digest_at(found, stream, number - 1),
                last_entry_at=last,
                first_bad_entry=number,
                readable_after=len(found.bodies) - number,
                finding=words.not_usable(report.file, str(error), None),
            )
    return replace(report, sound_entries=len(found.bodies), head=found.head, last_entry_at=last)


def _damaged(report: StreamReport, damage: Damage, stream: str, since: datetime | None) -> StreamReport:
    return replace(
        report,
        soundness=Soundness.DAMAGED,
        first_bad_entry=damage.number,
        first_bad_byte=damage.byte,
        readable_after=damage.readable_after,
        finding=words.damaged(report.file, stream, damage, since),
    )


def _compared(report: StreamReport, found: Scan, said: Sequence[Reached], stream: str) -> StreamReport:
    """The record beside what checkpoints know of it; the first that it contradicts says what happened."""
    there, agreed = len(found.bodies), 0
    for each in sorted(said, key=lambda reached: reached.entries):
        if each.entries <= there and digest_at(found, stream, each.entries) != each.head:
            return replace(
                report,
                soundness=Soundness.REWRITTEN,
                sound_entries=agreed,
                head=digest_at(found, stream, agreed),
                first_bad_entry=agreed + 1,
                finding=words.rewritten(report.file, stream, agreed, each.entries, said[-1].wall),
            )
        if each.entries > there:
            finding = words.cut(report.file, stream, there, report.vouched_entries, said[-1].wall)
            return replace(report, soundness=Soundness.CUT, first_bad_entry=there + 1, finding=finding)
        agreed = each.entries
    return report
