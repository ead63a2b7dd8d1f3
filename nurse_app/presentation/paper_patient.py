"""What a paper form says of its patient beforehand: who it is, what is due, what was found on the record."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from decimal import Decimal

from nurse_app.domain.assess import assess
from nurse_app.domain.due import due_now
from nurse_app.domain.due_state import LATE
from nurse_app.domain.finding import Finding
from nurse_app.domain.patient_record import PatientRecord, facts_of
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case, case_at_noon
from nurse_app.i18n import _, ngettext
from nurse_app.interchange.record_document import RecordSection
from nurse_app.presentation.due_words import dated_words
from nurse_app.presentation.finding_words import finding_sentence, worst_first
from nurse_app.presentation.formats import day, number, with_unit
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.visit_frame import banner_of

# More would not leave the form on two pages; the rest is told by its number.
MOST_FINDINGS, MOST_GRAVE, MOST_DUE = 3, 4, 4
_NOT_KNOWN = frozenset({"unknown", "missing", "absent"})
# What a visit finds out itself: today’s answers, signs, vial and bag.
_OF_THE_VISIT = frozenset(
    {
        "identity-mismatch",
        "product-route",
        "product-expiry",
        "product-unknown",
        "unanswered",
        "vital-signs",
        "vital-signs-missing",
        "fever",
        "stability",
        "warm-up",
        "diluent",
        "bag-volume",
        "dose-volume",
        "final-volume",
        "inspection",
    }
)


def weight_of(record: PatientRecord) -> Decimal | None:
    """Kilograms; None when not known."""
    return record.details.weight_kg


def known_subject(
    record: PatientRecord, protocol: InfusionProtocol, made_at: datetime, zone: tzinfo | None
) -> tuple[tuple[str, str], ...]:
    """Name, birth date and record number first: they head every page."""
    facts, details, risk = facts_of(record), record.details, protocol.labs.pml_risk
    today = made_at.astimezone(zone).date()
    banner = banner_of(facts, details.name, details.record_no, risk.test if risk else "", today, zone)
    weight = with_unit(number(details.weight_kg), "kg") if details.weight_kg is not None else _("not known")
    indication = optional_text(protocol, f"indication.{details.indication}") or _("not known")
    medicines = _("not known") if details.medicines is None else ", ".join(details.medicines) or _("none")
    until = details.enrolment.valid_until
    authorised = day(until) or _("not known")
    return (
        (_("Name"), banner.name),
        *banner.fields,
        (_("Allergies"), banner.allergy),
        (_("Weight"), weight),
        (_("Indication"), indication),
        (_("Medicines"), medicines),
        (_("Authorised until"), authorised),
    )


def known_sections(
    record: PatientRecord, protocol: InfusionProtocol, made_at: datetime, zone: tzinfo | None
) -> tuple[RecordSection, ...]:
    """What is late and what stands against today’s dose, as far as the record knows."""
    case = case_at_noon(protocol, facts_of(record), made_at.astimezone(zone).date(), zone)
    # What is known comes before what has to be asked.
    judged = sorted(worst_first(_of_record(case)), key=lambda item: item.variant in _NOT_KNOWN)
    found = [finding_sentence(protocol, item) for item in judged]
    late = [dated_words(protocol, due.standing) for due in due_now(case) if due.standing.state in LATE]
    nothing = _("Nothing was found on the record.")
    # What is known to forbid or hold the dose has more room.
    grave = sum(item.severity in ("stop", "hold") and item.variant not in _NOT_KNOWN for item in judged)
    lines = _first(found, max(MOST_FINDINGS, min(MOST_GRAVE, grave)), nothing)
    sections = [RecordSection(_("On the record, when this form was made"), lines=lines)]
    if late:
        words = _first(late, MOST_DUE, "")
        sections.append(RecordSection(_("Due"), lines=(" · ".join(words),)))
    return tuple(sections)


def _of_record(case: Case) -> Iterator[Finding]:
    asked = {question.rule for question in case.protocol.questions}
    for finding in assess(case.protocol, case.facts, case.now).findings:
        is_answer = finding.variant == "yes" and finding.rule in asked
        if finding.severity != "information" and finding.rule not in _OF_THE_VISIT and not is_answer:
            yield finding


def _first(lines: list[str], most: int, nothing: str) -> tuple[str, ...]:
    """The first lines, and how many more there are."""
    if not lines:
        return (nothing,)
    rest = len(lines) - most
    more = ngettext(
        "{n} more: look into the program when it runs.", "{n} more: look into the program when it runs.", rest
    )
    return (*lines[:most], *((more.format(n=rest),) if rest > 0 else ()))
