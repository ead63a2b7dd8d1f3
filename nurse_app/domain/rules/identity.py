"""Who the patient is, and whether the access programme allows this dose today."""

from collections.abc import Iterator

from nurse_app.domain.finding import Finding
from nurse_app.domain.rules.context import Case


def identity(case: Case) -> Iterator[Finding]:
    """The wristband must equal the record number, in full and to the letter."""
    record_no, wristband = case.identity.record_no, case.identity.wristband
    if not (record_no or "").strip() or not (wristband or "").strip():
        yield Finding("identity-mismatch", "hold", "unknown")
    elif record_no != wristband:
        yield Finding("identity-mismatch", "stop", "mismatch")


def authorisation(case: Case) -> Iterator[Finding]:
    """Authorised, and up to the last day of it."""
    if case.protocol.programme is None:
        return
    enrolment = case.enrolment
    figures = {"programme": enrolment.programme or "", "valid_until": str(enrolment.valid_until or "")}
    if enrolment.authorised is False:
        yield Finding("rems-authorisation", "stop", "not-authorised", figures)
    elif enrolment.valid_until is not None and enrolment.valid_until < case.today:
        yield Finding("rems-authorisation", "stop", "expired", figures)
    elif None in (enrolment.authorised, enrolment.valid_until, enrolment.programme):
        yield Finding("rems-authorisation", "hold", "unknown", figures)


def brand(case: Case) -> Iterator[Finding]:
    """The brand in the hand belongs to the programme the patient is enrolled in."""
    product, programme = case.facts.product, case.protocol.programme
    if product is None or programme is None or product.brand is None:
        return
    enrolled = case.enrolment.programme
    programmes = {name.casefold(): needed for name, needed in programme.brand_programmes.items()}
    needed = programmes.get(product.brand.casefold())
    figures = {"brand": product.brand, "programme": enrolled or ""}
    if needed is None:
        return
    if enrolled is None:
        yield Finding("rems-brand", "hold", "unknown", figures)
    elif needed != enrolled:
        yield Finding("rems-brand", "stop", "mismatch", figures)


def medication_guide(case: Case) -> Iterator[Finding]:
    """The patient has read the guide before this infusion."""
    if case.protocol.programme is None or case.enrolment.medication_guide_read:
        return
    variant = "unknown" if case.enrolment.medication_guide_read is None else "not-read"
    yield Finding("medication-guide", "hold", variant)


RULES = (identity, authorisation, brand, medication_guide)
