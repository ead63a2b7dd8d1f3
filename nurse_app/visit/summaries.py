"""Short facts of each record for lists; kept in the index, always made again from the record itself."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from nurse_app.domain.calendar import day_of
from nurse_app.domain.due import due_items, next_infusion
from nurse_app.domain.due_state import DUE, MAY_BE_FIRST, due_rules
from nurse_app.domain.evolve import fold
from nurse_app.domain.facts import Patient, Treatment
from nurse_app.domain.follow_up_call import CALL, call_due
from nurse_app.domain.patient_record import PatientRecord, facts_of, fold_patient
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.record import Recorded
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.monitoring import may_be_first
from nurse_app.domain.snapshot import outcome
from nurse_app.domain.state import VisitState
from nurse_app.domain.treatment_course import has_ended
from nurse_app.visit.ports import StreamKind

Summary = Mapping[str, str | int | bool | None]


def summary_of_visit(state: VisitState) -> Summary:
    """What lists show of a visit."""
    return {
        "patient_id": state.patient_id,
        "record_no": state.record_no,
        "phase": state.phase,
        "started_at": state.started_at.latest.isoformat(),
        "outcome": outcome(state),
        "lot": state.bag.product.lot if state.bag.product else None,
        # A summary holds plain facts only: one lot a line.
        "lots_set_aside": "\n".join(dict.fromkeys(state.lots_set_aside)),
    }


def summary_of_patient(record: PatientRecord, protocol: InfusionProtocol, now: datetime) -> Summary:
    """What lists show of a patient; ``due:NAME`` holds the days of what falls due, None when it is not on record."""
    details, facts = record.details, facts_of(record)
    treatment = (facts.patient or Patient()).treatment or Treatment()
    last = None if treatment.last_infusion is None else day_of(treatment.last_infusion, now.tzinfo)
    # After a reaction to the drug no day is proposed until a prescriber has cleared it.
    planned = next_infusion(facts, now.tzinfo) if record.hypersensitivity == "no" else None
    call = call_due(protocol, record)
    due = {item.name: item.days.text() for item in due_items(Case(protocol, facts, now))}
    rules = [rule for rule in due_rules(protocol) if rule.name in due]
    minded = [due[rule.name] or "" for rule in rules if rule.bears != "none"]
    return {
        "record_no": details.record_no,
        "name": details.name,
        "birth_date": _iso(details.birth_date),
        "last_infusion": _iso(last),
        "next_infusion": _iso(planned),
        "sample": record.sample,
        "flag": record.hypersensitivity,
        CALL: call.text() if call is not None else None,
        "follow_up": next((due[rule.name] for rule in rules if rule.kind == "follow-up"), None),
        MAY_BE_FIRST: may_be_first(treatment),
        "ended": has_ended(treatment, now.tzinfo),
        # Text, so that thousands are put in order without reading a date.
        "first_due": min(minded, default=""),
        **{DUE + name: days for name, days in due.items()},
    }


def is_at_hand(kind: StreamKind, summary: Summary) -> bool:
    """Whether home must know it at the start: every patient, and the visits in progress."""
    return kind is not StreamKind.VISIT or summary.get("phase") != "closed"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def summarise(kind: StreamKind, record: Sequence[Recorded[Any]], protocol: InfusionProtocol) -> Summary:
    """The summary of any record; the station has none."""
    if kind is StreamKind.VISIT:
        return summary_of_visit(fold(record))
    patient = fold_patient(record) if kind is StreamKind.PATIENT else None
    return summary_of_patient(patient, protocol, record[-1].entry.reading.wall) if patient else {}
