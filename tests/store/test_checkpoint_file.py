"""The file of checkpoints is only ever added to, and the workstation remembers how far it came."""

from contextlib import suppress
from dataclasses import replace
from errno import EIO
from pathlib import Path

import pytest

from nurse_app.store.checkpoint_file import CheckpointError, CheckpointFile, MemoryFile, checkpoint_in
from nurse_app.store.checkpoints import BEGUN, CHECKPOINTS, RESTORED, Reached
from nurse_app.store.disk import Disk
from nurse_app.store.journal_lines import scan
from nurse_app.visit.record_check import Gravity
from tests.store.disks import FaultyDisk
from tests.store.kit import START, system_disk
from tests.store.vouching import KEY, VISIT, Vouched, add, bodies_of, chained_again, lines_of


def fact(entries: int, name: str = "v-1") -> Reached:
    return Reached(f"visit {name}", entries, "ab" * 32, START)


@pytest.fixture
def ward(tmp_path: Path) -> Vouched:
    made = Vouched(tmp_path)
    made.root.mkdir()
    return made


def streams_in(ward: Vouched) -> list[str]:
    found = [checkpoint_in(body) for body in bodies_of(ward.file)]
    return [each.stream for each in found if each is not None]


def test_each_checkpoint_follows_the_one_before(ward: Vouched) -> None:
    file = ward.checkpoint_file()

    file.add((fact(1), fact(2)), KEY, START)
    file.add((fact(3),), KEY, START)

    found = [checkpoint_in(body) for body in bodies_of(ward.file)]
    made = [each for each in found if each is not None]
    assert [each.number for each in made] == [1, 2, 3]
    assert [each.before for each in made] == ["", made[0].mac, made[1].mac]
    assert all(each.is_made_with(KEY) for each in made)
    assert scan(ward.file.read_bytes(), CHECKPOINTS).damage is None


def test_the_workstation_remembers_the_last_one_outside_the_data_folder(ward: Vouched) -> None:
    ward.checkpoint_file().add((fact(1), fact(2)), KEY, START)

    memory = ward.memory().load()
    last = checkpoint_in(bodies_of(ward.file)[-1])

    assert memory is not None
    assert last is not None
    assert (memory.number, memory.mac, memory.size) == (2, last.mac, ward.file.stat().st_size)
    (kept,) = ward.workstation.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not kept.is_relative_to(ward.root)


def test_each_data_folder_is_remembered_by_itself(ward: Vouched) -> None:
    ward.checkpoint_file().add((fact(1),), KEY, START)

    assert MemoryFile(ward.workstation, ward.base / "other", system_disk()).load() is None


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b"[1]", b'{"number":1'])
def test_a_memory_that_cannot_be_used_is_none(ward: Vouched, content: bytes) -> None:
    ward.checkpoint_file().add((fact(1),), KEY, START)
    (kept,) = ward.workstation.iterdir()
    kept.write_bytes(content)

    assert ward.memory().load() is None


class CountingDisk(FaultyDisk):
    def __init__(self) -> None:
        super().__init__(at=10**9, error=OSError())


def test_a_file_as_it_was_left_is_not_read_again_however_long_it_is(ward: Vouched) -> None:
    ward.checkpoint_file().add((fact(1),), KEY, START)
    disk = CountingDisk()
    file = CheckpointFile(ward.root, disk, MemoryFile(ward.workstation, ward.root, disk))

    file.add((fact(2),), KEY, START)
    file.add((fact(3),), KEY, START)

    assert disk.calls.count("read") == 1, "the memory, and nothing else"
    assert [each.stream for each in map(checkpoint_in, bodies_of(ward.file)) if each] == ["visit v-1"] * 3


def test_a_torn_end_never_was_a_checkpoint_and_makes_way(ward: Vouched) -> None:
    ward.checkpoint_file().add((fact(1),), KEY, START)
    with ward.file.open("ab") as file:
        file.write(b"torn")

    ward.checkpoint_file().add((fact(2),), KEY, START)

    assert scan(ward.file.read_bytes(), CHECKPOINTS).damage is None
    assert len(bodies_of(ward.file)) == 2


@pytest.mark.parametrize("spoiled", [b'"entries":1', b"visit v-1"])
def test_to_a_damaged_file_nothing_is_added_and_nothing_is_lost(ward: Vouched, spoiled: bytes) -> None:
    ward.checkpoint_file().add((fact(1), fact(2)), KEY, START)
    ward.file.write_bytes(ward.file.read_bytes().replace(spoiled, b"?") + b"x")
    before = ward.file.read_bytes()

    with pytest.raises(CheckpointError, match=r"checkpoints\.jsonl is damaged"):
        ward.checkpoint_file().add((fact(3),), KEY, START)

    assert ward.file.read_bytes() == before


def test_a_line_that_is_no_checkpoint_is_damage(ward: Vouched) -> None:
    ward.file.write_bytes(chained_again(CHECKPOINTS, ['{"number":1}'], lambda _place, _document: None))

    with pytest.raises(CheckpointError):
        ward.checkpoint_file().add((fact(1),), KEY, START)


# --- beginning, going on with less, bringing back ---


