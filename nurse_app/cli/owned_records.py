"""The records as the one program that may change them has them open: folder, index, service, checkpoints."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nurse_app.cli.checkpoints import NoKeeper, Workstation, keeper_of
from nurse_app.cli.records import index_of, own_folder, reserving_disk
from nurse_app.interchange.assess import PinnedProtocol
from nurse_app.store.checkpoint_keeper import CheckpointKeeper
from nurse_app.store.data_folder import make_folders_above
from nurse_app.store.record_folder import RecordFolder
from nurse_app.store.record_index import RecordIndex
from nurse_app.store.reserve import ReservingDisk
from nurse_app.visit.ports import Clock, Identifiers, StreamKind
from nurse_app.visit.service import VisitService


@dataclass(frozen=True, slots=True)
class OwnedRecords:
    """``problem`` says why no checkpoints can be made, if so."""

    disk: ReservingDisk
    folder: RecordFolder
    index: RecordIndex
    service: VisitService
    keeper: CheckpointKeeper | NoKeeper
    problem: str

    def close(self) -> str:
        """Keep index and checkpoints, let go of the folder; why there are no checkpoints, if so."""
        self.index.save()
        problem = self.keeper.make_all()
        self.folder.close()
        return problem


def open_records(
    root: Path, clock: Clock, identifiers: Identifiers, pinned: PinnedProtocol, workstation: Workstation | None
) -> OwnedRecords:
    """Open the data folder as its one owner. Raises InUseError, DataFolderError, UnreadableRecordError."""
    disk = reserving_disk(root)
    # On a new account the folders above may be missing too; where they can't be made, own_folder says so.
    with suppress(OSError):
        make_folders_above(disk, root)
    folder = own_folder(root, disk, identifiers, clock)
    disk.keep_reserve()
    index = index_of(root, disk, folder, pinned.protocol)
    service = VisitService(folder, index, clock, identifiers, (pinned.protocol, pinned.digest))
    keeper = keeper_of(root, disk, folder, clock, workstation, partial(_is_closed, service))
    return OwnedRecords(disk, folder, index, service, keeper, keeper.begin())


def _is_closed(service: VisitService, kind: StreamKind, stream_id: str) -> bool:
    """Whether a stream is a visit that is over."""
    visit = service.visits().get(stream_id) if kind is StreamKind.VISIT else None
    return visit is not None and not visit.state.is_open
