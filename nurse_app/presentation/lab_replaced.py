"""Results that no longer count, as crosses beside the curve: corrected ones with what replaced them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.patient_record import LabEntry
from nurse_app.domain.rules.context import Case
from nurse_app.i18n import _
from nurse_app.presentation.lab_drawing import Mark
from nurse_app.presentation.lab_points import trend_points


@dataclass(frozen=True, slots=True)
class Replaced:
    """A result that no longer counts; ``by`` is the correction in its place, None where there is none."""

    result: LabResult
    by: LabResult | None = None


def replaced_results(labs: Iterable[LabEntry]) -> tuple[Replaced, ...]:
    """Those of a record, in the order in which they came."""
    entries = {lab.entry: lab for lab in labs}
    return tuple(
        Replaced(lab.result, None if lab.corrected_by is None else entries[lab.corrected_by].result)
        for lab in entries.values()
        if lab.superseded
    )


def replaced_marks(case: Case, test: LabTest, replaced: Iterable[Replaced]) -> tuple[Mark, ...]:
    """One cross for each result of a test that was corrected, taken back or marked in error, where it can be drawn."""
    return tuple(mark for item in replaced for mark in _marks(case, test, item))


def _marks(case: Case, test: LabTest, item: Replaced) -> Iterator[Mark]:
    for point in trend_points(_alone(case, item.result), test):
        yield Mark(point.at, point.value, "cross", "muted", f"{point.text} · {_became(case, test, item)}")


def _alone(case: Case, result: LabResult) -> Case:
    return replace(case, facts=Facts(labs=(result,)))


def _became(case: Case, test: LabTest, item: Replaced) -> str:
    """The correction as its own panel would show it."""
    if item.by is None:
        return became_words(None)
    drawn = trend_points(_alone(case, item.by), test)
    return became_words(drawn[0].figure if drawn else str(item.by.value or ""))


def became_words(value: str | None) -> str:
    """What became of a result: ``value`` is the correction in its place, None where there is none."""
    if value is None:
        return _("taken back or marked in error")
    return _("corrected to {value}").format(value=value)
