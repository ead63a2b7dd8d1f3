"""The file of checkpoints in the data folder, and the place outside it that remembers how far this workstation came."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.store.checkpoints import (
    BEGUN,
    CHECKPOINTS,
    RESTORED,
    Checkpoint,
    CheckpointKey,
    Reached,
    checkpoint_of,
    document_of,
    make_checkpoint,
)
from nurse_app.store.disk import Disk, write_all, write_whole
from nurse_app.store.journal_lines import document_of as line_of
from nurse_app.store.journal_lines import encode_batch, first_digest, scan
from nurse_app.store.layout import holds_no_stream
from nurse_app.store.messages import CHECKPOINTS_DAMAGED
from nurse_app.store.strict_json import MalformedJsonError, compact_json, parse_json

CHECKPOINT_FILE = "checkpoints.jsonl"
FILE_LIMIT_BYTES = 1 << 30
_MEMORY_LIMIT_BYTES = 1 << 12
_NAME_SIGNS = 32


class CheckpointError(Exception):
    """A checkpoint could not be made. No entry is lost by it. Text is for people."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The last checkpoint that this workstation made in a data folder, and the end of the file behind it."""

    number: int
    mac: str
    wall: datetime
    head: str
    size: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known outside the data folder: the key, and the last checkpoint that this workstation made there.

    ``problem`` says why the key cannot be used, when there is one that cannot.
    """

    key: CheckpointKey | None
    memory: Memory | None
    problem: str = ""


class MemoryFile:
    """Remembers, beside the key, how far the checkpoints of one data folder have come."""

    def __init__(self, workstation: Path, root: Path, disk: Disk) -> None:
        """``workstation`` is the folder of the key; it is there as soon as a key is."""
        name = sha256(str(root.resolve()).encode()).hexdigest()[:_NAME_SIGNS]
        self._path = workstation / f"reached-{name}.json"
        self._disk = disk

    def load(self) -> Memory | None:
        """What is remembered; None when nothing is, or nothing that can be used. Raises OSError."""
        try:
            return build(Memory, parse_json(self._disk.read(self._path, _MEMORY_LIMIT_BYTES).decode()))
        except (FileNotFoundError, UnicodeDecodeError, MalformedJsonError, MisfitError):
            return None

    def save(self, memory: Memory) -> None:
        """Remember that; afterwards it is the old one or the new one, never half. Raises OSError."""
        write_whole(self._disk, self._path, f"{compact_json(plain(memory))}\n".encode())


def checkpoint_in(body: str) -> Checkpoint | None:
    """The checkpoint in a checked line of the file."""
    return checkpoint_of(line_of(body))


class CheckpointFile:
    """Adds checkpoints to the file of one data folder: one write, one sync, then the memory. For one thread."""

    def __init__(self, root: Path, disk: Disk, memory: MemoryFile) -> None:
        self._root = root
        self._path = root / CHECKPOINT_FILE
        self._disk = disk
        self._memory = memory
        self._end: Memory | None = None

    def add(self, facts: Sequence[Reached], key: CheckpointKey, now: datetime) -> None:
        """Vouch for facts. Raises OSError, CheckpointError; the next call then looks at the file anew."""
        end, self._end = self._end, None
        found = self._file_size()
        if end is None or end.size != found:
            end, gap = self._find_end(found, now)
            facts = facts if gap is None else (gap, *facts)
        self._add(facts, key, end, is_new=found is None)

    def begin(self, key: CheckpointKey, now: datetime) -> None:
        """Make the first checkpoint of an empty folder: from now on a missing file is noticed. Raises as ``add``."""
        found = self._file_size()
        if found is None and holds_no_stream(self._disk, self._root):
            end, gap = self._find_end(None, now)
            fact = Reached(BEGUN, 1, "", now) if gap is None else replace(gap, stream=BEGUN)
            self._add((fact,), key, end, is_new=True)

    def accept_older_copy(self, key: CheckpointKey, now: datetime) -> None:
        """Records were brought back from a backup on purpose: vouch for that if they are older. Raises as ``add``."""
        found = self._file_size()
        end, gap = self._find_end(found, now)
        if gap is not None:
            self._add((replace(gap, stream=RESTORED),), key, end, is_new=found is None)

    def _add(self, facts: Sequence[Reached], key: CheckpointKey, end: Memory, *, is_new: bool) -> None:
        made: list[Checkpoint] = []
        number, before = end.number, end.mac
        for number, fact in enumerate(facts, start=end.number + 1):
            made.append(make_checkpoint(key, number, fact, before))
            before = made[-1].mac
        batch = encode_batch([document_of(each) for each in made], after=end.number, head=end.head)
        self._append(batch.content, end.size, is_new=is_new)
        self._end = Memory(number, before, facts[-1].wall, batch.head, end.size + len(batch.content))
        self._memory.save(self._end)

    def _file_size(self) -> int | None:
        try:
            return self._disk.state(self._path).size
        except FileNotFoundError:
            return None

    def _find_end(self, found: int | None, now: datetime) -> tuple[Memory, Reached | None]:
        """Where the file ends; and what is remembered, when the file does not hold it."""
        remembered = self._memory.load()
        # After years the file is long: it is read only when it is not as it was left.
        if remembered is not None and remembered.size == found:
            return remembered, None
        end, reached = Memory(0, "", now, first_digest(CHECKPOINTS), 0), False
        if found is not None:
            there = scan(self._disk.read(self._path, FILE_LIMIT_BYTES), CHECKPOINTS)
            last = checkpoint_in(there.bodies[-1]) if there.bodies else None
            if there.damage is not None or (there.bodies and last is None):
                raise CheckpointError(CHECKPOINTS_DAMAGED)
            end = replace(end, number=len(there.bodies), mac=last.mac if last else "", head=there.head, size=there.size)
            reached = remembered is not None and _holds(there.bodies, remembered)
        if remembered is None or reached:
            return end, None
        return end, Reached(CHECKPOINTS, remembered.number, remembered.mac, now)

    def _append(self, content: bytes, size: int, *, is_new: bool) -> None:
        descriptor = self._disk.create(self._path) if is_new else self._disk.open_append(self._path)
        try:
            # A torn end was never counted as a checkpoint.
            self._disk.cut(descriptor, size)
            write_all(self._disk, descriptor, content)
            self._disk.sync(descriptor)
        except BaseException:
            with suppress(OSError, MemoryError):
                self._disk.cut(descriptor, size)
            raise
        finally:
            self._disk.close(descriptor)
        if is_new:
            self._disk.sync_folder(self._root)


def _holds(bodies: Sequence[str], remembered: Memory) -> bool:
    place = remembered.number - 1
    checkpoint = checkpoint_in(bodies[place]) if 0 <= place < len(bodies) else None
    return checkpoint is not None and checkpoint.mac == remembered.mac
