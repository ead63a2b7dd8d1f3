"""Facts of a patient from outside: the right types, and nothing that the rules would silently pass over."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime

from nurse_app.domain.calendar import last_day
from nurse_app.domain.facts import Facts, LabResult, VitalSigns
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.names import RULE_NAMES
from nurse_app.domain.rules.vital_signs import impossible
from nurse_app.plain_data import MisfitError, build

# Sums of dates must stay within the calendar; nobody alive and no plan lies outside these.
_FIRST_YEAR, _LAST_YEAR = 1850, 2200


def read_facts(data: Mapping[str, object], protocol: InfusionProtocol, now: datetime, place: str = "") -> Facts:
    """Facts as they are at ``now``, checked against the protocol. Raises MisfitError at the first misfit."""
    given = dict(data)
    if given.get("answers", {}) is None:
        # No answers at all are answers that nobody knows.
        given["answers"] = {}
    facts = build(Facts, given, place)
    check = _Checks(protocol, now, f"{place}." if place else "")
    for at, when in _dates(facts, place):
        check.year(at, when)
    check.names(facts)
    check.patient(facts)
    for index, result in enumerate(facts.labs):
        check.result(f"labs[{index}]", result)
    if facts.product is not None and facts.product.expiry is not None:
        check.expiry(facts.product.expiry)
    if facts.vitals is not None:
        check.vital_signs(facts.vitals)
    return facts


def require_year(place: str, when: date) -> None:
    """Raises MisfitError for a year that no patient and no plan can have."""
    if not _FIRST_YEAR <= when.year <= _LAST_YEAR:
        raise MisfitError(place, f"must be in the years {_FIRST_YEAR} to {_LAST_YEAR}")


class _Checks:
    """What a type cannot say. Places are written as the file has them."""

    def __init__(self, protocol: InfusionProtocol, now: datetime, prefix: str) -> None:
        self._protocol = protocol
        self._now = now
        self._prefix = prefix

    def year(self, place: str, when: date) -> None:
        # An authorisation without an end is written with a year far away, and nothing is added to it.
        if not place.endswith("valid_until"):
            require_year(place, when)

    def names(self, facts: Facts) -> None:
        """Words that must be among the protocol's."""
        protocol = self._protocol
        self._among("answers", facts.answers, [question.id for question in protocol.questions], "question")
        if facts.patient is not None and facts.patient.indication is not None:
            self._one_of("patient.indication", facts.patient.indication, protocol.indications)
        if facts.rems is not None and facts.rems.programme is not None and protocol.programme is not None:
            self._one_of("rems.programme", facts.rems.programme, tuple(protocol.programme.brand_programmes.values()))
        limits = protocol.decisions
        known = RULE_NAMES | {limits.resume, limits.shorten_observation, limits.next_infusion}
        for index, decision in enumerate(facts.patient.decisions if facts.patient else ()):
            if decision.about not in known:
                self._misfit(f"patient.decisions[{index}].about", "is not the name of a rule")

    def patient(self, facts: Facts) -> None:
        patient = facts.patient
        if patient is None:
            return
        if patient.birth_date is not None and patient.birth_date > self._now.date():
            self._misfit("patient.birth_date", "lies after “now”")
        if patient.weight_kg is not None and patient.weight_kg <= 0:
            self._misfit("patient.weight_kg", "must be greater than 0")

    def result(self, place: str, result: LabResult) -> None:
        if self._protocol.lab_test(result.test) is None:
            known = ", ".join(test.id for test in self._protocol.labs.tests)
            self._misfit(f"{place}.test", f"must be one of {known}")
        collected = result.collected
        is_future = collected > self._now if isinstance(collected, datetime) else collected > self._now.date()
        if is_future:
            self._misfit(f"{place}.collected", "lies after “now”")

    def expiry(self, expiry: str) -> None:
        if last_day(expiry) is None:
            self._misfit("product.expiry", "is not a date such as 2027-08-31, or a month such as 2027-08")

    def vital_signs(self, vitals: VitalSigns) -> None:
        for name in impossible(self._protocol, vitals):
            sign = self._protocol.vital_signs[name]
            self._misfit(f"vitals.{name}", f"must be from {sign.possible_from} to {sign.possible_to} {sign.unit}")

    def _among(self, place: str, given: Mapping[str, object], known: list[str], what: str) -> None:
        for name in given:
            if name not in known:
                self._misfit(f"{place}.{name}", f"is not a {what} of the protocol")

    def _one_of(self, place: str, word: str, known: tuple[str, ...]) -> None:
        if word not in known:
            self._misfit(place, f"must be one of {', '.join(known)}")

    def _misfit(self, place: str, problem: str) -> None:
        raise MisfitError(self._prefix + place, problem)


def _dates(value: object, place: str) -> Iterator[tuple[str, date]]:
    """Every date inside a value, with its place."""
    if isinstance(value, date):
        yield place, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _dates(item, f"{place}[{index}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _dates(getattr(value, field.name), f"{place}.{field.name}" if place else field.name)
