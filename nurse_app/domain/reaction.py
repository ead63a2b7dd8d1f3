"""Reaction signs into a level with its reasons, and the epinephrine figures of the standing order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.moment import ZERO, Moment
from nurse_app.domain.protocol import InfusionProtocol, Level, minutes
from nurse_app.domain.quantity import HUNDREDTH, rounded
from nurse_app.domain.reaction_protocol import Epinephrine, ReactionPath
from nurse_app.domain.run import Delivered, delivered_until
from nurse_app.domain.state import ReactionState, VisitState

LEVELS: tuple[Level, ...] = ("none", "mild", "allergic", "severe", "anaphylaxis")
# The reason of a level that no sign asks for: the nurse at the chair saw more than can be marked.
RAISED_BY_NURSE = "raised-by-nurse"


@dataclass(frozen=True, slots=True)
class Grading:
    """A level and why: sign ids, or the id of a criterion."""

    level: Level
    reasons: tuple[str, ...]


def is_allergic(level: Level) -> bool:
    """Allergic or worse: the drug is stopped for good today."""
    return LEVELS.index(level) >= LEVELS.index("allergic")


def is_systemic(level: Level) -> bool:
    """Severe or worse: the flag on the patient is never cleared."""
    return LEVELS.index(level) >= LEVELS.index("severe")


def grade_signs(protocol: InfusionProtocol, sign_ids: Iterable[str], *, pressure_falls: bool = False) -> Grading:
    """The level of these signs together. ``pressure_falls``: systolic pressure is 20 to 30 % below baseline."""
    limits = protocol.reaction
    signs = [sign for sign_id in dict.fromkeys(sign_ids) if (sign := protocol.sign(sign_id)) is not None]
    level: Level = max((sign.alone for sign in signs), key=LEVELS.index, default="none")
    reasons = tuple(sign.id for sign in signs if sign.alone == level and level != "none")
    systems = {sign.system for sign in signs} & set(limits.anaphylaxis_systems)
    if len(systems) >= limits.anaphylaxis_from_systems and level != "anaphylaxis":
        return Grading("anaphylaxis", ("two-systems",))
    if pressure_falls and signs and not is_systemic(level):
        return Grading("severe", ("pressure-fall-with-sign",))
    if level == "mild" and sum(sign.alone == "mild" for sign in signs) > limits.mild_signs_at_most:
        return Grading("allergic", ("several-signs",))
    return Grading(level, reasons)


def baseline(state: VisitState) -> VitalSigns | None:
    """The last value of each sign taken before the start; None when nothing was taken."""
    return merged(taken.vitals for taken in state.vitals if not state.is_since_start(taken))


def merged(sets: Iterable[VitalSigns]) -> VitalSigns | None:
    """Several sets as one: the newest known value of each sign."""
    values: dict[str, Decimal | None] = {}
    for vitals in sets:
        for name in VitalSigns.__dataclass_fields__:
            value = getattr(vitals, name)
            if value is not None:
                values[name] = value
    return VitalSigns(**values) if values else None


def pressure_alarm_line(state: VisitState) -> Decimal:
    """Systolic pressure below which the alarm goes: the higher of the fixed limit and the allowed fall (mmHg)."""
    before = baseline(state)
    return alarm_line_of(state.protocol, None if before is None else before.systolic)


def alarm_line_of(protocol: InfusionProtocol, usual: Decimal | None) -> Decimal:
    """The same for a baseline of ``usual`` mmHg; the fixed limit alone when there is none."""
    limits = protocol.pressure_fall
    if usual is None:
        return limits.absolute_below_mmhg
    return max(limits.absolute_below_mmhg, usual * (1 - limits.alarm_fall_above))


def pressure_is_low(state: VisitState, vitals: VitalSigns) -> bool:
    """Below the fixed limit, or fallen by more than allowed against this patient's own baseline."""
    return vitals.systolic is not None and vitals.systolic < pressure_alarm_line(state)


def pressure_falls(state: VisitState, vitals: VitalSigns) -> bool:
    """Fallen enough for a caution and a recheck, not enough for the alarm."""
    limits, before = state.protocol.pressure_fall, baseline(state)
    if before is None or before.systolic is None or vitals.systolic is None or pressure_is_low(state, vitals):
        return False
    return vitals.systolic <= before.systolic * (1 - limits.caution_fall_from)


def epinephrine_dose_mg(state: VisitState) -> Decimal:
    """The standing order's dose for this weight, at most its maximum; the maximum when the weight is not known."""
    weight = state.facts.patient.weight_kg if state.facts.patient else None
    return standing_dose_mg(state.protocol.reaction.epinephrine, weight)


