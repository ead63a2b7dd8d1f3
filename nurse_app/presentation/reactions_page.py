"""A patient's reactions to the drug: may it be given again, is a call due, and everything that was recorded of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from nurse_app.domain import patient_events as p
from nurse_app.domain.follow_up_call import CallDue, CallState, call_due
from nurse_app.domain.patient_record import PatientRecord
from nurse_app.domain.protocol import InfusionProtocol, Severity
from nurse_app.domain.record import Recorded
from nurse_app.i18n import _
from nurse_app.presentation.clock_page import NoticeView
from nurse_app.presentation.follow_up_words import call_words, day_time, delayed_sign_words
from nurse_app.presentation.intents import GoHome, GoToPatient, GoToReactions, GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.summary_page import SummaryPageView, SummaryRow
from nurse_app.presentation.view_parts import ActionRole, ActionView, CardView, SideView, StepHead

Entries = Sequence[Recorded[p.PatientEvent]]
_SEVERITIES: Mapping[CallState, Severity] = {"later": "information", "due": "caution", "overdue": "hold"}


@dataclass(frozen=True, slots=True)
class ReactionsSource:
    """One patient's record at a moment. ``in_visit``: a visit is in progress, so nothing is cleared now."""

    patient_id: str
    protocol: InfusionProtocol
    record: PatientRecord
    entries: Entries
    now: datetime
    zone: tzinfo | None
    name_of: Callable[[str], str]
    in_visit: bool

    @property
    def call(self) -> CallDue | None:
        return call_due(self.protocol, self.record)


@dataclass(frozen=True, slots=True)
class CallView:
    """The sheet of a follow-up call; ``signs`` are (key, words) to ask about."""

    head: StepHead
    why: str
    when: str
    early: str
    patient_id: str
    visit_id: str
    signs: tuple[tuple[str, str], ...]
    then: str


@dataclass(frozen=True, slots=True)
class ClearFlagView:
    """The sheet on which a prescriber's decision is recorded; ``refused`` says why it cannot be now."""

    head: StepHead
    patient_id: str
    state: str
    refused: str
    read_back: str


def reactions_action(patient_id: str, *, key: str = "R") -> ActionView:
    """The way to the page from the pages about a patient."""
    return ActionView("reactions", _("Reactions…"), GoToReactions(patient_id), key)


def present_reactions(source: ReactionsSource) -> SummaryPageView:
    """The page of one patient."""
    rows = tuple(_history(source))
    return SummaryPageView(
        head=StepHead(_("Reactions to the drug")),
        notices=tuple(_notices(source)),
        advice_title="",
        advice=(),
        rows_title=_("On record, newest first"),
        rows=rows or (SummaryRow("", _("No reaction to the drug is on record here.")),),
        side=SideView(tuple(_side(source))),
    )


def flag_state_words(record: PatientRecord) -> str:
    """What the record says about giving the drug again."""
    words = {
        "no": _("No flag: the record does not forbid the drug for a reaction."),
        "suspected": _("Suspected allergy. No further dose until a prescriber clears it."),
        "permanent": _("Severe reaction. The drug is not given again. This is never cleared."),
    }
    return words[record.hypersensitivity]


def _notices(source: ReactionsSource) -> Iterator[NoticeView]:
    call = source.call
    if call is not None:
        severity = _SEVERITIES[call.state(source.now)]
        title = call_words(call, source.now, source.zone)
        yield NoticeView("call", severity, title, source.protocol.text("after.call"))
    flag = source.record.hypersensitivity
    yield NoticeView("flag", "information" if flag == "no" else "stop", flag_state_words(source.record))


def _history(source: ReactionsSource) -> Iterator[SummaryRow]:
    for item in reversed(source.entries):
        words = _words(source, item.event)
        if words:
            when = day_time(item.entry.reading.wall, source.zone)
            by = _("{words} ({name})").format(words=words, name=source.name_of(item.entry.by))
            yield SummaryRow(when, by)


