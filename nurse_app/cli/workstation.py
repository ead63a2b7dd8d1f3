"""A data folder with the visit service on it, started and killed as often as a visit script wants."""

from pathlib import Path

from nurse_app.cli.checkpoints import NoKeeper, Workstation, keeper_of
from nurse_app.cli.records import index_of, own_folder, wait
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.store.checkpoint_keeper import CheckpointKeeper
from nurse_app.store.disk import SystemDisk
from nurse_app.store.record_folder import RecordFolder
from nurse_app.visit.ports import Clock, Identifiers
from nurse_app.visit.service import VisitService


class MortalDisk(SystemDisk):
    """The disk as one run of a program sees it: when the program dies, the machine closes what it had open."""

    def __init__(self, *, windows: bool) -> None:
        super().__init__(windows=windows, pause=wait)
        self._open: set[int] = set()

    def open_append(self, path: Path) -> int:
        return self._opened(super().open_append(path))

    def open_lock(self, path: Path) -> int:
        return self._opened(super().open_lock(path))

    def create(self, path: Path) -> int:
        return self._opened(super().create(path))

    def close(self, descriptor: int) -> None:
        self._open.discard(descriptor)
        super().close(descriptor)

    def die(self) -> None:
        """Close everything that is open."""
        while self._open:
            super().close(self._open.pop())

    def _opened(self, descriptor: int) -> int:
        self._open.add(descriptor)
        return descriptor


class StoreWorkstation:
    """The Workstation of a player on the real store; with ``vouching`` it makes checkpoints when it is closed."""

    def __init__(
        self,
        root: Path,
        pinned: PinnedProtocol,
        identifiers: Identifiers,
        *,
        windows: bool,
        vouching: Workstation | None = None,
    ) -> None:
        self._root = root
        self._pinned = pinned
        self._identifiers = identifiers
        self._windows = windows
        self._disk = MortalDisk(windows=windows)
        self._vouching = vouching
        self._folder: RecordFolder | None = None
        self._keeper: CheckpointKeeper | NoKeeper = NoKeeper()
        self._problem = ""

    def start(self, clock: Clock) -> VisitService:
        """Take the folder and begin with what is there. Raises InUseError, DataFolderError."""
        self._disk = MortalDisk(windows=self._windows)
        self._folder = own_folder(self._root, self._disk, self._identifiers, clock)
        index = index_of(self._root, self._disk, self._folder, self._pinned.protocol)
        self._keeper = keeper_of(
            self._root, self._disk, self._folder, clock, self._vouching, lambda _kind, _stream_id: False
        )
        self._problem = self._keeper.begin()
        protocol = (self._pinned.protocol, self._pinned.digest)
        return VisitService(self._folder, index, clock, self._identifiers, protocol)

    def die(self) -> None:
        """End the program as a kill does."""
        self._disk.die()
        self._folder, self._keeper = None, NoKeeper()

    def close(self) -> str:
        """End the program in good order; a sentence when no checkpoints could be made."""
        problem = self._keeper.make_all() or self._problem
        if self._folder is not None:
            self._folder.close()
        self._folder, self._keeper = None, NoKeeper()
        return problem
