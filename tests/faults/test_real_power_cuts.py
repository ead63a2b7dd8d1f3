"""T-04: the power fails under real file systems: page cache and journal buffer are thrown away, then it is mounted."""

import os
import random
import struct
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

import pytest

from nurse_app.visit.ports import StreamKind
from tests.faults.machine import memory_folder, mounted, needs, python, run, start, whole_lines
from tests.figures import Figure
from tests.store import child_appends
from tests.store.kit import own, texts

APPENDS = Path(child_appends.__file__)
# FS_IOC_SHUTDOWN of linux/fs.h; 2 is “without writing the log”.
SHUTDOWN, NO_LOG_FLUSH = 0x8004587D, 2
LIFE_S = 0.08


@dataclass(frozen=True, slots=True)
class FileSystem:
    """One kind of file system: how it is made and mounted."""

    kind: str
    size: str
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.kind, *self.options))


EXT4, WRITEBACK = FileSystem("ext4", "64M"), FileSystem("ext4", "64M", ("data=writeback",))
XFS = FileSystem("xfs", "320M")
sweep = pytest.mark.sweep


def cut_power(folder: Path) -> None:
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
    finally:
        os.close(descriptor)


def work_until_the_cut(mount: Path, root: Path, life_s: float) -> list[str]:
    """What was acknowledged before the power failed."""
    with start(python(APPENDS, root)) as child:
        assert child.stdout is not None
        heard = child.stdout.readline()
        os.set_blocking(child.stdout.fileno(), False)
        Event().wait(life_s)
        # Heard first, cut then: what arrives after the cut was never acknowledged.
        heard += child.stdout.read() or b""
        cut_power(mount)
        child.kill()
    return whole_lines(heard)


def present_in(root: Path) -> list[str]:
    records = own(root)
    try:
        return texts(records.open(StreamKind.VISIT, "v-1").recorded())
    finally:
        records.close()


@needs("mkfs.ext4", "losetup", mounts=True, device="/dev/loop-control")
@pytest.mark.parametrize(
    ("system", "cuts"),
    [
        (EXT4, 3),
        pytest.param(EXT4, 100, marks=sweep),
        pytest.param(WRITEBACK, 100, marks=sweep),
        pytest.param(XFS, 100, marks=[sweep, needs("mkfs.xfs")]),
    ],
    ids=str,
)
def test_a_power_cut_on_a_real_file_system_loses_nothing(system: FileSystem, cuts: int, figure: Figure) -> None:
    chance, acknowledged, lost, wrong = random.Random(5), 0, 0, 0
    with memory_folder() as shared, TemporaryDirectory() as places:
        image, place = shared / "disk", Path(places) / "mounted"
        run("truncate", "-s", system.size, image)
        run(f"mkfs.{system.kind}", "-q", image)
        for cut in range(cuts):
            with mounted(image, place, "loop", *system.options) as mount:
                (mount / str(cut)).mkdir()
                os.sync()
                said = work_until_the_cut(mount, mount / str(cut) / "records", chance.uniform(0, LIFE_S))
            with mounted(image, place, "loop", *system.options) as mount:
                present = present_in(mount / str(cut) / "records")
                run("rm", "-r", mount / str(cut))
            acknowledged += len(said)
            lost += len(set(said) - set(present))
            wrong += present != [str(number) for number in range(1, len(present) + 1)]

    figure(f"T-04  {cuts} cuts on {system}, {lost} of {acknowledged:,} acknowledged entries lost, {wrong} with a hole")
    assert acknowledged > cuts
    assert (lost, wrong) == (0, 0)
