"""nurse-app self-test: the installed program looks at itself and at the machine, and leaves everything as it was."""

import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nurse_app import __version__
from nurse_app.cli.arguments import SelfTestArguments
from nurse_app.cli.outcome import NOT_SO, OK, CommandError, guarded
from nurse_app.cli.output_file import require_place, write_output
from nurse_app.cli.self_test_facts import (
    FONTS,
    PROTOCOLS,
    SOUNDS,
    Machine,
    clock_found,
    folder_trial,
    letters_of_protocols,
    protocols_found,
    sound_found,
    space_found,
)
from nurse_app.cli.streams import Streams
from nurse_app.interchange.self_test_limits import read_limits
from nurse_app.interchange.self_test_lines import program_line
from nurse_app.interchange.self_test_lines import result_line as json_result
from nurse_app.presentation.self_test import files_result, folder_result, protocol_result, space_result
from nurse_app.presentation.self_test_machine import clock_result, fonts_result, sound_result
from nurse_app.presentation.self_test_page import program_lines, report_text, result_line, verdict
from nurse_app.presentation.self_test_windows import pages_result, visit_result
from nurse_app.presentation.self_test_words import undone
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.system.file_list import compare_with_list
from nurse_app.visit.self_test import FontsFound, Look, LookResult, Outcome, ProgramFacts, Rehearsed

# What a broken installation or machine may raise in the middle of a look, files of another release included.
_NOT_POSSIBLE = (
    OSError, ValueError, LookupError, ImportError, RuntimeError, MemoryError, TypeError, AttributeError, ProtocolError,
)  # fmt: skip


class Windows(Protocol):
    """The part of the program that can paint; loading it may be what fails."""

    def qt_of_windows(self) -> str:
        """The version of Qt."""
        ...

    def fonts_of_windows(self, resources: Path, letters: Iterable[str]) -> FontsFound: ...

    def rehearse_in_scratch(self, resources: Path) -> Rehearsed:
        """A sample visit in a folder that is gone afterwards."""
        ...


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What the command works with, given once by the composition root. ``build``: what the program was made from.

    ``stand_back`` lets every other program go first.
    """

    machine: Machine
    windows: Callable[[], Windows]
    build: str
    stand_back: Callable[[], None]


def run_self_test(arguments: SelfTestArguments, streams: Streams, given: SelfTest) -> int:
    """0: all is well; 1: something was found; 2: the command line is wrong."""
    return guarded(streams, lambda: _run(arguments, streams, given))


def _run(arguments: SelfTestArguments, streams: Streams, given: SelfTest) -> int:
    place = None
    if arguments.output is not None:
        place = require_place(arguments.output, given.machine.root or Path())
    given.stand_back()
    results: list[LookResult] = []
    for result in _results(given):
        results.append(result)
        streams.say(json_result(result) if arguments.as_json else result_line(result))
    program = _program(given)
    if arguments.as_json:
        streams.say(program_line(program))
    else:
        for line in (*program_lines(program), verdict(tuple(results))):
            streams.say(line)
    if arguments.output is not None and place is not None:
        try:
            write_output(arguments.output, place, report_text(program, tuple(results)).encode())
        except CommandError as error:
            streams.tell(str(error))
            return NOT_SO
    return OK if all(result.outcome is Outcome.WELL for result in results) else NOT_SO


def _results(given: SelfTest) -> Iterator[LookResult]:
    """Every look in its order; one that is not possible is a finding, and the others are taken all the same."""
    machine = given.machine
    resources = machine.resources
    first = machine.clock.read()
    files = compare_with_list(resources)
    folders = (PROTOCOLS, FONTS, SOUNDS)
    looks: dict[Look, Callable[[], LookResult]] = {
        Look.FOLDER: lambda: folder_result(folder_trial(machine), read_limits(resources).disk),
        Look.SPACE: lambda: space_result(space_found(machine), read_limits(resources).space),
        Look.PROTOCOL: lambda: protocol_result(files.below(PROTOCOLS), protocols_found(machine)),
        Look.FILES: lambda: files_result(files.beside(*folders)),
        Look.FONTS: lambda: fonts_result(
            files.below(FONTS), given.windows().fonts_of_windows(resources, letters_of_protocols(machine))
        ),
        Look.SOUND: lambda: sound_result(files.below(SOUNDS), sound_found(machine, files)),
        Look.CLOCK: lambda: clock_result(clock_found(machine, first), read_limits(resources).clock),
    }
    for look, take in looks.items():
        yield _safely(look, take)
    rehearsed: Rehearsed | None = None

    def pages() -> LookResult:
        nonlocal rehearsed
        rehearsed = given.windows().rehearse_in_scratch(resources)
        return pages_result(rehearsed)

    yield _safely(Look.PAGES, pages)
    yield visit_result(rehearsed or Rehearsed(stopped=_NOT_PLAYED))


_NOT_PLAYED = "the screens could not be loaded"


def _safely(look: Look, take: Callable[[], LookResult]) -> LookResult:
    try:
        return take()
    except _NOT_POSSIBLE as error:
        return undone(look, type(error).__name__)


def _program(given: SelfTest) -> ProgramFacts:
    try:
        qt = given.windows().qt_of_windows()
    except _NOT_POSSIBLE as error:
        qt = type(error).__name__
    return ProgramFacts(
        version=__version__,
        build=given.build,
        platform=platform.platform(),
        qt=qt,
        list_digest=compare_with_list(given.machine.resources).list_digest,
        at=given.machine.clock.read().wall,
    )
