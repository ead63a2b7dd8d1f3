"""The index is always what the records say, whatever becomes of its file."""

from collections.abc import Callable, Mapping
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path

import pytest

from nurse_app.domain.record import Recorded
from nurse_app.store.index_file import Fact, IndexEntry, RecordIndex
from nurse_app.store.journal_storage import StreamMark
from nurse_app.store.record_folder import RecordFolder
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
            raise ArithmeticError
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
    with pytest.raises(ArithmeticError):
        index.entries(VISIT)

    summarise.fails = False

    assert summaries(index) == {"v-1": summary("a", 1)}
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


def test_streams_noted_since_the_last_look_are_not_saved_with_an_old_summary(
    tmp_path: Path, records: RecordFolder
) -> None:
    log = records.create(VISIT, "v-1")
    log.append([entry("a")], after=0)
    index = index_of(tmp_path, records, Summariser())
    index.entries(VISIT)
    log.append([entry("b")], after=1)

    index.save()

    assert b"v-1" not in (tmp_path / "index.json").read_bytes()
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
    broken += [b"", b"\xff", b"{}", sound.replace(b" ", b"", 1)]
    for content in broken:
        path.write_bytes(content)
        summarise = Summariser()
        assert index_of(tmp_path, records, summarise).entries(VISIT) == expected
        assert summarise.asked == 1
    path.unlink()
    path.mkdir()
    assert index_of(tmp_path, records, Summariser()).entries(VISIT) == expected
    records.close()


@pytest.mark.parametrize(
    "body",
    [
        '{"version":1,"streams":{"visit":{"v-1":[1,"abc"]}}}',
        '{"version":1,"streams":{"visit":["v-1"]}}',
        '{"version":1,"streams":[]}',
        '{"version":1}',
        "[]",
    ],
    ids=["short row", "no rows", "no streams", "nothing", "a list"],
)
def test_a_whole_file_of_another_form_is_made_again(tmp_path: Path, records: RecordFolder, body: str) -> None:
    records.create(VISIT, "v-1").append([entry("a")], after=0)
    (tmp_path / "index.json").write_text(f"{sha256(body.encode()).hexdigest()} {body}\n", encoding="utf-8")

    assert summaries(index_of(tmp_path, records, Summariser())) == {"v-1": summary("a", 1)}
    records.close()


@pytest.mark.parametrize("at", range(1, 8))
def test_a_disk_that_does_not_take_the_index_is_not_a_fault(tmp_path: Path, records: RecordFolder, at: int) -> None:
    disk = FaultyDisk(at=at + 1, error=OSError(ENOSPC, "full"))
    index = RecordIndex(tmp_path / "index.json", disk, records, Summariser(), version=1)

    assert not index.save()
    disk.die()
    records.close()
