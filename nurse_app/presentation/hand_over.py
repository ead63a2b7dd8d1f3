"""The hand-over sheet of a reaction: who, what, before, now, what next (ISBAR), to be read out from the top.

The order is that of identification, situation, background, assessment, recommendation (facts 3.5, 4.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from nurse_app.domain.after_reaction_events import Receiver
from nurse_app.domain.facts import Patient, VitalSigns
from nurse_app.domain.protocol import hours, minutes
from nurse_app.domain.reaction import (
    baseline,
    delivered_at_onset,
    gravest,
    is_systemic,
    was_first_line_given,
)
from nurse_app.domain.run import Delivered, delivered, drug_stopped_at
from nurse_app.domain.state import ReactionState, TreatmentEntry, VisitState
from nurse_app.i18n import _
from nurse_app.presentation.after_words import RECEIVERS, grade_words, receiver_words
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import expiry_words
from nurse_app.presentation.formats import clock, countdown, moment_clock, number, tenth, with_unit
from nurse_app.presentation.intents import OpenSheet, SheetKind
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.reaction_words import reasons_in_words
from nurse_app.presentation.view_parts import ActionView, StepHead
from nurse_app.presentation.visit_frame import present_banner
from nurse_app.presentation.visit_summary import beside_the_vein, reaction_words, treatment_words


@dataclass(frozen=True, slots=True)
class HandOverLine:
    """A label and its words."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class HandOverBlock:
    """One letter of the five with its lines."""

    letter: str
    title: str
    lines: tuple[HandOverLine, ...]


@dataclass(frozen=True, slots=True)
class HandOverView:
    """Everything on the sheet; ``receivers`` are (key, words) of who may take over."""

    head: StepHead
    visit_id: str
    blocks: tuple[HandOverBlock, ...]
    receivers: tuple[tuple[Receiver, str], ...]
    handed: tuple[str, ...]


def hand_over_action() -> ActionView:
    """The way to the sheet from the reaction."""
    return ActionView("hand_over", _("Hand-over sheet"), OpenSheet(SheetKind.HAND_OVER), "H")


def hand_over_later(state: VisitState) -> Iterator[ActionView]:
    """The way to the sheet from any step after a reaction; none for a visit without one."""
    if state.reactions:
        yield ActionView("hand_over", _("Hand-over sheet"), OpenSheet(SheetKind.HAND_OVER), "O")


def present_hand_over(context: VisitContext) -> HandOverView:
    """The sheet of the last reaction as it is now, with the earlier ones. IndexError for a visit without one.

    What to watch for follows from the gravest of them.
    """
    reaction = context.state.reactions[-1]
    blocks = (
        HandOverBlock("I", _("Who"), tuple(_who(context))),
        HandOverBlock("S", _("What happens"), tuple(_situation(context, reaction))),
        HandOverBlock("B", _("Before"), tuple(_background(context, reaction))),
        HandOverBlock("A", _("Now"), tuple(_assessment(context, reaction))),
        HandOverBlock("R", _("Watch for"), tuple(_recommendation(context, gravest(context.state)))),
    )
    return HandOverView(
        head=StepHead(_("Hand-over sheet"), _("Read it out, then touch who takes over.")),
        visit_id=context.visit_id,
        blocks=tuple(HandOverBlock(each.letter, each.title, _with_words(each.lines)) for each in blocks),
        receivers=tuple((to, receiver_words(to)) for to in RECEIVERS),
        handed=tuple(_handed(context)),
    )


def _with_words(lines: tuple[HandOverLine, ...]) -> tuple[HandOverLine, ...]:
    return tuple(line for line in lines if line.words)


def _who(context: VisitContext) -> Iterator[HandOverLine]:
    banner, patient = present_banner(context), context.state.facts.patient or Patient()
    if context.private:
        yield HandOverLine(_("Patient"), _("hidden while locked: read the wristband"))
    else:
        (_label, born), record_no, *_others = banner.fields
        yield HandOverLine(_("Patient"), banner.name)
        yield HandOverLine(*record_no)
        yield HandOverLine(_("Born"), born)
    sexes = {"female": _("female"), "male": _("male"), "other": _("other"), "unknown": _("not known"), None: ""}
    weight = with_unit(number(patient.weight_kg), "kg") if patient.weight_kg is not None else _("weight not known")
    yield HandOverLine(_("Sex, weight"), ", ".join(part for part in (sexes[patient.sex], weight) if part))
    yield HandOverLine(_("Allergies"), banner.allergy)


