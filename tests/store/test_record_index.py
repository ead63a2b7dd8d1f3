"""The index is always what the records say, whatever becomes of its file."""

import os
from collections.abc import Callable, Iterator, Mapping
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pytest

from nurse_app.domain.record import Recorded
from nurse_app.store.data_folder import DataFolderError
from nurse_app.store.index_file import Fact, IndexEntry, read_index
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.record_folder import RecordFolder
from nurse_app.store.record_index import NEWEST, RecordIndex
from nurse_app.visit.ports import StreamKind
from tests.store.disks import FaultyDisk
from tests.store.kit import entry, own, system_disk, texts, visit_file

VISIT = StreamKind.VISIT


class Summariser:
    def __init__(self) -> None:
        self.asked = 0
        self.fails = False
        self.meanwhile: Callable[[], object] | None = None

    def __call__(self, kind: StreamKind, recorded: tuple[Recorded[object], ...]) -> Mapping[str, Fact]:
        self.asked += 1
        if self.fails:
            raise MemoryError
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        said = texts(recorded)
        return {"kind": kind.value, "last": said[-1], "count": len(said), "open": True, "outcome": None}


def summary(last: str, count: int) -> Mapping[str, Fact]:
    return {"kind": "visit", "last": last, "count": count, "open": True, "outcome": None}


@pytest.fixture
def records(tmp_path: Path) -> RecordFolder:
    return own(tmp_path)


def index_of(root: Path, records: RecordFolder, summarise: Summariser, version: int = 1) -> RecordIndex:
    index = RecordIndex(root / "index.json", system_disk(), records, summarise, version=version)
    records.listen(index.note)
    return index


def summaries(index: RecordIndex) -> dict[str, Mapping[str, Fact]]:
    return {stream_id: each.summary for stream_id, each in index.entries(VISIT).items()}


def test_without_a_file_it_is_made_from_the_records(tmp_path: Path, records: RecordFolder) -> None:
    log = records.create(VISIT, "v-1")
    log.append([entry("a"), entry("b")], after=0)

    index = index_of(tmp_path, records, Summariser())

    assert index.entries(VISIT) == {"v-1": IndexEntry(log.mark, summary("b", 2))}
    assert index.entries(StreamKind.PATIENT) == {}
    records.close()


def test_a_saved_index_is_used_without_reading_the_records(tmp_path: Path, records: RecordFolder) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    first = index_of(tmp_path, records, Summariser())
    expected = first.entries(VISIT)
    assert first.save()

    summarise = Summariser()
    again = index_of(tmp_path, records, summarise)

    assert again.entries(VISIT) == expected
    assert summarise.asked == 0
    records.close()


def test_an_append_is_seen_at_the_next_look_and_costs_nothing_before(tmp_path: Path, records: RecordFolder) -> None:
    summarise = Summariser()
    index = index_of(tmp_path, records, summarise)
    log = records.create(VISIT, "v-1")

    log.append([entry("a")], after=0)
    log.append([entry("b")], after=1)

    assert summarise.asked == 0
    assert summaries(index) == {"v-1": summary("b", 2)}
    assert index.entries(VISIT)["v-1"].mark == log.mark
    assert summarise.asked == 1
    records.close()


def test_a_stream_without_entries_is_not_listed(tmp_path: Path, records: RecordFolder) -> None:
    index = index_of(tmp_path, records, Summariser())

    records.create(VISIT, "v-1")

    assert index.entries(VISIT) == {}
    records.close()


def test_a_record_that_differs_from_the_index_is_right(tmp_path: Path, records: RecordFolder) -> None:
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    records.create(VISIT, "v-2").append([entry("other")], after=0)
    index = index_of(tmp_path, records, Summariser())
    index.entries(VISIT)
    index.save()
    records.listen(lambda _kind, _stream_id: None)
    log.append([entry("b")], after=1)

    summarise = Summariser()
    again = index_of(tmp_path, records, summarise)

    assert summaries(again) == {"v-1": summary("b", 2), "v-2": summary("other", 1)}
    assert summarise.asked == 1
    records.close()


def test_a_summary_that_failed_is_made_at_the_next_look(tmp_path: Path, records: RecordFolder) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    summarise = Summariser()
    summarise.fails = True
    index = index_of(tmp_path, records, summarise)
    with pytest.raises(MemoryError):
        index.entries(VISIT)

    summarise.fails = False

    assert summaries(index) == {"v-1": summary("a", 1)}
    records.close()


