"""A record that became shorter behind the program's back is noticed by the index, whichever way the record went."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nurse_app.domain.record import Recorded
from nurse_app.store.index_file import Fact
from nurse_app.store.record_folder import RecordFolder
from nurse_app.store.record_index import RecordIndex
from nurse_app.visit.ports import StreamKind
from tests.store.kit import entry, own, system_disk, texts, visit_file

VISIT = StreamKind.VISIT


def index_of(root: Path, records: RecordFolder, *, at_hand: bool) -> RecordIndex:
    def summarise(_kind: StreamKind, recorded: tuple[Recorded[object], ...]) -> Mapping[str, Fact]:
        return {"last": texts(recorded)[-1]}

    return RecordIndex(
        root / "index.json",
        system_disk(),
        records,
        summarise,
        version=1,
        is_at_hand=lambda _kind, _summary: at_hand,
    )


def known_to_the_index(root: Path, *, at_hand: bool) -> None:
    """Two visits of two entries each, in two parts of the folder, and an index that has seen them."""
    records = own(root)
    for stream_id in ("v-1", "v-2"):
        records.create(VISIT, stream_id).append([entry("a"), entry("b")], after=0)
    index = index_of(root, records, at_hand=at_hand)
    index.entries(VISIT)
    assert index.save()
    assert index.losses() == ()
    records.close()


def shortened_to_one_entry(path: Path) -> None:
    # As an older copy of the file would be: two entries saved together count only when both are there.
    root = path.parents[2]
    path.unlink()
    records = own(root)
    records.create(VISIT, path.stem).append([entry("a")], after=0)
    records.close()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_in_the_middle(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def filled_with_zeros(path: Path) -> None:
    path.write_bytes(bytes(100))


GONE = "visit v-1 with its 2 entries is gone or empty"


@pytest.mark.parametrize("at_hand", [True, False], ids=["at hand", "the rest"])
@pytest.mark.parametrize(
    ("shorten", "said", "left"),
    [
        (shortened_to_one_entry, "visit v-1 has only 1 of its 2 entries", {"v-1": "a", "v-2": "b"}),
        (emptied, GONE, {"v-2": "b"}),
        (Path.unlink, GONE, {"v-2": "b"}),
        (cut_in_the_middle, GONE, {"v-2": "b"}),
        (filled_with_zeros, GONE, {"v-2": "b"}),
    ],
)
def test_a_record_that_lost_entries_is_said_and_what_is_left_is_listed(
    tmp_path: Path, shorten: Callable[[Path], None], said: str, left: dict[str, str], *, at_hand: bool
) -> None:
    known_to_the_index(tmp_path, at_hand=at_hand)

    shorten(visit_file(tmp_path, "v-1"))

    records = own(tmp_path)
    index = index_of(tmp_path, records, at_hand=at_hand)
    assert {name: each.summary["last"] for name, each in index.entries(VISIT).items()} == left
    (sentence,) = index.losses()
    assert said in sentence
    assert "nurse-app restore FILE --record v-1" in sentence
    records.close()


def test_a_visit_in_progress_that_was_emptied_is_said_at_the_first_look(tmp_path: Path) -> None:
    known_to_the_index(tmp_path, at_hand=True)
    emptied(visit_file(tmp_path, "v-1"))

    records = own(tmp_path)
    index = index_of(tmp_path, records, at_hand=True)

    assert list(index.at_hand(VISIT)) == ["v-2"]
    (sentence,) = index.losses()
    assert GONE in sentence
    records.close()


def test_what_happens_while_the_program_runs_is_said_when_the_record_is_read_again(tmp_path: Path) -> None:
    known_to_the_index(tmp_path, at_hand=True)
    records = own(tmp_path)
    index = index_of(tmp_path, records, at_hand=True)
    visit_file(tmp_path, "v-1").unlink()
    assert index.losses() == ()

    index.note(VISIT, "v-1")

    (sentence,) = index.losses()
    assert GONE in sentence
    records.close()


def test_a_record_that_grew_or_has_a_torn_end_lost_nothing(tmp_path: Path) -> None:
    known_to_the_index(tmp_path, at_hand=True)
    records = own(tmp_path)
    records.open(VISIT, "v-1").append([entry("c")], after=2)
    records.close()
    with visit_file(tmp_path, "v-2").open("ab") as file:
        file.write(b"torn")

    records = own(tmp_path)
    index = index_of(tmp_path, records, at_hand=True)

    assert {name: each.summary["last"] for name, each in index.entries(VISIT).items()} == {"v-1": "c", "v-2": "b"}
    assert index.losses() == ()
    records.close()


def test_a_damaged_record_has_its_own_sentence_only(tmp_path: Path) -> None:
    known_to_the_index(tmp_path, at_hand=True)
    path = visit_file(tmp_path, "v-1")
    path.write_bytes(b"x\n" + path.read_bytes()[2:-40] + b"\n")

    records = own(tmp_path)
    index = index_of(tmp_path, records, at_hand=True)

    assert "is damaged" in str(index.entries(VISIT)["v-1"].problem)
    assert index.losses() == ()
    records.close()


def test_an_index_that_is_made_anew_knows_of_no_loss(tmp_path: Path) -> None:
    known_to_the_index(tmp_path, at_hand=True)
    (tmp_path / "index.json").unlink()
    emptied(visit_file(tmp_path, "v-1"))

    records = own(tmp_path)
    index = index_of(tmp_path, records, at_hand=True)

    assert list(index.entries(VISIT)) == ["v-2"]
    assert index.losses() == ()
    records.close()
