"""The newest time in a data folder, for whoever only wants to compare a clock with it; nothing is opened or changed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from nurse_app.plain_data import MisfitError, build
from nurse_app.store.disk import Disk
from nurse_app.store.heartbeat_file import HeartbeatFile
from nurse_app.store.journal_lines import document_of
from nurse_app.store.journal_opening import read_journal
from nurse_app.store.layout import list_streams, place_of
from nurse_app.visit.ports import StreamKind, UnreadableRecordError

# The last entries are in the files that were written to last; a few more cost little.
_LAST_WRITTEN = 3


def newest_wall(disk: Disk, root: Path) -> datetime | None:
    """The latest time that a wall clock has shown in the records written last, or at the last look at the clocks.

    None when there is nothing that can be read.
    """
    try:
        beat = HeartbeatFile(root, disk).last
        walls = [wall for kind in StreamKind for wall in _walls(disk, root, kind)]
    except OSError:
        return None
    return max([*walls, *([beat.wall] if beat else [])], default=None)


def _walls(disk: Disk, root: Path, kind: StreamKind) -> Iterator[datetime]:
    files = sorted(list_streams(disk, root, kind), key=lambda file: file.changed_ns)
    for file in files[-_LAST_WRITTEN:]:
        try:
            bodies = read_journal(disk, place_of(root, kind, file.stream_id)).bodies
        except (OSError, UnreadableRecordError):
            continue
        for body in bodies:
            with suppress(MisfitError):
                yield build(datetime, document_of(body).get("wall"))