def test_a_record_whose_summary_cannot_be_made_is_told_and_keeps_no_other_from_the_lists(
    tmp_path: Path, records: RecordFolder
) -> None:
    for name in ("v-1", "v-2"):
        records.create(VISIT, name).append([entry(name)], after=0)

    def summarise(_kind: StreamKind, recorded: tuple[Recorded[object], ...]) -> Mapping[str, Fact]:
        if texts(recorded) == ["v-1"]:
            # Whoever made the summary may have put anything into the words of its error.
            raise ValueError("Patient One")
        return {}

    told: list[Exception] = []
    path, disk = tmp_path / "index.json", system_disk()
    index = RecordIndex(path, disk, records, summarise, version=1)
    index.report_to(told.append)

    assert set(index.at_hand(VISIT)) == {"v-1", "v-2"}
    (problem,) = index.problems()
    assert problem.startswith("The record visit v-1 is whole, but this version cannot show it")
    assert "Patient One" not in problem
    assert [type(error) for error in told] == [ValueError]
    assert index.save()
    # The next start tries again: another version may be able to.
    assert "v-1" not in path.read_text(encoding="utf-8")
    assert set(RecordIndex(path, disk, records, Summariser(), version=1).entries(VISIT)) == {"v-1", "v-2"}
    records.close()


def test_an_entry_saved_while_its_record_is_being_summarised_is_seen(tmp_path: Path, records: RecordFolder) -> None:
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    summarise = Summariser()
    index = index_of(tmp_path, records, summarise)
    summarise.meanwhile = lambda: log.append([entry("b")], after=1)

    assert summaries(index) == {"v-1": summary("b", 2)}
    records.close()


def test_a_record_that_is_gone_is_gone_from_the_index(tmp_path: Path, records: RecordFolder) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    index = index_of(tmp_path, records, Summariser())
    index.entries(VISIT)
    index.save()
    records.close()
    visit_file(tmp_path, "v-1").unlink()

    index.note(VISIT, "v-1")

    assert index.entries(VISIT) == {}
    again = own(tmp_path)
    assert index_of(tmp_path, again, Summariser()).entries(VISIT) == {}
    again.close()


def test_a_damaged_record_is_listed_with_what_is_wrong_and_never_kept(tmp_path: Path, records: RecordFolder) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    records.close()
    path = visit_file(tmp_path, "v-1")
    path.write_bytes(path.read_bytes().replace(b'"a"', b'"x"'))
    again = own(tmp_path)
    index = index_of(tmp_path, again, Summariser())

    damaged = index.entries(VISIT)["v-1"]

    assert damaged.mark == StreamMark(0, "", 0)
    assert damaged.problem is not None
    assert "visit v-1 is damaged" in damaged.problem
    assert index.save()
    assert b"v-1" not in (tmp_path / "index.json").read_bytes()
    assert index_of(tmp_path, again, Summariser()).entries(VISIT)["v-1"].problem == damaged.problem
    again.close()


def test_a_summary_saved_before_the_last_entry_is_made_again(tmp_path: Path, records: RecordFolder) -> None:
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    index = index_of(tmp_path, records, Summariser())
    index.entries(VISIT)
    log.append([entry("b")], after=1)

    index.save()

    assert summaries(index_of(tmp_path, records, Summariser())) == {"v-1": summary("b", 2)}
    records.close()


def test_a_visit_that_nobody_looked_at_before_the_end_is_at_hand_at_the_next_start(
    tmp_path: Path, records: RecordFolder
) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    index = index_of(tmp_path, records, Summariser())
    index.entries(VISIT)
    records.create(VISIT, "v-2").append([entry("b")], after=0)

    index.save()

    again = index_of(tmp_path, records, Summariser())
    assert set(again.at_hand(VISIT)) == {"v-1", "v-2"}
    records.close()


def test_summaries_of_another_version_are_made_again(tmp_path: Path, records: RecordFolder) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    index = index_of(tmp_path, records, Summariser())
    index.entries(VISIT)
    index.save()

    summarise = Summariser()
    assert summaries(index_of(tmp_path, records, summarise, version=2)) == {"v-1": summary("a", 1)}
    assert summarise.asked == 1
    records.close()


def test_no_change_to_the_file_is_believed_and_none_stops_the_program(tmp_path: Path, records: RecordFolder) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    index = index_of(tmp_path, records, Summariser())
    expected = index.entries(VISIT)
    index.save()
    path = tmp_path / "index.json"
    sound = path.read_bytes()

    broken = [sound[:cut] for cut in range(len(sound) - 1)]
    broken += [sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :] for at in range(len(sound) - 1)]
    broken += [b"", b"\xff", b"{}", sound.replace(b"\n", b"", 1)]
    for content in broken:
        path.write_bytes(content)
        summarise = Summariser()
        assert index_of(tmp_path, records, summarise).entries(VISIT) == expected
        assert summarise.asked == 1
    path.unlink()
    path.mkdir()
    assert index_of(tmp_path, records, Summariser()).entries(VISIT) == expected
    records.close()


