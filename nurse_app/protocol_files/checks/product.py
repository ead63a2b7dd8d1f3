"""Checks on the vial, its codes, the programme and the bag."""

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import shown
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import in_order, known, unique

LINES = (
    "product",
    "inspect-vial",
    "diluent",
    "added",
    "inverted",
    "dilution-finished",
    "inspect-bag",
    "labelled",
    "second-check",
)
_GTIN_LENGTHS = (12, 13, 14)


def check_product(protocol: InfusionProtocol) -> None:
    """Brands, codes and programmes name one another rightly; the vial holds the dose."""
    product = protocol.product
    unique("product.brands", product.brands)
    unique("indications", protocol.indications)
    if protocol.programme is not None:
        place = "programme.brand_programmes"
        known(place, protocol.programme.brand_programmes, product.brands, "a brand of product.brands")
        known(place, product.brands, protocol.programme.brand_programmes, "here, but is a brand of product.brands")
    known("product.codes", product.codes.values(), product.brands, "a brand of product.brands")
    for code in (*product.codes, *product.refused_codes):
        _check_code(code)
    unique("product.refused_codes", (*product.codes, *product.refused_codes))
    if product.strength_mg * protocol.preparation.added_ml != protocol.dose_mg * product.volume_ml:
        concentration = f"{shown(product.strength_mg)} mg in {shown(product.volume_ml)} mL"
        raise MisfitError(
            "preparation.added_ml",
            f"{shown(protocol.preparation.added_ml)} of {concentration} is not dose_mg {shown(protocol.dose_mg)}",
        )


def _check_code(code: str) -> None:
    if not code.isdecimal() or len(code) not in _GTIN_LENGTHS:
        return
    if len(code) != max(_GTIN_LENGTHS):
        raise MisfitError("product.codes", f"“{code}” needs 14 digits, with zeros in front")
    weighted = sum(int(digit) * (3 if index % 2 == 0 else 1) for index, digit in enumerate(code))
    if weighted % 10:
        raise MisfitError("product.codes", f"“{code}” has a wrong check digit")


def check_preparation(protocol: InfusionProtocol) -> None:
    """Volumes add up, the two allowances are nested, and each line is one the program knows."""
    made = protocol.preparation
    if made.bag_ml + made.added_ml != made.total_ml:
        total = f"total_ml {shown(made.total_ml)}"
        raise MisfitError(
            "preparation", f"{total} is not bag_ml {shown(made.bag_ml)} and added_ml {shown(made.added_ml)}"
        )
    steps = ("max_room_hours", made.max_room_hours), ("max_total_age_hours", made.max_total_age_hours)
    in_order("preparation", *steps)
    unique("preparation.lines", made.lines)
    known("preparation.lines", made.lines, LINES, "a line of the preparation")
    known("preparation.lines", LINES, made.lines, "here, but the preparation needs it")