def test_an_empty_folder_begins_with_a_checkpoint(ward: Vouched) -> None:
    ward.checkpoint_file().begin(KEY, START)
    ward.checkpoint_file().begin(KEY, START)

    assert streams_in(ward) == [BEGUN]
    assert ward.verify().is_sound
    assert ward.verify().summary.findings == ()


def test_a_folder_with_records_from_before_there_were_checkpoints_does_not(ward: Vouched) -> None:
    (ward.root / "visits").mkdir()

    ward.checkpoint_file().begin(KEY, START)

    assert not ward.file.exists()


def test_a_folder_emptied_and_begun_anew_is_told_and_is_no_damage(tmp_path: Path) -> None:
    ward = Vouched(tmp_path)
    ward.run(v_1=("a",))
    (ward.root / "visits" / "-1" / "v-1.jsonl").unlink()
    for folder in (ward.root / "visits" / "-1", ward.root / "visits"):
        folder.rmdir()
    ward.file.unlink()

    ward.run(v_2=("b",))

    summary = ward.verify().summary
    assert summary.is_sound
    assert [finding.gravity for finding in summary.findings] == [Gravity.NOTE]
    assert "begun in an empty folder" in summary.findings[0].what


def test_when_the_file_is_short_of_what_is_remembered_that_is_vouched_for_first(ward: Vouched) -> None:
    ward.checkpoint_file().add((fact(1), fact(2)), KEY, START)
    known = ward.memory().load()
    first = lines_of(ward.file)[0]
    ward.file.unlink()

    ward.checkpoint_file().add((fact(3),), KEY, START)

    found = [checkpoint_in(body) for body in bodies_of(ward.file)]
    assert first not in ward.file.read_bytes()
    assert known is not None
    assert [(each.stream, each.entries, each.head) for each in found if each is not None] == [
        (CHECKPOINTS, known.number, known.mac),
        ("visit v-1", 3, "ab" * 32),
    ]


def test_a_file_that_grew_elsewhere_holds_what_is_remembered(ward: Vouched) -> None:
    ward.checkpoint_file().add((fact(1),), KEY, START)
    elsewhere = MemoryFile(ward.base, ward.root, system_disk())
    CheckpointFile(ward.root, system_disk(), elsewhere).add((fact(2),), KEY, START)

    ward.checkpoint_file().add((fact(3),), KEY, START)

    assert streams_in(ward) == ["visit v-1"] * 3


def test_records_brought_back_on_purpose_are_a_note_from_then_on(tmp_path: Path) -> None:
    ward = Vouched(tmp_path)
    ward.run(v_1=("a",))
    backup = {path: path.read_bytes() for path in ward.root.rglob("*.jsonl")}
    ward.run(v_1=("b",))
    for path, content in backup.items():
        path.write_bytes(content)
    assert not ward.verify().is_sound

    ward.checkpoint_file().accept_older_copy(KEY, START)
    ward.checkpoint_file().accept_older_copy(KEY, START)

    summary = ward.verify().summary
    assert streams_in(ward).count(RESTORED) == 1
    assert summary.is_sound
    assert [finding.what for finding in summary.findings] == ["These records were brought back from a backup."]


# --- faults ---


def test_whatever_call_fails_the_checkpoints_before_stay_good_and_the_next_try_succeeds(tmp_path: Path) -> None:
    trial = tmp_path / "trial"
    calls = tried(trial, 10**9)
    failures = 0
    for at in range(1, calls + 1):
        for error in (OSError(EIO, "fault"), MemoryError()):
            base = tmp_path / f"{at}-{type(error).__name__}"
            tried(base, at, error)
            ward = Vouched(base)
            ward.checkpoint_file().add((fact(9),), KEY, START)
            report = ward.verify()
            assert report.about_checkpoints == (), (at, error)
            assert streams_in(ward)[-1] == "visit v-1"
            failures += 1
    assert failures > 20


def tried(base: Path, at: int, error: BaseException | None = None) -> int:
    """Two checkpoints with a record that reaches as far, the second of which meets a fault; how many calls it took."""
    ward = Vouched(base)
    records, keeper = ward.start()
    add(records.create(VISIT, "v-1"), [str(number) for number in range(9)])
    keeper.make_all()
    records.close()
    disk = FaultyDisk(at=at, error=error or OSError(EIO, "fault"))
    file = CheckpointFile(ward.root, disk, MemoryFile(ward.workstation, ward.root, disk))
    with suppress(OSError, MemoryError):
        file.add((fact(9),), KEY, START)
    disk.die()
    return len(disk.calls)


def test_a_first_checkpoint_whose_file_cannot_be_made_leaves_nothing_that_counts(ward: Vouched) -> None:
    disk: Disk = FaultyDisk(at=3, error=OSError(EIO, "fault"), for_good=True)
    file = CheckpointFile(ward.root, disk, MemoryFile(ward.workstation, ward.root, disk))

    with pytest.raises(OSError, match="fault"):
        file.add((fact(1),), KEY, START)
    ward.checkpoint_file().add((fact(2),), KEY, START)

    assert streams_in(ward) == ["visit v-1"]


def test_a_memory_is_kept_whole(ward: Vouched) -> None:
    ward.checkpoint_file().add((fact(1),), KEY, START)
    memory = ward.memory().load()
    assert memory is not None

    ward.memory().save(replace(memory, number=7))

    assert ward.memory().load() == replace(memory, number=7)
