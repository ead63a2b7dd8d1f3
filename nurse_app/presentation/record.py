"""The printed record of a visit: one or two pages that a nurse signs, with everything that was entered and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from nurse_app import __version__
from nurse_app.domain.corrected_times import entry_times
from nurse_app.domain.events import SecondCheckPassed
from nurse_app.domain.facts import Patient
from nurse_app.domain.finding import Finding
from nurse_app.domain.record import PROGRAM
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _, ngettext
from nurse_app.interchange.record_document import (
    RecordDocument,
    RecordEntry,
    RecordRow,
    RecordSection,
    RecordTable,
)
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.due_next import due_next_section
from nurse_app.presentation.finding_words import decided_words, finding_sentence, worst_first
from nurse_app.presentation.formats import day, number, with_unit
from nurse_app.presentation.protocol_words import optional_text, page_banners, standing_notices
from nurse_app.presentation.record_alarms import alarms_section
from nurse_app.presentation.record_parts import PARTS, all_marks, marks_in_brackets, part_title
from nurse_app.presentation.record_vitals import vital_signs_table
from nurse_app.presentation.timeline import TimelineRow, present_timeline
from nurse_app.presentation.visit_frame import present_banner
from nurse_app.presentation.visit_summary import summary_rows


@dataclass(frozen=True, slots=True)
class RecordSource:
    """What a record is made from. ``head_digest`` ends the chain of the stored entries, ``code`` vouches for them."""

    context: VisitContext
    head_digest: str
    sample: bool
    training: bool
    code: str = ""


def record_document(source: RecordSource) -> RecordDocument:
    """The record as it stands at the context's moment."""
    context = source.context
    rows = {row.number: row for row in _dated(present_timeline(context).rows)}
    return RecordDocument(
        title=context.state.protocol.text("protocol.title"),
        banners=page_banners(training=source.training, sample=source.sample),
        notices=standing_notices(context.state.protocol),
        subject=tuple(_subject(context)),
        sections=tuple(_sections(context, rows)),
        signatures=tuple(_signatures(context)),
        foot=tuple(_foot(source)),
        entries=tuple(_entries(context, rows)),
    )


def _dated(rows: tuple[TimelineRow, ...]) -> Iterator[TimelineRow]:
    """The rows with the day before each time, if the visit lasted past midnight."""
    several, of_day = sum(bool(row.day) for row in rows) > 1, ""
    for row in rows:
        of_day = row.day or of_day
        yield replace(row, time=f"{of_day} {row.time}") if several else row


def _subject(context: VisitContext) -> Iterator[tuple[str, str]]:
    banner, protocol = present_banner(context), context.state.protocol
    patient = context.state.facts.patient or Patient()
    yield _("Name"), banner.name
    yield from banner.fields
    yield _("Allergies"), banner.allergy
    if patient.indication is not None:
        yield _("Indication"), optional_text(protocol, f"indication.{patient.indication}") or patient.indication
    if patient.weight_kg is not None:
        yield _("Weight"), with_unit(number(patient.weight_kg), "kg")
    started = context.state.started_at.latest.astimezone(context.zone)
    yield _("Date of the visit"), f"{day(started.date())} ({_zone_words(started)})"
    yield _("Protocol"), f"{protocol.id} {protocol.version} ({context.state.digest[:12]}…)"


def _zone_words(at: datetime) -> str:
    """UTC+01:00: what all times of the record mean."""
    offset = at.strftime("%z") or "+0000"
    return _("all times UTC{offset}").format(offset=f"{offset[:3]}:{offset[3:5]}")


def _sections(context: VisitContext, rows: dict[int, TimelineRow]) -> Iterator[RecordSection]:
    summary = tuple((row.label, row.value) for row in summary_rows(context))
    yield RecordSection(_("The visit in short"), pairs=summary)
    found = tuple(_findings(context))
    if found:
        columns = (_("Finding"), _("What was found"), _("Decision"))
        yield RecordSection(_("Findings"), table=RecordTable(columns, found))
    for part, kinds in PARTS.items():
        table = _entry_table(context, rows, kinds)
        if table.rows:
            yield RecordSection(part_title(part), table=table)
    vitals = vital_signs_table(context, rows)
    if vitals.rows:
        yield RecordSection(_("Vital signs"), table=vitals)
    alarms = alarms_section(context, rows)
    if alarms is not None:
        yield alarms
    due_next = due_next_section(context.state)
    if due_next is not None:
        yield due_next


def _findings(context: VisitContext) -> Iterator[RecordRow]:
    for finding in worst_first(assess_today(context.state, context.now).findings):
        decided = decided_words(finding.figures)
        if finding.severity != "information" or decided:
            yield RecordRow((_severity(finding), finding_sentence(context.state.protocol, finding), decided))


def _severity(finding: Finding) -> str:
    words = {"information": _("Information"), "caution": _("Caution"), "hold": _("Hold"), "stop": _("Stop")}
    return words[finding.severity]


def _entry_table(context: VisitContext, rows: dict[int, TimelineRow], kinds: tuple[type, ...]) -> RecordTable:
    numbers = [item.number for item in context.record if isinstance(item.event, kinds)]
    columns = (_("No."), _("Time"), _("Entry"), _("By"))
    return RecordTable(columns, tuple(_entry_row(rows[number]) for number in numbers))


def _entry_row(row: TimelineRow) -> RecordRow:
    cells = (str(row.number), row.time, row.words, row.by)
    return RecordRow(cells, struck=bool(row.correction), marks=marks_in_brackets(row), marks_in=2)


def _signatures(context: VisitContext) -> Iterator[str]:
    """One line for each person who made an entry or checked."""
    checked = [item.event.by for item in context.record if isinstance(item.event, SecondCheckPassed)]
    authors = (item.entry.by for item in context.record if item.entry.by != PROGRAM)
    for person in dict.fromkeys([*authors, *checked]):
        yield _("{name}, signature and date").format(name=context.name_of(person))
    yield _("Prescriber, name, signature and date")


def _foot(source: RecordSource) -> Iterator[str]:
    context, count = source.context, len(source.context.record)
    parts = [
        _("Visit {visit}").format(visit=context.visit_id),
        ngettext("{n} entry", "{n} entries", count).format(n=count),
        _("end of chain {digest}").format(digest=source.head_digest),
        _("code {code}").format(code=source.code) if source.code else "",
        _("nurse-app {version}").format(version=__version__),
    ]
    yield " · ".join(part for part in parts if part)


def _entries(context: VisitContext, rows: dict[int, TimelineRow]) -> Iterator[RecordEntry]:
    for item, times in entry_times(context.record):
        row, recorded_at = rows[item.number], times.entered.latest.astimezone(context.zone)
        happened_at = times.happened.latest.astimezone(context.zone)
        yield RecordEntry(
            number=item.number,
            happened_at=happened_at.isoformat(timespec="seconds"),
            recorded_at=recorded_at.isoformat(timespec="seconds"),
            author=row.by,
            what=row.words,
            marks=all_marks(row),
            in_error=bool(row.correction),
        )
