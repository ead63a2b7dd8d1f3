"""The vial in the hand, today's order, and the mixed bag."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from nurse_app.domain.bag import BagAge, age_when_infused, bag_age
from nurse_app.domain.calendar import last_day
from nurse_app.domain.facts import BagFacts
from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import minutes
from nurse_app.domain.quantity import shown
from nurse_app.domain.rules.context import Case


def dose(case: Case) -> Iterator[Finding]:
    """One fixed dose; nothing else is offered."""
    ordered, needed = case.order.dose_mg, case.protocol.dose_mg
    if ordered is None:
        yield Finding("dose-fixed", "hold", "unknown", {"needed": shown(needed)})
    elif ordered != needed:
        yield Finding("dose-fixed", "stop", "wrong", {"dose": shown(ordered), "needed": shown(needed)})


def product(case: Case) -> Iterator[Finding]:
    """The right vial: known brand and strength, for a vein, not expired, with its lot."""
    vial, needed = case.facts.product, case.protocol.product
    if vial is None:
        return
    if vial.brand is None or vial.brand.casefold() not in {brand.casefold() for brand in needed.brands}:
        yield Finding("product-unknown", "hold", "brand", {"brand": vial.brand or ""})
    if (vial.strength_mg, vial.volume_ml) != (needed.strength_mg, needed.volume_ml):
        figures = {"strength": _shown(vial.strength_mg), "volume": _shown(vial.volume_ml)}
        yield Finding("product-unknown", "hold", "strength", figures)
    if not (vial.lot or "").strip():
        yield Finding("product-unknown", "hold", "lot")
    if vial.route is None:
        yield Finding("product-route", "hold", "unknown")
    elif vial.route != needed.route:
        yield Finding("product-route", "stop", "wrong", {"route": vial.route})
    expires = last_day(vial.expiry or "")
    if expires is None:
        yield Finding("product-expiry", "hold", "unknown")
    elif case.today > expires:
        yield Finding("product-expiry", "stop", "expired", {"expiry": vial.expiry or ""})


def bag(case: Case) -> Iterator[Finding]:
    """How the bag was made, and how it looks."""
    made, needed = case.facts.preparation, case.protocol.preparation
    if made is None:
        return
    yield from _equal("diluent", made.diluent, needed.diluent)
    yield from _equal("bag-volume", made.bag_ml, needed.bag_ml)
    yield from _equal("dose-volume", made.added_ml, needed.added_ml)
    if made.withdrawn_from_bag_ml is None:
        yield Finding("final-volume", "hold", "unknown")
    elif made.withdrawn_from_bag_ml != 0:
        yield Finding("final-volume", "hold", "withdrawn", {"value": shown(made.withdrawn_from_bag_ml)})
    if made.inspection is None:
        yield Finding("inspection", "hold", "unknown")
    elif made.inspection != "clear":
        yield Finding("inspection", "stop", "failed", {"value": made.inspection})
    if made.cold is not False:
        yield Finding("warm-up", "hold", "cold" if made.cold else "unknown")


def _equal(rule: str, value: str | Decimal | None, needed: str | Decimal) -> Iterator[Finding]:
    if value is None:
        yield Finding(rule, "hold", "unknown", {"needed": _shown(needed)})
    elif value != needed:
        yield Finding(rule, "stop", "wrong", {"value": _shown(value), "needed": _shown(needed)})


def _shown(value: str | Decimal | None) -> str:
    if value is None:
        return ""
    return shown(value) if isinstance(value, Decimal) else value


def stability(case: Case) -> Iterator[Finding]:
    """Too old is a stop; an infusion that would end too late is a caution; a time of the future is a hold."""
    made, limits = case.facts.preparation, case.protocol.preparation
    if made is None:
        return
    if made.diluted_at is None:
        yield Finding("stability", "stop", "unknown")
        return
    latest = max([made.diluted_at, *(move.at for move in made.locations)])
    if latest > case.now + timedelta(seconds=float(limits.future_tolerance_s)):
        yield Finding("clock", "hold", "future", {"at": latest.isoformat()})
        return
    yield from _ages(case, made, made.diluted_at)


def _ages(case: Case, made: BagFacts, diluted_at: datetime) -> Iterator[Finding]:
    age = bag_age(case.protocol.preparation, diluted_at, made.locations, case.now)
    at_end = age_when_infused(age, minutes(case.protocol.infusion.planned_minutes))
    if not age.within_total:
        yield Finding("stability", "stop", "total", _figures(age))
    elif not age.within_room:
        yield Finding("stability", "stop", "room", _figures(age))
    elif not at_end.within_room:
        yield Finding("stability", "caution", "end-room", _figures(at_end))
    elif not at_end.within_total:
        yield Finding("stability", "caution", "end-total", _figures(at_end))


def _figures(age: BagAge) -> dict[str, str]:
    return {
        "total": _hours_and_minutes(age.total),
        "room": _hours_and_minutes(age.at_room),
        "limit": _hours_and_minutes(age.max_total if not age.within_total else age.max_room),
        "end": age.use_before.isoformat(timespec="minutes"),
    }


def _hours_and_minutes(duration: timedelta) -> str:
    whole = int(duration.total_seconds() // 60)
    return f"{whole // 60} h {whole % 60:02d} min"


RULES = (dose, product, bag, stability)