def _words(source: ReactionsSource, event: p.PatientEvent) -> str:
    protocol = source.protocol
    match event:
        case p.ReactionRecorded():
            level = protocol.text(f"level.{event.level}.title")
            return _("Reaction: {level}, began {at}").format(level=level, at=day_time(event.onset_at, source.zone))
        case p.HypersensitivityFlagged():
            return _("Allergy marked for good") if event.permanent else _("Allergy marked as suspected")
        case p.HypersensitivityCleared():
            return _("Allergy cleared by {by}: {reason}").format(by=event.by, reason=event.reason)
        case p.FollowUpCallMade():
            return _call(protocol, event)
        case _:
            return ""


def _call(protocol: InfusionProtocol, event: p.FollowUpCallMade) -> str:
    if not event.reached:
        words = _("Follow-up call: not reached")
    elif event.signs:
        signs = ", ".join(delayed_sign_words(protocol, sign) for sign in event.signs)
        words = _("Follow-up call: {signs}").format(signs=signs)
    else:
        words = _("Follow-up call: well, nothing new")
    return _("{words}. {note}").format(words=words, note=event.note) if event.note else words


def _side(source: ReactionsSource) -> Iterator[CardView | ActionView]:
    call, patient_id = source.call, source.patient_id
    visit_id = _visit_of_call(source)
    if visit_id:
        role: ActionRole = "primary" if call is not None else "secondary"
        subject = OpenSheet(SheetKind.FOLLOW_UP_CALL, patient_id)
        yield ActionView("follow_up_call", _("Follow-up call…"), subject, "C", role)
    if source.record.hypersensitivity != "no":
        refused = _refused(source)
        sheet = OpenSheet(SheetKind.CLEAR_FLAG, patient_id)
        label = _("Clear the hypersensitivity flag…")
        yield ActionView("clear_flag", label, sheet, "F", enabled=not refused, why_not=refused)
    if visit_id:
        yield ActionView("visit", _("Visit of the reaction"), GoToVisit(visit_id), "V")
    yield ActionView("patient", _("Patient record…"), GoToPatient(patient_id), "P")
    yield ActionView("home", _("Back to the ward"), GoHome(), "H")


def _visit_of_call(source: ReactionsSource) -> str:
    """The visit that a call is about: that of the call due, else that of the last reaction or infusion."""
    call, record = source.call, source.record
    if call is not None:
        return call.visit_id
    visits = [each.visit_id for each in record.administrations] + [each.visit_id for each in record.reactions]
    return visits[-1] if visits else ""


def _refused(source: ReactionsSource) -> str:
    if source.record.hypersensitivity == "permanent":
        return _("After a severe reaction it is never cleared.")
    return _("A visit is in progress. Clear it between visits.") if source.in_visit else ""


def present_call(source: ReactionsSource) -> CallView:
    """The sheet of a call, due or not: a patient may ring by herself."""
    protocol, call = source.protocol, source.call
    after = protocol.after_reaction
    signs = after.delayed_signs if after is not None else ()
    is_early = call is not None and call.state(source.now) == "later"
    return CallView(
        head=StepHead(_("Follow-up call"), _("Ask: how are you since the infusion?")),
        why=protocol.texts.get("after.call", ""),
        when=call_words(call, source.now, source.zone) if call is not None else "",
        early=_("It is early: the call stays due.") if is_early else "",
        patient_id=source.patient_id,
        visit_id=_visit_of_call(source),
        signs=tuple((sign, delayed_sign_words(protocol, sign)) for sign in signs),
        then=protocol.texts.get("after.call-signs", ""),
    )


def present_clear_flag(source: ReactionsSource) -> ClearFlagView:
    """The sheet for the prescriber's decision."""
    return ClearFlagView(
        head=StepHead(
            _("Clear the hypersensitivity flag"),
            _("A prescriber decides. It is recorded with the name and the reason, and stays in the record."),
        ),
        patient_id=source.patient_id,
        state=flag_state_words(source.record),
        refused=_refused(source),
        read_back=_("Read back and confirmed"),
    )
