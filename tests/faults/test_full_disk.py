"""T-06: the disk fills up, at every size of disk; then there is room again and the record goes on."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nurse_app.cli.records import reserving_disk
from nurse_app.store.data_folder import DataFolderError
from nurse_app.visit.ports import EventLog, NotSavedError, StreamKind
from tests.faults.machine import mounted, needs, run
from tests.figures import Figure
from tests.store.kit import entry, own, texts

VISIT = StreamKind.VISIT
LEAST_KB, MOST_KB, PAGE_KB = 16, 256, 4


def fill(log: EventLog[object]) -> str:
    """Append until it is told that the disk is full; the sentence."""
    while True:
        count = len(log.recorded())
        try:
            log.append([entry(f"{count + 1}:" + "x" * (count * 37 % 900))], after=count)
        except NotSavedError as error:
            assert len(log.recorded()) == count
            return str(error)


@needs("mount", mounts=True)
def test_the_reserve_takes_the_last_entries_of_a_full_disk(figure: Figure) -> None:
    sizes = lost = resumed = taken = 0
    for size_kb in (1100, 1500):
        sizes += 1
        with (
            TemporaryDirectory() as base,
            mounted("none", Path(base) / "disk", f"size={size_kb}k", kind="tmpfs") as full,
        ):
            root = full / "records"
            disk = reserving_disk(root)
            records = own(root, disk)
            disk.keep_reserve()
            assert disk.has_reserve
            log = records.create(VISIT, "v-1")
            while disk.has_reserve:
                log.append([entry("x" * 500)], after=len(log.recorded()))
            before = len(log.recorded())
            assert fill(log).startswith("Not saved: the disk is full.")
            said = texts(log.recorded())
            taken += len(said) - before
            lost += len(set(said) - set(texts(records.open(VISIT, "v-1").recorded())))
            records.close()

            run("mount", "-o", f"remount,size={4 * size_kb}k", full)
            disk = reserving_disk(root)
            records = own(root, disk)
            disk.keep_reserve()
            records.open(VISIT, "v-1").append([entry("after")], after=len(said))
            records.close()
            records = own(root)
            resumed += texts(records.open(VISIT, "v-1").recorded()) == [*said, "after"] and disk.has_reserve
            records.close()

    figure(
        f"T-06  {sizes} full disks with a reserve, {taken:,} more entries saved on it, {lost} lost, "
        f"{resumed} went on and made it again when there was room"
    )
    assert lost == 0
    assert resumed == sizes
    assert taken > 500 * sizes


@needs("mount", mounts=True)
@pytest.mark.parametrize("step_kb", [40, pytest.param(PAGE_KB, marks=pytest.mark.sweep)], ids=["some", "all"])
def test_a_full_disk_of_any_size_loses_nothing_and_the_record_goes_on_after(step_kb: int, figure: Figure) -> None:
    sizes = lost = resumed = 0
    for size_kb in range(LEAST_KB, MOST_KB + 1, step_kb):
        sizes += 1
        with (
            TemporaryDirectory() as base,
            mounted("none", Path(base) / "disk", f"size={size_kb}k", kind="tmpfs") as disk,
        ):
            root = disk / "records"
            try:
                records = own(root)
            except DataFolderError as error:
                pytest.fail(f"{size_kb} kB: {error}")
            log = records.create(VISIT, "v-1")
            sentence = fill(log)
            assert sentence.startswith("Not saved: the disk is full.")
            said = texts(log.recorded())
            with pytest.raises(NotSavedError):
                log.append([entry("more")], after=len(said))
            again = records.open(VISIT, "v-1")
            lost += len(set(said) - set(texts(again.recorded())))
            with pytest.raises(NotSavedError):
                # Still full: asked again it says so again, and no half of it stays.
                again.append([entry("x" * 5000)], after=len(said))

            run("mount", "-o", f"remount,size={MOST_KB * 4}k", disk)
            log = records.open(VISIT, "v-1")
            log.append([entry("after")], after=len(said))
            records.close()

            records = own(root)
            resumed += texts(records.open(VISIT, "v-1").recorded()) == [*said, "after"]
            records.close()

    figure(f"T-06  {sizes} sizes of a full disk, {lost} lost, {resumed} went on when there was room")
    assert lost == 0
    assert resumed == sizes
