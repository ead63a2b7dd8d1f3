"""What a vial's barcode says: GS1 element strings, or a national code alone. Anything doubtful is not read at all."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import Product

if TYPE_CHECKING:
    from biip.gs1_messages import GS1Message

GROUP_SEPARATOR = "\x1d"
_PRODUCT, _LOT, _EXPIRY = "01", "10", "17"
# How each of the usual element strings would go on inside another one that lost its end.
_CONTINUATIONS = {"01": r"01\d{14}", "10": r"10.", "17": r"17\d{6}", "21": r"21."}
_ENDED_BY_SEPARATOR = ("10", "21")
_ARTICLE_NUMBER = re.compile(r"\d{12,14}", re.ASCII)
# Prefixes that scanners send for GS1 DataMatrix, GS1-128, GS1 QR and DataBar; a leading separator is the FNC1 sign.
_SYMBOLS = ("]d2", "]C1", "]Q3", "]e0")
_PZN_SIGNS = ("PZN-", "PZN", "-")
# A century is guessed as GS1 does: at most this many years back, else ahead.
_YEARS_BACK, _CENTURY = 50, 100


class UnreadableBarcodeError(ValueError):
    """A barcode that cannot be read without doubt."""


@dataclass(frozen=True, slots=True)
class _Label:
    """What a barcode holds: a product code, and lot and expiry when it has them."""

    code: str
    lot: str | None = None
    expiry: str | None = None


def read_vial(barcode: str, product: Product, today: date) -> VialOnHand:
    """The vial that a barcode describes. Raises UnreadableBarcodeError.

    A code that the protocol refuses becomes a vial of the refused kind, one that it does not know a vial without brand;
    the rules then say why it may not be used.
    """
    text = barcode.strip(" \t\r\n")
    label = _national(text, product) or _gs1(text, today)
    if label.code in product.refused_codes:
        kind = product.refused_codes[label.code].rpartition(".")[2]
        return VialOnHand(route=kind, lot=label.lot, expiry=label.expiry)
    if label.code not in product.codes:
        return VialOnHand(lot=label.lot, expiry=label.expiry)
    return VialOnHand(
        brand=product.codes[label.code],
        route=product.route,
        strength_mg=product.strength_mg,
        volume_ml=product.volume_ml,
        lot=label.lot,
        expiry=label.expiry,
    )


def _national(text: str, product: Product) -> _Label | None:
    """A national code as printed, if the protocol knows it; a PZN may carry its sign."""
    sign = next((sign for sign in _PZN_SIGNS if text.upper().startswith(sign)), "")
    code = text[len(sign) :].strip()
    return _Label(code) if code in product.codes or code in product.refused_codes else None


def _gs1(text: str, today: date) -> _Label:
    # Loaded with the first scan: it costs a sixth of a second.
    biip = import_module("biip")
    try:
        if _ARTICLE_NUMBER.fullmatch(text):
            return _Label(import_module("biip.gtin").Gtin.parse(text).as_gtin_14())
        messages: type[GS1Message] = import_module("biip.gs1_messages").GS1Message
        found = _as_printed(messages, text) if text.startswith("(") else _as_scanned(messages, text)
    except biip.ParseError as error:
        raise UnreadableBarcodeError from error
    return _label(found, today)


def _as_scanned(messages: "type[GS1Message]", text: str) -> Mapping[str, str]:
    symbol = next((symbol for symbol in _SYMBOLS if text.startswith(symbol)), "")
    body = text.removeprefix(symbol).removeprefix(GROUP_SEPARATOR)
    found = _elements(messages.parse(body))
    if GROUP_SEPARATOR not in body:
        _refuse_swallowed(body, found)
    return found


def _as_printed(messages: "type[GS1Message]", text: str) -> Mapping[str, str]:
    """With the identifiers in brackets, as under a barcode."""
    message = messages.parse_hri(text)
    if message.as_hri() != "".join(text.split()):
        raise UnreadableBarcodeError
    return _elements(message)


def _elements(message: "GS1Message") -> Mapping[str, str]:
    """The element strings by identifier; one that comes twice must say the same."""
    found: dict[str, str] = {}
    for element in message.element_strings:
        wrong_check_digit = element.ai.ai == _PRODUCT and element.gtin is None
        if wrong_check_digit or found.setdefault(element.ai.ai, element.value) != element.value:
            raise UnreadableBarcodeError
    return found


def _refuse_swallowed(body: str, found: Mapping[str, str]) -> None:
    """Lot and serial number end at a separator. Where the scanner drops it, one may have swallowed what follows."""
    for identifier in _ENDED_BY_SEPARATOR:
        value = found.get(identifier, "")
        missing = [pattern for other, pattern in _CONTINUATIONS.items() if other not in found]
        if body.endswith(value) and any(re.search(pattern, value[1:]) for pattern in missing):
            raise UnreadableBarcodeError


def _label(found: Mapping[str, str], today: date) -> _Label:
    if _PRODUCT not in found:
        raise UnreadableBarcodeError
    expiry = found.get(_EXPIRY)
    return _Label(found[_PRODUCT], found.get(_LOT), None if expiry is None else _expiry(expiry, today))


def _expiry(digits: str, today: date) -> str:
    """YYMMDD as a day; the day 00 stands for the month's last."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    year += today.year - today.year % _CENTURY
    if year - today.year > _CENTURY - _YEARS_BACK:
        year -= _CENTURY
    elif year - today.year < -_YEARS_BACK + 1:
        year += _CENTURY
    try:
        return date(year, month, day or monthrange(year, month)[1]).isoformat()
    except ValueError as error:
        raise UnreadableBarcodeError from error
