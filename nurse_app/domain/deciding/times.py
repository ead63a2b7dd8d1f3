"""Another time for an earlier entry: decided on the record itself, because the state has forgotten who said what."""

from nurse_app.domain import events as e
from nurse_app.domain.corrected_times import TIMEABLE, Record, possible_times
from nurse_app.domain.deciding.outcome import Context, Reason, Rejected, Verdict
from nurse_app.domain.reaction_commands import CorrectTime


def decide_time(command: CorrectTime, record: Record, context: Context) -> Verdict:
    """Another time for an earlier entry, from the start of the visit to now."""
    target = next((item for item in record if item.number == command.entry), None)
    if target is None:
        return Rejected(Reason.UNKNOWN_ENTRY)
    if not isinstance(target.event, TIMEABLE):
        return Rejected(Reason.TIME_STAYS)
    wrong = {item.event.entry for item in record if isinstance(item.event, e.EntryMarkedInError)}
    if command.entry in wrong:
        return Rejected(Reason.ALREADY_CORRECTED)
    first, last = possible_times(context.state, target.event, target.number, context.now)
    if not first <= command.at <= last:
        return Rejected(Reason.TIME_OUTSIDE_VISIT)
    return (e.EntryTimeCorrected(command.entry, command.at),)
