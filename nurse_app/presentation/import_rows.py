"""The results of a file as a table: first what is not taken, then what changes something on record, then the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from nurse_app.domain.facts import LabResult
from nurse_app.domain.incoming_results import Change, Outcome
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.interchange.lab_file.rows import RefusedRow
from nurse_app.presentation.finding_words import lab_test_words
from nurse_app.presentation.formats import day, with_unit
from nurse_app.presentation.lab_import import not_taken_words
from nurse_app.presentation.lab_points import limits_words
from nurse_app.presentation.view_parts import Tone
from nurse_app.visit.lab_import import ImportOutcome, NotTakenRow

_ORDER: tuple[Outcome, ...] = ("corrected", "withdrawn", "added", "there", "past")


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One result: where in the file, whose, what, from which day, and what becomes of it."""

    place: str
    record_no: str
    test: str
    value: str
    collected: str
    what: str
    tone: Tone
    why: str = ""


def import_rows(
    outcome: ImportOutcome,
    refused: tuple[RefusedRow, ...],
    protocol: InfusionProtocol,
    most: int,
    *,
    recorded: bool,
) -> tuple[tuple[ImportRow, ...], int]:
    """The first ``most`` rows, and how many are left out; ``recorded`` says whether it has happened."""
    total = len(refused) + len(outcome.not_taken) + sum(len(share.changes) for share in outcome.shares)
    rows = tuple(islice(_all(outcome, refused, protocol, recorded=recorded), most))
    return rows, total - len(rows)


def _all(
    outcome: ImportOutcome, refused: tuple[RefusedRow, ...], protocol: InfusionProtocol, *, recorded: bool
) -> Iterator[ImportRow]:
    not_taken: list[RefusedRow | NotTakenRow] = [*refused, *outcome.not_taken]
    for item in sorted(not_taken, key=_place):
        yield _refused(item) if isinstance(item, RefusedRow) else _not_taken(item, protocol)
    what: dict[Outcome, tuple[str, Tone]] = {
        "corrected": (_("Corrected one on record") if recorded else _("Corrects one on record"), "information"),
        "withdrawn": (_("Took one back") if recorded else _("Takes one back"), "information"),
        "added": (_("Added") if recorded else _("New"), "done"),
        "there": (_("There already"), "muted"),
        "past": (_("Left out"), "muted"),
    }
    for kind in _ORDER:
        words, tone = what[kind]
        for share in outcome.shares:
            for change in share.changes:
                if change.outcome == kind:
                    result = change.result
                    test, why = lab_test_words(protocol, result.test), _why(change, protocol)
                    collected = _day(result.collected)
                    yield ImportRow(change.place, share.record_no, test, _value(result), collected, words, tone, why)


def _why(change: Change, protocol: InfusionProtocol) -> str:
    """What is worth knowing about a result that is taken, and why one is left out."""
    if change.outcome == "past":
        return _("corrected or taken back where it comes from: it does not count any more")
    unknown = "" if protocol.lab_test(change.result.test) else _("kept, not assessed: no test of this protocol")
    was = _was(change.replaced, change.result) if change.replaced is not None else ""
    return "; ".join(part for part in (was, unknown) if part)


def _was(before: LabResult, result: LabResult) -> str:
    """What a correction replaces: the value, or the limits where only they are others."""
    if _value(before) != _value(result):
        return _("was {value}").format(value=_value(before))
    limits = limits_words(before.lln, before.uln)
    return _("was with the range {limits}").format(limits=limits) if limits else _("was without a range")


def _value(result: LabResult) -> str:
    return with_unit(str(result.value), result.unit or "")


def _refused(item: RefusedRow) -> ImportRow:
    return ImportRow(item.place, "", "", "", "", _("Not taken"), "caution", item.reason)


def _not_taken(item: NotTakenRow, protocol: InfusionProtocol) -> ImportRow:
    row = item.row
    test = lab_test_words(protocol, item.why.test or row.tests[0])
    value = with_unit(row.value, row.unit)
    why = not_taken_words(protocol, item)
    return ImportRow(row.place, row.record_no, test, value, _day(row.collected), _("Not taken"), "caution", why)


def _day(collected: datetime | date) -> str:
    """The day by the clock that the file or the ward had."""
    return day(collected.date() if isinstance(collected, datetime) else collected)


def _place(item: RefusedRow | NotTakenRow) -> tuple[int, ...]:
    """The order of the file: “line 9” comes before “line 10”."""
    place = item.place if isinstance(item, RefusedRow) else item.row.place
    return tuple(int(number) for number in re.findall(r"\d+", place))
