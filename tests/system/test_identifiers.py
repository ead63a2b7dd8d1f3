"""Ids and salts of the real machine."""

import re

from nurse_app.system.identifiers import RandomIdentifiers


def test_an_id_is_fit_for_a_file_name_on_every_system() -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", RandomIdentifiers().new_id())


def test_ids_differ() -> None:
    identifiers = RandomIdentifiers()

    assert len({identifiers.new_id() for _ in range(1000)}) == 1000


def test_an_id_is_a_uuid_made_of_the_random_bytes_given() -> None:
    identifiers = RandomIdentifiers(lambda size: bytes(range(size)))

    assert identifiers.new_id() == "000102030405460788090a0b0c0d0e0f"


def test_a_salt_is_as_long_as_asked_and_comes_from_the_random_bytes_given() -> None:
    identifiers = RandomIdentifiers(lambda size: b"\x07" * size)

    assert identifiers.salt(5) == b"\x07" * 5
    assert len(RandomIdentifiers().salt(16)) == 16
