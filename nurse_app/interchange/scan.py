"""A barcode into the command it stands for in the present step."""

from nurse_app.domain import commands as c
from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.moment import Moment
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import local_now
from nurse_app.interchange.gs1 import UnreadableBarcodeError, read_vial


def command_for_scan(barcode: str, state: VisitState, now: Moment) -> c.Identify | c.RecordProduct | Rejected:
    """The wristband while the patient is being identified, later the vial; a refusal when it cannot be read."""
    if state.phase == "identify":
        return c.Identify(barcode.strip("\r\n"), entered="scanned")
    try:
        vial = read_vial(barcode, state.protocol.product, local_now(state, now).date())
    except UnreadableBarcodeError:
        return Rejected(Reason.UNREADABLE_BARCODE)
    return c.RecordProduct(vial, entered="scanned")
