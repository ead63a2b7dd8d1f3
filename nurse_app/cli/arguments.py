"""The command line: which command, with what; a wrong one gets a sentence and exit code 2."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from nurse_app.cli.outcome import CommandError

RecordFormat = Literal["pdf", "json", "csv"]


@dataclass(frozen=True, slots=True)
class WindowArguments:
    """Open the window."""

    data_dir: Path | None
    training: bool = False


@dataclass(frozen=True, slots=True)
class AssessArguments:
    """Judge the facts in a file; “-” is standard input."""

    data_dir: Path | None
    file: str


@dataclass(frozen=True, slots=True)
class ReplayArguments:
    """Play a visit script; without a data folder in a new temporary one."""

    data_dir: Path | None
    script: str


@dataclass(frozen=True, slots=True)
class RehearseArguments:
    """Play the sample visit through the windows."""

    data_dir: Path | None
    output: Path | None


@dataclass(frozen=True, slots=True)
class ReportArguments:
    """Write the record of a visit."""

    data_dir: Path | None
    visit: str
    format: RecordFormat
    output: Path


@dataclass(frozen=True, slots=True)
class VerifyArguments:
    """Read every record of a data folder; with ``code`` (printed code, visit) only compare that code."""

    data_dir: Path | None
    as_json: bool
    code: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class LabsArguments:
    """Print the results of a patient."""

    data_dir: Path | None
    record_no: str
    as_json: bool


@dataclass(frozen=True, slots=True)
class ImportArguments:
    """Take results from a file. ``columns``: “ours=theirs”, other names of columns; ``patient``: only theirs."""

    data_dir: Path | None
    file: Path
    patient: str | None = None
    dry_run: bool = False
    columns: tuple[str, ...] = ()
    decimal: Literal["point", "comma"] | None = None
    dates: Literal["day-first", "month-first"] | None = None


@dataclass(frozen=True, slots=True)
class BackupArguments:
    """Copy a data folder into one file; without a file into today’s automatic backup."""

    data_dir: Path | None
    file: Path | None


@dataclass(frozen=True, slots=True)
class RestoreArguments:
    """Bring a data folder back from a backup, or one record of it."""

    data_dir: Path | None
    file: Path
    record: str | None


@dataclass(frozen=True, slots=True)
class UpdateArguments:
    """Install an update, or only look at it; without a file go back to the version before."""

    data_dir: Path | None
    file: Path | None
    only_look: bool = False


@dataclass(frozen=True, slots=True)
class SelfTestArguments:
    """Look at the program and the machine; with ``output`` also write the report there."""

    data_dir: Path | None
    as_json: bool = False
    output: Path | None = None


@dataclass(frozen=True, slots=True)
class VersionArguments:
    """Print version and build."""

    data_dir: Path | None


TerminalArguments = (
    AssessArguments
    | ReplayArguments
    | ReportArguments
    | VerifyArguments
    | LabsArguments
    | ImportArguments
    | BackupArguments
    | RestoreArguments
    | UpdateArguments
)
Arguments = TerminalArguments | WindowArguments | RehearseArguments | SelfTestArguments | VersionArguments


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing its usage."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{self.prog}: {message}. See “{self.prog} --help”.")


def parse_arguments(words: Sequence[str]) -> Arguments:
    """What the command line asks for. Raises CommandError; SystemExit after printing help."""
    found = _parser().parse_args(list(words))
    data_dir = getattr(found, "command_data_dir", None) or found.data_dir
    if found.version:
        return VersionArguments(data_dir)
    match found.command:
        case "assess":
            return AssessArguments(data_dir, found.file)
        case "replay":
            return ReplayArguments(data_dir, found.script)
        case "rehearse":
            return RehearseArguments(data_dir, found.output)
        case "self-test":
            return SelfTestArguments(data_dir, found.json, found.output)
        case None:
            return WindowArguments(data_dir, found.training)
        case _:
            return _on_records(found, data_dir)


def _on_records(found: argparse.Namespace, data_dir: Path | None) -> Arguments:
    match found.command:
        case "report":
            return ReportArguments(data_dir, found.visit, found.format, found.output)
        case "verify":
            return VerifyArguments(data_dir, found.json, tuple(found.code) if found.code else None)
        case "labs":
            return LabsArguments(data_dir, found.record_no, found.json)
        case "import-labs":
            given = (found.patient, found.dry_run, tuple(found.column), found.decimal, found.dates)
            return ImportArguments(data_dir, found.file, *given)
        case "backup":
            return BackupArguments(data_dir, _one_of(found.file, daily=found.daily))
        case "update":
            return UpdateArguments(data_dir, _update_file(found.file, back=found.back, check=found.check), found.check)
        case _:
            return RestoreArguments(data_dir, found.file, found.record)


def _path(text: str) -> Path:
    """A file or folder; an empty name is a variable that was not set, and would mean the present folder."""
    if not text:
        message = "must not be empty"
        raise argparse.ArgumentTypeError(message)
    return Path(text)


def _one_of(file: Path | None, *, daily: bool) -> Path | None:
    """The file of a backup, None for the automatic one. Raises CommandError for both or neither."""
    if (file is None) != daily:
        raise CommandError("nurse-app backup: name a file, or say --daily. See “nurse-app backup --help”.")
    return file


def _update_file(file: Path | None, *, back: bool, check: bool) -> Path | None:
    """The file of an update, None for going back. Raises CommandError for both, neither, or looking at nothing."""
    if (file is None) != back or (back and check):
        raise CommandError("nurse-app update: name a file, or say --back. See “nurse-app update --help”.")
    return file


def _parser() -> _Parser:
    parser = _Parser(
        prog="nurse-app", description="Takes a nurse through one natalizumab infusion.", allow_abbrev=False
    )
    parser.add_argument("--version", action="store_true", help="print version and build")
    parser.add_argument("--training", action="store_true", help="open the training store with sample patients")
    parser.add_argument("--data-dir", type=_path, metavar="DIR", help="folder of the records")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add(commands, "assess", "judge a patient's facts").add_argument("file", help="JSON file, or - for standard input")
    _add(commands, "replay", "play a visit script").add_argument("script", help="JSON file, or - for standard input")
    rehearse = _add(commands, "rehearse", "play a sample visit through the windows")
    rehearse.add_argument("--output", type=_path, metavar="DIR", help="folder for pictures and the printed record")
    report = _add(commands, "report", "write the record of a visit")
    report.add_argument("visit", help="id of the visit")
    report.add_argument("--format", required=True, choices=("pdf", "json", "csv"))
    report.add_argument("--output", required=True, type=_path, metavar="FILE")
    verify = _add(commands, "verify", "read every record and check it")
    verify.add_argument("--code", nargs=2, metavar=("CODE", "VISIT"), help="compare a printed code with a visit")
    labs = _add(commands, "labs", "print the results of a patient")
    labs.add_argument("record_no", metavar="RECORD_NO")
    _add_import(commands)
    backup = _add(commands, "backup", "copy all records into one file and read it back")
    backup.add_argument("file", type=_path, nargs="?", metavar="FILE", help="the file to write")
    backup.add_argument("--daily", action="store_true", help="today's automatic backup, in the data folder")
    restore = _add(commands, "restore", "bring records back from a backup, into an empty folder")
    restore.add_argument("file", type=_path, metavar="FILE", help="the backup")
    restore.add_argument("--record", metavar="ID", help="only this record, which is damaged or missing")
    update = _add(commands, "update", "install an update from a file, or go back to the version before")
    update.add_argument("file", type=_path, nargs="?", metavar="FILE", help="the update")
    update.add_argument("--check", action="store_true", help="only say what the file is and what would happen")
    update.add_argument("--back", action="store_true", help="go back to the version before")
    self_test = _add(commands, "self-test", "look at the installed program and at this computer")
    self_test.add_argument("--output", type=_path, metavar="FILE", help="also write the report into this file")
    for command in (verify, labs, self_test):
        command.add_argument("--json", action="store_true", help="as JSON")
    return parser


def _add_import(commands: "argparse._SubParsersAction[_Parser]") -> None:
    command = _add(commands, "import-labs", "take results from a file (CSV, FHIR R4 or HL7 v2)")
    command.add_argument("file", type=_path, metavar="FILE")
    command.add_argument("--patient", metavar="RECORD_NO", help="only the results of this patient")
    command.add_argument("--dry-run", action="store_true", help="only say what would be taken")
    command.add_argument(
        "--decimal", choices=("point", "comma"), help="the decimal sign, where the file leaves it open"
    )
    command.add_argument("--dates", choices=("day-first", "month-first"), help="what 01/02/2026 means")
    command.add_argument("--column", action="append", default=[], metavar="OURS=THEIRS", help="a column’s name")


def _add(commands: "argparse._SubParsersAction[_Parser]", name: str, summary: str) -> _Parser:
    command = commands.add_parser(name, help=summary, description=summary.capitalize(), allow_abbrev=False)
    # Taken before and after the command's name.
    command.add_argument("--data-dir", type=_path, metavar="DIR", dest="command_data_dir", help="folder of the records")
    return command
