"""nurse-app backup and restore: a verified copy of a data folder in one file, and back from there."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nurse_app import __version__
from nurse_app.cli.arguments import BackupArguments, RestoreArguments
from nurse_app.cli.outcome import NOT_SO, OK, guarded
from nurse_app.cli.output_file import require_place
from nurse_app.cli.records import own_folder, system_disk, system_locking
from nurse_app.cli.streams import Streams
from nurse_app.store import backup_messages as words
from nurse_app.store.backup_folder import UNFINISHED_ENDING, make_daily_backup
from nurse_app.store.backup_making import Making, make_backup
from nurse_app.store.backup_manifest import Condition, FileEntry
from nurse_app.store.restoring import restore_folder
from nurse_app.store.restoring_record import restore_record
from nurse_app.visit.ports import Clock, Identifiers


@dataclass(frozen=True, slots=True)
class Backups:
    """What the two commands work with, given once by the composition root. ``stand_back`` lets others go first.

    ``older_on_purpose`` notes that the records of the folder come from a backup; a sentence when it cannot.
    """

    root: Path
    clock: Clock
    identifiers: Identifiers
    stand_back: Callable[[], None]
    older_on_purpose: Callable[[], str]


def run_backup(arguments: BackupArguments, streams: Streams, given: Backups) -> int:
    """0: copied, all is sound; 1: copied, but a record is not, or the copy did not read back; 2: no copy.

    The automatic one says 2 for a copy that did not read back: after 0 and 1 there is one.
    """
    if arguments.file is None:
        return guarded(streams, lambda: _daily(streams, given))
    file = arguments.file
    return guarded(streams, lambda: _backup(file, streams, given))


def run_restore(arguments: RestoreArguments, streams: Streams, given: Backups) -> int:
    """0: restored, all is sound; 1: restored, but a record was damaged already in the backup; 2: nothing restored."""
    if arguments.record is None:
        return guarded(streams, lambda: _restore(arguments.file, streams, given))
    record = arguments.record
    return guarded(streams, lambda: _restore_record(arguments.file, record, streams, given))


def _backup(file: Path, streams: Streams, given: Backups) -> int:
    place = require_place(file, given.root)
    try:
        contents = make_backup(system_disk(), given.root, place, _making(given, place.name))
    except words.NotVerifiedError as error:
        streams.tell(str(error))
        return NOT_SO
    for entry in contents.troubled:
        streams.tell(_trouble(entry, words.damaged_in_backup, words.left_out_of_backup))
    streams.tell(words.copied(place, contents.files, contents.entries))
    return NOT_SO if contents.troubled else OK


def _daily(streams: Streams, given: Backups) -> int:
    """Today’s backup, for the window program, which reads one sentence at most."""
    given.stand_back()
    made = make_daily_backup(system_disk(), given.root, _making(given, "today"), system_locking())
    if made is None or made.is_sound:
        return OK
    troubles = [
        *(_trouble(entry, words.damaged_in_backup, words.left_out_of_backup) for entry in made.contents.troubled),
        *(words.lost_since_last_backup(path) for path in made.lost),
    ]
    streams.tell(troubles[0])
    return NOT_SO


def _restore(file: Path, streams: Streams, given: Backups) -> int:
    root = given.root.resolve()
    # On a new computer the folders above may be missing too; where they cannot be made, the restore says so.
    with suppress(OSError):
        root.parent.mkdir(parents=True, exist_ok=True)
    unfinished = f"{root.name}.{given.identifiers.new_id()}.restoring"
    restored = restore_folder(system_disk(), file, root, unfinished)
    for entry in restored.contents.troubled:
        streams.tell(_trouble(entry, words.damaged_when_restored, words.missing_when_restored))
    made_at = f"{restored.made_at:%Y-%m-%d %H:%M}"
    streams.tell(words.restored(root, restored.contents.files, restored.contents.entries, made_at))
    problem = given.older_on_purpose()
    if problem:
        streams.tell(problem)
    return NOT_SO if restored.contents.troubled else OK


def _restore_record(file: Path, record: str, streams: Streams, given: Backups) -> int:
    disk = system_disk()
    folder = own_folder(given.root, disk, given.identifiers, given.clock)
    try:
        streams.tell(restore_record(disk, file, given.root, record))
    finally:
        folder.close()
    return OK


def _making(given: Backups, name: str) -> Making:
    return Making(given.clock.read().wall, __version__, f".{name}.{given.identifiers.new_id()}{UNFINISHED_ENDING}")


def _trouble(entry: FileEntry, damaged: Callable[[str], str], left_out: Callable[[str], str]) -> str:
    return left_out(entry.path) if entry.condition is Condition.LEFT_OUT else damaged(entry.path)
