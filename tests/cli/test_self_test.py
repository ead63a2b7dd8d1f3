"""nurse-app self-test, with ports of the test: each thing that may be wrong is found, and nothing is changed."""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from errno import EIO, ENOSPC, EROFS
from pathlib import Path

import pytest

from nurse_app.cli.arguments import SelfTestArguments
from nurse_app.cli.self_test import SelfTest, run_self_test
from nurse_app.cli.self_test_facts import MADE, Machine, clock_found, protocols_found, space_found
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import Reading
from nurse_app.domain.record import Entry
from nurse_app.domain.station_events import ClockTrusted
from nurse_app.interchange.scripted_clock import ScriptedClock
from nurse_app.interchange.self_test_lines import read_line
from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.store.data_folder import lock_on_posix
from nurse_app.store.disk import FileState, SystemDisk
from nurse_app.store.kinds import event_codecs
from nurse_app.store.record_folder import StoreTools, own_records
from nurse_app.store.reserve import RESERVE_BYTES
from nurse_app.system.file_list import LIST_FILE, list_text
from nurse_app.system.sound import CommandPlayer
from nurse_app.system.sound_output import SoundPlaces
from nurse_app.visit.ports import StreamKind
from nurse_app.visit.self_test import FontsFound, Look, LookResult, Outcome, ProgramFacts, Rehearsed
from tests.cli.kit import Heard, files_in
from tests.store.kit import OWNER

RESOURCES = Path(__file__).parents[2] / "resources"
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
PROTOCOL = "protocols/natalizumab/1.0.0/protocol.toml"


class GoingClock(ScriptedClock):
    """Goes on by a second at each reading."""

    def read(self) -> Reading:
        self.advance(timedelta(seconds=1))
        return super().read()


class SoundWindows:
    """Windows that can paint everything."""

    def qt_of_windows(self) -> str:
        return "6.11.3"

    def fonts_of_windows(self, resources: Path, letters: Iterable[str]) -> FontsFound:
        files = tuple(sorted(file.name for file in (resources / "fonts").glob("*.ttf")))
        assert "m" in letters or not letters
        return FontsFound("DejaVu Sans", files)

    def rehearse_in_scratch(self, _resources: Path) -> Rehearsed:
        return Rehearsed(pages=60, paper=2, entries=400)


def plenty() -> SystemDisk:
    class Roomy(SystemDisk):
        def free_bytes(self, _path: Path) -> int:
            return 10**12

    return Roomy(windows=False, pause=lambda _: None)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    ticks = iter(range(0, 10**12, 10**6))
    (tmp_path / "records").mkdir()
    return Machine(
        root=tmp_path / "records",
        resources=RESOURCES,
        disk=plenty(),
        locking=lock_on_posix,
        clock=GoingClock(NOW, timedelta(hours=5)),
        identifiers=SequentialIdentifiers(),
        steady_ns=lambda: next(ticks),
        player=CommandPlayer(("paplay",)),
        sound=SoundPlaces(lambda _command: "1\tspeaker\tPipeWire\n", "linux"),
        has_zone=True,
    )


@pytest.fixture
def copied(machine: Machine, tmp_path: Path) -> Machine:
    """A machine whose program folder may be spoiled."""
    shutil.copytree(RESOURCES, tmp_path / "resources")
    return replace(machine, resources=tmp_path / "resources")


def self_test(machine: Machine, windows: SoundWindows | None = None) -> SelfTest:
    return SelfTest(machine, lambda: windows or SoundWindows(), "build 7", lambda: None)


def results_of(machine: Machine, windows: SoundWindows | None = None) -> dict[Look, LookResult]:
    heard = Heard()
    code = run_self_test(SelfTestArguments(None, as_json=True), heard.streams, self_test(machine, windows))
    said = [read_line(line) for line in heard.text.splitlines()]
    assert isinstance(said[-1], ProgramFacts)
    results = {result.look: result for result in said if isinstance(result, LookResult)}
    assert list(results) == list(Look)
    assert heard.err.getvalue() == ""
    assert code == int(any(result.outcome is not Outcome.WELL for result in results.values()))
    return results


def found(machine: Machine, windows: SoundWindows | None = None) -> dict[Look, LookResult]:
    """Only what is not well."""
    results = results_of(machine, windows)
    return {look: result for look, result in results.items() if result.outcome is not Outcome.WELL}


def test_a_sound_installation_is_well_and_stays_as_it_is(machine: Machine) -> None:
    assert machine.root is not None
    (machine.root / "kept").write_bytes(b"kept")

    assert found(machine) == {}

    assert files_in(machine.root) == {"kept": b"kept"}


