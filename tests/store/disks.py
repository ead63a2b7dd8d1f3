"""Two disks for the store's tests: one that breaks on demand, and one whose power can be cut."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from errno import EEXIST, EFBIG, ENOENT, ENOTDIR
from pathlib import Path

from nurse_app.store.disk import FileState, FolderItem
from tests.store.kit import system_disk


class FaultyDisk:
    """The real disk, until the call number ``at`` (from 1), which fails; with ``for_good`` so do all after it."""

    def __init__(self, at: int, error: BaseException, *, for_good: bool = False) -> None:
        self._disk = system_disk()
        self._at = at
        self._error = error
        self._for_good = for_good
        self._open: set[int] = set()
        self.calls: list[str] = []

    @property
    def has_failed(self) -> bool:
        return len(self.calls) >= self._at

    def die(self) -> None:
        """What the machine does when the program ends."""
        for descriptor in self._open:
            os.close(descriptor)
        self._open.clear()

    def read(self, path: Path, limit: int) -> bytes:
        self._count("read")
        return self._disk.read(path, limit)

    def open_read(self, path: Path) -> int:
        self._count("open_read")
        return self._opened(self._disk.open_read(path))

    def read_at(self, descriptor: int, place: int, size: int) -> bytes:
        self._count("read_at")
        return self._disk.read_at(descriptor, place, size)

    def free_bytes(self, path: Path) -> int:
        self._count("free_bytes")
        return self._disk.free_bytes(path)

    def move_folder(self, source: Path, target: Path) -> None:
        self._count("move_folder")
        self._disk.move_folder(source, target)

    def remove_folder(self, path: Path) -> None:
        self._count("remove_folder")
        self._disk.remove_folder(path)

    def open_append(self, path: Path) -> int:
        self._count("open_append")
        return self._opened(self._disk.open_append(path))

    def open_lock(self, path: Path) -> int:
        self._count("open_lock")
        return self._opened(self._disk.open_lock(path))

    def create(self, path: Path) -> int:
        self._count("create")
        return self._opened(self._disk.create(path))

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        half = content[: max(1, len(content) // 2)]
        try:
            self._count("write")
        except BaseException:
            self._disk.write(descriptor, half)
            raise
        return self._disk.write(descriptor, half)

    def sync(self, descriptor: int) -> None:
        self._count("sync")
        self._disk.sync(descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        self._count("cut")
        self._disk.cut(descriptor, size)

    def state(self, file: int | Path) -> FileState:
        self._count("state")
        return self._disk.state(file)

    def close(self, descriptor: int) -> None:
        self._open.discard(descriptor)
        self._disk.close(descriptor)

    def make_folder(self, path: Path) -> bool:
        self._count("make_folder")
        return self._disk.make_folder(path)

    def sync_folder(self, path: Path) -> None:
        self._count("sync_folder")
        self._disk.sync_folder(path)

    def replace(self, source: Path, target: Path) -> None:
        self._count("replace")
        self._disk.replace(source, target)

    def remove(self, path: Path) -> None:
        self._count("remove")
        self._disk.remove(path)

    def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
        self._count("list_folder")
        return self._disk.list_folder(path)

    def _count(self, call: str) -> None:
        self.calls.append(call)
        if len(self.calls) == self._at or (self._for_good and len(self.calls) > self._at):
            raise self._error

    def _opened(self, descriptor: int) -> int:
        self._open.add(descriptor)
        return descriptor


class PowerCutError(BaseException):
    """The lights went out."""


@dataclass(eq=False)
class _File:
    content: bytes = b""
    durable: bytes = b""


@dataclass(eq=False)
class _Folder:
    names: dict[str, "_File | _Folder"] = field(default_factory=dict)
    durable: dict[str, "_File | _Folder"] = field(default_factory=dict)


Survival = Callable[[bytes, bytes], bytes]


def nothing_unsynced(durable: bytes, _content: bytes) -> bytes:
    return durable


def everything_unsynced(_durable: bytes, content: bytes) -> bytes:
    return content


def half_unsynced(durable: bytes, content: bytes) -> bytes:
    return content[: (len(durable) + len(content)) // 2]


class ForgetfulDisk:
    """A disk in memory that only promises what was synced. The power fails before the call number ``cut_at``."""

    def __init__(self, cut_at: int | None = None) -> None:
        self._root = _Folder()
        self._open: dict[int, _File] = {}
        self._cut_at = cut_at
        self.calls = 0
        self.syncs = True

    def cut_power_at(self, further_calls: int) -> None:
        self._cut_at = self.calls + further_calls

    def after_power_cut(self, survives: Survival, *, names_survive: bool) -> "ForgetfulDisk":
        disk = ForgetfulDisk()
        disk._root = _revived(self._root, survives, names_survive)
        return disk

    def read(self, path: Path, limit: int) -> bytes:
        content = self._file(path).content
        if len(content) > limit:
            raise OSError(EFBIG, "too large")
        return content

    def open_read(self, path: Path) -> int:
        return self._opened(self._file(path))

    def read_at(self, descriptor: int, place: int, size: int) -> bytes:
        return self._open[descriptor].content[place : place + size]

    def move_folder(self, source: Path, target: Path) -> None:
        self.replace(source, target)

    def remove_folder(self, path: Path) -> None:
        self.remove(path)

    def open_append(self, path: Path) -> int:
        return self._opened(self._file(path))

    def open_lock(self, path: Path) -> int:
        folder = self._folder(path.parent)
        if path.name not in folder.names:
            folder.names[path.name] = _File()
        return self._opened(self._file(path))

    def create(self, path: Path) -> int:
        self._call()
        folder = self._folder(path.parent)
        if path.name in folder.names:
            raise FileExistsError(EEXIST, "exists")
        made = folder.names[path.name] = _File()
        return self._opened(made)

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        self._call()
        taken = bytes(content[: max(1, len(content) // 2)])
        self._open[descriptor].content += taken
        return len(taken)

    def sync(self, descriptor: int) -> None:
        self._call()
        if self.syncs:
            self._open[descriptor].durable = self._open[descriptor].content

    def cut(self, descriptor: int, size: int) -> None:
        self._call()
        self._open[descriptor].content = self._open[descriptor].content[:size]

    def state(self, file: int | Path) -> FileState:
        found = self._open[file] if isinstance(file, int) else self._file(file)
        return FileState((0, id(found)), len(found.content))

    def close(self, descriptor: int) -> None:
        del self._open[descriptor]

    def make_folder(self, path: Path) -> bool:
        self._call()
        folder = self._folder(path.parent)
        if path.name in folder.names:
            return False
        folder.names[path.name] = _Folder()
        return True

    def sync_folder(self, path: Path) -> None:
        self._call()
        folder = self._folder(path)
        folder.durable = dict(folder.names)

    def replace(self, source: Path, target: Path) -> None:
        self._call()
        self._folder(target.parent).names[target.name] = self._folder(source.parent).names.pop(source.name)

    def remove(self, path: Path) -> None:
        self._call()
        self._folder(path.parent).names.pop(path.name, None)

    def list_folder(self, path: Path) -> tuple[FolderItem, ...]:
        try:
            names = self._folder(path).names
        except FileNotFoundError:
            return ()
        return tuple(
            FolderItem(name, len(item.content) if isinstance(item, _File) else None) for name, item in names.items()
        )

    def _call(self) -> None:
        self.calls += 1
        if self._cut_at is not None and self.calls >= self._cut_at:
            raise PowerCutError

    def _opened(self, file: _File) -> int:
        descriptor = 100 + len(self._open)
        self._open[descriptor] = file
        return descriptor

    def _folder(self, path: Path) -> _Folder:
        found: _File | _Folder = self._root
        for name in path.parts[1:]:
            if not isinstance(found, _Folder):
                raise NotADirectoryError(ENOTDIR, "a file", str(path))
            if name not in found.names:
                raise FileNotFoundError(ENOENT, "not there", str(path))
            found = found.names[name]
        assert isinstance(found, _Folder)
        return found

    def _file(self, path: Path) -> _File:
        found = self._folder(path.parent).names.get(path.name)
        if not isinstance(found, _File):
            raise FileNotFoundError(ENOENT, "not there", str(path))
        return found


def _revived(folder: _Folder, survives: Survival, names_survive: bool) -> _Folder:
    names: Mapping[str, _File | _Folder] = folder.names if names_survive else folder.durable
    revived: dict[str, _File | _Folder] = {}
    for name, item in names.items():
        if isinstance(item, _Folder):
            revived[name] = _revived(item, survives, names_survive)
        else:
            content = survives(item.durable, item.content)
            revived[name] = _File(content, content)
    return _Folder(revived, dict(revived))
