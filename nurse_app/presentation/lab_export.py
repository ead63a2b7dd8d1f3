"""All results of a patient to take along: pages to print, CSV and text; corrected ones beside what replaced them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from nurse_app import __version__
from nurse_app.domain.facts import LabResult
from nurse_app.domain.patient_record import LabEntry, PatientRecord, facts_of
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case, case_at_noon
from nurse_app.i18n import _
from nurse_app.interchange.lab_file.csv_file import COUNTS, ON_RECORD, PAST
from nurse_app.interchange.record_document import RecordDocument, RecordRow, RecordSection, RecordTable
from nurse_app.interchange.spreadsheet import csv_text, harmless
from nurse_app.presentation.finding_words import lab_test_words, unit_words
from nurse_app.presentation.formats import clock, day, day_and_clock, with_unit
from nurse_app.presentation.lab_points import TrendPoint, limits_words, trend_points
from nurse_app.presentation.lab_replaced import became_words
from nurse_app.presentation.lab_table import how_it_stands
from nurse_app.presentation.patient_order import shown_name
from nurse_app.presentation.protocol_words import page_banners, standing_notices

# The first seven and ON_RECORD are those of a file of results, so that this one can be imported again.
CSV_HEADS = (
    "record_no",
    "collected_at",
    "test",
    "value",
    "unit",
    "ref_low",
    "ref_high",
    "test_name",
    "standing",
    "times_limit",
    "grade",
    ON_RECORD,
    "corrected_to",
    "value_as_reported",
)

# Name, birth date and record number say who somebody is.
_PAIRS_IN_LINE = 3


@dataclass(frozen=True, slots=True)
class ExportSource:
    """What is exported, and when; ``made_at`` has an offset."""

    record: PatientRecord
    protocol: InfusionProtocol
    made_at: datetime
    zone: tzinfo | None
    training: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One result; ``became`` is what a correction put in its place."""

    entry: LabEntry
    name: str
    stands: tuple[str, str, str]
    became: LabResult | None

    @property
    def status(self) -> str:
        """Not in the words of the interface: programs read it."""
        if not self.entry.superseded:
            return COUNTS
        corrected, withdrawn = PAST
        return corrected if self.became is not None else withdrawn

    @property
    def value(self) -> str:
        """The value with its unit, as people read it."""
        return _value(self.entry.result)


def results_csv(source: ExportSource) -> str:
    """Every result on record, test by test, newest first. Times are ISO 8601 with offset, a day has none."""
    return csv_text(CSV_HEADS, (_csv_cells(source, row) for row in _rows(source)))


def results_text(source: ExportSource) -> str:
    """The same as text with tabs, which word processors and spreadsheets take as a table."""
    document = results_document(source)
    head = [document.title, *document.banners, *(f"{label}: {value}" for label, value in document.subject)]
    tables = [section.table for section in document.sections if section.table is not None]
    lines = [
        "\t".join(harmless(cell) for cell in cells)
        for table in tables
        for cells in (table.columns, *(_texts(row) for row in table.rows))
    ]
    return "\n".join((*head, "", *lines, ""))


def whose_results(source: ExportSource) -> str:
    """One line above a part of the table."""
    (_label, name), *others = tuple(_subject(source))[:_PAIRS_IN_LINE]
    return " · ".join((*_banners(source), name, *(f"{label} {value}" for label, value in others)))


def results_document(source: ExportSource) -> RecordDocument:
    """The same as pages: who, when, and a table. What no longer counts is struck through."""
    rows = tuple(_record_row(source, row) for row in _rows(source))
    columns = (_("Test"), _("Collected"), _("Result"), _("Range"), _("How it stands"))
    return RecordDocument(
        title=_("Laboratory results"),
        banners=_banners(source),
        notices=standing_notices(source.protocol),
        subject=tuple(_subject(source)),
        sections=(RecordSection(_("All results on record"), table=RecordTable(columns, rows)),),
        signatures=(),
        foot=(_("nurse-app {version}").format(version=__version__),),
        entries=(),
    )


def _rows(source: ExportSource) -> Iterator[_Row]:
    """In the order of the table on the screen: tests as in the protocol, then others; each one's newest first."""
    record, protocol = source.record, source.protocol
    today = source.made_at.astimezone(source.zone).date()
    case = case_at_noon(protocol, facts_of(record), today, source.zone)
    results = {entry.entry: entry.result for entry in record.labs}
    known = [test.id for test in protocol.labs.tests]
    others = sorted({entry.result.test for entry in record.labs} - set(known))
    for test in (*known, *others):
        points = _points(case, test)
        entries = [entry for entry in record.labs if entry.result.test == test]
        for entry in sorted(entries, key=lambda each: _when(case, each), reverse=True):
            point = None if entry.superseded else points.get(entry.result)
            # What does not count any more is not judged either.
            stands = ("", "", "") if entry.superseded else how_it_stands(case, entry.result, point)
            became = None if entry.corrected_by is None else results[entry.corrected_by]
            yield _Row(entry, lab_test_words(protocol, test), stands, became)


def _points(case: Case, test_id: str) -> dict[LabResult, TrendPoint]:
    test = case.protocol.lab_test(test_id)
    return {} if test is None else {point.result: point for point in trend_points(case, test)}


def _when(case: Case, entry: LabEntry) -> tuple[date, float, int]:
    at = entry.result.collected
    return case.day(at), at.timestamp() if isinstance(at, datetime) else 0.0, entry.entry


def _csv_cells(source: ExportSource, row: _Row) -> tuple[str, ...]:
    result, text = row.entry.result, row.entry.text
    limits = ("" if limit is None else format(limit, "f") for limit in (result.lln, result.uln))
    return (
        source.record.details.record_no,
        result.collected.isoformat(),
        result.test,
        _bare(result),
        result.unit or "",
        *limits,
        row.name,
        *row.stands,
        row.status,
        "" if row.became is None else _bare(row.became),
        "" if text is None else " ".join(part for part in (text.value, text.unit) if part),
    )


def _record_row(source: ExportSource, row: _Row) -> RecordRow:
    result = row.entry.result
    cells = (
        row.name,
        _collected(result.collected, source.zone),
        row.value,
        limits_words(result.lln, result.uln) or "—",
        " · ".join(part for part in row.stands if part),
    )
    if not row.entry.superseded:
        return RecordRow(cells)
    mark = became_words(None if row.became is None else _value(row.became))
    return RecordRow(cells, struck=True, marks=mark, marks_in=len(cells) - 1)


def _texts(row: RecordRow) -> tuple[str, ...]:
    """The cells of one line; text has no strike, so the mark alone says it."""
    return tuple(" ".join(row.text(place).split()) for place in range(len(row.cells)))


def _collected(at: datetime | date, zone: tzinfo | None) -> str:
    return f"{day(at.astimezone(zone).date())} {clock(at, zone)}" if isinstance(at, datetime) else day(at)


def _value(result: LabResult) -> str:
    return with_unit(_bare(result) or _("empty"), unit_words(result.unit or ""))


def _bare(result: LabResult) -> str:
    return "" if result.value is None else str(result.value)


def _subject(source: ExportSource) -> Iterator[tuple[str, str]]:
    details = source.record.details
    yield _("Name"), shown_name(details.name)
    yield _("Born"), day(details.birth_date) or _("not known")
    yield _("Record no."), details.record_no
    yield _("Made"), day_and_clock(source.made_at, source.zone)


def _banners(source: ExportSource) -> tuple[str, ...]:
    return page_banners(training=source.training, sample=source.record.sample)