def stored(version: int = 1, *, parts: str = "{}", row: str = 'visit\tv-1\t400\t[1,"abc",{}]\n') -> bytes:
    body = f'{{"version":{version},"parts":{parts}}}\n{row}'.encode()
    return b"%b\n%b" % (sha256(body).hexdigest().encode(), body)


@pytest.mark.parametrize(
    "content",
    [
        stored(row="visit\tv-1\t400\n"),
        stored(row="vist\tv-1\t400\t[1,{}]\n"),
        stored(row="visit\tv-1\tmany\t[1,{}]\n"),
        stored(parts="[]"),
        stored(version=2),
        b"%b\n[]" % sha256(b"[]").hexdigest().encode(),
        b"%b\n" % sha256(b"").hexdigest().encode(),
    ],
    ids=["short row", "kind", "size", "parts", "version", "a list", "nothing"],
)
def test_a_whole_file_of_another_form_is_made_again(tmp_path: Path, records: RecordFolder, content: bytes) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    (tmp_path / "index.json").write_bytes(content)

    assert summaries(index_of(tmp_path, records, Summariser())) == {"v-1": summary("a", 1)}
    records.close()


@pytest.mark.parametrize("facts", ['[1,"abc"]', "[1,", '[1,"abc",[]]', '{"a":1}'])
@pytest.mark.parametrize("name", ["index.json", "index-rest.json"])
def test_facts_of_another_form_are_made_again(tmp_path: Path, records: RecordFolder, facts: str, name: str) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    size = visit_file(tmp_path, "v-1").stat().st_size
    (tmp_path / "index.json").write_bytes(stored(row=""))
    (tmp_path / name).write_bytes(stored(row=f"visit\tv-1\t{size}\t{facts}\n"))

    assert summaries(index_of(tmp_path, records, Summariser())) == {"v-1": summary("a", 1)}
    records.close()


@pytest.mark.parametrize("at", range(1, 16))
def test_a_disk_that_does_not_take_the_index_is_not_a_fault(tmp_path: Path, records: RecordFolder, at: int) -> None:
    disk = FaultyDisk(at=at + 2, error=OSError(ENOSPC, "full"))
    index = RecordIndex(tmp_path / "index.json", disk, records, Summariser(), version=1)

    assert not index.save()
    disk.die()
    records.close()


# --- a large ward: what is at hand, and what waits ---


class Open:
    """Says of the visits whose last entry is "closed" that they need not be at hand."""

    def __call__(self, kind: StreamKind, summary: Mapping[str, Fact]) -> bool:
        return summary["last"] != "closed"


def large_index_of(root: Path, records: RecordFolder, summarise: Summariser | None = None) -> RecordIndex:
    path, told = root / "index.json", summarise or Summariser()
    index = RecordIndex(path, system_disk(), records, told, version=1, is_at_hand=Open())
    records.listen(index.note)
    return index


def begin(records: RecordFolder, name: str, *said: str) -> None:
    records.create(VISIT, name).append([entry(text) for text in said], after=0)


def names(found: Mapping[str, IndexEntry]) -> set[str]:
    return set(found)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[RecordFolder]:
    """Two visits in progress, three closed, and an index that knows them."""
    records = own(tmp_path)
    for name in ("a-1", "b-1"):
        begin(records, name, "begun")
    for name in ("c-1", "d-2", "e-3"):
        begin(records, name, "begun", "closed")
    index = large_index_of(tmp_path, records)
    index.entries(VISIT)
    assert index.save()
    yield records
    records.close()


def test_the_start_knows_what_is_at_hand_and_reads_no_record(tmp_path: Path, ward: RecordFolder) -> None:
    summarise = Summariser()
    index = large_index_of(tmp_path, ward, summarise)
    assert names(index.at_hand(VISIT)) == {"a-1", "b-1"}
    assert summarise.asked == 0
    assert names(index.known(VISIT)) == {"a-1", "b-1", "c-1", "d-2", "e-3"}
    assert not caught_up(index)
    assert summarise.asked == 0


def caught_up(index: RecordIndex) -> int:
    """Let it catch up; how many records were left at most."""
    most = index.left
    while index.catch_up():
        most = max(most, index.left)
    return most


