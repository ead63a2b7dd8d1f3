"""A slip of the pen found after mixing does not cost the bag; the second check is then made anew."""

from decimal import Decimal

from nurse_app.domain import commands as c
from nurse_app.domain.deciding.outcome import Reason
from nurse_app.domain.events import ProductRecorded
from nurse_app.domain.facts import VialOnHand
from nurse_app.domain.protocol import InfusionProtocol
from tests.kit import SECOND, VIAL, TestVisit

OTHER_LOT = VialOnHand("Tysabri", "intravenous", Decimal(300), Decimal(15), "B99", "2027-08-31")
CHECK = c.CheckSecond(SECOND, "A12345", Decimal(15), "TRN000417")


def made(protocol: InfusionProtocol) -> TestVisit:
    visit = TestVisit(protocol).to("prepare")
    visit.do(c.RecordProduct(VIAL))
    visit.do(c.InspectVial("clear"))
    visit.do(c.RecordDiluent("sodium-chloride-0.9", Decimal(100)))
    visit.do(c.AddDose(Decimal(15)))
    for command in (c.InvertBag(), c.FinishDilution(), c.InspectBag("clear"), c.LabelBag()):
        visit.do(command)
    visit.do(CHECK, SECOND)
    visit.do(c.ReadyLine("left forearm"))
    return visit


def product_entry(visit: TestVisit) -> int:
    return next(item.number for item in visit.visit.record if isinstance(item.event, ProductRecorded))


def test_a_mixed_bag_takes_no_other_vial(protocol: InfusionProtocol) -> None:
    assert made(protocol).refused(c.RecordProduct(OTHER_LOT)).reason is Reason.BAG_ALREADY_MIXED


def test_a_lot_taken_back_is_entered_anew_and_checked_anew(protocol: InfusionProtocol) -> None:
    visit = made(protocol)
    visit.do(c.CorrectEntry(product_entry(visit), "lot misread"))
    assert visit.refused(c.StartInfusion(Decimal(115))).reason is Reason.NO_BAG
    visit.do(c.RecordProduct(OTHER_LOT))
    assert visit.refused(c.StartInfusion(Decimal(115))).reason is Reason.SECOND_CHECK_MISSING
    assert visit.refused(CHECK, SECOND).reason is Reason.SECOND_CHECK_DIFFERS
    visit.do(c.CheckSecond(SECOND, "B99", Decimal(15), "TRN000417"), SECOND)
    visit.do(c.StartInfusion(Decimal(115)))
    assert visit.state.bag.diluted_at is not None
