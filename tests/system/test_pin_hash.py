"""Stored PINs. The cost is small here, except where the real one is looked at."""

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nurse_app.interchange.sequential_identifiers import SequentialIdentifiers
from nurse_app.system.pin_hash import BEDSIDE_COST, PinHasher, ScryptCost

CHEAP = ScryptCost(n=16, r=8, p=1)
SALT = "AAAAAAAAAAAAAAAAAAAAAA"
DIGEST = "A" * 43


@pytest.fixture
def hasher() -> PinHasher:
    return PinHasher(SequentialIdentifiers().salt, CHEAP)


def test_the_pin_matches_and_another_does_not(hasher: PinHasher) -> None:
    stored = hasher.hashed("482913")

    assert hasher.matches("482913", stored)
    assert not hasher.matches("482914", stored)


@settings(max_examples=50)
@given(pin=st.text("0123456789", min_size=6, max_size=12), typed=st.text("0123456789", max_size=12))
def test_only_the_same_digits_match(pin: str, typed: str) -> None:
    hasher = PinHasher(bytes, CHEAP)

    assert hasher.matches(typed, hasher.hashed(pin)) == (typed == pin)


def test_the_same_pin_is_stored_differently_each_time(hasher: PinHasher) -> None:
    assert hasher.hashed("482913") != hasher.hashed("482913")


def test_the_stored_text_names_its_cost_and_holds_no_pin(hasher: PinHasher) -> None:
    stored = hasher.hashed("482913")

    assert stored.startswith("scrypt$16$8$1$")
    assert "482913" not in stored


def test_the_hash_is_plain_scrypt() -> None:
    stored = PinHasher(bytes, CHEAP).hashed("482913")

    expected = hashlib.scrypt(b"482913", salt=bytes(16), n=16, r=8, p=1, dklen=32)
    assert stored.split("$")[4:] == [SALT, base64.b64encode(expected).decode().rstrip("=")]


def test_digits_of_another_keyboard_layout_are_the_same_pin(hasher: PinHasher) -> None:
    stored = hasher.hashed("482913")

    assert hasher.matches("٤٨٢٩١٣", stored)
    assert hasher.matches("４８２９１３", stored)


def test_a_pin_stored_at_another_cost_still_matches_and_is_to_be_stored_anew(hasher: PinHasher) -> None:
    stored = PinHasher(bytes, ScryptCost(n=32, r=8, p=1)).hashed("482913")

    assert hasher.matches("482913", stored)
    assert hasher.needs_rehash(stored)


def test_a_pin_stored_at_todays_cost_stays(hasher: PinHasher) -> None:
    assert not hasher.needs_rehash(hasher.hashed("482913"))


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "482913",
        f"argon2id$16$8$1${SALT}${DIGEST}",
        f"scrypt$16$8$1${SALT}",
        f"scrypt$16$8$1${SALT}${DIGEST}$",
        f"scrypt$15$8$1${SALT}${DIGEST}",
        f"scrypt$1$8$1${SALT}${DIGEST}",
        f"scrypt$0$8$1${SALT}${DIGEST}",
        f"scrypt$16$0$1${SALT}${DIGEST}",
        f"scrypt$16$8$0${SALT}${DIGEST}",
        f"scrypt$16$8$999${SALT}${DIGEST}",
        f"scrypt${2**26}$8$1${SALT}${DIGEST}",
        f"scrypt$16$8$1$AAAA${DIGEST}",
        f"scrypt$16$8$1${SALT}$AA",
        f"scrypt$16$8$1${SALT}$A",
    ],
)
def test_a_text_that_is_no_stored_pin_of_ours_matches_nothing(hasher: PinHasher, stored: str) -> None:
    assert not hasher.matches("482913", stored)
    assert hasher.needs_rehash(stored)


def test_the_cost_at_the_bedside_is_at_least_64_mebibytes_a_guess() -> None:
    assert 128 * BEDSIDE_COST.n * BEDSIDE_COST.r >= 64 * 1024 * 1024


def test_a_pin_can_be_stored_and_checked_at_the_cost_of_the_bedside() -> None:
    hasher = PinHasher(bytes)

    assert hasher.matches("482913", hasher.hashed("482913"))
