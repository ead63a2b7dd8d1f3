"""The first step: is the person in the chair the patient of this record?"""

from dataclasses import dataclass

from nurse_app.domain.events import IdentityMismatched, PatientIdentified
from nurse_app.domain.facts import Patient
from nurse_app.i18n import _
from nurse_app.presentation.clock_cards import note_action
from nurse_app.presentation.common_actions import back_action
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import moment_clock
from nurse_app.presentation.intents import GoHome, OpenSheet, SheetKind
from nurse_app.presentation.patient_order import shown_name
from nurse_app.presentation.record_entries import last_of
from nurse_app.presentation.view_parts import ActionView, FindingView, SideView, StepHead


@dataclass(frozen=True, slots=True)
class IdentifyView:
    """What the page asks, and what came of it. ``refusals`` counts the mismatches, so that a new one is noticed."""

    visit_id: str
    head: StepHead
    side: SideView
    refusal: FindingView | None
    refusals: int
    advice: FindingView | None
    matched: str


def present_identify(context: VisitContext) -> IdentifyView:
    """Identity as it stands: not yet checked, refused, or matched."""
    lead = _("The banner shows the record you opened. Is this the person? Scan the wristband, ask for the birth date.")
    return IdentifyView(
        visit_id=context.visit_id,
        head=StepHead(_("Who is this?"), lead),
        side=_side(context),
        refusal=_refusal(context),
        refusals=sum(isinstance(item.event, IdentityMismatched) for item in context.record),
        advice=_advice(context),
        matched=_matched(context),
    )


def _side(context: VisitContext) -> SideView:
    home = ActionView("home", _("Another patient"), GoHome(), "H")
    if context.state.phase != "identify":
        return SideView((back_action(context.visit_id), home))
    not_given = ActionView("not_given", _("Not given today…"), OpenSheet(SheetKind.NOT_GIVEN), "G")
    return SideView((home, not_given, note_action()))


def _refusal(context: VisitContext) -> FindingView | None:
    """The last check, when it was a mismatch."""
    last = last_of(context.record, IdentityMismatched, PatientIdentified)
    if last is None or not isinstance(last.event, IdentityMismatched):
        return None
    title = _("Stop. This is not the patient of this record")
    scanned, expected = last.event.wristband, context.state.record_no
    if scanned == expected:
        text = _("The wristband agrees, the birth date does not. Do not go on. Ask again, then try again.")
        return FindingView("identity-mismatch", "stop", title, text)
    text = _("Read: {scanned}. This record: {expected}. Do not go on. Find out who this is, then try again or go home.")
    return FindingView("identity-mismatch", "stop", title, text.format(scanned=scanned, expected=expected))


def _advice(context: VisitContext) -> FindingView | None:
    patient = context.state.facts.patient or Patient()
    if patient.birth_date is not None:
        return None
    text = _("The record has no birth date, so only the wristband can be compared. Complete the record first.")
    return FindingView("age-minimum", "caution", _("Birth date not on record"), text)


def _matched(context: VisitContext) -> str:
    state = context.state
    if state.identified_at is None:
        return ""
    how = _("wristband scanned") if state.wristband_entered == "scanned" else _("wristband number typed")
    text = _("{name}: identity matched {time} · {how}")
    return text.format(
        name=shown_name(context.patient_name), time=moment_clock(state.identified_at, context.zone), how=how
    )
