"""nurse-app import-labs FILE: results of a file into the patients’ records, each once, whatever happens between."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nurse_app.cli.arguments import ImportArguments
from nurse_app.cli.checkpoints import Workstation
from nurse_app.cli.lab_imports import LabImports, lab_imports
from nurse_app.cli.outcome import NOT_SO, OK, CommandError, guarded
from nurse_app.cli.owned_records import open_records
from nurse_app.cli.records import Workplace, look_at
from nurse_app.cli.streams import Streams
from nurse_app.interchange.lab_file.csv_file import COLUMNS, CsvForm
from nurse_app.interchange.lab_file.kept import KeptFile
from nurse_app.interchange.lab_file.numbers import DecimalSign
from nurse_app.interchange.lab_file.reading import content_of, read_lab_file
from nurse_app.interchange.lab_file.rows import LabFile, Question, UnreadableFileError
from nurse_app.interchange.lab_file.spellings import read_spellings
from nurse_app.presentation.import_page import unclear_words
from nurse_app.presentation.lab_import import not_taken_words, outcome_words
from nurse_app.visit.lab_import import BY_COMMAND, ImportOutcome, LabImport, PatientShare, of_others, shares_of
from nurse_app.visit.open_visit import Author

_DATES = "say which comes first: “--dates day-first” or “--dates month-first”"
_SIGN = "say which it is: “--decimal comma” or “--decimal point”"
_SIGNS: Mapping[str, DecimalSign] = {"point": ".", "comma": ","}


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """What the command works with; ``resources`` holds what laboratories print for the units of UCUM."""

    workplace: Workplace
    workstation: Workstation | None
    resources: Path


def run_import(arguments: ImportArguments, streams: Streams, place: ImportPlace) -> int:
    """0: everything taken; 1: some rows were not, each is named; 2: nothing taken."""
    return guarded(streams, lambda: _run(arguments, streams, place))


def _run(arguments: ImportArguments, streams: Streams, place: ImportPlace) -> int:
    columns = dict(_column(text) for text in arguments.columns)
    form = CsvForm(columns, _SIGNS[arguments.decimal] if arguments.decimal else None, arguments.dates)
    kept = KeptFile(_content(arguments.file), form, arguments.patient)
    try:
        file = read_lab_file(kept.content, form, None)
    except UnreadableFileError as error:
        raise CommandError(f"{arguments.file}: nothing was taken: {error}{_how(error.question)}.") from None
    outcome = _planned(place, kept, file) if arguments.dry_run else _taken(place, streams, kept, file)
    return _tell(arguments, streams, place, file, outcome)


def _how(question: Question | None) -> str:
    """How the command is told what a file does not say by itself."""
    if question is None:
        return ""
    name = f"name it: “--column {question.column}=NAME IN THE FILE”"
    return f"; {({'decimal': _SIGN, 'dates': _DATES, 'column': name})[question.about]}"


def _column(text: str) -> tuple[str, str]:
    """Our name of a column and the file’s. Raises CommandError."""
    ours, _, theirs = text.partition("=")
    if ours not in COLUMNS or not theirs.strip():
        known = ", ".join(COLUMNS)
        raise CommandError(f"--column takes OURS=THEIRS, with OURS one of {known}, not “{text}”.")
    return ours, theirs.strip()


def _content(file: Path) -> bytes:
    try:
        return content_of(file)
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror}).") from error


def _planned(place: ImportPlace, kept: KeptFile, file: LabFile) -> ImportOutcome:
    importing = LabImport(look_at(place.workplace).service, read_spellings(place.resources))
    return _each(place, importing, kept, file, lambda _share: None)


def _taken(place: ImportPlace, streams: Streams, kept: KeptFile, file: LabFile) -> ImportOutcome:
    work = place.workplace
    owned = open_records(work.root, work.clock, work.identifiers, work.pinned, place.workstation)
    try:
        imports = lab_imports(place.resources, None, work.root, owned.disk, owned.service)
        _finish(place, streams, imports)
        imports.keep(kept)
        outcome = _take(place, imports, kept, file, BY_COMMAND)
        imports.forget()
    finally:
        owned.close()
    return outcome


def _finish(place: ImportPlace, streams: Streams, imports: LabImports) -> None:
    """Take the rest of an import that was broken off. Raises NotSavedError, UnreadableRecordError."""
    kept = imports.kept()
    if isinstance(kept, KeptFile):
        # One that was taken in the window is still that nurse’s.
        author = Author(kept.by) if kept.by else BY_COMMAND
        # It could be read when it was kept; one that was damaged since stops nothing.
        with suppress(UnreadableFileError):
            _take(place, imports, kept, imports.read(kept.content, kept.form), author)
            return
    if kept != "nothing":
        streams.tell(unclear_words())


def _take(place: ImportPlace, imports: LabImports, kept: KeptFile, file: LabFile, author: Author) -> ImportOutcome:
    importing = imports.importing
    return _each(place, importing, kept, file, lambda share: importing.take(share, author))


def _each(
    place: ImportPlace, importing: LabImport, kept: KeptFile, file: LabFile, then: Callable[[PatientShare], None]
) -> ImportOutcome:
    """Judge the share of each patient; ``then`` gets it before the next one is judged."""
    now = place.workplace.clock.read().wall
    shares: list[PatientShare] = []
    for record_no, rows in shares_of(file.rows, kept.only):
        shares.append(importing.share(record_no, rows, now))
        then(shares[-1])
    return ImportOutcome((*shares, of_others(file.rows, kept.only)))


def _tell(
    arguments: ImportArguments, streams: Streams, place: ImportPlace, file: LabFile, outcome: ImportOutcome
) -> int:
    protocol = place.workplace.pinned.protocol
    for refused in file.refused:
        streams.tell(f"{arguments.file}: {refused.place}: not taken: {refused.reason}{_how(refused.question)}.")
    for item in outcome.not_taken:
        streams.tell(f"{arguments.file}: {item.row.place}: not taken: {not_taken_words(protocol, item)}.")
    for sentence in outcome_words(outcome, len(file.refused), dry_run=arguments.dry_run):
        streams.say(sentence)
    return NOT_SO if file.refused or outcome.not_taken else OK