def _situation(context: VisitContext, reaction: ReactionState) -> Iterator[HandOverLine]:
    protocol, zone = context.state.protocol, context.zone
    reasons = reasons_in_words(protocol, reaction)
    level = protocol.text(f"level.{reaction.level}.title")
    yield HandOverLine(_("Level"), _("{level}. {reasons}").format(level=level, reasons=reasons) if reasons else level)
    since = countdown((reaction.closed_at or context.now).since(reaction.opened_at).most)
    words = _("{time}, {since} ago") if reaction.closed_at is None else _("{time}, lasted {since}")
    began = moment_clock(reaction.opened_at, zone)
    yield HandOverLine(_("Since"), words.format(time=began, since=since))
    signs = (f"{protocol.text(f'sign.{sign}')} {moment_clock(at, zone)}" for sign, at in reaction.signs)
    yield HandOverLine(_("Signs"), ", ".join(signs))
    if reaction.ctcae is not None:
        grade = reaction.ctcae
        yield HandOverLine(_("Grade"), grade_words(protocol, grade.term, grade.grade, grade.version))
    for earlier in context.state.reactions[:-1]:
        yield HandOverLine(_("Earlier today"), reaction_words(context, earlier))


def _background(context: VisitContext, reaction: ReactionState) -> Iterator[HandOverLine]:
    state, zone = context.state, context.zone
    run, protocol = state.run, state.protocol
    if run.started_at is None:
        yield HandOverLine(_("Infusion"), _("not started"))
        return
    ended = drug_stopped_at(run)
    words = _("{drug} from {start} to {end}") if ended is not None else _("{drug} since {start}")
    start, end = moment_clock(run.started_at, zone), moment_clock(ended, zone) if ended is not None else ""
    yield HandOverLine(_("Infusion"), words.format(drug=protocol.drug, start=start, end=end))
    before = delivered_at_onset(state, reaction)
    if before is not None:
        yield HandOverLine(_("Given at onset"), _amount(before))
    yield HandOverLine(_("Given in all"), _given_in_all(context))
    product = state.bag.product
    if product is not None:
        expiry = _("exp {expiry}").format(expiry=expiry_words(product.expiry)) if product.expiry else ""
        lot = _("lot {lot}").format(lot=product.lot) if product.lot else ""
        yield HandOverLine(_("Bag"), " · ".join(part for part in (product.brand or "", lot, expiry) if part))
    yield HandOverLine(_("Infusion no."), _infusion_number(context))
    medicines = (state.facts.patient or Patient()).medicines
    yield HandOverLine(_("Medicines"), _listed(medicines))


def _infusion_number(context: VisitContext) -> str:
    treatment = (context.state.facts.patient or Patient()).treatment
    given = treatment.infusions_given if treatment is not None else None
    return "" if given is None else str(given + 1)


def _listed(names: tuple[str, ...] | None) -> str:
    if names is None:
        return _("not known")
    return ", ".join(names) or _("none")


def _amount(given: Delivered) -> str:
    return _("{dose}, {volume}").format(
        dose=with_unit(tenth(given.dose_mg), "mg"), volume=with_unit(tenth(given.volume_ml), "mL")
    )


def _given_in_all(context: VisitContext) -> str:
    amount = _amount(delivered(context.state.protocol, context.state.run, context.now))
    return ", ".join(part for part in (amount, beside_the_vein(context.state)) if part)


def _assessment(context: VisitContext, reaction: ReactionState) -> Iterator[HandOverLine]:
    state = context.state
    yield from _vital_signs(context, reaction)
    first_line = state.protocol.reaction.first_line
    yield HandOverLine(*_first_line(context, reaction))
    others = [each for each in reaction.treatments if each.name != first_line]
    yield HandOverLine(_("Also given"), "; ".join(treatment_words(context, each) for each in others))
    done = (
        f"{state.protocol.text(f'action.{act}.title')} {moment_clock(at, context.zone)}"
        for act, at in reaction.actions
        if act not in state.protocol.reaction.treatments
    )
    yield HandOverLine(_("Done"), "; ".join(done))


