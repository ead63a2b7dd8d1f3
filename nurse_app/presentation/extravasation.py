"""The sheet about a slipped line: how bad the site looks, and about how much went beside the vein."""

from dataclasses import dataclass

from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import number
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.view_parts import StepHead


@dataclass(frozen=True, slots=True)
class ExtravasationView:
    """``grades`` are CTCAE grades with their words; ``most_ml`` is what the bag held."""

    head: StepHead
    grades: tuple[tuple[str, str], ...]
    most_ml: str


def present_extravasation(context: VisitContext) -> ExtravasationView:
    """Grade and volume; either may be left out."""
    protocol = context.state.protocol
    grades = (
        ("1", _("1: swelling without pain")),
        ("2", _("2: redness, pain, hardness or an inflamed vein")),
        ("3", _("3: ulcer or necrosis")),
    )
    lead = optional_text(protocol, "path.infiltration.sentence")
    return ExtravasationView(StepHead(_("Slipped line"), lead), grades, number(protocol.preparation.total_ml))
