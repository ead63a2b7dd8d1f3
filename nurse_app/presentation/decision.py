"""What a prescriber can decide now, and what nobody can."""

from dataclasses import dataclass

from nurse_app.domain.facts import Patient
from nurse_app.domain.finding import Finding
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import finding_title, finding_view, worst_first
from nurse_app.presentation.prechecks_side import COUNTED_APART
from nurse_app.presentation.view_parts import FindingView, StepHead

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The choices of the sheet; nothing is chosen beforehand, except where only one thing can be meant.

    ``names`` are prescribers already named for this patient, to choose from instead of typing.
    """

    head: StepHead
    about: Options
    only: str
    holds: tuple[FindingView, ...]
    stops: tuple[FindingView, ...]
    words: Options
    names: tuple[str, ...]
    read_back: str


def present_decision(context: VisitContext, subject: str = "") -> DecisionView:
    """The decision about an open hold, or about ``subject`` where that is a decision of its own (resume, and so on)."""
    state = context.state
    limits = state.protocol.decisions
    is_special = subject in (limits.resume, limits.shorten_observation, limits.next_infusion)
    found = () if is_special else worst_first(assess_today(state, context.now).findings)
    holds = sorted((item for item in found if item.severity == "hold"), key=lambda item: item.rule in COUNTED_APART)
    about = ((subject, _subject_words(context, subject)),) if is_special else _about(context, holds)
    return DecisionView(
        head=StepHead(_("Prescriber's decision"), _("Say what was found, write down the answer, read it back.")),
        about=about,
        only=about[0][0] if is_special else "",
        holds=tuple(finding_view(state.protocol, item) for item in holds),
        stops=tuple(finding_view(state.protocol, item) for item in found if item.severity == "stop"),
        words=(("proceed", _("Proceed")), ("do-not-give", _("Do not give"))),
        names=_names(context),
        read_back=_("I read the decision back, and it was confirmed"),
    )


def _subject_words(context: VisitContext, subject: str) -> str:
    state = context.state
    if subject == state.protocol.decisions.resume and state.run.status == "not-started":
        return _("Give today's dose after the reaction")
    return state.protocol.text(f"decision.{subject}")


def _about(context: VisitContext, holds: list[Finding]) -> Options:
    return tuple({item.rule: finding_title(context.state.protocol, item) for item in holds}.items())


def _names(context: VisitContext) -> tuple[str, ...]:
    patient = context.state.facts.patient or Patient()
    decisions = (*context.state.decisions, *reversed(patient.decisions))
    return tuple(dict.fromkeys(decision.by for decision in decisions))[:3]