def _first_line(context: VisitContext, reaction: ReactionState) -> tuple[str, str]:
    """Each dose of the visit with its time, and from when on the next may be given."""
    state, protocol = context.state, context.state.protocol
    drug = protocol.text(f"treatment.{protocol.reaction.first_line}")
    treated = (each for one in state.reactions for each in one.treatments)
    given = [each for each in treated if each.name == protocol.reaction.first_line]
    if not given:
        return drug, _("not given") if is_systemic(reaction.level) else ""
    doses = "; ".join(_dose(context, each) for each in given)
    following = given[-1].at.plus(minutes(protocol.reaction.epinephrine.repeat_minutes))
    if context.now.latest < following.latest:
        time = moment_clock(following, context.zone)
        return drug, _("{doses}. Next from {time}").format(doses=doses, time=time)
    if is_systemic(reaction.level) or was_first_line_given(state, reaction):
        return drug, _("{doses}. Next may be given now").format(doses=doses)
    return drug, doses


def _dose(context: VisitContext, given: TreatmentEntry) -> str:
    """0.5 mg IM 10:42: the drug’s name stands before."""
    parts = (given.dose or "", given.route or "", moment_clock(given.at, context.zone))
    return " ".join(part for part in parts if part)


def _vital_signs(context: VisitContext, reaction: ReactionState) -> Iterator[HandOverLine]:
    """The newest set since the onset, each figure beside the patient's own baseline."""
    taken = [each for each in context.state.vitals if each.at.latest >= reaction.opened_at.latest]
    before = baseline(context.state) or VitalSigns()
    last = taken[-1].vitals if taken else VitalSigns()
    label = _("Vital signs {time}").format(time=moment_clock(taken[-1].at, context.zone)) if taken else ""
    yield HandOverLine(label or _("Vital signs"), _("now, and before the infusion") if taken else _("none since then"))
    for title, now, then in _figures(context, last, before):
        known = _("{now} (before {then})") if then else "{now}"
        yield HandOverLine(title, known.format(now=now, then=then) if now else "")


def _figures(context: VisitContext, last: VitalSigns, before: VitalSigns) -> Iterator[tuple[str, str, str]]:
    protocol = context.state.protocol
    unit = protocol.vital_signs["systolic"].unit
    pressure = _pressure(last)
    yield _("Blood pressure"), with_unit(pressure, unit) if pressure else "", _pressure(before)
    for name, sign in protocol.vital_signs.items():
        if name not in ("systolic", "diastolic"):
            now, then = getattr(last, name), getattr(before, name)
            shown = with_unit(number(now), sign.unit) if now is not None else ""
            yield protocol.text(f"vital.{name}"), shown, number(then) if then is not None else ""


def _pressure(vitals: VitalSigns) -> str:
    if vitals.systolic is None and vitals.diastolic is None:
        return ""
    parts = (number(value) if value is not None else "—" for value in (vitals.systolic, vitals.diastolic))
    return "/".join(parts)


def _recommendation(context: VisitContext, reaction: ReactionState) -> Iterator[HandOverLine]:
    state, after = context.state, context.state.protocol.after_reaction
    treated = was_first_line_given(state, reaction)
    if after is None or (reaction.level == "none" and not treated):
        return
    watch = "after.biphasic" if is_systemic(reaction.level) or treated else "after.biphasic-resolved"
    yield HandOverLine(_("Second wave"), state.protocol.text(watch))
    if reaction.level == "anaphylaxis":
        times = (
            _at(context, reaction, hours(each)) for each in (after.tryptase_from_hours, after.tryptase_until_hours)
        )
        first, last = times
        window = _("{text} That is from {first} to {last}.")
        text = state.protocol.text("after.tryptase")
        yield HandOverLine(_("Tryptase"), window.format(text=text, first=first, last=last))
    yield HandOverLine(_("Later"), state.protocol.text("after.delayed"))
    if state.hypersensitivity != "no":
        yield HandOverLine(_("Allergy"), optional_text(state.protocol, f"flag.{state.protocol.reaction.flag}"))


def _at(context: VisitContext, reaction: ReactionState, after: timedelta) -> str:
    return clock(reaction.opened_at.latest + after, context.zone)


def _handed(context: VisitContext) -> Iterator[str]:
    for each in context.state.handovers:
        to = ", ".join(part for part in (receiver_words(each.to), each.name) if part)
        yield _("Handed over {time} by {name} to: {to}").format(
            time=moment_clock(each.at, context.zone), name=context.name_of(each.by), to=to
        )
