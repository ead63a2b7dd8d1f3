"""What is due, with why: each item with its rule, its source, since when and by when, and who may put it off."""

from dataclasses import dataclass, replace

from nurse_app.domain.due import Due, due_now
from nurse_app.domain.due_protocol import Bearing, DueRule
from nurse_app.domain.due_state import LATE
from nurse_app.domain.facts import Patient, Treatment
from nurse_app.domain.follow_up_call import CallDue, call_of_visit
from nurse_app.domain.moment import Moment
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import facts_today, local_now, visit_day
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.due_words import due_title, due_tone, late_words, state_words
from nurse_app.presentation.follow_up_words import call_state_words, call_tone, day_time
from nurse_app.presentation.formats import day
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.protocol_words import optional_text, source_titles
from nurse_app.presentation.reactions_page import reactions_action
from nurse_app.presentation.view_parts import ActionView, CardView, StepHead, Tone

_NAMED_ON_THE_CARD = 3
KEY = "U"


@dataclass(frozen=True, slots=True)
class DueLine:
    """One item: what and where it stands, then its reasons as (label, words)."""

    name: str
    title: str
    state: str
    tone: Tone
    remark: str
    reasons: tuple[tuple[str, str], ...]
    action: ActionView | None = None


@dataclass(frozen=True, slots=True)
class DueSheetView:
    """Everything that is due, what comes first first."""

    head: StepHead
    lines: tuple[DueLine, ...]
    empty: str
    not_approved: str


def case_of_visit(state: VisitState, at: Moment) -> Case:
    """The facts of a visit as they are; once the infusion has begun, it counts as the last one."""
    facts = facts_today(state)
    patient, started = facts.patient or Patient(), state.run.started_at
    treatment = patient.treatment or Treatment()
    if started is not None:
        given = replace(
            treatment,
            first_infusion=treatment.first_infusion or started.latest,
            infusions_given=None if treatment.infusions_given is None else treatment.infusions_given + 1,
            last_infusion=started.latest,
        )
        facts = replace(facts, patient=replace(patient, treatment=given))
    local = local_now(state, at)
    return Case(state.protocol, facts, local, visit_day(state, local))


def present_due_of_visit(context: VisitContext) -> DueSheetView:
    call = call_of_visit(context.state, context.visit_id)
    return present_due(case_of_visit(context.state, context.now), call)


def present_due(case: Case, call: CallDue | None = None, patient_id: str = "") -> DueSheetView:
    """The sheet for one patient on the case's day; ``call`` is the one after a reaction that is still to be made."""
    protocol = case.protocol
    lines = tuple(_line(protocol, due) for due in due_now(case))
    if call is not None:
        lines = (_call_line(case, call, patient_id), *lines)
    return DueSheetView(
        head=StepHead(_("What is due"), _("What comes first stands first.")),
        lines=lines,
        empty="" if lines else _("Nothing is due that this protocol knows of."),
        not_approved="" if protocol.status == "approved" else protocol.text("protocol.not-approved"),
    )


def due_action(subject: str = "") -> ActionView:
    """The button that opens the sheet; outside a visit ``subject`` is the patient."""
    return ActionView("what_is_due", _("What is due…"), OpenSheet(SheetKind.DUE, subject), KEY)


def due_card(context: VisitContext) -> CardView:
    """How many things are late, and the first of them by name."""
    protocol = context.state.protocol
    late = [due.standing for due in due_now(case_of_visit(context.state, context.now)) if due.standing.state in LATE]
    if not late:
        return CardView("due", _("Due"), _("nothing late"), "", "neutral")
    named = [late_words(protocol, standing) for standing in late[:_NAMED_ON_THE_CARD]]
    rest = len(late) - len(named)
    if rest:
        named.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
    value = ngettext("{n} thing late", "{n} things late", len(late)).format(n=len(late))
    return CardView("due", _("Due"), value, " · ".join(named), due_tone(late[0]))


def _line(protocol: InfusionProtocol, due: Due) -> DueLine:
    item, standing = due.item, due.standing
    rule = standing.rule
    reasons = (
        (_("Why"), optional_text(protocol, f"due.{rule.name}.why")),
        (_("Counted from"), day(item.since)),
        (_("By"), _by(due)),
        (_("Today’s infusion"), _bearing_words(standing.bears)),
        (_("Who may put it off"), optional_text(protocol, f"due.{rule.name}.put-off")),
        (_("Source"), " · ".join(source_titles(protocol, *source_places(rule)))),
    )
    remark = protocol.text(f"due.{rule.name}.unreliable", medicine=item.medicine) if item.medicine else ""
    return DueLine(
        name=rule.name,
        title=due_title(protocol, rule),
        state=state_words(protocol, standing),
        tone=due_tone(standing),
        remark=remark,
        reasons=tuple((label, words) for label, words in reasons if words),
    )


def _call_line(case: Case, call: CallDue, patient_id: str) -> DueLine:
    protocol, zone = case.protocol, case.now.tzinfo
    reasons = (
        (_("Why"), protocol.texts.get("after.call", "")),
        (_("Counted from"), day_time(call.onset_at, zone)),
        (_("By"), day_time(call.good_until, zone)),
        (_("Who may put it off"), protocol.texts.get("after.call-put-off", "")),
        (_("Source"), " · ".join(source_titles(protocol, "after_reaction.call_from_hours"))),
    )
    return DueLine(
        name="follow-up-call",
        title=_("Follow-up call after a reaction"),
        state=call_state_words(call, case.now, zone),
        tone=call_tone(call, case.now),
        remark="",
        reasons=tuple((label, words) for label, words in reasons if words),
        action=reactions_action(patient_id) if patient_id else None,
    )


def source_places(rule: DueRule) -> tuple[str, str]:
    """Where in the protocol's basis its sources are: its own, else those of what it monitors."""
    return f"due.rules.{rule.name}", f"labs.monitoring.{rule.monitoring or rule.name}"


def _by(due: Due) -> str:
    days = due.standing.days
    if days.due_on == days.good_until:
        return day(days.due_on)
    return _("{first} to {last}").format(first=day(days.due_on), last=day(days.good_until))


def _bearing_words(bears: Bearing) -> str:
    words = {
        "none": _("No bearing on it."),
        "caution": _("A caution in the pre-checks."),
        "hold": _("A hold in the pre-checks."),
        "stop": _("Stops it: the dose may not be given."),
    }
    return words[bears]
