"""Numbers are found by places that people can read."""

from decimal import Decimal

from nurse_app.protocol_files.toml_file import numbers


def test_an_entry_of_a_list_is_called_by_its_name_and_otherwise_by_its_order() -> None:
    data = {
        "dose_mg": 300,
        "is_fixed": True,
        "plans": [{"weeks": 4, "late_from": 35}],
        "at_minutes": [30, Decimal("57.5")],
        "ranges": [{"low": 1}],
        "words": ["a", {"b": "c"}],
    }

    assert numbers(data) == {
        "dose_mg": 300,
        "plans.4.weeks": 4,
        "plans.4.late_from": 35,
        "at_minutes.0": 30,
        "at_minutes.1": Decimal("57.5"),
        "ranges.0.low": 1,
    }
