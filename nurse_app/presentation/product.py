"""The vial in the hand: what its label may say, and how what was typed becomes a vial."""

import re
from dataclasses import dataclass
from datetime import date

from nurse_app.domain.calendar import last_day
from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import Product
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import expiry_words
from nurse_app.presentation.formats import MONTHS, day, number
from nurse_app.presentation.view_parts import StepHead

OTHER = "other"
OTHER_ROUTE = "subcutaneous"
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[/.](?P<year>\d{4})", re.ASCII)
_MONTH_NAMED = re.compile(r"(?P<name>[A-Za-z]{3,9})[- ./]?(?P<year>\d{4})", re.ASCII)
_DAY_NAMED = re.compile(r"(?P<day>\d{1,2})[- .]?(?P<name>[A-Za-z]{3,9})[- .]?(?P<year>\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ProductView:
    """What can be chosen. ``scanned`` is what a barcode said where it did not say everything."""

    head: StepHead
    brands: tuple[tuple[str, str], ...]
    routes: tuple[tuple[str, str], ...]
    strengths: tuple[tuple[str, str], ...]
    product: Product
    scanned: VialOnHand | None


def present_product(context: VisitContext, scanned: VialOnHand | None = None) -> ProductView:
    """The sheet for the vial; nothing is chosen beforehand but what was scanned."""
    protocol = context.state.protocol
    product = protocol.product
    strength = strength_words(product)
    return ProductView(
        head=StepHead(protocol.text("prepare.product.title"), protocol.text("prepare.product.detail")),
        brands=(*((brand, brand) for brand in product.brands), (OTHER, _("Another brand"))),
        routes=((product.route, protocol.text(f"route.{product.route}")), (OTHER_ROUTE, _("under the skin"))),
        strengths=(("right", strength), (OTHER, _("Another strength"))),
        product=product,
        scanned=scanned,
    )


def strength_words(product: Product) -> str:
    """300 mg in 15 mL."""
    return _("{dose} mg in {volume} mL").format(dose=number(product.strength_mg), volume=number(product.volume_ml))


def vial_words(vial: VialOnHand, *, with_lot: bool = True) -> str:
    """A vial in one line: Tysabri 300 mg / 15 mL · lot A12345 · exp 31-Aug-2027."""
    parts = [vial.brand or _("unknown brand")]
    if vial.strength_mg is not None and vial.volume_ml is not None:
        strength = _("{dose} mg / {volume} mL").format(dose=number(vial.strength_mg), volume=number(vial.volume_ml))
        parts = [f"{parts[0]} {strength}"]
    if with_lot:
        parts.append(_("lot {lot}").format(lot=vial.lot) if vial.lot else _("no lot"))
    parts.append(_("exp {expiry}").format(expiry=expiry_words(vial.expiry)) if vial.expiry else _("no expiry"))
    return " · ".join(parts)


def read_expiry(text: str) -> str | None:
    """An expiry as the record keeps it: 2027-08 or 2027-08-31. None when it is not clear; the order day/month never is.

    Takes 2027-08, 08/2027, 08.2027, Aug 2027, 2027-08-31 and 31-Aug-2027.
    """
    typed = text.strip()
    found = _MONTH_FIRST.fullmatch(typed)
    if found is not None:
        typed = f"{found['year']}-{int(found['month']):02d}"
    named = _DAY_NAMED.fullmatch(typed) or _MONTH_NAMED.fullmatch(typed)
    if named is not None:
        typed = _in_numbers(named)
    return typed if last_day(typed) is not None else None


def _in_numbers(named: re.Match[str]) -> str:
    short = named["name"][:3].capitalize()
    month = MONTHS.index(short) + 1 if short in MONTHS else 0
    parts = named.groupdict()
    return f"{parts['year']}-{month:02d}" + (f"-{int(parts['day']):02d}" if "day" in parts else "")


def expiry_understood(expiry: str) -> str:
    """How an expiry was understood: its last good day."""
    last: date | None = last_day(expiry)
    return _("Understood: good until the end of {day}").format(day=day(last))
