"""Going home: what to tell the patient, what was given, what comes next."""

from collections.abc import Iterator

from nurse_app.domain import commands as c
from nurse_app.domain.snapshot import next_due
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _
from nurse_app.presentation.after_actions import after_actions, call_card
from nurse_app.presentation.clock_cards import decision_action, note_action
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.course_notices import course_notices
from nurse_app.presentation.due_sheet import due_action, due_card
from nurse_app.presentation.intents import GoToRecord, SaveRecord
from nurse_app.presentation.protocol_words import numbered_texts
from nurse_app.presentation.reaction_outcome import outcome_words, patient_is_gone
from nurse_app.presentation.summary_page import SummaryPageView
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, StepHead
from nurse_app.presentation.visit_summary import next_infusion_words, summary_rows


def present_discharge(context: VisitContext) -> SummaryPageView:
    """The page between the end of the observation and the end of the visit."""
    protocol = context.state.protocol
    gone = patient_is_gone(context.state)
    head = StepHead(_("Discharge"), protocol.text("discharge.summary"))
    if gone is not None:
        head = StepHead(_("Finish the visit"), outcome_words(gone))
    return SummaryPageView(
        head=head,
        notices=tuple(course_notices(context)),
        advice_title=_("Tell the patient, one by one"),
        advice=numbered_texts(protocol, "discharge.advice") if gone is None else (),
        rows_title=_("Today"),
        rows=summary_rows(context),
        side=SideView(tuple(_side(context))),
    )


def next_infusion_card(state: VisitState) -> CardView:
    """The next date, or that somebody has to decide it."""
    note = "" if next_due(state) is not None else _("no date is set by itself after a stop or a reaction")
    return CardView("next_infusion", _("Next infusion"), next_infusion_words(state), note)


def record_actions(context: VisitContext) -> tuple[ActionView, ...]:
    """The ways to the record: on the screen, and as a file to print and sign."""
    return (
        ActionView("save_record", _("Save record…"), SaveRecord(context.visit_id), "S"),
        ActionView("timeline", _("Timeline"), GoToRecord(context.visit_id), "T"),
    )


def _side(context: VisitContext) -> Iterator[CardView | ActionView]:
    state = context.state
    label = _("Discharge") if patient_is_gone(state) is None else _("Close the visit")
    yield ActionView("discharge", label, c.Discharge(), "C", "primary")
    yield next_infusion_card(state)
    yield from call_card(context)
    if next_due(state) is None:
        about = state.protocol.decisions.next_infusion
        yield decision_action(about, _("Prescriber’s decision…"))
    # Before the patient has gone: what can still be arranged today.
    yield due_card(context)
    yield due_action()
    yield from record_actions(context)
    yield from after_actions(context)
    yield note_action()
