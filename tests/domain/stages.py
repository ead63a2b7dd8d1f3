"""A visit at each of its stages, worked there through the real rules; each is made once and only looked at."""

from functools import lru_cache

from nurse_app.domain import commands as c
from nurse_app.domain.decide import decide
from nurse_app.domain.deciding.outcome import Context, Reason, Rejected, Verdict
from nurse_app.domain.events import Event
from nurse_app.domain.protocol import InfusionProtocol
from tests.kit import NURSE, PHASES, TestVisit

# «ready» is the end of preparing: everything is there, and the drug does not run yet.
STAGES = ("identify", "prechecks", "prepare", "ready", "infuse", "flush", "observe", "reaction", "discharge", "closed")


def at(protocol: InfusionProtocol, stage: str) -> TestVisit:
    """A new visit at a stage; the reaction is a mild one that was opened five minutes into the infusion."""
    visit = TestVisit(protocol)
    if stage in PHASES:
        return visit.to(stage)
    if stage == "ready":
        return visit.to_before("infuse")
    visit.to("infuse").wait(minutes=5).do(c.OpenReaction(("nausea",)))
    return visit


class Stages:
    """Visits that tests only look at, so that each is worked once."""

    def __init__(self, protocol: InfusionProtocol) -> None:
        self.visit = lru_cache(maxsize=None)(lambda stage: at(protocol, stage))

    def verdict(self, stage: str, command: c.Command, by: str = NURSE) -> Verdict:
        """What the command leads to at a stage; nothing is recorded."""
        visit = self.visit(stage)
        return decide(command, Context(visit.state, visit.now, by))

    def events(self, stage: str, command: c.Command, by: str = NURSE) -> tuple[Event, ...]:
        """The events of a command that must be accepted."""
        verdict = self.verdict(stage, command, by)
        assert not isinstance(verdict, Rejected), verdict
        return verdict

    def reason(self, stage: str, command: c.Command, by: str = NURSE) -> Reason | None:
        """Why the command is refused; None when it is not."""
        verdict = self.verdict(stage, command, by)
        return verdict.reason if isinstance(verdict, Rejected) else None
