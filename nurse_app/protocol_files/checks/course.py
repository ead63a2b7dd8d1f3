"""Checks on the run, the watch after it, vital signs, ages and dosing plans."""

from collections.abc import Mapping
from itertools import pairwise

from nurse_app.domain.protocol import InfusionProtocol, IntervalPlan
from nurse_app.domain.quantity import shown
from nurse_app.domain.rules.names import RULE_NAMES
from nurse_app.domain.watching_protocol import SymptomRounds, VitalSign, VitalSignSchedule
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import at_most_one, in_order, known, rising, unique

# The signs that a set of vital signs has, in the units it is recorded in.
SIGN_UNITS: Mapping[str, str] = {
    "systolic": "mmHg",
    "diastolic": "mmHg",
    "pulse": "/min",
    "respiration": "/min",
    "spo2": "%",
    "temperature_c": "°C",
}


def check_run(protocol: InfusionProtocol) -> None:
    """Rates and running times are nested."""
    run = protocol.infusion
    in_order(
        "infusion",
        ("bag_empty_variance_below_minutes", run.bag_empty_variance_below_minutes),
        ("bag_empty_reason_below_minutes", run.bag_empty_reason_below_minutes),
        ("planned_minutes", run.planned_minutes),
    )
    in_order(
        "infusion",
        ("rate_ml_h", run.rate_ml_h),
        ("rate_caution_above_ml_h", run.rate_caution_above_ml_h),
        ("rate_refused_above_ml_h", run.rate_refused_above_ml_h),
    )


def check_vital_signs(protocol: InfusionProtocol) -> None:
    """All six signs, each with its unit, its limits nested inside what can be."""
    known("vital_signs", protocol.vital_signs, SIGN_UNITS, "a vital sign")
    known("vital_signs", SIGN_UNITS, protocol.vital_signs, "here, but is one of the six vital signs")
    for name, sign in protocol.vital_signs.items():
        _check_sign(name, sign)
    _check_times(protocol, "vital_sign_schedule", protocol.vital_sign_schedule)


def check_symptom_rounds(protocol: InfusionProtocol) -> None:
    """Times that fit infusion and watch; each sign once, and one that a reaction knows."""
    rounds = protocol.symptom_rounds
    if rounds is None:
        return
    _check_times(protocol, "symptom_rounds", rounds)
    unique("symptom_rounds.signs", rounds.signs)
    known("symptom_rounds.signs", rounds.signs, {sign.id for sign in protocol.reaction.signs}, "a sign")


def _check_times(protocol: InfusionProtocol, place: str, times: VitalSignSchedule | SymptomRounds) -> None:
    every = ("infusion_every_minutes", times.infusion_every_minutes)
    rising(place, ("early_minutes", times.early_minutes), every)
    in_order(place, every, ("planned_minutes of the infusion", protocol.infusion.planned_minutes))
    end = protocol.observation.minutes
    for earlier, later in pairwise(times.observation_at_minutes):
        if earlier >= later:
            problem = f"{shown(later)} does not come after {shown(earlier)}"
            raise MisfitError(f"{place}.observation_at_minutes", problem)
    for minute in times.observation_at_minutes:
        if minute > end:
            problem = f"{shown(minute)} is after the end ({shown(end)})"
            raise MisfitError(f"{place}.observation_at_minutes", problem)


def _check_sign(name: str, sign: VitalSign) -> None:
    place = f"vital_signs.{name}"
    if sign.unit != SIGN_UNITS[name]:
        raise MisfitError(f"{place}.unit", f"must be “{SIGN_UNITS[name]}”, not “{sign.unit}”")
    known(f"{place}.rule", (sign.rule,), RULE_NAMES, "a rule")
    at_most_one(place, ("caution_from", sign.caution_from), ("caution_above", sign.caution_above))
    at_most_one(place, ("hold_from", sign.hold_from), ("hold_above", sign.hold_above))
    in_order(
        place,
        ("possible_from", sign.possible_from),
        ("hold_below", sign.hold_below),
        ("caution_below", sign.caution_below),
        ("caution_from", sign.caution_from),
        ("caution_above", sign.caution_above),
        ("hold_from", sign.hold_from),
        ("hold_above", sign.hold_above),
        ("possible_to", sign.possible_to),
    )
    _check_change(place, sign)


def _check_change(place: str, sign: VitalSign) -> None:
    """A change that raises the alarm is more than nothing, and is possible at all."""
    for key, change in (("alarm_fall_from", sign.alarm_fall_from), ("alarm_rise_from", sign.alarm_rise_from)):
        if change is not None:
            rising(
                place,
                ("nothing,", 0),
                (key, change),
                ("possible_to - possible_from,", sign.possible_to - sign.possible_from),
            )


def check_pressure_fall(protocol: InfusionProtocol) -> None:
    """Falls are fractions of the baseline; the sign they become is one of the reaction's."""
    fall = protocol.pressure_fall
    steps = ("caution_fall_from", fall.caution_fall_from), ("alarm_fall_above", fall.alarm_fall_above)
    rising("pressure_fall", *steps, ("the whole of it,", 1))
    known("pressure_fall.sign", (fall.sign,), {sign.id for sign in protocol.reaction.signs}, "a sign")


def check_schedule(protocol: InfusionProtocol) -> None:
    """Windows follow one another; ages and the stopping points of Crohn's disease fit."""
    ages, schedule = protocol.ages, protocol.schedule
    rising("ages", ("stop_below", ages.stop_below), ("caution_from", ages.caution_from))
    in_order("ages", ("caution_from", ages.caution_from), ("hold_from", ages.hold_from))
    unique("schedule.plans", (plan.weeks for plan in schedule.plans))
    if not schedule.plans:
        raise MisfitError("schedule.plans", "needs at least one plan")
    for plan in schedule.plans:
        _check_plan(protocol, plan)
    if protocol.crohns is not None:
        known("crohns.indication", (protocol.crohns.indication,), protocol.indications, "one of indications")


def _check_plan(protocol: InfusionProtocol, plan: IntervalPlan) -> None:
    rising(
        f"schedule.plans.{plan.weeks}",
        ("stop_below_days", protocol.schedule.stop_below_days),
        ("early_below", plan.early_below),
        ("late_from", plan.late_from),
        ("missed_from", plan.missed_from),
        ("gap_from_days", protocol.schedule.gap_from_days),
    )
