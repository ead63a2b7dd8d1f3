"""The bag that the drug goes into."""

from decimal import Decimal

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.diluent import diluent_words, present_diluent
from tests.kit import TestVisit


def test_the_diluent_s_choices_come_from_the_protocol(protocol: InfusionProtocol) -> None:
    view = present_diluent(TestVisit(protocol).context())

    assert view.diluents[0] == ("sodium-chloride-0.9", protocol.text("diluent.sodium-chloride-0.9"))
    assert view.sizes[0] == ("right", "100 mL")
    assert view.bag_ml == Decimal(100)


def test_a_bag_that_is_not_there_has_no_words(protocol: InfusionProtocol) -> None:
    context = TestVisit(protocol).context()

    assert diluent_words(context, context.state.bag) == ""
