"""Whole records of every kind of event that a released version left behind open for ever, to the same state.

``released/records-N`` is a data folder as version N of the stored forms wrote it; ``states.json`` in it holds the
digest of the state of each stream as that version understood it. A new form gets a new folder; none is changed.
"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from nurse_app.domain.evolve import fold
from nurse_app.domain.patient_record import facts_of, fold_patient
from nurse_app.domain.record import Recorded
from nurse_app.domain.snapshot import snapshot
from nurse_app.domain.station import fold_station
from nurse_app.plain_data import plain
from nurse_app.store.data_folder import lock_on_posix
from nurse_app.store.kinds import KINDS, event_codecs
from nurse_app.store.record_folder import RecordFolder, StoreTools, own_records
from nurse_app.store.upcast import UpcastChain
from nurse_app.visit.ports import StreamKind, UnreadableRecordError
from tests.figures import figure
from tests.store.kit import OWNER, CountingIdentifiers, system_disk

RELEASED = Path(__file__).with_name("released")
VERSIONS = sorted(RELEASED.glob("records-*"))
LATER_FIELDS = ("evaluated_on", "ended_on")
NO_STEPS = UpcastChain({})


def names_before(kind: StreamKind) -> dict[str, type[object]]:
    """The kinds of a program that did not know yet that a visit may be opened again."""
    return {name: event for name, event in KINDS[kind].items() if name != "visit-reopened"}


def open_copy(version: Path, root: Path) -> RecordFolder:
    shutil.copytree(version, root)
    return own_records(root, StoreTools(system_disk(), event_codecs(), CountingIdentifiers()), OWNER, lock_on_posix)


def state_of(kind: StreamKind, record: Sequence[Recorded[Any]]) -> object:
    """What other programs may rely on of a stream's state; parts that came later are no part of it."""
    if kind is StreamKind.VISIT:
        state = fold(record)
        shown = snapshot(state, state.last_moment)
        # Alarm conditions are today's judgement of what is so, and there may be new ones.
        return {name: part for name, part in shown.items() if name != "alarms"}
    if kind is StreamKind.PATIENT:
        patient = fold_patient(record)
        assert patient is not None
        return without_later_fields(plain((patient.details, facts_of(patient), patient.hypersensitivity)))
    return plain(fold_station(record).users)


def without_later_fields(data: object) -> object:
    """A record from before these fields says nothing of them."""
    if isinstance(data, dict):
        later = {name for name in LATER_FIELDS if name in data}
        assert all(data[name] is None for name in later)
        return {name: without_later_fields(part) for name, part in data.items() if name not in later}
    return [without_later_fields(part) for part in data] if isinstance(data, list | tuple) else data


def digests(folder: RecordFolder) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in StreamKind:
        for stream_id in folder.stream_ids(kind):
            state = state_of(kind, folder.open(kind, stream_id).recorded())
            text = json.dumps(state, sort_keys=True, ensure_ascii=True)
            found[f"{kind.value} {stream_id}"] = hashlib.sha256(text.encode()).hexdigest()
    return found


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_a_released_form_opens_to_the_state_it_had(version: Path, tmp_path: Path) -> None:
    folder = open_copy(version, tmp_path / "records")
    expected = json.loads((version / "states.json").read_text(encoding="utf-8"))
    assert digests(folder) == expected
    folder.close()
    figure(f"T-16 {version.name}: {len(expected)} streams open to an equal state")


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_opening_a_released_form_changes_no_byte_of_it(version: Path, tmp_path: Path) -> None:
    open_copy(version, tmp_path / "records").close()
    for file in version.rglob("*.jsonl"):
        assert (tmp_path / "records" / file.relative_to(version)).read_bytes() == file.read_bytes()


def test_the_newest_released_form_has_every_kind_of_event(tmp_path: Path) -> None:
    folder = open_copy(VERSIONS[-1], tmp_path / "records")
    for kind, names in KINDS.items():
        streams = [folder.open(kind, stream_id).recorded() for stream_id in folder.stream_ids(kind)]
        seen = {type(item.event) for record in streams for item in record}
        assert set(names.values()) - seen == set()
    folder.close()


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_a_form_of_a_newer_version_is_refused_and_nothing_is_written(version: Path, tmp_path: Path) -> None:
    root = tmp_path / "records"
    shutil.copytree(version, root)
    older = {kind: type(codec)(names_before(kind), NO_STEPS) for kind, codec in event_codecs().items()}
    folder = own_records(root, StoreTools(system_disk(), older, CountingIdentifiers()), OWNER, lock_on_posix)
    before = {file: file.read_bytes() for file in root.rglob("*.jsonl")}
    visits = folder.stream_ids(StreamKind.VISIT)
    for stream_id in visits:
        with pytest.raises(UnreadableRecordError, match=r"newer version of this program .*Open it with the newer"):
            folder.open(StreamKind.VISIT, stream_id)
        assert folder.read_sound_prefix(StreamKind.VISIT, stream_id)
    assert {file: file.read_bytes() for file in root.rglob("*.jsonl")} == before
    folder.close()
    figure(f"T-16 {version.name}: {len(visits)} of {len(visits)} refused by an older program, sound entries shown")
