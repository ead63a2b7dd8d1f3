"""The published risk group for progressive multifocal leukoencephalopathy: a category, never a percentage.

What is not known stays not known: the group is then the highest that what is known allows, and is told as such.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import History, LabResult
from nurse_app.domain.lab_protocol import PmlGroup, PmlRisk
from nurse_app.domain.quantity import Measured, measured
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.results import newest, presence, unit_fits

# “jcv”: no result that can be read; “jcv-confirmation”: one between negative and positive; “index”: no clear one.
Missing = Literal["jcv", "jcv-confirmation", "index", "prior-immunosuppressant", "infusions"]
IndexStatus = Literal["negative", "low", "high", "not-known"]
_ANY: frozenset[IndexStatus] = frozenset({"negative", "low", "high"})


@dataclass(frozen=True, slots=True)
class RiskGroup:
    """Where a patient stands in the published table, and what that rests on.

    ``group`` is the highest of ``possible`` (lowest first); it is known when it is the only one. ``column`` is the
    place among the table's columns, their number when the exposure lies beyond the table, None when it is not known.
    ``band`` is the highest possible place of the index among the other view's bands. ``collected`` and ``age_days``
    belong to ``results``, the newest of the anti-JCV test.
    """

    group: PmlGroup
    possible: tuple[PmlGroup, ...]
    column: int | None
    band: int | None
    results: tuple[LabResult, ...]
    collected: date | None
    age_days: int | None
    prior_immunosuppressant: bool | None
    infusions: int | None
    missing: tuple[Missing, ...]

    @property
    def is_known(self) -> bool:
        """Does all that is known leave only this group?"""
        return len(self.possible) == 1


def pml_group(case: Case) -> RiskGroup | None:
    """The group of today; None when the protocol has no table."""
    risk = case.protocol.labs.pml_risk
    if risk is None or not risk.groups:
        return None
    results = newest(case, risk.test)
    given = case.treatment.infusions_given
    each = [index_statuses(case, risk, result) for result in results] or [_ANY]
    statuses = frozenset[IndexStatus]().union(*each)
    possible = tuple(group for group in risk.groups if _fits(group, statuses, case.history))
    collected = case.day(results[0].collected) if results else None
    return RiskGroup(
        group=possible[-1],
        possible=possible,
        column=None if given is None else bisect_left(risk.infusions_to, given),
        band=_band(case, risk, results),
        results=results,
        collected=collected,
        age_days=None if collected is None else (case.today - collected).days,
        prior_immunosuppressant=case.history.prior_immunosuppressant,
        infusions=given,
        missing=tuple(_missing(case, statuses)),
    )


def _fits(group: PmlGroup, statuses: frozenset[IndexStatus], history: History) -> bool:
    if history.prior_immunosuppressant not in (None, group.prior_immunosuppressant):
        return False
    if group.status == "negative":
        return "negative" in statuses
    return bool(statuses - {"negative"}) if group.index is None else group.index in statuses


def index_statuses(case: Case, risk: PmlRisk, result: LabResult) -> frozenset[IndexStatus]:
    """What one anti-JCV result may mean; all but “not-known” when it cannot be read."""
    value = _number(case, risk, result)
    if value is not None:
        return frozenset(_statuses_of_index(risk, value))
    status = presence(case.protocol, result)
    if status is not None:
        return frozenset({"not-known"}) if status == "positive" else frozenset({"negative"})
    # Between negative and positive an index is never high.
    word = str(result.value).strip().casefold()
    return _ANY - {"high"} if word in case.protocol.labs.unclear_words else _ANY


def _statuses_of_index(risk: PmlRisk, value: Measured) -> Iterator[IndexStatus]:
    until = risk.index_indeterminate_to
    if value.may_be_below(risk.index_positive_from) or (until is not None and not value.is_surely_above(until)):
        yield "negative"
    if value.may_be_from(risk.index_positive_from) and not value.is_surely_above(risk.index_above):
        yield "low"
    if value.may_be_above(risk.index_above):
        yield "high"


def _number(case: Case, risk: PmlRisk, result: LabResult) -> Measured | None:
    test = case.protocol.lab_test(risk.test)
    return measured(result.value) if test is not None and unit_fits(test, result) else None


def _band(case: Case, risk: PmlRisk, results: tuple[LabResult, ...]) -> int | None:
    """A cut-off belongs to the band below it; a value without an upper end is in the last one."""
    values = [value for result in results if (value := _number(case, risk, result)) is not None]
    if not values or not risk.index_bands:
        return None
    return max(_place(risk.index_bands, value.most) for value in values)


def _place(cuts: tuple[Decimal, ...], most: Decimal | None) -> int:
    return len(cuts) if most is None else bisect_left(cuts, most)


def _missing(case: Case, statuses: frozenset[IndexStatus]) -> Iterator[Missing]:
    if statuses >= _ANY:
        yield "jcv"
    elif statuses == _ANY - {"high"}:
        yield "jcv-confirmation"
    elif "not-known" in statuses or statuses >= {"low", "high"}:
        yield "index"
    if case.history.prior_immunosuppressant is None:
        yield "prior-immunosuppressant"
    if case.treatment.infusions_given is None:
        yield "infusions"
