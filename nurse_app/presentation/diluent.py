"""The bag that the drug goes into."""

from dataclasses import dataclass
from decimal import Decimal

from nurse_app.domain.state import BagState
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.formats import number
from nurse_app.presentation.view_parts import StepHead

OTHER = "other"


@dataclass(frozen=True, slots=True)
class DiluentView:
    """What the bag in the hand may be; ``bag_ml`` is the size that the first choice means."""

    head: StepHead
    diluents: tuple[tuple[str, str], ...]
    sizes: tuple[tuple[str, str], ...]
    bag_ml: Decimal


def present_diluent(context: VisitContext) -> DiluentView:
    """The sheet for the diluent; nothing is chosen beforehand."""
    protocol = context.state.protocol
    needed = protocol.preparation
    size = _("{volume} mL").format(volume=number(needed.bag_ml))
    return DiluentView(
        head=StepHead(protocol.text("prepare.diluent.title"), protocol.text("prepare.diluent.detail")),
        diluents=((needed.diluent, protocol.text(f"diluent.{needed.diluent}")), (OTHER, _("another diluent"))),
        sizes=(("right", size), (OTHER, _("another size"))),
        bag_ml=needed.bag_ml,
    )


def diluent_words(context: VisitContext, bag: BagState) -> str:
    """The diluent in one line: sodium chloride 0.9% 100 mL · lot B778."""
    if bag.diluent is None or bag.bag_ml is None:
        return ""
    name = context.state.protocol.texts.get(f"diluent.{bag.diluent}", _("another diluent"))
    words = _("{name} {volume} mL").format(name=name, volume=number(bag.bag_ml))
    return _("{words} · lot {lot}").format(words=words, lot=bag.diluent_lot) if bag.diluent_lot else words