def standing_dose_mg(limits: Epinephrine, weight: Decimal | None) -> Decimal:
    """The same outside a visit; ``weight`` in kg."""
    dose = limits.max_mg if weight is None else min(weight * limits.mg_per_kg, limits.max_mg)
    return rounded(dose, HUNDREDTH)


def last_first_line(state: VisitState, reaction: ReactionState) -> Moment | None:
    """When the first-line drug was last given in this reaction."""
    first_line = state.protocol.reaction.first_line
    given = [item.at for item in reaction.treatments if item.name == first_line]
    return given[-1] if given else None


def last_first_line_place(state: VisitState, reaction: ReactionState) -> int:
    """Which treatment of this reaction its last first-line dose was, from 1 on; 0 when there was none.

    Another drug given afterwards does not change it: what is due is still the dose after the same one.
    """
    first_line = state.protocol.reaction.first_line
    places = (place for place, item in enumerate(reaction.treatments, start=1) if item.name == first_line)
    return max(places, default=0)


def first_line_missing(state: VisitState, reaction: ReactionState) -> bool:
    """Anaphylaxis was treated, but not with the first-line drug."""
    treated = bool(reaction.treatments)
    return reaction.level == "anaphylaxis" and treated and last_first_line(state, reaction) is None


def repeat_in(state: VisitState, reaction: ReactionState, now: Moment) -> timedelta | None:
    """Time until the first-line drug may be repeated; None before its first dose, then down to zero."""
    given = last_first_line(state, reaction)
    if given is None:
        return None
    return max(minutes(state.protocol.reaction.epinephrine.repeat_minutes) - now.since(given).most, ZERO)


def was_first_line_given(state: VisitState, reaction: ReactionState) -> bool:
    """Whoever gave the first-line drug took it for grave, whatever was marked."""
    return last_first_line(state, reaction) is not None


def gravest_number(state: VisitState) -> int:
    """Which reaction of the visit was the gravest, counted from 1; the newer of two alike; 0 without any.

    One of which the patient died comes before all; one with the first-line drug counts as severe at least.
    """

    def weight(number: int) -> tuple[bool, int, int]:
        reaction = state.reactions[number - 1]
        least: Level = "severe" if was_first_line_given(state, reaction) else "none"
        level = max(LEVELS.index(reaction.level), LEVELS.index(least))
        return reaction.outcome == "died", level, number

    return max(range(1, len(state.reactions) + 1), key=weight, default=0)


def gravest(state: VisitState) -> ReactionState:
    """That reaction. IndexError for a visit without one."""
    return state.reactions[gravest_number(state) - 1]


def levels_above(level: Level) -> tuple[Level, ...]:
    """The levels that a nurse may raise this one to, the next one first."""
    return LEVELS[LEVELS.index(level) + 1 :]


def delivered_at_onset(state: VisitState, reaction: ReactionState) -> Delivered | None:
    """Dose (mg) and volume (mL) that had gone in when the reaction began; None when the drug had not been started."""
    started = state.run.started_at
    if started is None or reaction.opened_at.latest < started.latest:
        return None
    return delivered_until(state.protocol, state.run, reaction.opened_at)


def open_paths(state: VisitState, reaction: ReactionState) -> tuple[ReactionPath, ...]:
    """The paths of their own that the signs of this reaction lead to, in the protocol's order."""
    seen = frozenset(reaction.sign_ids)
    return tuple(
        path
        for path in state.protocol.reaction.paths
        if seen & set(path.signs) and not (path.alone and seen - set(path.signs))
    )


def looked_in_time(state: VisitState, reaction: ReactionState, at: Moment) -> bool:
    """Was it time by then to look at a mild symptom again?"""
    left = look_again_in(state, reaction, at)
    return left is not None and left[0] <= ZERO


def _mild_since(protocol: InfusionProtocol, reaction: ReactionState) -> Moment:
    """When the first mild sign was seen; the beginning when the level was raised by hand."""
    signs = [(protocol.sign(sign), at) for sign, at in reaction.signs]
    seen = [at for sign, at in signs if sign is not None and sign.alone == "mild"]
    return min(seen, key=lambda at: at.latest, default=reaction.opened_at)


def look_again_in(state: VisitState, reaction: ReactionState, now: Moment) -> tuple[timedelta, timedelta] | None:
    """Time until a mild symptom is looked at again, and until it is mild no longer; None where that is not asked.

    Both go on below zero. Counted by the most time that can have passed since the first mild sign.
    """
    limits = state.protocol.reaction.look_again
    if limits is None or reaction.level != "mild":
        return None
    passed = now.since(_mild_since(state.protocol, reaction)).most
    return minutes(limits.from_minutes) - passed, minutes(limits.until_minutes) - passed
