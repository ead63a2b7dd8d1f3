"""A checkpoint is vouched for by the key in every part; a printed code belongs to one state of one record."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nurse_app.store.checkpoints import (
    Checkpoint,
    CheckpointKey,
    Reached,
    checkpoint_of,
    document_of,
    make_checkpoint,
    record_code,
    same_code,
)
from nurse_app.store.journal_lines import Scan, scan
from nurse_app.store.record_codes import entries_with_code
from tests.store.kit import START, visit_file
from tests.store.vouching import KEY, OTHER_KEY, Vouched

FACT = Reached("visit v-1", 57, "ab" * 32, START)
MADE = make_checkpoint(KEY, 3, FACT, "cd" * 32)
CHANGES: dict[str, Any] = {
    "number": 4,
    "stream": "visit v-2",
    "entries": 56,
    "head": "ab" * 31 + "ac",
    "wall": START + timedelta(seconds=1),
    "before": "",
    "mac": "00" * 32,
}


def test_what_was_made_with_a_key_is_vouched_for_by_that_key_only() -> None:
    assert MADE.is_made_with(KEY)
    assert not MADE.is_made_with(OTHER_KEY)
    assert MADE.key == KEY.name != OTHER_KEY.name


def test_the_name_of_a_key_is_not_the_key() -> None:
    assert re.fullmatch("[0-9a-f]{16}", KEY.name)
    assert KEY.secret.hex() not in KEY.name


@pytest.mark.parametrize("part", CHANGES)
def test_no_part_can_be_changed_without_the_key(part: str) -> None:
    assert not replace(MADE, **{part: CHANGES[part]}).is_made_with(KEY)


def test_a_checkpoint_survives_its_form() -> None:
    assert checkpoint_of(document_of(MADE)) == MADE
    assert checkpoint_of(document_of(MADE)) != replace(MADE, number=4)


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"entries": 0},
        {"entries": "57"},
        {"stream": None},
        {"wall": "yesterday"},
        {"wall": "2026-11-22T09:00:00"},
        {"mac": "ü"},
    ],
    ids=str,
)
def test_what_is_no_checkpoint_is_none(change: dict[str, object]) -> None:
    assert checkpoint_of({**document_of(MADE), **change}) is None
    assert checkpoint_of({key: value for key, value in document_of(MADE).items() if key not in change}) is None
    assert checkpoint_of([]) is None


def test_a_fact_is_what_was_vouched_for() -> None:
    assert MADE.fact == FACT
    assert isinstance(MADE, Checkpoint)


# --- the printed code ---


def test_a_code_is_three_groups_without_letters_that_are_misread() -> None:
    code = record_code(KEY, "visit v-1", 57, "ab" * 32)

    assert re.fullmatch("([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert code == record_code(KEY, "visit v-1", 57, "ab" * 32)


def test_every_state_of_every_record_has_its_own_code() -> None:
    states = [(stream, count, head) for stream in ("visit v-1", "visit v-2") for count in (1, 2) for head in ("a", "b")]
    codes = {record_code(key, *state) for key in (KEY, OTHER_KEY) for state in states}

    assert len(codes) == 16


def test_a_code_may_be_typed_as_it_is_read() -> None:
    assert same_code("7qk4 m0zd 93xa", "7QK4-M0ZD-93XA")
    assert same_code("7QK4MOZD93XA", "7QK4-M0ZD-93XA")
    assert same_code("ILO1", "1101")
    assert not same_code("7QK4-M0ZD-93XB", "7QK4-M0ZD-93XA")


def content_of(ward: Vouched) -> Scan:
    return scan(visit_file(ward.root, "v-1").read_bytes(), "visit v-1")


def test_a_printed_code_finds_the_entries_it_was_printed_for(tmp_path: Any) -> None:
    ward = Vouched(tmp_path)
    ward.run(v_1=("a", "b"))
    printed = record_code(KEY, "visit v-1", 2, content_of(ward).head)
    ward.run(v_1=("c",))

    assert entries_with_code(KEY, "visit v-1", content_of(ward), printed.lower()) == 2
    assert entries_with_code(OTHER_KEY, "visit v-1", content_of(ward), printed) is None
    assert entries_with_code(KEY, "visit v-2", content_of(ward), printed) is None
    assert entries_with_code(CheckpointKey(b""), "visit v-1", Scan((), "", 0), printed) is None
