"""What the store tells people when something cannot be read or kept. Places and advice; no patient data."""

from errno import EACCES, EDQUOT, EFBIG, EIO, ENOSPC, EPERM, EROFS
from pathlib import Path

from nurse_app.store.journal_lines import Damage

_FULL = (ENOSPC, EDQUOT, EFBIG)
_FORBIDDEN = (EACCES, EPERM)
_ON_PAPER = "Write this entry on paper"
_TELL = "tell the person who looks after this computer"

REOPEN_FIRST = "Nothing more can be saved in this record until it is opened again. Write on paper until then."
OUT_OF_STEP = f"Not saved: the record has moved on since it was read. {_ON_PAPER}, then open the record again."
CHANGED_OUTSIDE = (
    f"Not saved: the record’s file was changed by something other than this program. {_ON_PAPER} and {_TELL}. "
    "Nothing was overwritten."
)
CANNOT_BE_KEPT = (
    f"Not saved: this entry has a form that could not be read back. {_ON_PAPER}, then open the record again."
)
CLOSED = "Not saved: the record is closed. Open it again."
READ_ONLY = "Not saved: the records are open for reading only."
CHECKPOINTS_DAMAGED = "The file checkpoints.jsonl is damaged. Bring it back from a backup, or move it away and keep it."
SETTINGS_NOT_SAVED = (
    f"The settings of this computer could not be saved. They hold until the program ends; {_TELL}. "
    "No entry of a record is concerned."
)
ALREADY_THERE = "Not saved: a record with this name is there already."


def not_saved(error: BaseException) -> str:
    """Why an entry could not be made durable, and what to do."""
    if isinstance(error, FileExistsError):
        return CHANGED_OUTSIDE
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return f"Not saved: the disk is full. {_ON_PAPER}, free some space, then open the record again."
    if number == EROFS or number in _FORBIDDEN:
        return f"Not saved: the disk does not take new data. {_ON_PAPER} and {_TELL}."
    if isinstance(error, MemoryError):
        return (
            f"Not saved: the computer is out of memory. {_ON_PAPER}, close other programs, then open the record again."
        )
    return f"Not saved: the disk reported a fault. {_ON_PAPER} and {_TELL}."


def cannot_go_on(error: BaseException) -> str:
    """Why a record that was opened can be read but takes no entries for now."""
    return f"{not_saved(error)} The record can be read meanwhile."


def no_checkpoint(error: BaseException) -> str:
    """Why no checkpoint could be made, and what that means."""
    if isinstance(error, OSError):
        reason = f"The disk does not take them ({error.strerror}). Nothing is lost, but {_TELL}."
    else:
        reason = str(error) or "The computer is out of memory. Close other programs."
    return f"Entries are saved, but no checkpoints can be made that would show a later change. {reason}"


def damaged(stream: str, damage: Damage) -> str:
    """Which entry is the first bad one and what is left."""
    before = {1: "No entry before it is left.", 2: "Entry 1 is sound and can be shown."}.get(
        damage.number, f"Entries 1 to {damage.number - 1} are sound and can be shown."
    )
    after = f" Entries after it that can still be read: {damage.readable_after}." if damage.readable_after else ""
    return (
        f"The record {stream} is damaged at entry {damage.number} (byte {damage.byte} of its file). {before}{after} "
        f"Nothing was changed. {bring_back(stream)}"
    )


def bring_back(stream: str) -> str:
    """The command that puts a damaged or missing record in its place again."""
    return (
        "Close this program, then bring the record back from a backup: "
        f"“nurse-app restore FILE --record {stream.rsplit(maxsplit=1)[-1]}”."
    )


def shorter(stream: str, there: int, known: int) -> str:
    """A record that this program has seen with more entries; ``there`` 0: it is gone or empty."""
    what = f"has only {there} of its {known} entries" if there else f"with its {known} entries is gone or empty"
    return (
        f"The record {stream} {what}. Something other than this program has changed its file; look for the entries "
        f"on paper and in prints. {bring_back(stream)}"
    )


def torn(stream: str, byte_count: int) -> str:
    """An end that was being written when the program stopped."""
    return (
        f"The last {byte_count} bytes of the record {stream} were being written when the program stopped. "
        "They were never shown as saved. Opening the record keeps them aside."
    )


def newer(stream: str, number: object) -> str:
    """A record that this version does not understand yet."""
    return (
        f"The record {stream} was made by a newer version of this program (entry {number}). "
        "Nothing was changed. Open it with the newer version."
    )


def misfit(stream: str, number: object, place: str) -> str:
    """A sound line whose content this version cannot take."""
    return (
        f"Entry {number} of the record {stream} does not have the form it should have (at {place}). "
        "Nothing was changed. Tell the people who make this program."
    )


def no_summary(stream: str) -> str:
    """A sound record that the lists cannot show, because of a defect of this program."""
    return (
        f"The record {stream} is whole, but this version cannot show it in the lists. Nothing was changed. "
        "Tell the people who make this program."
    )


def unreadable(stream: str, error: OSError) -> str:
    """A record's file that the machine does not hand out."""
    if error.errno == EFBIG:
        return f"The file of the record {stream} is larger than any record can be. Nothing was changed."
    if error.errno in _FORBIDDEN:
        return f"You may not read the file of the record {stream}. Ask for access to the data folder."
    return f"The file of the record {stream} cannot be read from the disk. Have the disk checked, then try again."


def folder_problem(folder: Path, error: OSError) -> str:
    """Why a data folder cannot be used, and what to do."""
    other = "or choose another data folder"
    if isinstance(error, FileNotFoundError):
        return f"The folder {folder} does not exist. Make it, {other}."
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{folder} is a file, not a folder. Move it away, {other}."
    if error.errno == EROFS:
        return f"The folder {folder} is on a disk that cannot be written to. Make the disk writable, {other}."
    if error.errno in _FORBIDDEN:
        return f"You may not write in the folder {folder}. Ask for write access to it, {other}."
    if error.errno in _FULL:
        return f"The disk that holds the folder {folder} is full. Free some space, {other}."
    if error.errno == EIO:
        return f"The disk that holds the folder {folder} reports a fault. Have it checked, {other}."
    return f"The folder {folder} cannot be used ({error.strerror}). Choose another data folder."


def no_locks(folder: Path) -> str:
    """A disk that cannot promise one owner."""
    return f"The folder {folder} cannot be kept for one program alone. Choose a data folder on a disk of this computer."


def in_use(folder: Path, holder: str) -> str:
    """Who has the data folder open."""
    return f"The records in {folder} are already open in {holder}. Go on there, or close it first."
