"""Where files lie, and which files are streams."""

from pathlib import Path

import pytest

from nurse_app.store.layout import StreamFile, holds_no_stream, list_streams, place_of, stream_name, stream_of
from nurse_app.visit.ports import StreamKind
from tests.store.kit import system_disk

ROOT = Path("/records")


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (StreamKind.VISIT, "/records/visits/8e/0192-8e.jsonl"),
        (StreamKind.PATIENT, "/records/patients/8e/0192-8e.jsonl"),
        (StreamKind.STATION, "/records/station/0192-8e.jsonl"),
    ],
)
def test_a_streams_file_is_named_by_its_id_only(kind: StreamKind, path: str) -> None:
    place = place_of(ROOT, kind, "0192-8e")

    assert place.path == Path(path)
    assert place.folders == tuple(reversed(place.path.parents))[1:]
    assert place.stream == f"{kind} 0192-8e"


@pytest.mark.parametrize("bad", ["", "../up", "a/b", "A", "a.b", "ä", "a\n", "x" * 65, "a b", "\x00"])
def test_an_id_that_is_no_file_name_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="digits, small letters and hyphens"):
        place_of(ROOT, StreamKind.VISIT, bad)


def test_streams_are_listed_in_order_with_their_sizes(tmp_path: Path) -> None:
    for stream_id in ("0193-aa", "0192-bb", "0191-aa"):
        path = place_of(tmp_path, StreamKind.VISIT, stream_id).path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"12345")

    assert list_streams(system_disk(), tmp_path, StreamKind.VISIT) == (
        StreamFile("0191-aa", 5),
        StreamFile("0192-bb", 5),
        StreamFile("0193-aa", 5),
    )
    assert list_streams(system_disk(), tmp_path, StreamKind.PATIENT) == ()


def test_what_is_no_stream_is_passed_over(tmp_path: Path) -> None:
    part = tmp_path / "visits" / "aa"
    part.mkdir(parents=True)
    for name in ("0191-aa.jsonl.tail.1", "0191-bb.jsonl", "UPPER-aa.jsonl", "notes.txt", "0192-aa"):
        (part / name).write_bytes(b"x")
    (part / "0193-aa.jsonl").touch()
    (tmp_path / "visits" / "file").write_bytes(b"x")

    assert list_streams(system_disk(), tmp_path, StreamKind.VISIT) == ()


def test_a_folder_in_the_place_of_a_record_is_not_passed_over(tmp_path: Path) -> None:
    place_of(tmp_path, StreamKind.VISIT, "0194-aa").path.mkdir(parents=True)

    assert list_streams(system_disk(), tmp_path, StreamKind.VISIT) == (StreamFile("0194-aa", 0),)


def test_the_station_has_no_parts(tmp_path: Path) -> None:
    (tmp_path / "station").mkdir()
    (tmp_path / "station" / "users.jsonl").write_bytes(b"1")

    assert list_streams(system_disk(), tmp_path, StreamKind.STATION) == (StreamFile("users", 1),)


def test_a_stream_is_known_again_by_its_name() -> None:
    for kind in StreamKind:
        assert stream_of(stream_name(kind, "0191-aa")) == (kind, "0191-aa")


@pytest.mark.parametrize("name", ["", "visit", "visit ", "visit ../x", "visit A", "checkpoints", "bed 1", "VISIT 1"])
def test_what_cannot_be_a_streams_name_is_none(name: str) -> None:
    assert stream_of(name) is None


def test_a_folder_without_streams_is_told_from_one_with_some(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    assert holds_no_stream(system_disk(), tmp_path)

    (tmp_path / "station").mkdir()
    assert not holds_no_stream(system_disk(), tmp_path)
