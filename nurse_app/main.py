"""The way in: what the command line asks for, and the part of the program that does it, loaded when it is wanted."""

import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, cast

from nurse_app.cli import arguments as a
from nurse_app.cli.outcome import NOT_SO, guarded
from nurse_app.cli.streams import Streams, system_streams
from nurse_app.cli.version import run_version
from nurse_app.system.build_identity import build_identity
from nurse_app.system.paths import NoFolderError, resources_folder, surroundings

if TYPE_CHECKING:
    from nurse_app.visit.self_test import FontsFound, Rehearsed


class Window(Protocol):
    """What window.py offers."""

    def open_window(self, arguments: a.WindowArguments, streams: Streams, resources: Path) -> int: ...


class Offscreen(Protocol):
    """What offscreen.py offers."""

    def rehearse(self, arguments: a.RehearseArguments, streams: Streams, resources: Path) -> int: ...

    def draw_pdf(self, document: object, resources: Path) -> bytes: ...

    def qt_of_windows(self) -> str: ...

    def fonts_of_windows(self, resources: Path, letters: Iterable[str]) -> "FontsFound": ...

    def rehearse_in_scratch(self, resources: Path) -> "Rehearsed": ...


class Terminal(Protocol):
    """What terminal.py offers."""

    def run_command(
        self,
        arguments: a.TerminalArguments,
        streams: Streams,
        resources: Path,
        draw_pdf: Callable[[object, Path], bytes],
    ) -> int: ...

    def test_itself(
        self,
        arguments: a.SelfTestArguments,
        streams: Streams,
        resources: Path,
        windows: Callable[[], Offscreen],
        build: str,
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
    try:
        resources = resources_folder(surroundings())
    except NoFolderError as error:
        if not isinstance(arguments, a.SelfTestArguments):
            raise
        # To find this is what it is for: not an error of the command line.
        streams.tell(str(error))
        return NOT_SO
    match arguments:
        case a.VersionArguments():
            return run_version(streams, build_identity(resources))
        case a.WindowArguments():
            return cast("Window", _part("window")).open_window(arguments, streams, resources)
        case a.RehearseArguments():
            return _offscreen().rehearse(arguments, streams, resources)
        case a.SelfTestArguments():
            build = build_identity(resources)
            return cast("Terminal", _part("terminal")).test_itself(arguments, streams, resources, _offscreen, build)
        case _:
            return cast("Terminal", _part("terminal")).run_command(arguments, streams, resources, _draw_pdf)


def _draw_pdf(document: object, resources: Path) -> bytes:
    return _offscreen().draw_pdf(document, resources)


def _offscreen() -> Offscreen:
    return cast("Offscreen", _part("offscreen"))


def _part(name: str) -> ModuleType:
    """A part of the program: each waits long for libraries that the others do without."""
    return import_module(f"nurse_app.{name}")
