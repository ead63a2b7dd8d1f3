"""The player, where the commands do not reach it."""

from pathlib import Path
from typing import Any

import pytest

from nurse_app.cli.workstation import StoreWorkstation
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.interchange.replay import Player, Position, StepResult, clock_of
from nurse_app.interchange.visit_script import VisitScript, read_script
from tests.cli.kit import UniqueIdentifiers, changed, script_until, visit_script


def read(data: dict[str, Any], protocol: InfusionProtocol) -> VisitScript:
    return read_script(data, lambda _: PinnedProtocol(protocol, "digest"))


def play(data: dict[str, Any], protocol: InfusionProtocol, root: Path) -> list[StepResult]:
    script, results = read(data, protocol), list[StepResult]()
    program = StoreWorkstation(root, script.pinned, UniqueIdentifiers(), windows=False)
    Player(script, program, clock_of(script, "boot")).play(results.append)
    program.close()
    return results


def test_a_scan_is_played_as_the_step_reads_it(protocol: InfusionProtocol, tmp_path: Path) -> None:
    def scan(barcode: str, *, rejected: object = False) -> dict[str, Any]:
        return {"at": "00:10:00", "do": "scan", "barcode": barcode, "rejected": rejected}

    vial, illegible = scan("010036440600801617270831" + "10A12345"), scan("smudge", rejected="unreadable-barcode")
    seen = {"at": "00:10:00", "do": "expect", "state": {"decision": "proceed", "findings": []}}

    results = play(script_until("finish-prechecks", vial, illegible, seen), protocol, tmp_path / "records")

    assert all(result.is_as_expected for result in results)
    assert results[-2].entries == ()


def test_a_wristband_may_be_scanned(protocol: InfusionProtocol, tmp_path: Path) -> None:
    band = {"at": "00:01:00", "do": "scan", "barcode": "TRN000417"}
    here = {"at": "00:01:00", "do": "expect", "state": {"phase": "prechecks"}}

    results = play(script_until("start-visit", band, here), protocol, tmp_path / "records")

    assert all(result.is_as_expected for result in results)


def test_facts_without_a_now_keep_the_clocks_own_offset(protocol: InfusionProtocol) -> None:
    def change(data: dict[str, Any]) -> None:
        del data["facts"]["now"], data["facts"]["protocol"]
        data["clock"] = "2026-11-22T10:00:00+01:00"

    assert read(changed(visit_script(), change), protocol).clock.isoformat() == "2026-11-22T10:00:00+01:00"


def test_going_on_without_the_visit_is_a_slip_of_the_caller(protocol: InfusionProtocol, tmp_path: Path) -> None:
    script = read(visit_script(), protocol)
    program = StoreWorkstation(tmp_path / "records", script.pinned, UniqueIdentifiers(), windows=False)
    player = Player(script, program, clock_of(script, "boot"), Position(next_step=3))

    with pytest.raises(LookupError):
        player.play(list[StepResult]().append)
    program.close()


def test_a_dead_program_leaves_the_folder_free_and_writes_nothing(protocol: InfusionProtocol, tmp_path: Path) -> None:
    script = read(visit_script(), protocol)
    program = StoreWorkstation(tmp_path / "records", script.pinned, UniqueIdentifiers(), windows=False)
    program.start(clock_of(script, "boot"))
    program.die()
    program.close()

    other = StoreWorkstation(tmp_path / "records", script.pinned, UniqueIdentifiers(), windows=False)
    other.start(clock_of(script, "boot"))
    other.close()
    assert [path.name for path in (tmp_path / "records").iterdir()] == [".lock"]
