"""The same work in every fault test: entries of a visit and of a patient, the index and the settings; and its judge.

What is acknowledged is written down outside the store, as text: ``v 3`` is the third entry of the visit, ``p 1`` the
first of the patient, ``s 125`` the settings with text at 125 %.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from nurse_app.domain.record import Recorded
from nurse_app.store import data_folder
from nurse_app.store.data_folder import Locking
from nurse_app.store.disk import Disk
from nurse_app.store.index_file import Fact
from nurse_app.store.record_folder import RecordFolder, own_records
from nurse_app.store.record_index import RecordIndex
from nurse_app.store.settings_file import DeviceSettings, SettingsFile
from nurse_app.visit.ports import EventLog, StreamKind, UnreadableRecordError
from tests.store.kit import OWNER, entry, texts, tools

VISIT, PATIENT = StreamKind.VISIT, StreamKind.PATIENT
# A visit's entries in the batches they are saved in; lines of many lengths, within and across the sectors of a disk.
BATCHES = ((1,), (2, 3), (4,), (5, 6, 7), (8,))
SETTINGS = (110, 125, 150)
Acknowledge = Callable[[str], None]


def said(number: int) -> str:
    """The text of an entry: its number, and some length."""
    return f"{number}:" + "ü" * (number * 37 % 300)


def both(name: str) -> tuple[str, str]:
    """A file that is replaced whole, and the new one beside it."""
    return name, f"{name}.new"


def files_of_work(root: Path) -> list[Path]:
    """Every path that the work touches."""
    files = [root / name for name in (".lock", *both("index.json"), *both("index-rest.json"), *both("settings.json"))]
    for folder, name in (("visits/-1", "v-1.jsonl"), ("patients/-1", "p-1.jsonl")):
        files += [root / folder / name, root / folder, (root / folder).parent]
    return [*files, root]


def index_on(root: Path, disk: Disk, folder: RecordFolder) -> RecordIndex:
    """The index of the toy records: how many entries, and what the last one says."""
    index = RecordIndex(root / "index.json", disk, folder, _summary, version=1)
    folder.listen(index.note)
    return index


def _summary(_kind: StreamKind, recorded: tuple[Recorded[object], ...]) -> Mapping[str, Fact]:
    return {"count": len(recorded), "last": texts(recorded)[-1]}


def opened(folder: RecordFolder, kind: StreamKind, stream_id: str) -> EventLog[object]:
    """The stream, begun when it has no entry yet."""
    try:
        return folder.open(kind, stream_id)
    except FileNotFoundError:
        return folder.create(kind, stream_id)


def work(root: Path, disk: Disk, acknowledge: Acknowledge, locking: Locking | None = None) -> None:
    """Do it all, going on from whatever is there. Raises what the store raises."""
    folder = own_records(root, tools(disk), OWNER, locking or data_folder.lock_on_posix)
    index = index_on(root, disk, folder)
    settings = SettingsFile(root / "settings.json", disk)
    visit = opened(folder, VISIT, "v-1")
    for place, batch in enumerate(BATCHES):
        done = len(visit.recorded())
        if done >= batch[-1]:
            continue
        visit.append([entry(said(number)) for number in batch], after=done)
        for number in batch:
            acknowledge(f"v {number}")
        if place < len(SETTINGS):
            settings.save(DeviceSettings(text_percent=SETTINGS[place]))
            acknowledge(f"s {SETTINGS[place]}")
        if place == 1:
            patient = opened(folder, PATIENT, "p-1")
            if not patient.recorded():
                patient.append([entry(said(1))], after=0)
                acknowledge("p 1")
        if place % 2:
            index.entries(VISIT)
            acknowledge("index kept" if index.save() else "index not kept")
    folder.close()


@dataclass
class Judgement:
    """What is found after faults, counted over all of them."""

    points: int = 0
    lost: int = 0
    unreadable: int = 0
    wrong: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def violations(self) -> int:
        return self.lost + self.unreadable + self.wrong

    def judge(self, root: Path, disk: Disk, acknowledged: list[str], locking: Locking | None = None) -> None:
        """Open everything as after a restart and compare with what was acknowledged."""
        self.points += 1
        folder = own_records(root, tools(disk), OWNER, locking or data_folder.lock_on_posix)
        try:
            self._judge_streams(folder, acknowledged)
            self._judge_index(root, disk, folder)
            self._judge_settings(root, disk, acknowledged)
        finally:
            folder.close()

    def _judge_streams(self, folder: RecordFolder, acknowledged: list[str]) -> None:
        for kind, stream_id, letter, batches in ((VISIT, "v-1", "v", BATCHES), (PATIENT, "p-1", "p", ((1,),))):
            wanted = [line for line in acknowledged if line.startswith(f"{letter} ")]
            try:
                present = texts(folder.open(kind, stream_id).recorded())
            except FileNotFoundError:
                present = []
            except UnreadableRecordError as error:
                self.unreadable += 1
                self.lost += len(wanted)
                self.reasons.append(str(error))
                continue
            missing = [line for line in wanted if said(int(line[2:])) not in present]
            self.lost += len(missing)
            wholes = list(_wholes(batches))
            if present not in wholes:
                self._wrong(f"{stream_id} has {present}")
            # One batch may have been written whose end was never told.
            elif wholes.index(present) > _batches_begun(batches, wanted) + 1:
                self._wrong(f"{stream_id} has more than was said: {present}")

    def _judge_index(self, root: Path, disk: Disk, folder: RecordFolder) -> None:
        index = index_on(root, disk, folder)
        for kind in (VISIT, PATIENT):
            for stream_id, found in index.entries(kind).items():
                # One that cannot be read is judged above.
                with suppress(UnreadableRecordError):
                    if found.problem is None and found.summary != _summary(
                        kind, folder.content(kind, stream_id).recorded
                    ):
                        self._wrong(f"the index says {found.summary} of {stream_id}")

    def _judge_settings(self, root: Path, disk: Disk, acknowledged: list[str]) -> None:
        loaded = SettingsFile(root / "settings.json", disk).load()
        known = [100, *SETTINGS]
        last = ([100, *(int(line[2:]) for line in acknowledged if line.startswith("s "))])[-1]
        allowed = known[known.index(last) : known.index(last) + 2]
        if loaded.problem is not None or loaded.settings.text_percent not in allowed:
            self._wrong(f"settings {loaded} after {last}")

    def _wrong(self, reason: str) -> None:
        self.wrong += 1
        self.reasons.append(reason)


def _batches_begun(batches: tuple[tuple[int, ...], ...], acknowledged: list[str]) -> int:
    last = int(acknowledged[-1][2:]) if acknowledged else 0
    return sum(batch[0] <= last for batch in batches)


def _wholes(batches: tuple[tuple[int, ...], ...]) -> Iterator[list[str]]:
    for count in range(len(batches) + 1):
        yield [said(number) for batch in batches[:count] for number in batch]
