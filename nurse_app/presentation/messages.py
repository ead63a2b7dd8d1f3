"""Why something was refused, in words that say what to do next."""

from collections.abc import Callable, Mapping

from nurse_app.domain.deciding.outcome import Reason, Rejected
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import N_, _
from nurse_app.presentation.formats import number

_PLAIN: Mapping[Reason, str] = {
    Reason.WRONG_STEP: N_("This is not possible in the present step."),
    Reason.VISIT_CLOSED: N_("This visit is closed. Notes and corrections are still possible."),
    Reason.IDENTITY_MISMATCH: N_(
        "This wristband is not this patient's. Do not go on. Check the patient and scan again."
    ),
    Reason.BIRTH_DATE_MISMATCH: N_(
        "The birth date does not agree with the record. Do not go on. Ask the patient again."
    ),
    Reason.UNKNOWN_QUESTION: N_("The protocol has no such question."),
    Reason.NOTHING_TO_ANSWER: N_("Every question has an answer already."),
    Reason.NO_VALUES: N_("Enter at least one value."),
    Reason.UNKNOWN_RULE: N_("Choose what the decision is about."),
    Reason.NOT_READ_BACK: N_("Read the decision back to the prescriber, then confirm it here."),
    Reason.NAME_MISSING: N_("Enter the name."),
    Reason.REASON_MISSING: N_("Give a reason."),
    Reason.TEXT_MISSING: N_("Enter a text first."),
    Reason.NOT_ALLOWED_FOR_PATIENT: N_("The protocol does not allow a shorter observation for this patient."),
    Reason.BAG_ALREADY_MIXED: N_("This bag is mixed already. To begin again, discard it with a reason."),
    Reason.NO_BAG: N_("There is no mixed bag yet."),
    Reason.BAG_IS_COLD: N_("The bag is in the refrigerator. Take it out first."),
    Reason.BAG_TOO_OLD: N_("The bag has passed its limit. Ask the prescriber or the pharmacist before it runs again."),
    Reason.SAME_PERSON: N_("The second check must be made by another person than the one who prepared."),
    Reason.SECOND_CHECK_MISSING: N_("A second nurse must check the bag first."),
    Reason.LINE_NOT_READY: N_("Record the line first."),
    Reason.NOT_POSITIVE: N_("Enter a figure greater than 0."),
    Reason.NOT_RUNNING: N_("The infusion is not running."),
    Reason.NOT_PAUSED: N_("The infusion is not paused."),
    Reason.DECISION_MISSING: N_("Record the prescriber's decision first: may the infusion go on?"),
    Reason.HANDED_OVER: N_("The reaction ended with a transfer or a death. Today's dose is not given: record that."),
    Reason.STOPPED_FOR_GOOD: N_("The infusion was stopped and is not started again today."),
    Reason.UNKNOWN_SIGN: N_("The protocol has no such sign."),
    Reason.UNKNOWN_TREATMENT: N_("The standing order has no such treatment."),
    Reason.UNKNOWN_ACTION: N_("The checklist has no such line."),
    Reason.UNKNOWN_GRADE: N_("The protocol has no such grade here. Choose again."),
    Reason.NO_REACTION: N_("No reaction is open. Press Reaction first."),
    Reason.LEVEL_NOT_HIGHER: N_("A level is never lowered by hand. Close the reaction when it is over."),
    Reason.MORE_THAN_THE_BAG: N_("This is more than the bag held. Enter the volume again."),
    Reason.TOO_EARLY: N_("The observation time is not over. If the patient insists, record “left early”."),
    Reason.ALREADY_STARTED: N_("The infusion has been started already."),
    Reason.UNKNOWN_ENTRY: N_("There is no such entry."),
    Reason.NOT_CORRECTABLE: N_(
        "This entry cannot be taken back, because it really happened. Add a note that explains."
    ),
    Reason.ALREADY_CORRECTED: N_("This entry is marked in error already."),
    Reason.TIME_STAYS: N_("The time of this entry stays as it is. Add a note that explains."),
    Reason.TIME_OUTSIDE_VISIT: N_(
        "This time is not possible for this entry. Choose one between the start of the visit and now."
    ),
    Reason.UNKNOWN_ALARM: N_("This is no longer due."),
    Reason.TIME_IS_KNOWN: N_("The time is known. There is nothing to confirm."),
    Reason.TIME_NOT_POSSIBLE: N_("This time is not possible. Read the clock on the wall again."),
    Reason.UNREADABLE_BARCODE: N_(
        "This barcode cannot be read without doubt. Scan again, or type what the label says."
    ),
}


def refusal_words(rejected: Rejected, protocol: InfusionProtocol) -> str:
    """One sentence or two for the person who was refused."""
    worded = _WORDED.get(rejected.reason)
    return worded(rejected, protocol) if worded else _(_PLAIN[rejected.reason])


def _findings(rejected: Rejected, protocol: InfusionProtocol) -> str:
    names = ", ".join(protocol.text(f"rule.{rule}") for rule in rejected.details)
    return _("Not yet: {names}. Record the prescriber's decision, or choose “Not given today”.").format(names=names)


def _declined(rejected: Rejected, protocol: InfusionProtocol) -> str:
    names = ", ".join(protocol.text(f"rule.{rule}") for rule in rejected.details)
    return _("The prescriber decided not to give today's dose ({names}). Choose “Not given today”.").format(names=names)


def _impossible(rejected: Rejected, protocol: InfusionProtocol) -> str:
    names = ", ".join(protocol.text(f"vital.{name}") for name in rejected.details)
    return _("This cannot be right: {names}. Check the figure and enter it again.").format(names=names)


def _lines(rejected: Rejected, protocol: InfusionProtocol) -> str:
    names = ", ".join(protocol.text(f"prepare.{line}.title") for line in rejected.details)
    return _("First: {names}.").format(names=names)


def _differs(rejected: Rejected, _protocol: InfusionProtocol) -> str:
    words = {"lot": _("lot"), "added_ml": _("volume added"), "record_no": _("record number")}
    names = ", ".join(words[name] for name in rejected.details)
    text = _("The two checks differ: {names}. Look at the vial, the bag and the wristband together, then check again.")
    return text.format(names=names)


def _rate(_rejected: Rejected, protocol: InfusionProtocol) -> str:
    limit = number(protocol.infusion.rate_refused_above_ml_h)
    return _("A rate above {limit} mL/h is not allowed. Never run faster to regain time.").format(limit=limit)


_WORDED: Mapping[Reason, Callable[[Rejected, InfusionProtocol], str]] = {
    Reason.FINDINGS_OPEN: _findings,
    Reason.DO_NOT_GIVE: _declined,
    Reason.IMPOSSIBLE_VALUE: _impossible,
    Reason.LINE_BEFORE_MISSING: _lines,
    Reason.SECOND_CHECK_DIFFERS: _differs,
    Reason.RATE_TOO_HIGH: _rate,
}


def defect_words(number: int | None) -> str:
    """Something in the program itself went wrong; ``number`` is that of the report, None when none could be kept."""
    kept = _("An internal error was recorded (report {n}).").format(n=number) if number else _("An internal error.")
    return _("{kept} Everything marked saved is safe. Check the screen against the patient.").format(kept=kept)
