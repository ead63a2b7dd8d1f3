"""CSV files of results: columns by name, any order, comma, semicolon or tab; every row is read or refused by itself."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from io import StringIO
from types import MappingProxyType

from nurse_app.domain.incoming_results import IncomingResult
from nurse_app.domain.patient_events import TextAsCame
from nurse_app.interchange.lab_file.numbers import DecimalSign, decimal_sign, limit, number
from nurse_app.interchange.lab_file.plain_text import strange
from nurse_app.interchange.lab_file.rows import LabFile, Question, RefusedRow, UnreadableFileError
from nurse_app.interchange.lab_file.times import DayOrder, UnclearOrderError, born_on, collected_at
from nurse_app.interchange.spreadsheet import as_it_was

# Of our own export. Laboratories have a status too, but their “corrected” is the result that counts.
ON_RECORD = "on_record"
COUNTS, PAST = "counts", ("corrected", "withdrawn")
NEEDED = ("record_no", "collected_at", "test", "value")
OPTIONAL = ("unit", "ref_low", "ref_high", "birth_date", ON_RECORD)
COLUMNS = (*NEEDED, *OPTIONAL)
_SEPARATORS = (",", ";", "\t")
_NUMBERS = ("value", "ref_low", "ref_high")
_LONGEST_NAME, _MOST_NAMES = 60, 40


@dataclass(frozen=True, slots=True)
class CsvForm:
    """What a person declares about a file: other names of columns, the decimal sign, the order in dates."""

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sign: DecimalSign | None = None
    dates: DayOrder | None = None


@dataclass(frozen=True, slots=True)
class _Table:
    """Where each column is, and the rows under the header with the line on which each begins."""

    separator: str
    columns: Mapping[str, int]
    width: int
    rows: Sequence[tuple[int, Sequence[str]]]

    def cell(self, row: Sequence[str], name: str) -> str:
        place = self.columns.get(name)
        return "" if place is None else row[place]


def read_csv(text: str, form: CsvForm, zone: tzinfo | None) -> LabFile:
    """All results of a CSV file. Raises UnreadableFileError."""
    table = _table(text, form)
    whole = [(line, cells) for line, cells in table.rows if len(cells) == table.width]
    numbers = (table.cell(cells, name).strip() for _line, cells in whole for name in _NUMBERS)
    sign = form.sign or decimal_sign(numbers, comma_parts_cells=table.separator == ",")
    rows: list[IncomingResult] = []
    refused: list[RefusedRow] = []
    for line, cells in table.rows:
        place = f"line {line}"
        try:
            rows.append(_row(table, place, cells, sign, form.dates, zone))
        except ValueError as error:
            question = Question("dates") if isinstance(error, UnclearOrderError) else None
            refused.append(RefusedRow(place, str(error), question))
    return LabFile(tuple(rows), tuple(refused))


def _table(text: str, form: CsvForm) -> _Table:
    separator, text, lines_before = _said_separator(text)
    first_line = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    candidates = (separator,) if separator else _SEPARATORS
    read = max(candidates, key=first_line.count)
    rows = list(_lines(text, read, lines_before))
    if not rows:
        raise UnreadableFileError("it has no line with the names of its columns")
    header = rows[0][1]
    return _Table(read, _columns(header, form.columns), len(header), rows[1:])


def _said_separator(text: str) -> tuple[str, str, int]:
    """The separator that a first line such as “sep=;” names, for spreadsheets, and the text after that line."""
    first, newline, rest = text.partition("\n")
    said = first.strip().strip('"').casefold()
    if newline and len(said) == len("sep=;") and said.startswith("sep="):
        return said[-1], rest, 1
    return "", text, 0


def _lines(text: str, separator: str, lines_before: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins + lines_before, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        message = f"line {begins + lines_before}: its cells cannot be told apart ({error}). Export the file again"
        raise UnreadableFileError(message) from None


def _columns(theirs: Sequence[str], names: Mapping[str, str]) -> Mapping[str, int]:
    header = [name.strip().casefold() for name in theirs]
    found: dict[str, int] = {}
    for column in COLUMNS:
        name = names.get(column, column).strip().casefold()
        if header.count(name) > 1:
            raise UnreadableFileError(f"line 1: it has the column “{name}” more than once")
        if name in header:
            found[column] = header.index(name)
        elif column in NEEDED or column in names:
            question = Question("column", column, _free_names(theirs, names))
            raise UnreadableFileError(f"line 1: it has no column “{name}”", question)
    return found


def _free_names(theirs: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The file’s names that no column of ours has yet, as far as they can be shown."""
    ours = {names.get(each, each).strip().casefold() for each in COLUMNS}
    shown = (name.strip() for name in theirs if name.strip().isprintable() and len(name) <= _LONGEST_NAME)
    return tuple(name for name in shown if name and name.casefold() not in ours)[:_MOST_NAMES]


def _row(
    table: _Table, place: str, cells: Sequence[str], sign: DecimalSign, dates: DayOrder | None, zone: tzinfo | None
) -> IncomingResult:
    """Raises ValueError with the reason why it cannot be taken."""
    if len(cells) != table.width:
        message = f"it has {len(cells)} cells, where the first line has {table.width}"
        raise ValueError(message)
    said = {name: table.cell(cells, name).strip() for name in COLUMNS}
    if ON_RECORD in table.columns:
        said["value"] = as_it_was(said["value"])
    for name, cell in said.items():
        problem = f"{name} is missing" if not cell and name in NEEDED else strange(name, cell)
        if problem:
            raise ValueError(problem)
    value, on_record = said["value"], said[ON_RECORD] or COUNTS
    if on_record not in (COUNTS, *PAST):
        message = f"{ON_RECORD} is “{on_record}”, not one of {', '.join((COUNTS, *PAST))}"
        raise ValueError(message)
    return IncomingResult(
        place=place,
        record_no=said["record_no"],
        tests=(said["test"],),
        value=number(value, sign) or value,
        collected=collected_at(said["collected_at"], zone, dates),
        text=TextAsCame(*(said[name] for name in ("collected_at", "test", "value", "unit", "ref_low", "ref_high"))),
        unit=said["unit"],
        lower=limit(said["ref_low"], sign),
        upper=limit(said["ref_high"], sign),
        birth_date=born_on(said["birth_date"], dates) if said["birth_date"] else None,
        counts=on_record == COUNTS,
    )