def test_the_second_file_is_not_read_before_somebody_asks(tmp_path: Path, ward: RecordFolder) -> None:
    (tmp_path / "index-rest.json").unlink()
    summarise = Summariser()
    index = large_index_of(tmp_path, ward, summarise)
    assert names(index.at_hand(VISIT)) == {"a-1", "b-1"}
    assert summarise.asked == 0
    assert caught_up(index) > 0
    assert names(index.known(VISIT)) == {"a-1", "b-1", "c-1", "d-2", "e-3"}
    assert summarise.asked == 3


def test_one_closed_visit_can_be_asked_for_by_itself(tmp_path: Path, ward: RecordFolder) -> None:
    index = large_index_of(tmp_path, ward)
    found = index.entry(VISIT, "d-2")
    assert found is not None
    assert found.summary == summary("closed", 2)
    assert index.entry(VISIT, "d-2") == found
    assert index.entry(VISIT, "z-9") is None


def test_a_visit_that_began_after_the_index_was_saved_is_at_hand(tmp_path: Path, ward: RecordFolder) -> None:
    begin(ward, "f-1", "begun")
    begin(ward, "g-9", "begun")
    assert names(large_index_of(tmp_path, ward).at_hand(VISIT)) == {"a-1", "b-1", "f-1", "g-9"}


def test_a_visit_at_hand_that_went_on_after_the_index_was_saved_is_read_again(
    tmp_path: Path, ward: RecordFolder
) -> None:
    ward.open(VISIT, "a-1").append([entry("further")], after=1)
    ward.open(VISIT, "b-1").append([entry("closed")], after=1)
    index = large_index_of(tmp_path, ward)
    assert {name: found.summary["last"] for name, found in index.at_hand(VISIT).items()} == {"a-1": "further"}
    assert names(index.known(VISIT)) == {"a-1", "b-1", "c-1", "d-2", "e-3"}


def test_a_closed_visit_that_changed_outside_is_found_by_catching_up(tmp_path: Path, ward: RecordFolder) -> None:
    ward.listen(lambda _kind, _name: None)
    ward.open(VISIT, "c-1").append([entry("corrected"), entry("closed")], after=2)
    index = large_index_of(tmp_path, ward)
    assert index.known(VISIT)["c-1"].summary == summary("closed", 2)
    assert caught_up(index) == 1
    assert index.known(VISIT)["c-1"].summary == summary("closed", 4)


def test_what_catching_up_found_is_known_at_the_next_start(tmp_path: Path, ward: RecordFolder) -> None:
    begin(ward, "f-1", "begun")
    begin(ward, "g-9", "begun", "closed")
    (tmp_path / "index.json").unlink()
    (tmp_path / "index-rest.json").unlink()
    caught_up(large_index_of(tmp_path, ward))
    summarise = Summariser()
    index = large_index_of(tmp_path, ward, summarise)
    assert len(index.known(VISIT)) == 7
    assert not caught_up(index)
    assert summarise.asked == 0


def test_a_closed_visit_that_is_gone_is_forgotten_by_catching_up(tmp_path: Path, ward: RecordFolder) -> None:
    visit_file(tmp_path, "e-3").unlink()
    os.utime(visit_file(tmp_path, "e-3").parent, ns=(1, saved_parts(tmp_path)["visit"]["-3"]))
    index = large_index_of(tmp_path, ward)
    assert "e-3" in index.known(VISIT)
    caught_up(index)
    assert "e-3" not in index.known(VISIT)
    assert "e-3" not in large_index_of(tmp_path, ward).known(VISIT)


def test_one_at_hand_that_is_gone_is_forgotten_at_once(tmp_path: Path, ward: RecordFolder) -> None:
    ward.close()
    visit_file(tmp_path, "a-1").unlink()
    assert names(large_index_of(tmp_path, own(tmp_path)).at_hand(VISIT)) == {"b-1"}


def saved_parts(root: Path) -> dict[str, dict[str, int]]:
    found = read_index(system_disk(), root / "index.json", 1)
    assert found is not None
    return {kind: dict(parts) for kind, parts in found.parts.items()}


def test_a_visit_that_begins_while_it_catches_up_stays(tmp_path: Path, ward: RecordFolder) -> None:
    index = large_index_of(tmp_path, ward)
    # The station, then one part of three.
    for _piece in range(2):
        assert index.catch_up()
    for name in ("h-1", "h-2", "h-3"):
        begin(ward, name, "begun")
    index.at_hand(VISIT)
    caught_up(index)
    assert names(index.at_hand(VISIT)) == {"a-1", "b-1", "h-1", "h-2", "h-3"}