def test_the_lines_are_for_people_and_the_report_is_a_file(machine: Machine, tmp_path: Path) -> None:
    heard, report = Heard(), tmp_path / "report.txt"

    code = run_self_test(SelfTestArguments(None, output=report), heard.streams, self_test(machine))

    lines = heard.text.splitlines()
    assert code == 0
    assert lines[0].startswith("Well: Folder of the records: ")
    assert lines[-1] == "All is well"
    text = report.read_text(encoding="utf-8")
    assert text.startswith("Self-test\nnurse-app 0.1.0 (build 7)\nQt 6.11.3 on ")
    assert text.count("\nWell ") == len(Look)


def test_neither_paths_nor_people_nor_the_computer_are_in_the_report(machine: Machine, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    spoiled = replace(machine, root=tmp_path / "anna-kowalska" / "records", has_zone=False)
    (tmp_path / "anna-kowalska").write_text("a file in the way", encoding="utf-8")

    assert run_self_test(SelfTestArguments(None, output=report), Heard().streams, self_test(spoiled)) == 1

    text = report.read_text(encoding="utf-8")
    for word in (str(tmp_path), "anna", os.uname().nodename, os.environ.get("HOME", "/home")):
        assert word not in text, word


def test_a_report_that_cannot_be_written_is_told_after_the_test(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert machine.root is not None
    heard = Heard()
    inside = SelfTestArguments(None, output=machine.root / "report.txt")
    assert run_self_test(inside, heard.streams, self_test(machine)) == 2
    assert "lies in the folder of the records" in heard.sentence

    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("nurse_app.cli.output_file.mkstemp", refuse)
    heard = Heard()
    outside = SelfTestArguments(None, output=tmp_path / "report.txt")
    assert run_self_test(outside, heard.streams, self_test(machine)) == 1
    assert "cannot be written" in heard.sentence


# --- the six that must be found ---


def test_a_full_disk_is_found(machine: Machine) -> None:
    class FullDisk(SystemDisk):
        def write(self, descriptor: int, content: bytes | memoryview) -> int:
            raise OSError(ENOSPC, "No space left on device")

        def free_bytes(self, _path: Path) -> int:
            return 4096

    results = found(replace(machine, disk=FullDisk(windows=False, pause=lambda _: None)))

    assert list(results) == [Look.FOLDER, Look.SPACE]
    assert "the disk that holds the records is full" in results[Look.FOLDER].sentence
    assert results[Look.SPACE].outcome is Outcome.FAILED


def test_a_read_only_folder_is_found(machine: Machine) -> None:
    class ReadOnlyDisk(SystemDisk):
        def make_folder(self, path: Path) -> bool:
            raise OSError(EROFS, "Read-only file system")

        def free_bytes(self, _path: Path) -> int:
            return 10**12

    results = found(replace(machine, disk=ReadOnlyDisk(windows=False, pause=lambda _: None)))

    assert list(results) == [Look.FOLDER]
    assert "cannot be written to" in results[Look.FOLDER].sentence


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="not on this machine: a user who can be refused")
def test_a_folder_that_this_user_may_not_write_is_found(machine: Machine) -> None:
    assert machine.root is not None
    machine.root.chmod(0o555)
    try:
        assert "may not write" in found(machine)[Look.FOLDER].sentence
    finally:
        machine.root.chmod(0o755)


def test_an_edited_protocol_file_is_found(copied: Machine) -> None:
    file = copied.resources / PROTOCOL
    file.write_text(file.read_text(encoding="utf-8").replace("= 60", "= 61", 1), encoding="utf-8")

    results = found(copied)

    assert list(results) == [Look.PROTOCOL]
    assert results[Look.PROTOCOL].sentence == f"{PROTOCOL} is not the one of this release."


def test_missing_sound_is_found(copied: Machine) -> None:
    silent = replace(copied, sound=SoundPlaces(lambda _command: "0\tauto_null\tx\n", "linux"))
    assert "There is no sound device" in found(silent)[Look.SOUND].sentence

    (copied.resources / "sounds" / "high.wav").unlink()
    results = found(copied)
    assert list(results) == [Look.SOUND]
    assert "sounds/high.wav is missing." in results[Look.SOUND].sentence


def test_a_missing_font_is_found_by_name(copied: Machine) -> None:
    (copied.resources / "fonts" / "DejaVuSans-Bold.ttf").unlink()

    results = found(copied)

    assert list(results) == [Look.FONTS]
    assert results[Look.FONTS].sentence == "fonts/DejaVuSans-Bold.ttf is missing."


@pytest.mark.parametrize("wall", [datetime(2000, 1, 1, tzinfo=UTC), datetime(2066, 1, 1, tzinfo=UTC)])
def test_a_wrong_clock_is_found(machine: Machine, wall: datetime) -> None:
    results = found(replace(machine, clock=GoingClock(wall, timedelta(hours=5))))

    assert list(results) == [Look.CLOCK]
    assert results[Look.CLOCK].sentence.startswith(f"The clock shows 01-Jan-{wall.year} 00:00 +00:00: ")


def with_station(machine: Machine, wall: datetime, *events: ClockTrusted) -> None:
    """A station record whose entries were made at that time."""
    assert machine.root is not None
    store = StoreTools(plenty(), event_codecs(), machine.identifiers)
    records = own_records(machine.root, store, OWNER, lock_on_posix)
    log = records.create(StreamKind.STATION, "station")
    for event in events:
        log.append([Entry(event, "nurse", Reading(wall, timedelta(hours=1), "boot"))], after=len(log.recorded()))
    records.close()


def test_a_clock_before_the_newest_entry_is_found_unless_a_nurse_has_settled_it(machine: Machine) -> None:
    later = NOW + timedelta(days=30)
    with_station(machine, later, ClockTrusted(later, later))
    assert "before the newest entry" in found(machine)[Look.CLOCK].sentence

    settled = replace(machine, root=machine.resources.parent / "nowhere")
    assert clock_found(settled, machine.clock.read()).settled is None
    first = machine.clock.read()
    assert clock_found(machine, first).settled == ClockDoubt(later, later)


# --- what else may be missing ---


def test_a_user_without_a_folder_is_told_so(machine: Machine) -> None:
    results = found(replace(machine, root=None))

    assert list(results) == [Look.FOLDER, Look.SPACE]
    assert "the folder of the records cannot be made" in results[Look.FOLDER].sentence


def test_a_disk_that_says_nothing_of_its_room_needs_a_look(machine: Machine) -> None:
    class Mute(SystemDisk):
        def free_bytes(self, _path: Path) -> int:
            raise OSError(EIO, "fault")

        def state(self, file: int | Path) -> FileState:
            if isinstance(file, Path) and file.suffix == ".backup":
                raise OSError(EIO, "fault")
            return super().state(file)

    mute = replace(machine, disk=Mute(windows=False, pause=lambda _: None))
    assert mute.root is not None
    (mute.root / "backups").mkdir()
    (mute.root / "backups" / "2026-11-30.backup").write_bytes(b"x" * 9)

    assert found(mute)[Look.SPACE].outcome is Outcome.ATTENTION
    assert space_found(mute).backup_bytes == 0
    assert space_found(machine).backup_bytes == 9


def test_a_reserve_that_is_there_already_is_not_wanted_twice(machine: Machine) -> None:
    assert machine.root is not None
    assert space_found(machine).reserve_bytes == RESERVE_BYTES
    (machine.root / "reserve").write_bytes(bytes(RESERVE_BYTES))
    assert space_found(machine).reserve_bytes == 0
    assert space_found(replace(machine, root=machine.root / "not" / "there")).free_bytes == 10**12


def test_windows_that_cannot_be_loaded_are_a_finding_and_the_rest_is_tested(machine: Machine) -> None:
    def fail() -> SoundWindows:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    heard = Heard()
    given = replace(self_test(machine), windows=fail)

    assert run_self_test(SelfTestArguments(None), heard.streams, given) == 1

    assert "Failed: Fonts: This could not be tested (ImportError)." in heard.text
    assert "Failed: Screens: This could not be tested (ImportError)." in heard.text
    assert "Failed: Sample visit: The sample visit stopped: the screens could not be loaded" in heard.text
    assert "Qt ImportError on " in heard.text


def test_protocols_that_are_missing_or_broken_are_told(copied: Machine) -> None:
    (copied.resources / PROTOCOL).write_text("id = 1\n", encoding="utf-8")
    broken = found(copied)
    assert Look.PROTOCOL in broken
    assert "A protocol cannot be used: natalizumab 1.0.0, protocol.toml" in broken[Look.PROTOCOL].sentence
    assert Look.FONTS not in broken

    shutil.rmtree(copied.resources / "protocols")
    assert protocols_found(copied).problem.startswith("protocols: cannot be read")
    assert "is missing." in found(copied)[Look.PROTOCOL].sentence


def test_limits_that_are_missing_are_a_finding(copied: Machine) -> None:
    (copied.resources / "self-test" / "limits.toml").unlink()

    results = found(copied)

    assert list(results) == [Look.FOLDER, Look.SPACE, Look.FILES, Look.CLOCK]
    assert "self-test/limits.toml is missing." in results[Look.FILES].sentence


def test_another_list_has_another_digest(copied: Machine) -> None:
    def digest_of() -> str:
        heard = Heard()
        run_self_test(SelfTestArguments(None, as_json=True), heard.streams, self_test(copied))
        return str(json.loads(heard.text.splitlines()[-1])["program"]["list_digest"])

    before = digest_of()
    (copied.resources / "more").write_text("more", encoding="utf-8")
    (copied.resources / LIST_FILE).write_text(list_text(copied.resources), encoding="utf-8")

    assert digest_of() != before


def test_the_day_of_the_program_is_one() -> None:
    assert MADE.tzinfo is UTC
