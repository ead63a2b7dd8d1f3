"""Plain data into values and back: nothing unknown, nothing guessed, every problem with its place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import pytest

from nurse_app.plain_data import MisfitError, build, plain


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Inner:
    amount: Decimal
    note: str | None = None


@dataclass(frozen=True)
class Outer:
    name: str
    inner: Inner
    many: tuple[Inner, ...] = ()
    by_name: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name:
            message = "a name must be given"
            raise ValueError(message)


def problem_of(kind: Any, data: object, place: str = "") -> tuple[str, str]:
    """Place and problem of a misfit."""
    with pytest.raises(MisfitError) as caught:
        build(kind, data, place)
    return caught.value.place, caught.value.problem


LONG_TIME = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)


@pytest.mark.parametrize(
    ("kind", "data", "value"),
    [
        (str, "", ""),
        (str, "1", "1"),
        (bool, True, True),
        (bool, False, False),
        (int, 7, 7),
        (int, "-7", -7),
        (int, "007", 7),
        (int, 10**30, 10**30),
        (Decimal, "0.5", Decimal("0.5")),
        (Decimal, "-12", Decimal(-12)),
        (Decimal, 300, Decimal(300)),
        (Decimal, Decimal("2.609"), Decimal("2.609")),
        (Decimal, "0." + "0" * 37 + "1", Decimal("1e-38")),
        (datetime, "2026-11-22T09:00:00+00:00", datetime(2026, 11, 22, 9, tzinfo=UTC)),
        (datetime, "2026-11-22T09:00:00Z", datetime(2026, 11, 22, 9, tzinfo=UTC)),
        (datetime, "2026-11-22T09:00:00.5+05:30", datetime(2026, 11, 22, 3, 30, 0, 500000, tzinfo=UTC)),
        (date, "2024-02-29", date(2024, 2, 29)),
        (timedelta, "0.000001", timedelta(microseconds=1)),
        (timedelta, "-90", timedelta(seconds=-90)),
        (timedelta, 3600, timedelta(hours=1)),
        (Literal["a", "b"], "b", "b"),
        (Literal[1, 2], 2, 2),
        (Colour, "blue", Colour.BLUE),
        (tuple[int, ...], [1, "2"], (1, 2)),
        (tuple[int, ...], [], ()),
        (Mapping[str, int], {"a": 1}, {"a": 1}),
        (int | None, None, None),
        (int | None, 3, 3),
        (datetime | date, "2026-11-22", date(2026, 11, 22)),
        (datetime | date, "2026-11-22T09:00:00+00:00", datetime(2026, 11, 22, 9, tzinfo=UTC)),
        (str | Decimal | None, "34", "34"),
        (str | Decimal | None, 34, Decimal(34)),
        (str | Decimal | None, None, None),
        (Inner, {"amount": "1"}, Inner(Decimal(1))),
        (Inner, {"amount": "1", "note": None}, Inner(Decimal(1))),
        (
            Outer,
            {"name": "a", "inner": {"amount": 1}, "many": [{"amount": 2, "note": "n"}], "by_name": {"x": 3}},
            Outer("a", Inner(Decimal(1)), (Inner(Decimal(2), "n"),), {"x": 3}),
        ),
    ],
)
def test_what_fits_is_built(kind: Any, data: object, value: object) -> None:
    built = build(kind, data)
    assert built == value
    assert type(built) is type(value)


@pytest.mark.parametrize(
    ("kind", "data", "problem"),
    [
        (str, 1, "must be text, not a number"),
        (str, None, "must be text, not null"),
        (str, True, "must be text, not true or false"),
        (str, [], "must be text, not a list"),
        (str, {}, "must be text, not an object"),
        (bool, 1, "must be true or false, not a number"),
        (bool, "true", "must be true or false, not text"),
        (int, True, "must be a whole number, not “True”"),
        (int, 1.0, "must be a whole number, not a number"),
        (int, "1.0", "must be a whole number, not “1.0”"),
        (int, "1" * 19, "must be a whole number, not “1111111111111111111”"),
        (int, "٣", "must be a whole number, not “٣”"),
        (Decimal, 0.5, "must be a number such as “0.5”, not a number"),
        (Decimal, True, "must be a number such as “0.5”, not “True”"),
        (Decimal, "1e5", "must be a number such as “0.5”, not “1e5”"),
        (Decimal, "1,5", "must be a number such as “0.5”, not “1,5”"),
        (Decimal, ".5", "must be a number such as “0.5”, not “.5”"),
        (Decimal, "NaN", "must be a number such as “0.5”, not “NaN”"),
        (Decimal, "٣", "must be a number such as “0.5”, not “٣”"),
        (Decimal, "1" * 41, "must be a number such as “0.5”, not text"),
        (Decimal, None, "must be a number such as “0.5”, not null"),
        (Decimal, Decimal("Infinity"), "must be an ordinary number"),
        (Decimal, Decimal("NaN"), "must be an ordinary number"),
        (Decimal, Decimal("1e41"), "must be an ordinary number"),
        (Decimal, 10**41, "must be an ordinary number"),
        (datetime, "2026-11-22T09:00:00", "needs an offset such as +00:00: “2026-11-22T09:00:00”"),
        (datetime, "yesterday", "is not a date and time: “yesterday”"),
        (datetime, 5, "must be text, not a number"),
        (date, "2026-02-30", "is not a date of the calendar: “2026-02-30”"),
        (date, "20261122", "is not a date such as 2026-11-22: “20261122”"),
        (date, "2026-W47-7", "is not a date such as 2026-11-22: “2026-W47-7”"),
        (date, "x" * 41, "is not a date such as 2026-11-22: text"),
        (date, 5, "must be text, not a number"),
        (timedelta, "1" * 39, "is too long a time"),
        (timedelta, "soon", "must be a number such as “0.5”, not “soon”"),
        (Literal["a", "b"], "c", "must be one of a, b, not “c”"),
        (Literal[1, 2], True, "must be one of 1, 2, not “True”"),
        (Literal[1, 2], 1.0, "must be one of 1, 2, not a number"),
        (Colour, "green", "must be one of red, blue, not “green”"),
        (tuple[int, ...], "12", "must be a list, not text"),
        (Mapping[str, int], [], "must be an object, not a list"),
        (Inner, [], "must be an object, not a list"),
        (int | None, "x", "must be a whole number, not “x”"),
        (datetime | date, "x", "is not a date such as 2026-11-22: “x”"),
        (int | Literal["none"], None, "must be one of none, not null"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(kind: Any, data: object, problem: str) -> None:
    assert problem_of(kind, data, "here") == ("here", problem)


@pytest.mark.parametrize(
    ("change", "place", "problem"),
    [
        ({"inner": {"amount": "x"}}, "top.inner.amount", "must be a number such as “0.5”, not “x”"),
        ({"inner": {}}, "top.inner.amount", "is missing"),
        ({"inner": {"amount": 1, "colour": 2}}, "top.inner.colour", "is not known here"),
        ({"many": [{"amount": 1}, {"amount": "x"}]}, "top.many[1].amount", "must be a number such as “0.5”, not “x”"),
        ({"by_name": {"a": "x"}}, "top.by_name.a", "must be a whole number, not “x”"),
        ({"extra": 1}, "top.extra", "is not known here"),
        ({"name": ""}, "top", "a name must be given"),
    ],
)
def test_every_problem_has_its_place(change: dict[str, object], place: str, problem: str) -> None:
    data = {"name": "a", "inner": {"amount": 1}} | change
    assert problem_of(Outer, data, "top") == (place, problem)


def test_the_outermost_place_has_no_name() -> None:
    assert problem_of(Inner, {}) == ("amount", "is missing")
    with pytest.raises(MisfitError, match=r"^the whole: must be an object, not a list$"):
        build(Inner, [])
    with pytest.raises(MisfitError, match=r"^a: must be text, not null$"):
        build(str, None, "a")


def test_the_first_problem_is_told_once() -> None:
    assert problem_of(Inner, {"a": 1, "b": 2}) == ("a", "is not known here")


@pytest.mark.parametrize(
    ("value", "data"),
    [
        ("a", "a"),
        (True, True),
        (None, None),
        (7, 7),
        (Colour.RED, "red"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        (datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=-5))), "2026-11-22T09:00:00-05:00"),
        (date(2026, 11, 22), "2026-11-22"),
        (timedelta(seconds=90, microseconds=5), "90.000005"),
        (timedelta(seconds=-1), "-1.000000"),
        (LONG_TIME, "86399999999999.999999"),
        ((1, Decimal(2)), [1, "2"]),
        ([date(2026, 1, 1)], ["2026-01-01"]),
        (frozenset({"a"}), ["a"]),
        ({1: Decimal(2)}, {"1": "2"}),
        (Inner(Decimal("0.5")), {"amount": "0.5", "note": None}),
    ],
)
def test_values_become_plain_data_that_json_takes(value: object, data: object) -> None:
    assert plain(value) == data
    assert type(plain(value)) is type(data)
    assert json.loads(json.dumps(plain(value))) == data


@pytest.mark.parametrize(
    "value",
    [
        Outer("a", Inner(Decimal("0.10")), (Inner(Decimal(2), "n"),), {"x": 3}),
        Outer("ä “b”\n", Inner(Decimal("-1.5"), "")),
    ],
)
def test_plain_data_is_the_way_back(value: Outer) -> None:
    assert build(Outer, json.loads(json.dumps(plain(value)))) == value


def test_the_longest_time_survives() -> None:
    assert build(timedelta, plain(LONG_TIME)) == LONG_TIME
    assert build(timedelta, plain(timedelta.min)) == timedelta.min


def test_a_part_may_be_built_already_but_only_as_what_it_would_become() -> None:
    inner = Inner(Decimal(1))
    found = build(Outer, {"name": "a", "inner": inner})
    assert found.inner is inner
    with pytest.raises(MisfitError, match="must be an object"):
        build(Outer, {"name": "a", "inner": Colour.RED})