def test_a_folder_that_cannot_be_listed_ends_the_catching_up(
    tmp_path: Path, ward: RecordFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = large_index_of(tmp_path, ward)

    def fail(_kind: StreamKind, _part: str) -> NoReturn:
        raise DataFolderError("it cannot be listed")

    monkeypatch.setattr(ward, "files", fail)
    assert not index.catch_up()
    assert names(index.at_hand(VISIT)) == {"a-1", "b-1"}


def test_a_noted_record_whose_summary_failed_is_made_at_the_next_look(tmp_path: Path, ward: RecordFolder) -> None:
    summarise = Summariser()
    index = large_index_of(tmp_path, ward, summarise)
    ward.open(VISIT, "a-1").append([entry("further")], after=1)
    summarise.fails = True
    with pytest.raises(MemoryError):
        index.at_hand(VISIT)
    summarise.fails = False
    assert index.at_hand(VISIT)["a-1"].summary == summary("further", 2)


def test_without_an_index_the_newest_records_are_at_hand_at_once_and_the_rest_follows(
    tmp_path: Path, records: RecordFolder
) -> None:
    for number in range(NEWEST + 3):
        name = f"v-{number:02d}"
        begin(records, name, "begun")
        os.utime(visit_file(tmp_path, name), ns=(1, 10**9 * (number + 1)))
    index = large_index_of(tmp_path, records)
    assert names(index.at_hand(VISIT)) == {f"v-{number:02d}" for number in range(3, NEWEST + 3)}
    assert index.left == 3
    assert index.catch_up()
    assert index.left == 2
    caught_up(index)
    assert len(index.at_hand(VISIT)) == NEWEST + 3
    records.close()


def test_patients_are_read_before_the_visits(tmp_path: Path, records: RecordFolder) -> None:
    for number in range(NEWEST + 2):
        for kind in (VISIT, StreamKind.PATIENT):
            records.create(kind, f"{kind}-{number:02d}").append([entry("begun")], after=0)
    index = large_index_of(tmp_path, records)
    index.at_hand(VISIT)
    while index.left > 2:
        index.catch_up()
    assert len(index.at_hand(StreamKind.PATIENT)) == NEWEST + 2
    assert len(index.at_hand(VISIT)) == NEWEST
    records.close()


def test_an_index_saved_before_everything_was_read_misses_no_visit_in_progress(
    tmp_path: Path, records: RecordFolder
) -> None:
    for number in range(NEWEST + 3):
        begin(records, f"v-{number:02d}", "begun")
    first = large_index_of(tmp_path, records)
    first.at_hand(VISIT)
    assert first.left
    assert first.save()
    assert saved_parts(tmp_path) == {}
    assert len(large_index_of(tmp_path, records).at_hand(VISIT)) == NEWEST + 3
    records.close()


def test_an_unreadable_one_is_at_hand_and_told_and_looked_at_once(tmp_path: Path, ward: RecordFolder) -> None:
    ward.close()
    path = visit_file(tmp_path, "c-1")
    path.write_bytes(path.read_bytes().replace(b"closed", b"clozed"))
    path.with_name("x-1.jsonl").write_bytes(b"x\n")
    index = large_index_of(tmp_path, own(tmp_path))
    assert index.problems() == ()
    assert names(index.at_hand(VISIT)) == {"a-1", "b-1", "x-1"}
    (problem,) = index.problems()
    assert "visit x-1 is damaged" in problem
    assert not caught_up(index)


def test_a_failed_summary_leaves_the_record_to_be_read(tmp_path: Path, records: RecordFolder) -> None:
    begin(records, "v-1", "begun")
    summarise = Summariser()
    summarise.fails = True
    index = large_index_of(tmp_path, records, summarise)
    with pytest.raises(MemoryError):
        index.catch_up()
    assert index.left == 1
    summarise.fails = False
    caught_up(index)
    assert names(index.at_hand(VISIT)) == {"v-1"}
    records.close()


def test_nothing_new_writes_nothing(tmp_path: Path, ward: RecordFolder) -> None:
    index = large_index_of(tmp_path, ward)
    (tmp_path / "index.json").unlink()
    caught_up(index)
    assert index.save()
    assert not (tmp_path / "index.json").exists()


def test_a_part_that_was_touched_without_a_change_is_compared_at_one_start_only(
    tmp_path: Path, ward: RecordFolder
) -> None:
    part = visit_file(tmp_path, "e-3").parent
    os.utime(part, ns=(1, 2))
    assert saved_parts(tmp_path)["visit"]["-3"] != 2
    assert large_index_of(tmp_path, ward).save()
    assert saved_parts(tmp_path)["visit"]["-3"] == 2
