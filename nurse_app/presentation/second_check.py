"""The second check: another person enters anew what is in the hand. Nothing of the first entries is in here."""

from dataclasses import dataclass
from decimal import Decimal

from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.view_parts import StepHead


@dataclass(frozen=True, slots=True)
class SecondCheckView:
    """Who may check: everybody who did not prepare, as (user id, name)."""

    head: StepHead
    people: tuple[tuple[str, str], ...]
    nobody: str


@dataclass(frozen=True, slots=True)
class SecondCheckRequest:
    """What the second person entered. The PIN is checked first; only then does it become a CheckSecond command."""

    user_id: str
    pin: str
    lot: str
    added_ml: Decimal
    record_no: str

    def __repr__(self) -> str:
        """Without the PIN, so that it cannot reach a log."""
        return f"SecondCheckRequest(user_id={self.user_id!r})"


def present_second_check(context: VisitContext) -> SecondCheckView:
    """The sheet, with everybody else who is known at this workstation."""
    protocol = context.state.protocol
    people = tuple((user, name) for user, name in context.others if user not in context.state.bag.hands)
    return SecondCheckView(
        head=StepHead(
            protocol.text("prepare.second-check.title"),
            _("Read the vial, the bag and the wristband yourself. What was entered before is not shown."),
        ),
        people=people,
        nobody="" if people else _("Only people who prepared this bag are known here. Add the second nurse first."),
    )
