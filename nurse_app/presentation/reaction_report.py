"""The data that forms for suspected side effects ask for, from what is recorded; what is missing is named as missing.

It follows no authority's form: patient, event, suspect product, other medicines, reporter are what all of them want.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nurse_app import __version__
from nurse_app.domain.calendar import day_of, whole_years
from nurse_app.domain.facts import Patient
from nurse_app.domain.quantity import TENTH, rounded
from nurse_app.domain.reaction import delivered_at_onset, gravest, gravest_number
from nurse_app.domain.run import delivered, drug_stopped_at, was_given_again, was_halted_since
from nurse_app.domain.state import ReactionState, VisitState
from nurse_app.i18n import _
from nurse_app.interchange.record_document import RecordDocument, RecordSection
from nurse_app.presentation.after_words import grade_words
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import expiry_words
from nurse_app.presentation.formats import day, day_and_clock, number, tenth, with_unit
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.protocol_words import optional_text, page_banners, standing_notices
from nurse_app.presentation.reaction_outcome import outcome_words
from nurse_app.presentation.view_parts import ActionView, StepHead
from nurse_app.presentation.visit_summary import beside_the_vein, reaction_words, treatment_words
from nurse_app.presentation.vital_signs import vitals_in_words

CRITERIA = ("death", "life-threatening", "hospital", "disability", "birth-defect", "other")
NOT_SERIOUS = "not-serious"


@dataclass(frozen=True, slots=True)
class ReportPart:
    """Some fields under a heading; words "" are missing."""

    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReactionReportView:
    """The sheet: what will be in the file, what is missing, and the criteria to choose from."""

    head: StepHead
    visit_id: str
    note: str
    parts: tuple[ReportPart, ...]
    missing: str
    criteria: tuple[tuple[str, str], ...]


def report_action() -> ActionView:
    """The way to the data once a reaction was recorded."""
    return ActionView("reaction_report", _("Side effect report…"), OpenSheet(SheetKind.REACTION_REPORT), "R")


def present_reaction_report(context: VisitContext) -> ReactionReportView:
    """The data of the visit’s gravest reaction as it is now. IndexError for a visit without one."""
    parts = report_parts(context)
    return ReactionReportView(
        head=StepHead(_("Side effect report"), _("Choose what made it serious, then save.")),
        visit_id=context.visit_id,
        note=optional_text(context.state.protocol, "after.report"),
        parts=parts,
        missing=missing_words(parts),
        criteria=(*((key, criterion_words(key)) for key in CRITERIA), (NOT_SERIOUS, criterion_words(NOT_SERIOUS))),
    )


def missing_words(parts: tuple[ReportPart, ...]) -> str:
    """What is not on record; empty when everything is."""
    names = [label for part in parts for label, words in part.fields if not words]
    return _("Missing: {names}").format(names=", ".join(names)) if names else ""


def criterion_words(key: str) -> str:
    """What makes a side effect serious, in a few words."""
    words = {
        "death": _("Death"),
        "life-threatening": _("Life-threatening"),
        "hospital": _("Hospital stay, new or longer"),
        "disability": _("Lasting disability"),
        "birth-defect": _("Birth defect"),
        "other": _("Other important medical event"),
        NOT_SERIOUS: _("Not serious"),
    }
    return words[key]


def report_parts(context: VisitContext) -> tuple[ReportPart, ...]:
    """Every field of the gravest reaction's report, in the order that forms have."""
    reaction = gravest(context.state)
    return (
        ReportPart(_("Patient"), tuple(_patient(context))),
        ReportPart(_("Event"), tuple(_event(context, reaction))),
        ReportPart(_("Suspect product"), tuple(_product(context, reaction))),
        ReportPart(_("Other medicines and history"), tuple(_others(context))),
        ReportPart(_("Reporter"), ((_("Reporter’s role"), ""), (_("Reporter’s name and address"), ""))),
    )


def initials(name: str) -> str:
    """P. O. S. of SAMPLE, Patient One: given names first; empty for a patient without a name."""
    family, _comma, given = name.partition(",")
    return " ".join(f"{part[0].upper()}." for part in (*given.split(), *family.split()))


def age_at(context: VisitContext, reaction: ReactionState) -> str:
    """Whole years at the onset; empty when the birth date is not known."""
    born = (context.state.facts.patient or Patient()).birth_date
    return "" if born is None else str(whole_years(born, day_of(reaction.opened_at.latest, context.zone)))


def sex_words(patient: Patient) -> str:
    """Empty when not known."""
    words = {"female": _("female"), "male": _("male"), "other": _("other")}
    return words.get(patient.sex or "", "")


def _patient(context: VisitContext) -> Iterator[tuple[str, str]]:
    patient, reaction = context.state.facts.patient or Patient(), gravest(context.state)
    yield _("Initials"), "" if context.private else initials(context.patient_name)
    yield _("Age at the event (years)"), age_at(context, reaction)
    yield _("Sex"), sex_words(patient)
    yield _("Weight"), with_unit(number(patient.weight_kg), "kg") if patient.weight_kg is not None else ""


