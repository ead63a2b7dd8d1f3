"""The commands that need no window, put together: assess, replay, report, verify, labs, backup and so on."""

from collections.abc import Callable
from pathlib import Path

from nurse_app.cli import arguments as a
from nurse_app.cli.assess import run_assess
from nurse_app.cli.backup import Backups, run_backup, run_restore
from nurse_app.cli.checkpoints import accept_older_copy, evidence_of, this_workstation
from nurse_app.cli.import_labs import ImportPlace, run_import
from nurse_app.cli.labs import run_labs
from nurse_app.cli.protocols import DRUG, LANGUAGE
from nurse_app.cli.records import Workplace, system_disk, system_locking
from nurse_app.cli.replay import run_replay
from nurse_app.cli.report import run_report
from nurse_app.cli.self_test import SelfTest, Windows, run_self_test
from nurse_app.cli.self_test_facts import Machine
from nurse_app.cli.streams import Streams
from nurse_app.cli.update import Updating, run_update
from nurse_app.cli.updates import own_workshop
from nurse_app.cli.verify import run_verify
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.protocol_files.digest import digest
from nurse_app.system.background import lower_priority
from nurse_app.system.clock import machine_clock, steady_clock
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.paths import NoFolderError, data_folder, surroundings
from nurse_app.system.sound import machine_player
from nurse_app.system.sound_output import SoundPlaces, ask_system
from nurse_app.system.time_zone import has_time_zone

Upkeep = a.BackupArguments | a.RestoreArguments | a.UpdateArguments


def run_command(
    arguments: a.TerminalArguments,
    streams: Streams,
    resources: Path,
    draw_pdf: Callable[[RecordDocument, Path], bytes],
) -> int:
    """Do one command; the exit code. ``draw_pdf`` makes the pages of a record."""
    catalog = ProtocolCatalog(resources / "protocols", LANGUAGE)
    match arguments:
        case a.AssessArguments():
            return run_assess(arguments, streams, catalog)
        case a.ReplayArguments():
            return run_replay(arguments, streams, catalog, RandomIdentifiers(), this_workstation())
        case a.VerifyArguments():
            return run_verify(arguments, streams, _root(arguments.data_dir), this_workstation())
        case a.ReportArguments():
            workplace = _workplace(arguments.data_dir, catalog)
            return run_report(arguments, streams, workplace, lambda page: draw_pdf(page, resources))
        case a.LabsArguments():
            return run_labs(arguments, streams, _workplace(arguments.data_dir, catalog))
        case a.ImportArguments():
            place = ImportPlace(_workplace(arguments.data_dir, catalog), this_workstation(), resources)
            return run_import(arguments, streams, place)
        case _:
            return _look_after(arguments, streams, resources, catalog)


def _look_after(arguments: Upkeep, streams: Streams, resources: Path, catalog: ProtocolCatalog) -> int:
    """The commands of whoever looks after the records and the program."""
    match arguments:
        case a.BackupArguments():
            return run_backup(arguments, streams, _backups(arguments.data_dir))
        case a.RestoreArguments():
            return run_restore(arguments, streams, _backups(arguments.data_dir))
        case a.UpdateArguments():
            updating = Updating(own_workshop(resources), _workplace(arguments.data_dir, catalog))
            return run_update(arguments, streams, updating)


def test_itself(
    arguments: a.SelfTestArguments,
    streams: Streams,
    resources: Path,
    windows: Callable[[], Windows],
    build: str,
) -> int:
    """The self-test; the exit code. ``windows`` loads what can paint."""
    identifiers = RandomIdentifiers()
    try:
        root: Path | None = _root(arguments.data_dir)
    except NoFolderError:
        root = None
    machine = Machine(
        root=root,
        resources=resources,
        disk=system_disk(),
        locking=system_locking(),
        clock=machine_clock(identifiers),
        identifiers=identifiers,
        steady_ns=steady_clock(),
        player=machine_player(),
        sound=SoundPlaces(ask_system),
        has_zone=has_time_zone(surroundings().environment),
    )
    return run_self_test(arguments, streams, SelfTest(machine, windows, build, lower_priority))


def _root(given: Path | None) -> Path:
    return data_folder(surroundings(), given, training=False)


def _backups(given: Path | None) -> Backups:
    root, identifiers = _root(given), RandomIdentifiers()
    clock = machine_clock(identifiers)
    return Backups(root, clock, identifiers, lower_priority, lambda: accept_older_copy(root, this_workstation(), clock))


def _workplace(given: Path | None, catalog: ProtocolCatalog) -> Workplace:
    identifiers, protocol = RandomIdentifiers(), catalog.load(DRUG)
    pinned = PinnedProtocol(protocol, digest(protocol))
    root = _root(given)
    key = evidence_of(root, this_workstation()).key
    return Workplace(root, pinned, machine_clock(identifiers), identifiers, key=key)
