"""Identifiers without chance."""

import re

from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers


def test_two_runs_give_the_same_ids_and_salts() -> None:
    def run() -> list[object]:
        identifiers = SequentialIdentifiers()
        return [identifiers.new_id(), identifiers.salt(16), identifiers.new_id()]

    assert run() == run()


def test_no_id_comes_twice() -> None:
    identifiers = SequentialIdentifiers()

    assert len({identifiers.new_id() for _ in range(100)}) == 100


def test_an_id_has_the_shape_of_a_real_one() -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", SequentialIdentifiers().new_id())


def test_a_later_first_number_starts_where_another_run_ended() -> None:
    identifiers = SequentialIdentifiers()
    first_two = {identifiers.new_id(), identifiers.new_id()}

    assert SequentialIdentifiers(first=3).new_id() == identifiers.new_id()
    assert SequentialIdentifiers(first=3).new_id() not in first_two


def test_salts_are_as_long_as_asked_and_differ() -> None:
    identifiers = SequentialIdentifiers()

    salts = [identifiers.salt(size) for size in (16, 32, 70)]

    assert [len(salt) for salt in salts] == [16, 32, 70]
    assert identifiers.salt(16) != identifiers.salt(16)
