"""Baseline vital signs against the protocol's limits."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import VitalSigns
from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import shown
from nurse_app.domain.rules.context import Case
from nurse_app.domain.watching_protocol import VitalSign

Change = Literal["fallen", "risen"]


def baseline(case: Case) -> Iterator[Finding]:
    """Every sign is needed; a missing one is a hold."""
    yield from out_of_limits(case.protocol, case.vitals)
    values = readings(case.vitals)
    missing = [name for name in case.protocol.vital_signs if values.get(name) is None]
    if missing:
        yield Finding("vital-signs-missing", "hold", "missing", {"names": ", ".join(missing)})


def readings(vitals: VitalSigns) -> Mapping[str, Decimal | None]:
    """The set by the protocol's names of the signs."""
    return {name: getattr(vitals, name) for name in VitalSigns.__dataclass_fields__}


def impossible(protocol: InfusionProtocol, vitals: VitalSigns) -> tuple[str, ...]:
    """Names of the signs whose value cannot be: a slip of the finger, not a sick patient."""
    return tuple(
        name
        for name, value in readings(vitals).items()
        if value is not None and name in protocol.vital_signs and not _possible(protocol.vital_signs[name], value)
    )


def _possible(sign: VitalSign, value: Decimal) -> bool:
    return sign.possible_from <= value <= sign.possible_to


def out_of_limits(protocol: InfusionProtocol, vitals: VitalSigns) -> Iterator[Finding]:
    """One finding a sign that is out of its limits."""
    for name, value in readings(vitals).items():
        sign = protocol.vital_signs.get(name)
        if sign is None or value is None:
            continue
        hold = _beyond(value, sign.hold_below, sign.hold_above, sign.hold_from)
        caution = _beyond(value, sign.caution_below, sign.caution_above, sign.caution_from)
        figures = {"sign": name, "value": shown(value), "unit": sign.unit}
        if hold is not None:
            yield Finding(sign.rule, "hold", "hold", figures | {"limit": shown(hold)})
        elif caution is not None:
            yield Finding(sign.rule, "caution", "caution", figures | {"limit": shown(caution)})


def changed(protocol: InfusionProtocol, before: VitalSigns | None, now: VitalSigns) -> Mapping[str, Change]:
    """The signs that have moved too far from the patient's baseline, by name; a sign without one has not moved."""
    found: dict[str, Change] = {}
    for name, value in readings(now).items():
        sign, usual = protocol.vital_signs.get(name), None if before is None else readings(before)[name]
        if sign is None or value is None or usual is None:
            continue
        if sign.alarm_fall_from is not None and usual - value >= sign.alarm_fall_from:
            found[name] = "fallen"
        elif sign.alarm_rise_from is not None and value - usual >= sign.alarm_rise_from:
            found[name] = "risen"
    return found


def _beyond(value: Decimal, below: Decimal | None, above: Decimal | None, start: Decimal | None) -> Decimal | None:
    if below is not None and value < below:
        return below
    if above is not None and value > above:
        return above
    return start if start is not None and value >= start else None


RULES = (baseline,)