def _event(context: VisitContext, reaction: ReactionState) -> Iterator[tuple[str, str]]:
    state, zone = context.state, context.zone
    protocol = state.protocol
    grade = reaction.ctcae
    yield _("Level"), protocol.text(f"level.{reaction.level}.title")
    graded = grade_words(protocol, grade.term, grade.grade, grade.version) if grade is not None else ""
    yield _("Term and grade"), graded
    yield _("Signs"), ", ".join(protocol.text(f"sign.{sign}") for sign in reaction.sign_ids)
    yield _("Onset"), day_and_clock(reaction.opened_at.latest, zone)
    yield _("End"), day_and_clock(reaction.closed_at.latest, zone) if reaction.closed_at is not None else ""
    yield _("Outcome"), outcome_words(reaction.outcome) if reaction.outcome is not None else ""
    yield (
        _("Treatment"),
        "; ".join(treatment_words(context, each) for each in reaction.treatments) or _("none recorded"),
    )
    if len(state.reactions) > 1:
        yield other_reactions(context)
    taken = [each for each in state.vitals if each.at.latest >= reaction.opened_at.latest]
    yield _("Tests: vital signs"), vitals_in_words(context, taken[-1].vitals) if taken else ""


def other_reactions(context: VisitContext) -> tuple[str, str]:
    """The reactions of the visit beside the gravest one, in words; none is ""."""
    at = gravest_number(context.state) - 1
    others = (*context.state.reactions[:at], *context.state.reactions[at + 1 :])
    return _("Other reactions of this visit"), "; ".join(reaction_words(context, each) for each in others)


def _product(context: VisitContext, reaction: ReactionState) -> Iterator[tuple[str, str]]:
    state = context.state
    product, run = state.bag.product, state.run
    yield _("Drug"), state.protocol.drug
    yield _("Brand"), (product.brand or "") if product is not None else ""
    yield _("Lot"), (product.lot or "") if product is not None else ""
    yield _("Expiry"), expiry_words(product.expiry) if product is not None and product.expiry else ""
    yield _("Dose ordered"), with_unit(number(state.protocol.dose_mg), "mg")
    yield _("Dose given"), _dose_given(context) if run.started_at is not None else _("none")
    before = delivered_at_onset(state, reaction)
    yield _("Dose at onset"), with_unit(tenth(before.dose_mg), "mg") if before is not None else _("none")
    yield _("Route"), optional_text(state.protocol, f"route.{state.protocol.product.route}")
    yield from _therapy(context)
    yield _("Better after it was stopped"), _dechallenge(state, reaction)
    yield given_again(state, reaction)


def _therapy(context: VisitContext) -> Iterator[tuple[str, str]]:
    state, zone = context.state, context.zone
    run, patient = state.run, state.facts.patient or Patient()
    treatment = patient.treatment
    first = treatment.first_infusion if treatment is not None else None
    yield _("First infusion"), day(day_of(first, zone)) if first is not None else ""
    given = treatment.infusions_given if treatment is not None else None
    yield _("This infusion is number"), "" if given is None else str(given + 1)
    yield _("This infusion began"), day_and_clock(run.started_at.latest, zone) if run.started_at is not None else ""
    ended = drug_stopped_at(run)
    yield _("This infusion ended"), day_and_clock(ended.latest, zone) if ended is not None else ""
    yield _("Indication"), optional_text(state.protocol, f"indication.{patient.indication}")


def dose_given(context: VisitContext) -> Decimal:
    """In all, mg, to a tenth."""
    return rounded(delivered(context.state.protocol, context.state.run, context.now).dose_mg, TENTH)


def _dose_given(context: VisitContext) -> str:
    dose = with_unit(tenth(dose_given(context)), "mg")
    return ", ".join(part for part in (dose, beside_the_vein(context.state)) if part)


def given_again(state: VisitState, reaction: ReactionState) -> tuple[str, str]:
    """Whether the drug ran again after the onset, with its label."""
    again = was_given_again(state.run, reaction.opened_at)
    return _("Given again after the event"), _("yes") if again else _("no")


def _dechallenge(state: VisitState, reaction: ReactionState) -> str:
    """Nothing can be told from a stop that came before the onset."""
    if not was_halted_since(state.run, reaction.opened_at):
        return _("does not apply: it was not stopped")
    words = {"resolved": _("yes"), "improving": _("yes"), "died": _("no"), "transferred": "", None: ""}
    return words[reaction.outcome]


def _others(context: VisitContext) -> Iterator[tuple[str, str]]:
    patient = context.state.facts.patient or Patient()
    yield _("Other medicines"), _listed(patient.medicines)
    yield _("Allergies"), _listed(patient.allergies)


def _listed(names: tuple[str, ...] | None) -> str:
    return "" if names is None else ", ".join(names) or _("none")


def report_document(context: VisitContext, serious: tuple[str, ...], *, training: bool, sample: bool) -> RecordDocument:
    """The data on paper. What is missing has a word in its place, so that nobody takes a gap for a no."""
    protocol, parts = context.state.protocol, report_parts(context)
    chosen = ", ".join(criterion_words(key) for key in serious)
    who, *others = parts
    criteria = RecordSection(_("Serious because of"), lines=(chosen or _("not chosen"),))
    lines = tuple(line for line in (optional_text(protocol, "after.report"), missing_words(parts)) if line)
    return RecordDocument(
        title=_("Data for a side effect report"),
        banners=page_banners(training=training, sample=sample),
        notices=standing_notices(protocol),
        subject=(*_filled(who), (_("Made"), day_and_clock(context.now.latest, context.zone))),
        sections=(
            RecordSection("", lines=lines),
            criteria,
            *(RecordSection(part.title, pairs=_filled(part)) for part in others),
        ),
        signatures=(_("Reporter, name, signature and date"),),
        foot=(_("nurse-app {version}").format(version=__version__),),
        entries=(),
    )


def _filled(part: ReportPart) -> tuple[tuple[str, str], ...]:
    return tuple((label, words or _("missing")) for label, words in part.fields)
