"""Why: the rule behind a finding, the figures it used, where it comes from, and who sees it differently."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.today import assess_today
from nurse_app.i18n import N_, _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import (
    decided_words,
    figures_in_words,
    finding_sentence,
    finding_title,
    worst_first,
)
from nurse_app.presentation.formats import number
from nurse_app.presentation.view_parts import FindingView, StepHead

_FIGURE_LABELS: Mapping[str, str] = {
    "test": N_("Test"),
    "tests": N_("Tests"),
    "sign": N_("Measured"),
    "value": N_("Value"),
    "previous": N_("Value before"),
    "multiple": N_("Times the upper limit"),
    "uln": N_("Upper limit of the laboratory"),
    "limit": N_("Limit"),
    "needed": N_("Must be"),
    "dose": N_("Dose ordered"),
    "strength": N_("Strength on the label, mg"),
    "volume": N_("Volume on the label, mL"),
    "brand": N_("Brand"),
    "programme": N_("Programme"),
    "valid_until": N_("Valid until"),
    "route": N_("Route"),
    "expiry": N_("Expiry"),
    "age": N_("Age in years"),
    "medicine": N_("Medicine as entered"),
    "name": N_("Found by the name"),
    "count": N_("Questions without an answer"),
    "names": N_("Not measured"),
    "days": N_("Days"),
    "first": N_("First"),
    "last": N_("Last"),
    "due": N_("Due"),
    "collected": N_("Collected"),
    "max_age": N_("May be as old as (days or months)"),
    "index": N_("Anti-JCV result"),
    "infusions": N_("Infusions given"),
    "mri": N_("Last brain MRI"),
    "decision": N_("Last decision"),
    "total": N_("Age of the bag"),
    "room": N_("Outside the refrigerator"),
    "end": N_("Use before"),
    "at": N_("Time recorded"),
}
# Rules name a limit that a result lacks; what is missing says so in words.
_LIMIT_NAMES: Mapping[str, str] = {
    "uln": N_("the laboratory's upper limit"),
    "lln": N_("the laboratory's lower limit"),
}
_VERIFIED_WORDS: Mapping[str, str] = {
    "seen": N_("seen in the source"),
    "second-hand": N_("second-hand: somebody else quotes it"),
    "from-memory": N_("from memory, not checked"),
    "our-default": N_("default of this protocol, no authority seen"),
    "computed": N_("computed"),
}


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source: what it is, where it was read, and how it was verified."""

    title: str
    where: str
    verified: str


@dataclass(frozen=True, slots=True)
class WhyFinding:
    """One finding of the rule, as it was found, with its figures (label, value)."""

    finding: FindingView
    figures: tuple[tuple[str, str], ...]
    grade: str
    decided: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """Everything a rule can say for itself."""

    head: StepHead
    rule: str
    findings: tuple[WhyFinding, ...]
    what_next: str
    sources: tuple[SourceView, ...]
    other_view: str
    protocol: str
    not_approved: str


def present_why(context: VisitContext, rule: str) -> WhyView:
    """The reasons behind the present findings of one rule."""
    state = context.state
    protocol = state.protocol
    found = worst_first(item for item in assess_today(state, context.now).findings if item.rule == rule)
    basis = protocol.rules[rule]
    return WhyView(
        head=StepHead(
            _("Why: {rule}").format(rule=protocol.text(f"rule.{rule}")),
            _("The rule, its figures and where it is from."),
        ),
        rule=rule,
        findings=tuple(_why_finding(context, finding) for finding in found),
        what_next=_what_next(protocol, found[0]) if found else _("Nothing is found by this rule now."),
        sources=tuple(source_view(protocol, source) for source in basis.sources),
        other_view=protocol.text(basis.other_view) if basis.other_view else "",
        protocol=_("Protocol {id}, version {version}. Rule: {rule}.").format(
            id=protocol.id, version=protocol.version, rule=rule
        ),
        not_approved="" if protocol.status == "approved" else protocol.text("protocol.not-approved"),
    )


def _why_finding(context: VisitContext, finding: Finding) -> WhyFinding:
    protocol = context.state.protocol
    view = FindingView(
        finding.rule, finding.severity, finding_title(protocol, finding), finding_sentence(protocol, finding)
    )
    return WhyFinding(
        finding=view,
        figures=tuple(_figures(protocol, finding)),
        grade=_grade(finding),
        decided=decided_words(finding.figures),
        missing=_MISSING.get(finding.variant, _nothing)(context, finding),
    )


def _figures(protocol: InfusionProtocol, finding: Finding) -> Iterator[tuple[str, str]]:
    words = figures_in_words(protocol, finding)
    unit = words.get("unit", "")
    for name, label in _FIGURE_LABELS.items():
        if words.get(name, "") in ("", *_LIMIT_NAMES):
            continue
        value = f"{words[name]} {unit}".rstrip() if name in ("value", "previous") else words[name]
        yield _(label), value


def _grade(finding: Finding) -> str:
    if finding.ctcae is None:
        return ""
    found, before = finding.ctcae, finding.ctcae.baseline
    if before is None:
        return _("CTCAE {version}: grade {grade}").format(version=found.version, grade=found.grade)
    text = _("CTCAE {version}: grade {grade} of baseline ({baseline} before treatment, above its limit)")
    return text.format(version=found.version, grade=found.grade, baseline=number(before))


def _what_next(protocol: InfusionProtocol, worst: Finding) -> str:
    if worst.variant in ("unanswered", "missing") and worst.severity == "hold":
        return _("Do what is missing. Where that is not possible, the prescriber decides.")
    if worst.severity == "stop":
        return _("Nothing clears this within a visit. Today's dose is not given.")
    if worst.severity == "hold" and worst.rule in protocol.decisions.standing:
        text = _("A prescriber's decision clears the way. It counts for {months} months.")
        return text.format(months=protocol.decisions.standing_months)
    if worst.severity == "hold":
        return _("A prescriber's decision of today clears the way, or new facts that change the finding.")
    if worst.severity == "caution":
        return _("Take note of it and go on.")
    return _("Nothing to do.")


def source_view(protocol: InfusionProtocol, source_id: str) -> SourceView:
    source = protocol.sources[source_id]
    return SourceView(source.title, source.where, _(_VERIFIED_WORDS[source.verified]))


def _nothing(_context: VisitContext, _finding: Finding) -> tuple[str, ...]:
    return ()


def _open_questions(context: VisitContext, _finding: Finding) -> tuple[str, ...]:
    state = context.state
    open_ids = [question.id for question in state.protocol.questions if question.id not in state.answers]
    return tuple(state.protocol.text(f"question.{question}.text") for question in open_ids)


def _limit_or_value(context: VisitContext, finding: Finding) -> tuple[str, ...]:
    words = figures_in_words(context.state.protocol, finding)
    limit = _LIMIT_NAMES.get(finding.figures.get("limit", ""))
    if limit is not None:
        return (_("{test}: {limit}").format(test=words["test"], limit=_(limit)),)
    return tuple(words[name] for name in ("names", "tests") if words.get(name))


def _the_thing_itself(context: VisitContext, finding: Finding) -> tuple[str, ...]:
    return (finding_title(context.state.protocol, finding),)


_MISSING: Mapping[str, Callable[[VisitContext, Finding], tuple[str, ...]]] = {
    "unanswered": _open_questions,
    "missing": _limit_or_value,
    "absent": _limit_or_value,
    "unknown": _the_thing_itself,
}
