"""The CTCAE grade of a reaction, and handing the patient over: never needed to go on, possible after the end too."""

from nurse_app.domain.after_reaction_commands import GradeReaction, HandOver
from nurse_app.domain.after_reaction_events import CtcaeGraded, HandedOver
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.state import CtcaeGrade


def _grade(command: GradeReaction, context: Context) -> Verdict:
    state, after = context.state, context.state.protocol.after_reaction
    number = command.reaction or len(state.reactions)
    if not 1 <= number <= len(state.reactions):
        return Rejected(Reason.NO_REACTION)
    term = after.term(command.term) if after is not None else None
    if after is None or term is None or command.grade not in term.grades:
        return Rejected(Reason.UNKNOWN_GRADE)
    chosen = CtcaeGrade(command.term, command.grade, after.ctcae_version)
    if state.reactions[number - 1].ctcae == chosen:
        return ()
    return (CtcaeGraded(chosen.term, chosen.grade, chosen.version, number),)


def _hand_over(command: HandOver, context: Context) -> Verdict:
    if not context.state.reactions:
        return Rejected(Reason.NO_REACTION)
    return (HandedOver(command.to, command.name.strip()),)


DECIDERS: Deciders = {GradeReaction: _grade, HandOver: _hand_over}
