"""JSON that says more than one thing, or nothing exact, is refused."""

import pytest

from nurse_app.store.strict_json import MalformedJsonError, compact_json, parse_json


def test_what_was_made_compact_reads_back_the_same() -> None:
    value = {"text": "Übelkeit “mild”", "count": 3, "list": [None, True], "inner": {"a": "0.5"}}

    assert parse_json(compact_json(value)) == value
    assert "Übelkeit" in compact_json(value)


@pytest.mark.parametrize(
    "text",
    [
        '{"dose":300,"dose":30}',
        '{"a":{"b":1,"b":1}}',
        '{"dose":NaN}',
        '{"dose":-Infinity}',
        '{"dose":1e999}',
        '{"dose":0.1}',
        '{"dose":' + "9" * 5000 + "}",
        "[" * 100_000,
        "{",
        "",
        "\ufeff{}",
    ],
    ids=["twice", "twice inside", "nan", "infinity", "1e999", "fraction", "long", "deep", "open", "empty", "mark"],
)
def test_ambiguous_or_broken_json_is_refused(text: str) -> None:
    with pytest.raises(MalformedJsonError):
        parse_json(text)


def test_a_number_that_is_no_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        compact_json(float("nan"))
