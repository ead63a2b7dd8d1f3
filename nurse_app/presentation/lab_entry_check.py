"""Checks a laboratory result while it is typed: what is missing, what cannot be, and how it would stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.possible_days import day_problem
from nurse_app.domain.quantity import measured, shown
from nurse_app.domain.rules.blood_count import counts
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.liver import multiples
from nurse_app.domain.rules.results import can_be
from nurse_app.i18n import _
from nurse_app.presentation.day_words import day_problem_words
from nurse_app.presentation.formats import with_unit
from nurse_app.presentation.lab_entry import LabEntryView, has_sample
from nurse_app.presentation.lab_points import panel_unit, trend_points
from nurse_app.presentation.view_parts import Tone

TEST, VALUE, UNIT, LOWER, UPPER, COLLECTED = "test", "value", "unit", "lower", "upper", "collected"
_NUMBER = re.compile(r"(<=|>=|<|>)?\s*(\d{1,9}(?:[.,]\d{1,9})?)", re.ASCII)
_BARE_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?", re.ASCII)
# 1,234 can be read as more than a thousand or as little more than one.
_UNCLEAR_COMMA = re.compile(r".*[1-9]\d*,\d{3}", re.ASCII)
_LONGEST_TEXT = 120
_MISSING_LIMIT = "lab-reference-missing"


@dataclass(frozen=True, slots=True)
class LabEntries:
    """What the sheet holds, as typed; ``collected`` is None while there is no clear date."""

    test: str
    value: str
    unit: str
    lower: str
    upper: str
    collected: date | None


@dataclass(frozen=True, slots=True)
class LabEntryCheck:
    """What came of checking, sentences by field. The result is there when nothing is missing or wrong.

    ``standing`` says in ``tone`` how the value stands against its limits.
    """

    result: LabResult | None
    missing: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    standing: str = ""
    tone: Tone = "neutral"


def check_entries(view: LabEntryView, entries: LabEntries) -> LabEntryCheck:
    """Judge what was typed so far. Cheap: call it on every key."""
    test = view.protocol.lab_test(entries.test)
    if test is None:
        return LabEntryCheck(None, missing={TEST: _("Choose the test.")})
    missing = dict(_missing(test, entries))
    wrong = dict(_wrong(view, test, entries))
    if missing or wrong or entries.collected is None:
        return LabEntryCheck(None, missing, wrong)
    result = _result(test, entries, entries.collected)
    if result in view.known:
        return LabEntryCheck(None, wrong={VALUE: _("This result is on record already.")})
    return _judged(view, test, result)


def _missing(test: LabTest, entries: LabEntries) -> Iterator[tuple[str, str]]:
    if not entries.value:
        yield VALUE, _("Enter the result.")
    if test.kind == "number" and not entries.unit:
        yield UNIT, _("Choose the unit as the report prints it.")
    if entries.collected is None:
        yield COLLECTED, _day_wanted(test)


def _day_wanted(test: LabTest) -> str:
    if has_sample(test):
        return _("Enter the day when the sample was taken.")
    return _("Enter the day of the scan or examination; of a relapse, the day when it began.")


def _wrong(view: LabEntryView, test: LabTest, entries: LabEntries) -> Iterator[tuple[str, str]]:
    if entries.value:
        problem = _value_problem(view, test, entries.value)
        if problem:
            yield VALUE, problem
    if test.kind == "number" and entries.unit and entries.unit not in test.units:
        yield UNIT, _("This unit does not belong to this test. Look at the report again.")
    yield from _limit_problems(entries)
    impossible = None if entries.collected is None else day_problem(entries.collected, view.today, view.born)
    if impossible is not None:
        yield COLLECTED, f"{day_problem_words(impossible)} {_day_wanted(test)}"


def _value_problem(view: LabEntryView, test: LabTest, value: str) -> str:
    if test.kind == "text":
        return "" if len(value) <= _LONGEST_TEXT else _("Shorter, please: the main finding in one line.")
    labs = view.protocol.labs
    is_word = value.casefold() in (*labs.positive_words, *labs.negative_words, *labs.unclear_words)
    if test.kind == "presence":
        return "" if is_word else _("Write positive, negative or indeterminate, as the report has it.")
    if is_word and test.kind == "index":
        return ""
    if _UNCLEAR_COMMA.fullmatch(value):
        return _("The comma can be read in two ways. Write 1234 or 1.234.")
    number = measured(value.replace(",", ".")) if _NUMBER.fullmatch(value) else None
    if number is None:
        return _("Write a number such as 34, <5 or >1000.")
    return "" if can_be(test, number) else _scale_words(test)


def _scale_words(test: LabTest) -> str:
    step = "" if test.step is None else shown(test.step)
    if test.highest is None:
        return _("Only in steps of {step}.").format(step=step)
    if not step:
        return _("At most {highest}.").format(highest=shown(test.highest))
    return _("At most {highest}, in steps of {step}.").format(highest=shown(test.highest), step=step)


def _limit_problems(entries: LabEntries) -> Iterator[tuple[str, str]]:
    limits: dict[str, Decimal] = {}
    for name, text in ((LOWER, entries.lower), (UPPER, entries.upper)):
        if text and (_UNCLEAR_COMMA.fullmatch(text) or not _BARE_NUMBER.fullmatch(text)):
            yield name, _("Write a number such as 40 or 0.4.")
        elif text:
            limits[name] = _decimal(text)
    if UPPER in limits and limits[UPPER] == 0:
        yield UPPER, _("The upper limit must be more than 0.")
    elif LOWER in limits and UPPER in limits and limits[LOWER] > limits[UPPER]:
        yield LOWER, _("The lower limit is above the upper one.")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _result(test: LabTest, entries: LabEntries, collected: date) -> LabResult:
    """The result as it goes on record: decimal point, no blanks, the unit that the test's values have."""
    number = _NUMBER.fullmatch(entries.value) if test.kind not in ("text", "presence") else None
    value = f"{number[1] or ''}{number[2].replace(',', '.')}" if number else entries.value
    has_limits = test.kind == "number"
    unit = entries.unit if has_limits else next(iter(test.units), None)
    return LabResult(
        test=test.id,
        value=value,
        collected=collected,
        unit=unit,
        lln=_decimal(entries.lower) if has_limits and entries.lower else None,
        uln=_decimal(entries.upper) if has_limits and entries.upper else None,
    )


def _judged(view: LabEntryView, test: LabTest, result: LabResult) -> LabEntryCheck:
    now = datetime.combine(view.today, time(12), view.zone)
    case = Case(view.protocol, Facts(labs=(result,)), now)
    found = [finding for finding in (*multiples(case), *counts(case)) if finding.rule == _MISSING_LIMIT]
    needed = {finding.figures["limit"] for finding in found}
    notes: dict[str, str] = {}
    if "lln" in needed:
        notes[LOWER] = _("Without the lower limit this result cannot be judged and holds the dose.")
    if "uln" in needed:
        notes[UPPER] = _("Without the upper limit this result cannot be judged and holds the dose.")
    point = next(iter(trend_points(case, test)), None)
    if point is None:
        return LabEntryCheck(result, notes=notes)
    value = with_unit(point.figure, panel_unit(test))
    parts = (f"{value} {point.words}".rstrip(), point.multiple, point.grade)
    return LabEntryCheck(result, notes=notes, standing=" · ".join(part for part in parts if part), tone=point.tone)
