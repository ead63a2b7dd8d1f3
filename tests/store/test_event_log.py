"""What every EventLog must do, asked of the one on the disk."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nurse_app.domain.record import Entry
from nurse_app.store.codec import EventCodec
from nurse_app.store.event_log import TinyDbEventLog
from nurse_app.store.journal_opening import new_journal, open_journal
from nurse_app.store.journal_storage import JournalPlace
from nurse_app.store.upcast import UpcastChain
from nurse_app.visit.ports import NotSavedError, UnreadableRecordError
from tests.store.kit import START, CountingIdentifiers, Measured, Said, Showed, entry, system_disk, texts, toy_codec

WRONG: dict[str, Any] = {"text": 5}
WRONG_LIST: dict[str, Any] = {"signs": ["itching"]}
OpenLog = Callable[[], TinyDbEventLog]


@pytest.fixture
def place(tmp_path: Path) -> JournalPlace:
    return JournalPlace("visit 01", tmp_path / "01.jsonl", (tmp_path,))


@pytest.fixture
def changes() -> list[str]:
    return []


@pytest.fixture
def open_log(place: JournalPlace, changes: list[str]) -> OpenLog:
    return opener(place, toy_codec(), changes)


def opener(place: JournalPlace, codec: EventCodec, changes: list[str]) -> OpenLog:
    def open_it() -> TinyDbEventLog:
        opening = open_journal if place.path.exists() else new_journal
        return TinyDbEventLog(
            "01",
            opening(system_disk(), place),
            codec=codec,
            identifiers=CountingIdentifiers(),
            changed=lambda: changes.append("01"),
        )

    return open_it


def test_a_new_stream_is_empty(open_log: OpenLog) -> None:
    log = open_log()

    assert (log.stream_id, log.recorded(), log.tail_kept_aside) == ("01", (), None)


def test_entries_are_numbered_named_and_given_back(open_log: OpenLog) -> None:
    log = open_log()

    first = log.append([entry("a"), entry("b", minute=1)], after=0)
    second = log.append([entry("c")], after=2)

    assert [each.number for each in (*first, *second)] == [1, 2, 3]
    assert [each.event_id for each in (*first, *second)] == ["id-1", "id-2", "id-3"]
    assert [each.entry for each in first] == [entry("a"), entry("b", minute=1)]
    assert log.recorded() == (*first, *second)


def test_what_was_appended_is_there_after_opening_again(open_log: OpenLog) -> None:
    log = open_log()
    late = replace(entry("b"), happened_at=entry("a").reading.wall, sign_later=True)
    log.append([entry("a"), late], after=0)
    log.close()

    again = open_log()

    assert again.recorded() == log.recorded()
    assert again.append([entry("c")], after=2)[0].number == 3
    again.close()


def test_nothing_to_append_is_nothing(open_log: OpenLog, place: JournalPlace, changes: list[str]) -> None:
    assert open_log().append([], after=7) == ()
    assert not place.path.exists()
    assert changes == []


def test_an_entry_for_another_state_of_the_record_is_not_saved(open_log: OpenLog) -> None:
    log = open_log()
    log.append([entry("a")], after=0)

    with pytest.raises(NotSavedError, match="has moved on"):
        log.append([entry("b")], after=0)
    with pytest.raises(NotSavedError, match="until it is opened again"):
        log.append([entry("b")], after=1)

    log.close()
    assert texts(log.recorded()) == texts(open_log().recorded()) == ["a"]


@pytest.mark.parametrize(
    "bad",
    [
        Measured(Decimal("NaN")),
        Measured(Decimal(1), START.replace(tzinfo=None)),
        Said("\ud800"),
        replace(Said(""), **WRONG),
        replace(Showed(()), **WRONG_LIST),
        "not an event",
    ],
    ids=["no number", "no offset", "half a character", "wrong type", "a list", "no event"],
)
def test_a_batch_with_one_bad_entry_is_not_saved_at_all(open_log: OpenLog, place: JournalPlace, bad: object) -> None:
    log = open_log()
    log.append([entry("a")], after=0)
    before = place.path.read_bytes()

    with pytest.raises(NotSavedError, match="could not be read back"):
        log.append([entry("b"), replace(entry("c"), event=bad)], after=1)

    assert place.path.read_bytes() == before
    assert not log.takes_entries
    assert texts(log.recorded()) == ["a"]
    log.close()


def test_a_failed_append_keeps_the_record_closed_to_entries_until_it_is_opened_again(open_log: OpenLog) -> None:
    log = open_log()
    log.append([entry("a")], after=0)
    with pytest.raises(NotSavedError):
        log.append([entry("b")], after=5)
    log.close()

    again = open_log()
    again.append([entry("b")], after=1)

    assert texts(again.recorded()) == ["a", "b"]
    again.close()


def test_a_torn_end_is_reported(open_log: OpenLog, place: JournalPlace) -> None:
    log = open_log()
    log.append([entry("a")], after=0)
    log.close()
    with place.path.open("ab") as file:
        file.write(b"torn")

    tail = open_log().tail_kept_aside

    assert tail is not None
    assert tail.byte_count == 4


def test_a_closed_log_can_be_read_but_not_added_to(open_log: OpenLog) -> None:
    log = open_log()
    log.append([entry("a")], after=0)
    log.close()

    assert texts(log.recorded()) == ["a"]
    with pytest.raises(NotSavedError, match="closed"):
        log.append([entry("b")], after=1)


def test_whoever_listens_is_told_after_each_append(open_log: OpenLog, changes: list[str]) -> None:
    log = open_log()

    log.append([entry("a"), entry("b")], after=0)
    with pytest.raises(NotSavedError):
        log.append([entry("c")], after=0)

    assert changes == ["01"]
    log.close()


def test_a_record_of_a_newer_version_says_so(open_log: OpenLog, place: JournalPlace) -> None:
    log = open_log()
    log.append([entry("a"), entry("b")], after=0)
    log.close()
    older = opener(place, EventCodec({"measured": Measured}, UpcastChain({})), [])

    with pytest.raises(UnreadableRecordError, match=r"visit 01 was made by a newer version .* \(entry 1\)"):
        older()


def test_an_entry_that_does_not_have_its_form_says_where(open_log: OpenLog, place: JournalPlace) -> None:
    log = open_log()
    log.append([entry("a")], after=0)
    log.close()
    other = opener(place, EventCodec({"said": Measured}, UpcastChain({})), [])

    with pytest.raises(UnreadableRecordError, match=r"Entry 1 of the record visit 01 .*\(at data.text\)"):
        other()


def test_the_mark_says_how_far_the_stream_reaches(open_log: OpenLog, place: JournalPlace) -> None:
    log = open_log()
    log.append([entry("a"), entry("b")], after=0)

    assert (log.mark.last_number, log.mark.size) == (2, place.path.stat().st_size)
    assert log.mark.head_digest.encode() in place.path.read_bytes().splitlines()[-1]
    log.close()


def test_identical_entries_are_both_kept(open_log: OpenLog) -> None:
    log = open_log()
    same: Entry[object] = entry("a")

    log.append([same, same], after=0)

    assert texts(log.recorded()) == ["a", "a"]
    log.close()
