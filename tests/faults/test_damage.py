"""T-07 and T-08: a record torn at every byte, every bit of it flipped, and pieces of it overwritten by chance."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nurse_app.store.checkpoint_file import Evidence
from nurse_app.store.journal_lines import scan
from nurse_app.store.record_folder import look_at_records
from nurse_app.store.verify import Folder, Soundness, verify_records
from nurse_app.visit.ports import StreamKind, UnreadableRecordError
from tests.faults.machine import memory_folder
from tests.faults.planted import planted
from tests.faults.work import BATCHES, said
from tests.figures import Figure
from tests.store.kit import entry, own, system_disk, texts, tools, visit_file

VISIT = StreamKind.VISIT
STREAM = "visit v-1"
LONGEST = 64
Batches = tuple[tuple[int, ...], ...]
FEW: Batches = ((1,), (8, 9))
sizes = pytest.mark.parametrize(
    "batches", [FEW, pytest.param(BATCHES, marks=pytest.mark.sweep)], ids=["a short record", "a long record"]
)


def record_in(root: Path, batches: Batches) -> bytes:
    """A record of some batches; its bytes."""
    records = own(root)
    log = records.create(VISIT, "v-1")
    for batch in batches:
        log.append([entry(said(number)) for number in batch], after=len(log.recorded()))
    records.close()
    return visit_file(root, "v-1").read_bytes()


def ends_of(whole: bytes, batches: Batches) -> list[int]:
    """At which byte each batch ends; 0 before the first."""
    lines, ends = whole.splitlines(keepends=True), [0]
    for batch in batches:
        taken, lines = lines[: len(batch)], lines[len(batch) :]
        ends.append(ends[-1] + sum(map(len, taken)))
    return ends


@dataclass
class Noticed:
    """Damages, and how many of them nobody would have heard of."""

    damages: int = 0
    unnoticed: int = 0
    shortened: int = 0
    tails: int = 0

    @property
    def violations(self) -> int:
        return self.unnoticed + self.shortened

    def look(self, changed: bytes, first_bad: int, whole: bytes, last_batch_at: int) -> None:
        """Scan damaged bytes; ``first_bad`` is the first that differs from ``whole``."""
        found = scan(changed, STREAM)
        self.damages += 1
        if found.damage is not None:
            # Said to begin before the first changed byte, and everything sound before it is still shown.
            self.unnoticed += found.damage.byte > first_bad
            self.shortened += len(found.bodies) != whole[: found.damage.byte].count(b"\n")
        elif found.tail:
            # Only what begins in the last batch can look like a write cut short.
            self.tails += 1
            self.shortened += first_bad < last_batch_at
        else:
            self.unnoticed += 1


def flip_every_bit(folder: Path, batches: Batches, bug: str = "") -> Noticed:
    """T-08: each bit of a record, once."""
    whole, noticed = record_in(folder, batches), Noticed()
    last_batch_at = ends_of(whole, batches)[-2]
    with planted(bug):
        for bit in range(len(whole) * 8):
            changed = bytearray(whole)
            changed[bit // 8] ^= 1 << (bit % 8)
            noticed.look(bytes(changed), bit // 8, whole, last_batch_at)
    return noticed


def random_damages(whole: bytes, count: int) -> Iterator[bytes]:
    """Pieces overwritten with noise, zeros or other pieces of the same record, cut out or doubled."""
    chance, made = random.Random(8), 0
    while made < count:
        at, size = chance.randrange(len(whole)), chance.randrange(1, LONGEST)
        other = chance.randrange(len(whole))
        piece = chance.choice(
            (chance.randbytes(size), bytes(size), whole[other : other + size], b"", whole[at : at + size] * 2)
        )
        changed = whole[:at] + piece + whole[at + size :]
        if changed != whole:
            made += 1
            yield changed


@sizes
def test_a_record_torn_at_any_byte_opens_with_what_is_whole_and_keeps_the_rest(
    batches: Batches, figure: Figure
) -> None:
    unreadable = reported = 0
    with memory_folder() as root:
        whole = record_in(root, batches)
        ends, path = ends_of(whole, batches), visit_file(root, "v-1")
        for cut in range(1, len(whole)):
            for file in path.parent.iterdir():
                file.unlink()
            path.write_bytes(whole[:cut])
            saved = max(place for place, end in enumerate(ends) if end <= cut)
            records = own(root)
            try:
                log = records.open(VISIT, "v-1")
            except UnreadableRecordError:
                unreadable += 1
                continue
            finally:
                records.close()
            assert texts(log.recorded()) == [said(number) for batch in batches[:saved] for number in batch], cut
            torn, kept = whole[ends[saved] : cut], log.tail_kept_aside
            assert (kept is not None) == bool(torn), cut
            if kept is not None:
                assert (path.parent / kept.file_name).read_bytes() == torn
                reported += 1

    cuts, between = len(whole) - 1, len(batches) - 1
    figure(f"T-07  {cuts:,} cuts, {unreadable} unreadable, {reported:,} reported, {between} exactly between batches")
    assert unreadable == 0
    assert reported == cuts - between


@sizes
def test_every_flipped_bit_is_noticed_and_shortens_nothing_in_silence(
    tmp_path: Path, batches: Batches, figure: Figure
) -> None:
    found = flip_every_bit(tmp_path, batches)

    figure(
        f"T-08  {found.damages:,} bits flipped, {found.unnoticed} unnoticed, {found.shortened} shortened in silence, "
        f"{found.tails} (the last newline’s) reported as a tail"
    )
    assert (found.violations, found.tails) == (0, 8)


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.sweep)])
def test_random_damage_is_noticed_and_shortens_nothing_in_silence(tmp_path: Path, count: int, figure: Figure) -> None:
    whole, found = record_in(tmp_path, BATCHES), Noticed()
    last_batch_at = ends_of(whole, BATCHES)[-2]
    for changed in random_damages(whole, count):
        if whole.startswith(changed):
            # Nothing but the end is missing, as after a write cut short: every byte of the rest is accounted for.
            left = scan(changed, STREAM)
            found.damages += 1
            found.unnoticed += left.damage is not None or left.size + len(left.tail) != len(changed)
            continue
        first_bad = next((at for at, byte in enumerate(whole) if changed[at : at + 1] != bytes([byte])), len(whole))
        found.look(changed, first_bad, whole, last_batch_at)

    figure(
        f"T-08  {found.damages:,} random damages, {found.unnoticed} unnoticed, {found.shortened} shortened in silence"
    )
    assert found.damages == count
    assert found.violations == 0


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_what_is_damaged_is_left_as_it_is_and_named_by_verify(tmp_path: Path, place: str) -> None:
    whole = record_in(tmp_path, BATCHES)
    at = {"first": 20, "middle": len(whole) // 2, "last": len(whole) - 20}[place]
    damaged = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    path = visit_file(tmp_path, "v-1")
    path.write_bytes(damaged)

    records = own(tmp_path)
    with pytest.raises(UnreadableRecordError, match="damaged at entry"):
        records.open(VISIT, "v-1")
    shown = records.read_sound_prefix(VISIT, "v-1")
    records.close()

    assert texts(shown) == [said(number) for number in range(1, 9)][: whole[:at].count(b"\n")]
    folder = Folder(system_disk(), tmp_path, tools(system_disk()).codecs)
    (report,) = verify_records(folder, Evidence(None, None), progress=lambda _done, _all: None).streams
    assert report.soundness is Soundness.DAMAGED
    assert report.first_bad_entry == len(shown) + 1
    assert [file.read_bytes() for file in path.parent.iterdir()] == [damaged]
    with pytest.raises(UnreadableRecordError):
        look_at_records(tmp_path, tools(system_disk())).open(VISIT, "v-1")
