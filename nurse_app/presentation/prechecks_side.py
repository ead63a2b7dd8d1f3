"""The right column of the pre-checks: the result so far, what may be done with it, two results, what is due."""

from collections.abc import Iterable

from nurse_app.domain.commands import FinishPrechecks
from nurse_app.domain.deciding.checks import declined
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.state import VisitState
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.common_actions import back_action, line_action
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.due_sheet import due_action, due_card
from nurse_app.presentation.finding_words import finding_title
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.lab_cards import lab_cards
from nurse_app.presentation.view_parts import ActionRole, ActionView, CardView, SideView, Tone

# Not found but not yet done: counted apart from holds, so that a fresh page does not look like an alarm.
COUNTED_APART = frozenset({"unanswered", "vital-signs-missing"})


def present_prechecks_side(context: VisitContext, judged: Assessment) -> SideView:
    """Result, the one next act, the other acts, the two results, what is due."""
    state = context.state
    cards = (*lab_cards(context, judged), due_card(context))
    if state.phase != "prechecks":
        return SideView((_result(state, judged), back_action(context.visit_id), *cards))
    acts = (_go_on(state, judged), _not_given(state, judged), *_decision(state, judged))
    return SideView((_result(state, judged), *acts, *cards, due_action(), line_action(state)))


def _of(judged: Assessment, severity: str) -> list[Finding]:
    return [item for item in judged.findings if item.severity == severity and item.rule not in COUNTED_APART]


def _open_questions(state: VisitState) -> int:
    return sum(question.id not in state.answers for question in state.protocol.questions)


def _is_complete(judged: Assessment) -> bool:
    return not any(item.rule in COUNTED_APART and item.severity == "hold" for item in judged.findings)


def _result(state: VisitState, judged: Assessment) -> CardView:
    word, tone = _verdict(state, judged)
    title = _("Result") if _is_complete(judged) else _("Result so far")
    return CardView("result", title, word, _counts(state, judged), tone)


def _verdict(state: VisitState, judged: Assessment) -> tuple[str, Tone]:
    if _of(judged, "stop") or declined(state):
        return _("DO NOT GIVE"), "stop"
    if _of(judged, "hold"):
        return _("HOLD"), "hold"
    if not _is_complete(judged):
        return _("not complete"), "muted"
    return (_("CAUTION"), "caution") if _of(judged, "caution") else (_("PROCEED"), "done")


def _counts(state: VisitState, judged: Assessment) -> str:
    stops, holds, cautions = (len(_of(judged, severity)) for severity in ("stop", "hold", "caution"))
    parts = [
        ngettext("{n} stop", "{n} stops", stops).format(n=stops),
        ngettext("{n} hold", "{n} holds", holds).format(n=holds),
        ngettext("{n} caution", "{n} cautions", cautions).format(n=cautions),
    ]
    if _open_questions(state):
        parts.append(_("{n} unanswered").format(n=_open_questions(state)))
    if _lacks_vital_signs(judged):
        parts.append(_("vital signs missing"))
    counts = " · ".join(parts)
    worst = _of(judged, "stop") or _of(judged, "hold") or _of(judged, "caution")
    # What Continue acknowledges stands beside it, wherever the page is scrolled to.
    return _("{counts}. {names}.").format(counts=counts, names=_names(state.protocol, worst)) if worst else counts


def _lacks_vital_signs(judged: Assessment) -> bool:
    return any(item.rule == "vital-signs-missing" and item.severity == "hold" for item in judged.findings)


def _names(protocol: InfusionProtocol, findings: Iterable[Finding]) -> str:
    return ", ".join(dict.fromkeys(finding_title(protocol, item) for item in findings))


def _may_go_on(state: VisitState, judged: Assessment) -> bool:
    return judged.decision in ("proceed", "caution") and not declined(state)


def _go_on(state: VisitState, judged: Assessment) -> ActionView:
    cautions = len(_of(judged, "caution"))
    allowed = _may_go_on(state, judged)
    label = _("Continue to Prepare")
    if allowed and cautions:
        label = ngettext("Continue: {n} caution seen", "Continue: {n} cautions seen", cautions).format(n=cautions)
    role: ActionRole = "primary" if allowed else "secondary"
    why_not = "" if allowed else _why_not(state, judged)
    return ActionView("continue", label, FinishPrechecks(), "C", role, enabled=allowed, why_not=why_not)


def _why_not(state: VisitState, judged: Assessment) -> str:
    stops, holds, count = _of(judged, "stop"), _of(judged, "hold"), _open_questions(state)
    if stops or declined(state):
        return _("Only “Not given today” goes on from here.")
    parts: list[str] = []
    if count:
        parts.append(ngettext("answer {n} question", "answer {n} questions", count).format(n=count))
    if _lacks_vital_signs(judged):
        parts.append(_("record the vital signs"))
    if holds:
        parts.append(_("get a decision about {names}").format(names=_names(state.protocol, holds)))
    return _("First: {acts}.").format(acts=", ".join(parts))


def _not_given(state: VisitState, judged: Assessment) -> ActionView:
    is_next = bool(_of(judged, "stop") or declined(state))
    role: ActionRole = "primary" if is_next else "secondary"
    return ActionView("not_given", _("Not given today…"), OpenSheet(SheetKind.NOT_GIVEN), "G", role)


def _decision(state: VisitState, judged: Assessment) -> tuple[ActionView, ...]:
    """Offered while a hold is open; the next thing to do when nothing but a decision is missing."""
    if not any(item.severity == "hold" for item in judged.findings):
        return ()
    is_open = bool(_of(judged, "hold")) and not _of(judged, "stop") and not declined(state)
    # One call to the prescriber, when everything is asked and measured.
    is_next = is_open and _is_complete(judged)
    role: ActionRole = "primary" if is_next else "secondary"
    return (ActionView("decision", _("Prescriber's decision…"), OpenSheet(SheetKind.DECISION), "D", role),)
