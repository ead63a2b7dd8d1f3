"""Results from outside beside what is on record: which are new, there already, corrected, withdrawn, not taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from nurse_app.domain.facts import LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.patient_events import (
    LabResultCorrected,
    LabResultRecorded,
    LabResultWithdrawn,
    PatientEvent,
    TextAsCame,
)
from nurse_app.domain.patient_record import LabEntry
from nurse_app.domain.possible_days import day_problem
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import measured
from nurse_app.domain.rules.results import can_be

Reason = Literal[
    "no-unit",
    "unit",
    "value",
    "limits",
    "future",
    "before-birth",
    "too-early",
    "birth-date",
    "other-patient",
    "record",
    "nothing-to-withdraw",
]
# “past”: left out, since it does not count any more where it comes from.
Outcome = Literal["added", "there", "corrected", "withdrawn", "past"]


@dataclass(frozen=True, slots=True)
class IncomingResult:
    """One result of a file, read but not judged yet.

    ``place`` is where in the file, for people: “line 12”, “entry 3”. ``tests`` are all names the file has for the test
    (LOINC codes first). ``value`` has a decimal point, and a comparator in front where the file has one: “14.5”, “<5”,
    “negative”. ``unit`` is what the file says, blanks around it taken away. ``collected`` with a time has an offset.
    ``withdrawn``: the sender says that this result was never so (entered in error, deleted). ``counts`` is False in a
    copy of a record for what was corrected or taken back there: it tells what was, and changes nothing here.
    """

    place: str
    record_no: str
    tests: tuple[str, ...]
    value: str
    collected: datetime | date
    text: TextAsCame
    unit: str = ""
    lower: Decimal | None = None
    upper: Decimal | None = None
    birth_date: date | None = None
    withdrawn: bool = False
    counts: bool = True


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why a result is not taken. ``test`` is the protocol’s name for its test, where it has one."""

    reason: Reason
    test: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one result that is taken; ``replaced`` is the one on record that it corrects."""

    place: str
    outcome: Outcome
    result: LabResult
    replaced: LabResult | None = None


@dataclass(slots=True)
class _OfOneTime:
    """All that is on record of one test at one time, and by entry what of it counts."""

    results: set[LabResult] = field(default_factory=set)
    counting: dict[int, LabResult] = field(default_factory=dict)
    # Whether these came in this very file.
    fresh: set[int] = field(default_factory=set)


def judged(
    protocol: InfusionProtocol,
    spellings: Mapping[str, str],
    row: IncomingResult,
    now: datetime,
    born: date | None = None,
) -> LabResult | NotTaken:
    """The result as it goes on record; a test that the protocol does not know is kept as it is.

    ``spellings``: what laboratories write for a unit of UCUM. ``born`` is the patient’s birth date, if known.
    """
    test = _test(protocol, row)
    name = test.id if test else row.tests[0]
    collected = row.collected
    if collected > now if isinstance(collected, datetime) else collected > now.date():
        return NotTaken("future", name)
    # What is on record of an impossible day may still be taken back.
    impossible = None if row.withdrawn else day_problem(_own_day(collected), date.max, born)
    if impossible is not None:
        return NotTaken(impossible, name)
    unit = spellings.get(row.unit, row.unit)
    if test is not None and not row.withdrawn:
        problem = _problem(protocol, test, row.value, unit)
        if problem is not None:
            return NotTaken(problem, name)
    try:
        return LabResult(name, row.value, collected, unit or None, row.lower, row.upper)
    except ValueError:
        return NotTaken("limits", name)


def left_out(protocol: InfusionProtocol, row: IncomingResult) -> Change:
    """What becomes of a result that does not count: nothing, whatever it says."""
    test = _test(protocol, row)
    name = test.id if test else row.tests[0]
    return Change(row.place, "past", LabResult(name, row.value, row.collected, row.unit or None))


def _test(protocol: InfusionProtocol, row: IncomingResult) -> LabTest | None:
    return next(filter(None, (protocol.test_called(name) for name in row.tests)), None)


def _own_day(collected: datetime | date) -> date:
    """The day as the laboratory wrote it."""
    return collected.date() if isinstance(collected, datetime) else collected


def _problem(protocol: InfusionProtocol, test: LabTest, value: str, unit: str) -> Reason | None:
    if test.kind == "number" and not unit:
        return "no-unit"
    if unit and unit not in test.units:
        return "unit"
    labs = protocol.labs
    number = measured(value)
    is_number = number is not None and can_be(test, number)
    is_word = value.casefold() in (*labs.positive_words, *labs.negative_words, *labs.unclear_words)
    fits = {"number": is_number, "score": is_number, "presence": is_word, "index": is_number or is_word, "text": True}
    return None if fits[test.kind] else "value"


class Course:
    """The results of one patient on record, growing as results are taken; ``number`` is that of the last entry."""

    def __init__(self, labs: Iterable[LabEntry], number: int) -> None:
        self._number = number
        self._times: dict[tuple[str, datetime | date], _OfOneTime] = {}
        self.events: list[PatientEvent] = []
        for lab in labs:
            there = self._of(lab.result)
            there.results.add(lab.result)
            if not lab.superseded:
                there.counting[lab.entry] = lab.result

    def take(self, row: IncomingResult, result: LabResult) -> Change | NotTaken:
        """Add one result; the same one twice is one, another of the same time corrects the one before."""
        there = self._of(result)
        if row.withdrawn:
            return self._withdraw(row, result, there)
        if result in there.results:
            return Change(row.place, "there", result)
        replaced = self._replaced(result, there)
        if replaced is None:
            self._note(LabResultRecorded(result, "file", row.text), there, result)
            return Change(row.place, "added", result)
        before = there.counting.pop(replaced)
        self._note(LabResultCorrected(replaced, result, row.text), there, result)
        return Change(row.place, "corrected", result, before)

    def _withdraw(self, row: IncomingResult, result: LabResult, there: _OfOneTime) -> Change | NotTaken:
        if not there.results:
            return NotTaken("nothing-to-withdraw", result.test)
        if not there.counting:
            return Change(row.place, "there", result)
        for entry in there.counting:
            self._number += 1
            self.events.append(LabResultWithdrawn(entry))
        there.counting.clear()
        return Change(row.place, "withdrawn", result)

    def _replaced(self, result: LabResult, there: _OfOneTime) -> int | None:
        """The entry that a result of the same test and time corrects.

        Two results that a file has for one day, without a time, are two samples as far as anybody can tell.
        """
        if not there.counting:
            return None
        if isinstance(result.collected, datetime):
            return next(reversed(there.counting))
        before = [entry for entry in there.counting if entry not in there.fresh]
        return before[0] if len(before) == 1 and not there.fresh else None

    def _note(self, event: PatientEvent, there: _OfOneTime, result: LabResult) -> None:
        self._number += 1
        self.events.append(event)
        there.results.add(result)
        there.counting[self._number] = result
        there.fresh.add(self._number)

    def _of(self, result: LabResult) -> _OfOneTime:
        return self._times.setdefault((result.test, result.collected), _OfOneTime())
