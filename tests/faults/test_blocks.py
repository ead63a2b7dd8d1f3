"""T-09: every block that reaches the disk is logged; power cuts are played between any two of them.

After a cut everything up to the last flush is on the disk, and of the blocks written since then some or none. Needs a
FUSE file that logs (block_log.c), with ext4 on a loop device over it.
"""

import random
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic

import pytest

from tests.faults.machine import WITHIN_S, memory_folder, mounted, needs, run
from tests.faults.work import Judgement, work
from tests.figures import Figure
from tests.store.kit import system_disk

SIZE = 24 << 20
SOURCE = Path(__file__).with_name("block_log.c")
sweep = pytest.mark.sweep


@dataclass(frozen=True, slots=True)
class Block:
    """A piece that was written at a byte of the disk; None as content is a flush. ``end`` is its end in the log."""

    end: int
    at: int = 0
    content: bytes | None = None


def read_log(log: Path) -> list[Block]:
    blocks: list[Block] = []
    with log.open("rb") as file:
        while kind := file.read(1):
            if kind == b"F":
                blocks.append(Block(file.tell()))
                continue
            at, length = struct.unpack("=QQ", file.read(16))
            content = file.read(length)
            blocks.append(Block(file.tell(), at, content))
    return blocks


@contextmanager
def logged_disk(folder: Path) -> Iterator[tuple[Path, Path]]:
    """A file that logs what is written to it, and its log."""
    program, place, log = folder / "block_log", folder / "fuse", folder / "log"
    flags = run("pkg-config", "--cflags", "--libs", "fuse3").split()
    run("gcc", "-o", program, SOURCE, *flags)
    place.mkdir()
    with subprocess.Popen([program, place, str(SIZE), log]) as served:
        try:
            end = monotonic() + WITHIN_S
            while not (place / "disk.img").exists():
                assert monotonic() < end, "the file that logs never came"
                Event().wait(0.01)
            yield place / "disk.img", log
        finally:
            run("fusermount3", "-u", place)
            served.wait(WITHIN_S)


def states_of(blocks: list[Block], points: list[int]) -> Iterator[tuple[Block, bytes]]:
    """The disk after a cut behind each of the points: all that was flushed, and a random part of the rest."""
    chance, durable, pending = random.Random(9), bytearray(SIZE), list[Block]()
    for place, block in enumerate(blocks):
        if block.content is None:
            for written in pending:
                durable[written.at : written.at + len(written.content or b"")] = written.content or b""
            pending.clear()
        else:
            pending.append(block)
        if place in points:
            state = bytearray(durable)
            kept = [written for written in pending if chance.random() < 0.5]
            chance.shuffle(kept)
            for written in kept:
                state[written.at : written.at + len(written.content or b"")] = written.content or b""
            yield block, bytes(state)


@needs("gcc", "fusermount3", "mkfs.ext4", "losetup", mounts=True, device="/dev/fuse", headers="fuse3")
@pytest.mark.parametrize(
    ("options", "states"),
    [
        pytest.param((), 5, id="some"),
        pytest.param((), 300, id="ext4", marks=sweep),
        pytest.param(("data=writeback",), 300, id="ext4 data=writeback", marks=sweep),
    ],
)
def test_no_block_left_out_loses_what_was_acknowledged(options: tuple[str, ...], states: int, figure: Figure) -> None:
    chance, judgement, unmountable = random.Random(3), Judgement(), 0
    with memory_folder() as shared, TemporaryDirectory() as places:
        place = Path(places)
        marks: list[tuple[int, str]] = []
        with logged_disk(shared) as (image, log):
            run("mkfs.ext4", "-q", "-F", image)
            with mounted(image, place / "worked", "loop", *options) as mount:
                (mount / "lives").mkdir()
                run("sync")
                began = log.stat().st_size
                lives = 0
                # As many lives of the same work as it takes to have enough blocks.
                while lives == 0 or sum(block.end > began for block in read_log(log)) < 2 * states:
                    lives += 1
                    root = mount / "lives" / str(lives)

                    def acknowledge(line: str, life: int = lives) -> None:
                        marks.append((log.stat().st_size, f"{life} {line}"))

                    work(root, system_disk(), acknowledge)
                ended = log.stat().st_size
        blocks = read_log(log)
        within = [number for number, block in enumerate(blocks) if began < block.end <= ended]
        for block, state in states_of(blocks, sorted(chance.sample(within, states))):
            cut = shared / "cut"
            cut.write_bytes(state)
            try:
                with mounted(cut, place / "after", "loop") as mount:
                    for life in range(1, lives + 1):
                        saved = [line for at, line in marks if at <= block.end]
                        mine = [line.partition(" ")[2] for line in saved if line.startswith(f"{life} ")]
                        if mine or (mount / "lives" / str(life)).exists():
                            judgement.judge(mount / "lives" / str(life), system_disk(), mine)
            except subprocess.CalledProcessError:
                unmountable += 1

    how = " ".join(("ext4", *options))
    figure(
        f"T-09  {states} block states of {how}, {judgement.points} data folders in them, {judgement.lost} lost, "
        f"{judgement.violations + unmountable} bad"
    )
    assert judgement.points >= states // 2
    assert (judgement.violations, unmountable) == (0, 0), judgement.reasons[:5]
