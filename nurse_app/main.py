"""The way in: what the command line asks for, and the part of the program that does it, loaded when it is wanted."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from nurse_app.cli import arguments as a
from nurse_app.cli.outcome import guarded
from nurse_app.cli.streams import Streams, system_streams
from nurse_app.cli.version import run_version
from nurse_app.system.build_identity import build_identity
from nurse_app.system.paths import resources_folder, surroundings


class Window(Protocol):
    """What window.py offers."""

    def open_window(self, arguments: a.WindowArguments, streams: Streams, resources: Path) -> int: ...


class Offscreen(Protocol):
    """What offscreen.py offers."""

    def rehearse(self, arguments: a.RehearseArguments, streams: Streams, resources: Path) -> int: ...

    def draw_pdf(self, document: object, resources: Path) -> bytes: ...


class Terminal(Protocol):
    """What terminal.py offers."""

    def run_command(
        self,
        arguments: a.TerminalArguments,
        streams: Streams,
        resources: Path,
        draw_pdf: Callable[[object, Path], bytes],
    ) -> int: ...


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; the exit code."""
    if getattr(sys, "frozen", False):
        # A packaged executable is also what its own helper processes are started from.
        import_module("multiprocessing").freeze_support()
    streams = system_streams()
    return guarded(streams, lambda: _run(list(sys.argv[1:] if words is None else words), streams))


def _run(words: list[str], streams: Streams) -> int:
    arguments = a.parse_arguments(words)
    resources = resources_folder(surroundings())
    match arguments:
        case a.VersionArguments():
            return run_version(streams, build_identity(resources))
        case a.WindowArguments():
            return cast("Window", _part("window")).open_window(arguments, streams, resources)
        case a.RehearseArguments():
            return cast("Offscreen", _part("offscreen")).rehearse(arguments, streams, resources)
        case _:
            return cast("Terminal", _part("terminal")).run_command(arguments, streams, resources, _draw_pdf)


def _draw_pdf(document: object, resources: Path) -> bytes:
    return cast("Offscreen", _part("offscreen")).draw_pdf(document, resources)


def _part(name: str) -> ModuleType:
    """A part of the program: each waits long for libraries that the others do without."""
    return import_module(f"nurse_app.{name}")
