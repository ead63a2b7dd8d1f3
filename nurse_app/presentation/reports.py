"""All visits as a list to search: by lot, record number or name; typing a lot tells who received it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import cast

from nurse_app.domain.snapshot import VisitOutcome
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.closed import ending_words
from nurse_app.presentation.formats import clock, day
from nurse_app.presentation.patient_order import shown_name
from nurse_app.presentation.view_parts import Tone

MOST_ROWS = 300
Summary = Mapping[str, str | int | bool | None]
Summaries = Mapping[str, Summary]
_NOT_GIVEN = "not-given"
_BEFORE_THE_DRUG = ("identify", "prechecks", "prepare")
_TONES: Mapping[str, Tone] = {
    "completed": "done",
    "partial": "caution",
    "left-early": "caution",
    "stopped-for-reaction": "stop",
    _NOT_GIVEN: "muted",
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One visit: whose, when, how it ended, from which lot."""

    visit_id: str
    name: str
    record_no: str
    started: str
    outcome: str
    tone: Tone
    lot: str


@dataclass(frozen=True, slots=True)
class ReportsView:
    """The list. ``headline`` answers the search in a sentence; ``more`` says how many rows are left out."""

    title: str
    headline: str
    rows: tuple[ReportRow, ...]
    more: str
    empty: str
    unreadable: tuple[str, ...]


def present_reports(
    visits: Summaries,
    patients: Summaries,
    search: str,
    zone: tzinfo | None,
    unreadable: Iterable[str] = (),
) -> ReportsView:
    """Open and closed visits, newest first. ``unreadable`` are the sentences of records that could not be read."""
    newest_first = sorted(visits.items(), key=lambda item: _started(item[1]) or _NEVER, reverse=True)
    found = [(key, each) for key, each in newest_first if _fits(each, _patient(patients, each), search)]
    rows = tuple(_row(key, each, _patient(patients, each), zone) for key, each in found[:MOST_ROWS])
    left_out = len(found) - len(rows)
    more = ngettext("{n} more: type more to find it", "{n} more: type more to find them", left_out)
    return ReportsView(
        title=_("Reports"),
        headline=_headline([each for _key, each in found], search) if found else "",
        rows=rows,
        more=more.format(n=left_out) if left_out else "",
        empty="" if found else _empty(search),
        unreadable=tuple(unreadable),
    )


_NEVER = datetime.fromisoformat("0001-01-02T00:00:00+00:00")


def _started(summary: Summary) -> datetime | None:
    text = summary.get("started_at")
    return datetime.fromisoformat(str(text)) if text else None


def _patient(patients: Summaries, visit: Summary) -> Summary:
    return patients.get(str(visit.get("patient_id")), {})


def _text(summary: Summary, key: str) -> str:
    return str(summary.get(key) or "")


def _lots(visit: Summary) -> tuple[str, ...]:
    """The lot of the visit, empty when there is none, and those that were taken in hand and set aside."""
    return (_text(visit, "lot"), *_text(visit, "lots_set_aside").splitlines())


def _is_lot(lot: str, wanted: str) -> bool:
    return bool(lot) and lot.casefold().replace(" ", "") == wanted


def _fits(visit: Summary, patient: Summary, search: str) -> bool:
    """Every word is found in lot, record number or name; a number typed with blanks is found as one, too."""
    text = " ".join((*_lots(visit), _text(visit, "record_no"), _text(patient, "name"))).casefold()
    words = search.casefold().split()
    joined = "".join(words)
    return all(word in text for word in words) or joined in text.replace(" ", "")


def _row(visit_id: str, visit: Summary, patient: Summary, zone: tzinfo | None) -> ReportRow:
    started = _started(visit)
    when = f"{day(started.astimezone(zone).date())} {clock(started, zone)}" if started else ""
    is_open = visit.get("phase") != "closed"
    outcome = _text(visit, "outcome")
    ended = ending_words(cast("VisitOutcome | None", outcome or None))
    return ReportRow(
        visit_id=visit_id,
        name=shown_name(_text(patient, "name")),
        record_no=_text(visit, "record_no"),
        started=when,
        outcome=_("in progress") if is_open else ended,
        tone="information" if is_open else _TONES.get(outcome, "neutral"),
        lot=_lot_cell(visit),
    )


def _lot_cell(visit: Summary) -> str:
    lot, *set_aside = _lots(visit)
    aside = _("{lots} set aside").format(lots=", ".join(set_aside)) if set_aside else ""
    return " · ".join(part for part in (lot, aside) if part) or "—"


def _headline(found: list[Summary], search: str) -> str:
    count = len(found)
    if not search.strip():
        return ngettext("{n} visit, newest first", "{n} visits, newest first", count).format(n=count)
    wanted = "".join(search.casefold().split())
    with_lot = [visit for visit in found if any(_is_lot(lot, wanted) for lot in _lots(visit))]
    if with_lot:
        return _of_lot(with_lot, wanted)
    return ngettext("{n} visit found", "{n} visits found", count).format(n=count)


def _of_lot(visits: list[Summary], wanted: str) -> str:
    """Who received a lot: patients, and visits in which it was taken in hand but not given."""
    received = [visit for visit in visits if _is_lot(_text(visit, "lot"), wanted) and not _was_not_given(visit)]
    lot = next(lot for lot in _lots(visits[0]) if _is_lot(lot, wanted))
    given = _received_words(lot, received)
    rest = len(visits) - len(received)
    if not rest:
        return _("{given}.").format(given=given)
    not_given = ngettext("prepared and not given in {n} visit", "prepared and not given in {n} visits", rest).format(
        n=rest
    )
    return _("{given}; {not_given}.").format(given=given, not_given=not_given)


def _received_words(lot: str, received: list[Summary]) -> str:
    if not received:
        return _("Lot {lot} was given to nobody").format(lot=lot)
    patients, visits = len({visit.get("patient_id") for visit in received}), len(received)
    words = ngettext("Lot {lot} was given to {n} patient", "Lot {lot} was given to {n} patients", patients)
    words = words.format(lot=lot, n=patients)
    return ngettext("{words} in {n} visit", "{words} in {n} visits", visits).format(words=words, n=visits)


def _was_not_given(visit: Summary) -> bool:
    return visit.get("outcome") == _NOT_GIVEN or visit.get("phase") in _BEFORE_THE_DRUG


def _empty(search: str) -> str:
    if search.strip():
        return _("No visit found. Type a lot, a record number or a name.")
    return _("No visits yet.")
