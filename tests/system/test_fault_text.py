"""Faults in words that nobody typed."""

import errno
from collections.abc import Callable

import pytest

from nurse_app.system.fault_text import fault_lines, fingerprint

NAME = "SAMPLE, Patient One"


def fault_of(action: Callable[..., object], *arguments: object) -> BaseException:
    with pytest.raises((LookupError, ValueError, RecursionError)) as caught:
        action(*arguments)
    return caught.value


def read_name(record: dict[str, str]) -> str:
    return record[NAME]


def wrap(record: dict[str, str]) -> None:
    try:
        read_name(record)
    except KeyError as error:
        raise ValueError(f"no {NAME}") from error


def wrap_unawares(record: dict[str, str]) -> None:
    try:
        read_name(record)
    finally:
        int(NAME)


def wrap_and_forget(record: dict[str, str]) -> None:
    try:
        read_name(record)
    except KeyError:
        raise ValueError(NAME) from None


def recurse(depth: int) -> None:
    if depth == 0:
        raise RecursionError(NAME)
    recurse(depth - 1)


def places(lines: list[str]) -> list[str]:
    return [line.rpartition(" in ")[2] for line in lines if line.startswith("  ")]


def test_a_fault_is_its_type_and_its_places() -> None:
    lines = fault_lines(fault_of(read_name, {}))

    assert lines[0] == "builtins.KeyError"
    assert places(lines) == ["fault_of", "read_name"]
    assert lines[-1].startswith("  tests/system/test_fault_text.py:")


@pytest.mark.parametrize("action", [read_name, wrap, wrap_unawares])
def test_no_word_of_a_fault_is_repeated(action: Callable[..., object]) -> None:
    assert "SAMPLE" not in "\n".join(fault_lines(fault_of(action, {})))


@pytest.mark.parametrize(
    ("action", "heads"),
    [
        (wrap, ["builtins.ValueError", "caused by: builtins.KeyError"]),
        (wrap_unawares, ["builtins.ValueError", "while handling: builtins.KeyError"]),
        (wrap_and_forget, ["builtins.ValueError"]),
    ],
)
def test_what_led_to_it_follows_as_python_would_tell_it(action: Callable[..., object], heads: list[str]) -> None:
    assert [line for line in fault_lines(fault_of(action, {})) if not line.startswith("  ")] == heads


def test_every_part_of_a_group_is_told() -> None:
    group = ExceptionGroup(NAME, [KeyError(NAME), OSError(NAME)])

    assert fault_lines(group) == [
        "builtins.ExceptionGroup",
        "one of the group: builtins.KeyError",
        "one of the group: builtins.OSError",
    ]


def test_a_system_error_keeps_its_number() -> None:
    assert fault_lines(OSError(errno.ENOSPC, NAME)) == [f"builtins.OSError (errno {errno.ENOSPC})"]


def test_a_system_error_with_words_in_place_of_the_number_loses_them() -> None:
    assert fault_lines(OSError(NAME, NAME)) == ["builtins.OSError"]


def test_a_circle_of_causes_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first

    assert fault_lines(first) == ["builtins.ValueError", "caused by: builtins.KeyError"]


def test_a_long_chain_of_causes_is_cut() -> None:
    error = ValueError()
    for _ in range(30):
        cause, error = error, ValueError()
        error.__cause__ = cause

    assert len(fault_lines(error)) == 10


def test_a_runaway_recursion_shows_its_beginning_and_its_end() -> None:
    lines = fault_lines(fault_of(recurse, 200))

    assert len(lines) == 52
    assert places(lines[:3]) == ["fault_of", "recurse"]
    assert lines[16] == "  (152 places left out)"


def test_the_same_fault_from_two_callers_is_the_same() -> None:
    assert fingerprint(fault_of(recurse, 20)) == fingerprint(fault_of(recurse, 30))


def test_another_place_or_type_is_another_fault() -> None:
    marks = {fingerprint(fault_of(action, {})) for action in (read_name, wrap, wrap_unawares, wrap_and_forget)}

    assert len(marks) == 4
