"""Identity, answers, vital signs, decisions and the end of the pre-checks."""

from nurse_app.domain import commands as c
from nurse_app.domain import events as e
from nurse_app.domain.deciding.outcome import Context, Deciders, Reason, Rejected, Verdict
from nurse_app.domain.deciding.reacting import reaction_from_vital_signs, regrade
from nurse_app.domain.facts import Patient, VitalSigns
from nurse_app.domain.observation import may_be_shortened
from nurse_app.domain.rules.names import RULE_NAMES
from nurse_app.domain.rules.vital_signs import impossible
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import assess_today

BEFORE_START = ("prechecks", "prepare")


def _identify(command: c.Identify, context: Context) -> Verdict:
    state = context.state
    if command.wristband != state.record_no:
        event = e.IdentityMismatched(command.wristband, command.entered)
        return Rejected(Reason.IDENTITY_MISMATCH, events=(event,))
    born = (state.facts.patient or Patient()).birth_date
    if command.birth_date is not None and born is not None and command.birth_date != born:
        event = e.IdentityMismatched(command.wristband, command.entered)
        return Rejected(Reason.BIRTH_DATE_MISMATCH, events=(event,))
    if state.phase not in ("identify", *BEFORE_START):
        return Rejected(Reason.WRONG_STEP)
    return (e.PatientIdentified(command.wristband, command.entered),)


def _answer(command: c.AnswerQuestion, context: Context) -> Verdict:
    state = context.state
    if state.phase not in BEFORE_START:
        return Rejected(Reason.WRONG_STEP)
    if command.question not in {question.id for question in state.protocol.questions}:
        return Rejected(Reason.UNKNOWN_QUESTION, (command.question,))
    return (e.QuestionAnswered(command.question, command.answer),)


def _answer_rest(command: c.AnswerRest, context: Context) -> Verdict:
    state = context.state
    if state.phase not in BEFORE_START:
        return Rejected(Reason.WRONG_STEP)
    rest = [question.id for question in state.protocol.questions if question.id not in state.answers]
    if not rest:
        return Rejected(Reason.NOTHING_TO_ANSWER)
    return tuple(e.QuestionAnswered(question, command.answer) for question in rest)


def _vitals(command: c.RecordVitalSigns, context: Context) -> Verdict:
    state, vitals = context.state, command.vitals
    if state.phase == "identify":
        return Rejected(Reason.WRONG_STEP)
    if vitals == VitalSigns():
        return Rejected(Reason.NO_VALUES)
    slips = impossible(state.protocol, vitals)
    if slips:
        return Rejected(Reason.IMPOSSIBLE_VALUE, slips)
    recorded = (e.VitalSignsRecorded(vitals),)
    if state.phase == "reaction":
        return recorded + regrade(state, vitals)
    return recorded + reaction_from_vital_signs(state, vitals, context.now)


def _decision(command: c.RecordDecision, context: Context) -> Verdict:
    state, limits = context.state, context.state.protocol.decisions
    special = (limits.resume, limits.shorten_observation, limits.next_infusion)
    if command.about not in RULE_NAMES and command.about not in special:
        return Rejected(Reason.UNKNOWN_RULE, (command.about,))
    if not command.by.strip():
        return Rejected(Reason.NAME_MISSING)
    if not command.read_back:
        return Rejected(Reason.NOT_READ_BACK)
    if command.about == limits.shorten_observation and not may_be_shortened(state):
        return Rejected(Reason.NOT_ALLOWED_FOR_PATIENT)
    return (e.DecisionRecorded(command.about, command.decision, command.by.strip()),)


def _finish(_command: c.FinishPrechecks, context: Context) -> Verdict:
    state = context.state
    if state.phase != "prechecks":
        return Rejected(Reason.WRONG_STEP)
    refusal = refusal_of_dose(state, context)
    if refusal is not None:
        return refusal
    judged = assess_today(state, context.now)
    return (e.PrechecksFinished(judged.decision, judged.findings),)


def refusal_of_dose(state: VisitState, context: Context) -> Rejected | None:
    """Why today's dose may not go on: a prescriber said no, or a hold or stop is open."""
    if declined(state):
        return Rejected(Reason.DO_NOT_GIVE, declined(state))
    open_rules = tuple(
        dict.fromkeys(
            finding.rule
            for finding in assess_today(state, context.now).findings
            if finding.severity in ("hold", "stop")
        )
    )
    return Rejected(Reason.FINDINGS_OPEN, open_rules) if open_rules else None


def declined(state: VisitState) -> tuple[str, ...]:
    """Rules about which a prescriber said, last, not to give today's dose."""
    last = {decision.about: decision.decision for decision in state.decisions}
    return tuple(about for about, decision in last.items() if decision == "do-not-give" and about in RULE_NAMES)


def _not_give(command: c.DoNotGive, context: Context) -> Verdict:
    state = context.state
    if state.run.status != "not-started" or state.phase == "reaction":
        return Rejected(Reason.ALREADY_STARTED if state.run.status != "not-started" else Reason.WRONG_STEP)
    if not command.reason.strip():
        return Rejected(Reason.REASON_MISSING)
    return (e.NotGiven(command.reason.strip()),)


DECIDERS: Deciders = {
    c.Identify: _identify,
    c.AnswerQuestion: _answer,
    c.AnswerRest: _answer_rest,
    c.RecordVitalSigns: _vitals,
    c.RecordDecision: _decision,
    c.FinishPrechecks: _finish,
    c.DoNotGive: _not_give,
}
