"""The last look before the drug runs."""

from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.start import present_start
from tests.kit import SECOND, TestVisit


def ready(protocol: InfusionProtocol) -> TestVisit:
    visit = TestVisit(protocol).to("prepare").with_bag()
    visit.do(c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417"), SECOND)
    visit.do(c.ReadyLine("left hand"))
    return visit


def test_the_start_says_what_to_set_on_the_pump(protocol: InfusionProtocol) -> None:
    view = present_start(ready(protocol).wait(minutes=4).context())

    assert [(card.id, card.value) for card in view.pump] == [
        ("rate", "115 mL/h"),
        ("volume", "about 115 mL"),
        ("ends", "10:10"),
    ]
    assert view.rate_ml_h == Decimal(115)
    assert view.steps[0] == protocol.text("infuse.before")


def test_the_start_repeats_the_cautions_and_nothing_milder(protocol: InfusionProtocol) -> None:
    visit = ready(protocol).wait(hours=7, minutes=10)

    assert [item.rule for item in present_start(visit.context()).cautions] == ["stability"]


def test_old_vital_signs_are_to_be_taken_again_which_is_advice(protocol: InfusionProtocol) -> None:
    visit = ready(protocol)
    limit = int(protocol.infusion.baseline_repeat_minutes)
    taken = visit.state.vitals[-1].at.latest

    at_limit = visit.wait(seconds=limit * 60 - (visit.now.latest - taken).total_seconds())
    assert present_start(at_limit.context()).repeat == ""
    assert "30 min old" in present_start(visit.wait(seconds=59).context()).repeat


def test_without_any_vital_signs_there_is_nothing_to_repeat(protocol: InfusionProtocol) -> None:
    assert present_start(TestVisit(protocol).context()).repeat == ""
