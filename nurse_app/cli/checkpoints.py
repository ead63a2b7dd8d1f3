"""The checkpoints of a data folder as the program makes and checks them: this workstation's key, file and memory."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nurse_app.cli.records import system_disk
from nurse_app.store.checkpoint_file import CheckpointError, CheckpointFile, Evidence, MemoryFile
from nurse_app.store.checkpoint_keeper import CheckpointKeeper
from nurse_app.store.checkpoints import CheckpointKey
from nurse_app.store.disk import Disk
from nurse_app.store.messages import no_checkpoint
from nurse_app.store.record_folder import RecordFolder
from nurse_app.system.identifiers import RandomIdentifiers
from nurse_app.system.paths import NoFolderError, surroundings, workstation_folder
from nurse_app.system.workstation_key import KeyUnavailableError, find_key, find_or_make_key
from nurse_app.visit.ports import Clock, StreamKind

_INSIDE = "The key of this workstation would lie in the folder of the records. Choose another folder for the records."
_UNKNOWN = "This user has no home folder, so this workstation has no key of its own."


@dataclass(frozen=True, slots=True)
class Workstation:
    """Where this workstation keeps what it knows by itself, and the chance to make a key from."""

    folder: Path
    random_bytes: Callable[[int], bytes]

    def key_for(self, root: Path) -> CheckpointKey:
        """The key, made at the first use; never inside the data folder. Raises CheckpointError."""
        if self.folder.resolve().is_relative_to(root.resolve()):
            raise CheckpointError(_INSIDE)
        try:
            return CheckpointKey(find_or_make_key(self.folder, self.random_bytes))
        except KeyUnavailableError as error:
            raise CheckpointError(str(error)) from error

    def evidence(self, root: Path) -> Evidence:
        """What this workstation knows of a data folder; nothing is made."""
        secret, problem = None, ""
        try:
            secret = find_key(self.folder)
        except KeyUnavailableError as error:
            problem = str(error)
        try:
            memory = MemoryFile(self.folder, root, system_disk()).load()
        except OSError as error:
            memory, problem = None, f"What this workstation remembers cannot be read ({error.strerror}). {problem}"
        return Evidence(None if secret is None else CheckpointKey(secret), memory, problem)


class NoKeeper:
    """Makes no checkpoints: for folders that go away, and for users who can have no key."""

    is_due = False

    def begin(self) -> str:
        return ""

    def make_due(self) -> str:
        return ""

    def make_all(self) -> str:
        return ""


def this_workstation() -> Workstation | None:
    """The workstation of this user; None for one without a home folder, who can have no key."""
    try:
        return Workstation(workstation_folder(surroundings()), RandomIdentifiers().salt)
    except NoFolderError:
        return None


def keeper_of(
    root: Path,
    disk: Disk,
    folder: RecordFolder,
    clock: Clock,
    workstation: Workstation | None,
    is_closed: Callable[[StreamKind, str], bool],
) -> CheckpointKeeper | NoKeeper:
    """The keeper of an open data folder, told of every change from now on."""
    if workstation is None:
        return NoKeeper()
    file = CheckpointFile(root, disk, MemoryFile(workstation.folder, root, disk))
    keeper = CheckpointKeeper(file, folder, clock, lambda: workstation.key_for(root), is_closed)
    folder.listen(keeper.note)
    return keeper


def accept_older_copy(root: Path, workstation: Workstation | None, clock: Clock) -> str:
    """For whoever brought records back from a backup: they are older on purpose. A sentence when it cannot be noted."""
    if workstation is None:
        return ""
    disk = system_disk()
    file = CheckpointFile(root, disk, MemoryFile(workstation.folder, root, disk))
    try:
        file.accept_older_copy(workstation.key_for(root), clock.read().wall)
    except (OSError, CheckpointError) as error:
        return no_checkpoint(error)
    return ""


def evidence_of(root: Path, workstation: Workstation | None) -> Evidence:
    """What is known of a data folder outside of it."""
    return Evidence(None, None, _UNKNOWN) if workstation is None else workstation.evidence(root)
