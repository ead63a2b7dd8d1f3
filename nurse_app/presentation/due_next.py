"""What falls due after a visit, for its printed record: as of the visit's day, so that it reads the same for ever."""

from nurse_app.domain.due import Due, due_now
from nurse_app.domain.due_protocol import DueKind
from nurse_app.domain.due_state import LATE
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordRow, RecordSection, RecordTable
from nurse_app.presentation.due_sheet import case_of_visit, source_places
from nurse_app.presentation.due_words import due_day_words, due_title
from nurse_app.presentation.protocol_words import source_ids

# The next infusion stands in the summary, with who decides it.
_SAID_ABOVE: frozenset[DueKind] = frozenset({"infusion", "missed-infusion", "treatment-gap"})


def due_next_section(state: VisitState) -> RecordSection | None:
    """Item, day and source; None when there is nothing."""
    case = case_of_visit(state, state.started_at)
    rows = [_row(state, due) for due in due_now(case) if due.standing.rule.kind not in _SAID_ABOVE]
    if not rows:
        return None
    columns = (_("Item"), _("By"), _("Source"))
    return RecordSection(_("Due next"), table=RecordTable(columns, tuple(rows)))


def _row(state: VisitState, due: Due) -> RecordRow:
    rule = due.standing.rule
    by = due_day_words(state.protocol, due.standing)
    if due.standing.state in LATE and due.standing.days.due_on is not None:
        by = _("{day}, overdue").format(day=by)
    # By their short names, so that each item is one line: a record stays on two pages.
    sources = ", ".join(source_ids(state.protocol, *source_places(rule)))
    return RecordRow((due_title(state.protocol, rule), by, sources))
