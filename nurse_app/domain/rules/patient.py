"""The patient's age and past, and the answers given today."""

from collections.abc import Iterator

from nurse_app.domain.calendar import whole_years
from nurse_app.domain.finding import Finding
from nurse_app.domain.protocol import Severity
from nurse_app.domain.rules.context import Case


def age(case: Case) -> Iterator[Finding]:
    """Too young is a stop; from the elderly limits on a caution, then a hold."""
    ages, born = case.protocol.ages, case.patient.birth_date
    if born is None:
        yield Finding("age-minimum", "hold", "unknown")
        return
    years = whole_years(born, case.today)
    if years < ages.stop_below:
        yield Finding("age-minimum", "stop", "below", {"age": str(years), "limit": str(ages.stop_below)})
    elif years >= ages.hold_from:
        yield Finding("age-elderly", "hold", "hold", {"age": str(years), "limit": str(ages.hold_from)})
    elif years >= ages.caution_from:
        yield Finding("age-elderly", "caution", "caution", {"age": str(years), "limit": str(ages.caution_from)})


def history(case: Case) -> Iterator[Finding]:
    """Lasting facts of the past; not known is a hold, never a no."""
    past = case.history
    allergic = _is_allergic(case) or past.natalizumab_hypersensitivity
    yield from _past("hypersensitivity-history", "stop", present=allergic)
    yield from _past("pml-history", "stop", present=past.pml)
    yield from _past("opportunistic-infection", "stop", present=past.opportunistic_infection)
    yield from _past("organ-impairment", "caution", present=past.severe_renal_or_hepatic_impairment)


def _is_allergic(case: Case) -> bool:
    """Is the drug or one of its brands among the allergies, whatever else the history says?"""
    names = [name.casefold() for name in (case.protocol.drug, *case.protocol.product.brands)]
    return any(name in allergy.casefold() for allergy in case.patient.allergies or () for name in names)


def _past(rule: str, severity: Severity, *, present: bool | None) -> Iterator[Finding]:
    if present is None:
        yield Finding(rule, "hold", "unknown")
    elif present:
        yield Finding(rule, severity, "present")


def answers(case: Case) -> Iterator[Finding]:
    """Each yes is its question's finding, once a rule; questions without an answer make one hold together."""
    seen: set[str] = set()
    for question in case.protocol.questions:
        if case.says_yes(question.id) and question.rule not in seen:
            seen.add(question.rule)
            yield Finding(question.rule, question.severity, "yes")
    open_questions = [q.id for q in case.protocol.questions if case.facts.answers.get(q.id) is None]
    if open_questions:
        figures = {"count": str(len(open_questions)), "questions": ", ".join(open_questions)}
        yield Finding("unanswered", "hold", "unanswered", figures)


RULES = (age, history, answers)
