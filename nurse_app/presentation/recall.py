"""The recall list: everybody with something overdue or due within a few days, from the index alone; it prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from nurse_app import __version__
from nurse_app.domain.due_state import Standing, near_in, urgency
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _, ngettext
from nurse_app.interchange.record_document import RecordDocument, RecordRow, RecordSection, RecordTable
from nurse_app.presentation.due_words import dated_words, flag_words
from nurse_app.presentation.follow_up_words import call_in, call_span_words
from nurse_app.presentation.formats import day, day_and_clock
from nurse_app.presentation.patient_order import is_number_only, shown_name
from nurse_app.presentation.view_parts import Tone

MOST_ROWS = 300
Summary = Mapping[str, str | int | bool | None]
Summaries = Mapping[str, Summary]


@dataclass(frozen=True, slots=True)
class RecallRow:
    """One patient with all items; ``tone`` is that of the first, ``urgency`` puts the rows in order.

    ``has_call``: a follow-up call after a reaction is to be made.
    """

    patient_id: str
    name: str
    record_no: str
    items: tuple[str, ...]
    last_infusion: str
    tone: Tone
    urgency: tuple[bool, int, int, date]
    has_call: bool = False

    @property
    def words(self) -> str:
        """All items in one text."""
        return " · ".join(self.items)


@dataclass(frozen=True, slots=True)
class RecallList:
    """The whole list. ``samples``: somebody on it is a sample; ``number_only`` counts who is left out."""

    rows: tuple[RecallRow, ...]
    days: int
    samples: bool
    number_only: int


@dataclass(frozen=True, slots=True)
class RecallView:
    """The page; the printed list has every row."""

    title: str
    lead: str
    rows: tuple[RecallRow, ...]
    more: str
    note: str
    empty: str


def recall_list(patients: Summaries, today: date, protocol: InfusionProtocol) -> RecallList:
    """What comes first stands first. Who came with results only is left out: nobody has said that they are treated."""
    days = protocol.due.recall_days if protocol.due else 0
    known = {key: summary for key, summary in patients.items() if not is_number_only(summary)}
    found = (_row(key, summary, today, protocol, days) for key, summary in known.items())
    rows = sorted((row for row in found if row is not None), key=lambda row: (row.urgency, row.name, row.record_no))
    listed = {row.patient_id for row in rows}
    samples = any(bool(summary.get("sample")) for key, summary in known.items() if key in listed)
    return RecallList(tuple(rows), days, samples, len(patients) - len(known))


def _row(key: str, summary: Summary, today: date, protocol: InfusionProtocol, days: int) -> RecallRow | None:
    near, call = near_in(protocol, summary, today, days), call_in(summary)
    if not near and call is None:
        return None
    flag = flag_words(summary)
    first = [words for words in (flag, call_span_words(call) if call is not None else "") if words]
    last = str(summary.get("last_infusion") or "")[:10]
    return RecallRow(
        patient_id=key,
        name=shown_name(str(summary.get("name") or "")),
        record_no=str(summary.get("record_no", "")),
        items=(*first, *(dated_words(protocol, item) for item in near)),
        last_infusion=day(date.fromisoformat(last)) if last else _("none"),
        tone="stop" if flag else "caution" if call is not None else _tone(near[0]),
        # A call cannot wait for the next visit.
        urgency=urgency(near[0]) if call is None else (False, -1, 0, call.good_until.date()),
        has_call=call is not None,
    )


def _tone(first: Standing) -> Tone:
    return first.bears if first.bears != "none" else "neutral"


def present_recall(found: RecallList) -> RecallView:
    """The page of the list."""
    left_out = len(found.rows) - MOST_ROWS
    lead = ngettext(
        "Overdue, or due within {n} day. What comes first stands first.",
        "Overdue, or due within {n} days. What comes first stands first.",
        found.days,
    )
    more = ngettext("{n} more: on the printed list", "{n} more: on the printed list", left_out)
    return RecallView(
        title=_("Recall list"),
        lead=lead.format(n=found.days),
        rows=found.rows[:MOST_ROWS],
        more=more.format(n=left_out) if left_out > 0 else "",
        note=_number_only(found),
        empty="" if found.rows else _("Nobody has anything overdue or due soon."),
    )


def _number_only(found: RecallList) -> str:
    text = ngettext(
        "{n} patient of whom only a record number is known is not listed.",
        "{n} patients of whom only a record number is known are not listed.",
        found.number_only,
    )
    return text.format(n=found.number_only) if found.number_only else ""


def recall_document(
    found: RecallList,
    protocol: InfusionProtocol,
    made_at: datetime,
    zone: tzinfo | None,
    ward: str,
    *,
    training: bool,
) -> RecordDocument:
    """The printed list: every row, with the same head, bands and foot as a record."""
    view = present_recall(found)
    columns = (_("Patient"), _("Record no."), _("What is due, and since when"), _("Last infusion"))
    rows = tuple(RecordRow((row.name, row.record_no, row.words, row.last_infusion)) for row in found.rows)
    subject = (
        (_("Ward"), ward or _("Infusion ward")),
        (_("Made"), day_and_clock(made_at, zone)),
        (_("Patients"), str(len(rows))),
    )
    lines = tuple(line for line in (view.lead, view.note, view.empty) if line)
    table = RecordTable(columns, rows) if rows else None
    return RecordDocument(
        title=view.title,
        banners=tuple(_banners(found, training=training)),
        notices=tuple(_notices(protocol)),
        subject=subject,
        sections=(RecordSection("", lines=lines), RecordSection("", table=table)),
        signatures=(),
        foot=(_("nurse-app {version}").format(version=__version__),),
        entries=(),
    )


def _banners(found: RecallList, *, training: bool) -> Iterator[str]:
    if training:
        yield _("TRAINING")
    if found.samples:
        yield _("SAMPLE PATIENTS")


def _notices(protocol: InfusionProtocol) -> Iterator[str]:
    if protocol.approval is None:
        yield protocol.text("protocol.not-approved")
    yield protocol.text("protocol.not-advice")
    yield _("Names and health data: keep this list locked away, and destroy it when it is done.")
