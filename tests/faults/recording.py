"""A disk in memory that writes down what is done to it, and every state that a power cut may legally leave.

The model is the least that POSIX promises: the content of a file is durable up to its last sync, a name up to the last
sync of its folder. Of what was not synced any part may be there: names in their order, writes in any selection and torn
at a sector. Method: ALICE (OSDI 2014), LevelDB's fault_injection_test.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.store.disks import ForgetfulDisk, _File, _Folder

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Done:
    """One thing done. ``file`` is the file's own number, whatever its name; ``at`` a place or a size in bytes."""

    what: str
    path: Path | None = None
    to: Path | None = None
    file: int = 0
    at: int = 0
    content: bytes = b""


class RecordingDisk(ForgetfulDisk):
    """Takes every write whole and notes each change in ``log``."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[Done] = []
        self._numbers: dict[int, int] = {}
        self._files: list[_File] = []

    def open_lock(self, path: Path) -> int:
        is_new = path.name not in self._folder(path.parent).names
        descriptor = super().open_lock(path)
        if is_new:
            self._note_new(path, descriptor)
        return descriptor

    def create(self, path: Path) -> int:
        descriptor = super().create(path)
        self._note_new(path, descriptor)
        return descriptor

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        self._call()
        file = self._open[descriptor]
        self.log.append(Done("write", file=self._number(file), at=len(file.content), content=bytes(content)))
        file.content += bytes(content)
        return len(content)

    def sync(self, descriptor: int) -> None:
        super().sync(descriptor)
        self.log.append(Done("sync", file=self._number(self._open[descriptor])))

    def cut(self, descriptor: int, size: int) -> None:
        super().cut(descriptor, size)
        self.log.append(Done("cut", file=self._number(self._open[descriptor]), at=size))

    def make_folder(self, path: Path) -> bool:
        made = super().make_folder(path)
        if made:
            self.log.append(Done("folder", path))
        return made

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self.log.append(Done("sync folder", path))

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.log.append(Done("replace", source, target))

    def remove(self, path: Path) -> None:
        is_there = path.name in self._folder(path.parent).names
        super().remove(path)
        if is_there:
            self.log.append(Done("remove", path))

    def _note_new(self, path: Path, descriptor: int) -> None:
        self.log.append(Done("new", path, file=self._number(self._open[descriptor])))

    def _number(self, file: _File) -> int:
        if id(file) not in self._numbers:
            # Kept alive: another file must not get this one's place in memory.
            self._files.append(file)
            self._numbers[id(file)] = len(self._numbers)
        return self._numbers[id(file)]


def states_after(log: list[Done], chance: random.Random, count: int) -> Iterator[ForgetfulDisk]:
    """``count`` disks as a power cut after ``log`` may leave them: nothing unsynced, all of it, and random parts."""
    for number in range(count):
        share = {0: 0.0, 1: 1.0}.get(number, 0.5)
        yield _State(log, chance, share).disk()


class _State:
    def __init__(self, log: list[Done], chance: random.Random, share: float) -> None:
        self._log = log
        self._chance = chance
        self._share = share
        self._synced = {(done.what, done.file, done.path): at for at, done in enumerate(log) if "sync" in done.what}

    def disk(self) -> ForgetfulDisk:
        files = self._contents()
        root = _Folder()
        stopped: set[Path] = set()
        for at, done in enumerate(self._log):
            if done.path is None or done.what == "sync folder":
                continue
            folder = done.path.parent
            durable = at < self._synced.get(("sync folder", 0, folder), -1)
            if not durable and (folder in stopped or not self._keeps()):
                stopped.add(folder)
            else:
                _apply(root, done, files)
        disk = ForgetfulDisk()
        disk._root = root
        return disk

    def _contents(self) -> dict[int, _File]:
        contents: dict[int, bytearray] = {}
        for at, done in enumerate(self._log):
            if done.what not in ("new", "write", "cut"):
                continue
            content = contents.setdefault(done.file, bytearray())
            durable = at < self._synced.get(("sync", done.file, None), -1)
            if done.what == "write" and (durable or self._keeps()):
                _put(content, done.at, done.content if durable else self._torn(done.content))
            elif done.what == "cut" and (durable or self._keeps()):
                del content[done.at :]
        return {number: _File(bytes(content), bytes(content)) for number, content in contents.items()}

    def _keeps(self) -> bool:
        return self._chance.random() < self._share

    def _torn(self, content: bytes) -> bytes:
        if self._share in (0.0, 1.0) or self._chance.random() < 0.3:
            return content
        kept = content[: self._chance.randrange(len(content) // SECTOR + 1) * SECTOR]
        # A file may have got its new length before its content: then the rest is zeros.
        return kept if self._chance.random() < 0.7 else kept + bytes(len(content) - len(kept))


def _put(content: bytearray, at: int, piece: bytes) -> None:
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(piece)] = piece


def _folder_at(root: _Folder, path: Path) -> _Folder | None:
    found: _File | _Folder | None = root
    for name in path.parts[1:]:
        if not isinstance(found, _Folder):
            return None
        found = found.names.get(name)
    return found if isinstance(found, _Folder) else None


def _apply(root: _Folder, done: Done, files: dict[int, _File]) -> None:
    assert done.path is not None
    folder = _folder_at(root, done.path.parent)
    if folder is None:
        return
    if done.what == "new":
        folder.names[done.path.name] = files[done.file]
    elif done.what == "folder":
        folder.names[done.path.name] = _Folder()
    elif done.what == "remove":
        folder.names.pop(done.path.name, None)
    elif done.to is not None and done.path.name in folder.names:
        folder.names[done.to.name] = folder.names.pop(done.path.name)
    folder.durable = dict(folder.names)
