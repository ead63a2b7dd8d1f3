"""A scan means the wristband first and the vial later."""

import pytest

from nurse_app.domain import commands as c
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.scan import command_for_scan
from tests.kit import VIAL, TestVisit


@pytest.mark.parametrize("barcode", ["TRN000417", "TRN000417\r\n"])
def test_while_identifying_it_is_the_wristband(barcode: str, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)

    assert command_for_scan(barcode, visit.state, visit.now) == c.Identify("TRN000417", entered="scanned")


def test_later_it_is_the_vial(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")

    command = command_for_scan("010036440600801617270831" + "10A12345", visit.state, visit.now)

    assert command == c.RecordProduct(VIAL, "scanned")


def test_what_cannot_be_read_is_refused(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")

    assert command_for_scan("TRN000417", visit.state, visit.now) == Rejected(Reason.UNREADABLE_BARCODE)


@pytest.mark.parametrize(("barcode", "text"), [("16825458", "subcutaneous"), ("64406-320-01", "further-processing")])
def test_a_refused_vial_stops_the_dose(barcode: str, text: str, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prepare")
    command = command_for_scan(barcode, visit.state, visit.now)
    assert isinstance(command, c.RecordProduct)

    visit.do(command)

    assert command.product.route == text
    assert visit.shown()["decision"] == "stop"
    assert "product-route" in visit.shown()["findings"]
