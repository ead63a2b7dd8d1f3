"""May this patient have the dose today? The questions, what the record brings up, and the result so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nurse_app.domain.commands import AnswerRest
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.protocol import InfusionProtocol, Question
from nurse_app.domain.reaction import baseline
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import declined_view, finding_view
from nurse_app.presentation.formats import moment_clock
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.prechecks_side import COUNTED_APART, present_prechecks_side
from nurse_app.presentation.view_parts import ActionView, FindingView, SideView, StepHead, Tone
from nurse_app.presentation.vital_signs import alarm_line_words, vitals_in_words

_VITAL_SIGN_RULES = frozenset({"vital-signs", "fever", "vital-signs-missing"})
# Medicines of the record that a question asks about.
_LISTED: Mapping[str, frozenset[str]] = {
    "immunosuppressant-last-month": frozenset({"immunosuppressant-medicine", "immunomodulator-medicine"}),
    "steroid-last-month": frozenset({"steroid-last-month"}),
}


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question, its answer (None: not yet), and the findings that the answer caused."""

    id: str
    text: str
    hint: str
    answer: bool | None
    yes_tone: Tone
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class VitalSignsRow:
    """The baseline: what was measured, and the button that measures it (again)."""

    title: str
    note: str
    taken: bool
    action: ActionView
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class PrechecksView:
    """The whole page. ``rest`` answers what is left with No; None when nothing is left."""

    visit_id: str
    head: StepHead
    side: SideView
    from_record: tuple[FindingView, ...]
    questions: tuple[QuestionView, ...]
    rest: ActionView | None
    rest_note: str
    vital_signs: VitalSignsRow
    notes: tuple[FindingView, ...]


def present_prechecks(context: VisitContext) -> PrechecksView:
    """Questions, findings and result of one visit at one moment."""
    state = context.state
    judged = assess_today(state, context.now)
    open_count = len(state.protocol.questions) - len(state.answers)
    record = [item for item in judged.findings if _is_of_record(state.protocol, item)]
    return PrechecksView(
        visit_id=context.visit_id,
        head=StepHead(_("Pre-checks"), _lead(state)),
        side=present_prechecks_side(context, judged),
        from_record=_views(state, (item for item in record if item.severity != "information")),
        questions=tuple(_question(state, question, judged) for question in state.protocol.questions),
        rest=_rest(open_count) if open_count else None,
        rest_note=_("Only when you have asked every question."),
        vital_signs=_vital_signs(context, judged),
        notes=_views(state, (item for item in record if item.severity == "information")),
    )


def _lead(state: VisitState) -> str:
    text = _("Ask the patient each question. {n} of {all} answered.")
    return text.format(n=len(state.answers), all=len(state.protocol.questions))


def _rest(count: int) -> ActionView:
    label = ngettext("The last question: no", "All {n} others: no", count).format(n=count)
    return ActionView("rest", label, AnswerRest(answer=False), "A")


def _views(state: VisitState, findings: Iterable[Finding]) -> tuple[FindingView, ...]:
    return tuple(_view(state, finding) for finding in findings)


def _view(state: VisitState, finding: Finding) -> FindingView:
    last = next((one for one in reversed(state.decisions) if one.about == finding.rule), None)
    if finding.severity == "hold" and last is not None and last.decision == "do-not-give":
        return declined_view(state.protocol, finding, last)
    return finding_view(state.protocol, finding)


def _is_of_record(protocol: InfusionProtocol, finding: Finding) -> bool:
    """Neither caused by an answer nor by the vital signs."""
    is_answer = finding.variant == "yes" and finding.rule in {question.rule for question in protocol.questions}
    return not is_answer and finding.rule not in _VITAL_SIGN_RULES | COUNTED_APART


def _question(state: VisitState, question: Question, judged: Assessment) -> QuestionView:
    protocol, answer = state.protocol, state.answers.get(question.id)
    caused = [item for item in judged.findings if item.rule == question.rule and item.variant == "yes"]
    return QuestionView(
        id=question.id,
        text=protocol.text(f"question.{question.id}.text"),
        hint=_hint(protocol, question, judged),
        answer=answer,
        yes_tone="neutral" if question.severity == "information" else question.severity,
        findings=_views(state, caused) if answer else (),
    )


def _hint(protocol: InfusionProtocol, question: Question, judged: Assessment) -> str:
    hint = protocol.text(f"question.{question.id}.hint")
    rules = _LISTED.get(question.rule, frozenset())
    listed = [item.figures["medicine"] for item in judged.findings if item.rule in rules and "medicine" in item.figures]
    if not listed:
        return hint
    return _("{hint} · listed: {names}").format(hint=hint, names=", ".join(listed))


def _vital_signs(context: VisitContext, judged: Assessment) -> VitalSignsRow:
    state = context.state
    taken = bool(state.vitals)
    findings = [item for item in judged.findings if item.rule in _VITAL_SIGN_RULES]
    shown = [item for item in findings if taken or item.rule != "vital-signs-missing"]
    label = _("Measure again") if taken else _("Record vital signs")
    return VitalSignsRow(
        title=_("Baseline vital signs"),
        note=_baseline_words(context) if taken else _("All six. What is missing is not normal."),
        taken=taken and not any(item.rule == "vital-signs-missing" for item in findings),
        action=ActionView("vital_signs", label, OpenSheet(SheetKind.VITAL_SIGNS), "V"),
        findings=_views(state, shown),
    )


def _baseline_words(context: VisitContext) -> str:
    state, values = context.state, baseline(context.state)
    before = [taken for taken in state.vitals if not state.is_since_start(taken)]
    if values is None or not before:
        return _("None before the start.")
    time = moment_clock(before[-1].at, context.zone)
    words = _("{time} · {values}").format(time=time, values=vitals_in_words(context, values))
    return words if values.systolic is None else f"{words} · {alarm_line_words(context)}"
