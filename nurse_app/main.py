"""The composition root of the commands; the window program is put together in window.py when it is wanted."""

import platform
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from nurse_app.cli import arguments as a
from nurse_app.cli.assess import run_assess
from nurse_app.cli.labs import run_labs
from nurse_app.cli.outcome import guarded
from nurse_app.cli.records import Workplace
from nurse_app.cli.replay import run_replay
from nurse_app.cli.report import run_report
from nurse_app.cli.streams import Streams, system_streams
from nurse_app.cli.verify import run_verify
from nurse_app.cli.version import run_version
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.interchange.record_document import RecordDocument
from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.protocol_files.digest import digest
from nurse_app.system.clock import machine_clock
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.paths import data_folder, resources_folder, surroundings

LANGUAGE = "en"
DRUG = "natalizumab"


class Windows(Protocol):
    """What window.py offers; it is loaded only when it is needed, because it brings Qt."""

    def open_window(self, arguments: a.WindowArguments, streams: Streams, resources: Path) -> int: ...

    def rehearse(self, arguments: a.RehearseArguments, streams: Streams, resources: Path) -> int: ...

    def draw_pdf(self, document: RecordDocument, resources: Path) -> bytes: ...


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; the exit code."""
    streams = system_streams()
    return guarded(streams, lambda: _run(list(sys.argv[1:] if words is None else words), streams))


def _run(words: list[str], streams: Streams) -> int:
    arguments = a.parse_arguments(words)
    resources = resources_folder(surroundings())
    catalog = ProtocolCatalog(resources / "protocols", LANGUAGE)
    match arguments:
        case a.VersionArguments():
            return run_version(streams, build_identity(resources))
        case a.AssessArguments():
            return run_assess(arguments, streams, catalog)
        case a.ReplayArguments():
            return run_replay(arguments, streams, catalog, RandomIdentifiers())
        case a.WindowArguments():
            return windows().open_window(arguments, streams, resources)
        case a.RehearseArguments():
            return windows().rehearse(arguments, streams, resources)
        case a.VerifyArguments():
            return run_verify(arguments, streams, _root(arguments.data_dir))
        case a.ReportArguments():
            workplace = _workplace(arguments.data_dir, catalog)
            return run_report(arguments, streams, workplace, lambda page: windows().draw_pdf(page, resources))
        case a.LabsArguments():
            return run_labs(arguments, streams, _workplace(arguments.data_dir, catalog))


def windows() -> Windows:
    """The window program, with Qt; loaded now."""
    return cast("Windows", import_module("nurse_app.window"))


def _root(given: Path | None) -> Path:
    return data_folder(surroundings(), given, training=False)


def _workplace(given: Path | None, catalog: ProtocolCatalog) -> Workplace:
    identifiers, protocol = RandomIdentifiers(), catalog.load(DRUG)
    pinned = PinnedProtocol(protocol, digest(protocol))
    return Workplace(_root(given), pinned, machine_clock(identifiers), identifiers)


def build_identity(resources: Path) -> str:
    """What this copy was built from, written by the build; a checkout says so."""
    stamp = resources / "build.txt"
    built = stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else "checkout"
    return f"{built}, Python {platform.python_version()}"
