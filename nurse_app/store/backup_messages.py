"""What is said about backups. Places and advice; no patient data."""

from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path

_NOTHING_RESTORED = "Nothing was restored, and nothing was changed."


class BackupError(Exception):
    """A backup cannot be made or brought back. Text is for people."""


class NotVerifiedError(BackupError):
    """A backup was written, did not read back as it should, and was removed again."""


def refused(file: Path, problem: str) -> BackupError:
    """A file that is no backup, or a damaged one. ``problem`` is one clear sentence part."""
    return BackupError(f"{file} cannot be used as a backup: {problem}. Take another backup.")


def cannot_read(file: Path, error: OSError) -> BackupError:
    """A backup that the machine does not hand out."""
    if isinstance(error, FileNotFoundError):
        problem = "there is no such file. Check the name and try again"
    elif isinstance(error, IsADirectoryError):
        problem = "this is a folder, not a file. Name a file in it"
    elif error.errno in (EACCES, EPERM):
        problem = "this file may not be read. Ask for access to it and try again"
    else:
        problem = f"this file cannot be read ({error.strerror}). Check it and try again"
    return BackupError(f"{file}: {problem}.")


def cannot_write(file: Path, error: OSError) -> BackupError:
    """A place that takes no backup, or no folder of records."""
    if error.errno in (ENOSPC, EDQUOT, EFBIG):
        return BackupError(f"{file} cannot be written: the disk is full. Free some space, or choose another place.")
    if error.errno in (EACCES, EPERM, EROFS):
        return BackupError(f"{file} may not be written. Ask for write access to its folder, or choose another place.")
    return BackupError(f"{file} cannot be written ({error.strerror}). Choose another place and try again.")


def not_ours(file: Path) -> BackupError:
    """A file in the way that must not be lost."""
    return BackupError(
        f"{file} is there already and is no backup of this program. Nothing was overwritten. Choose another name."
    )


def no_records(root: Path) -> BackupError:
    """A folder that there is nothing to copy from."""
    return BackupError(f"There are no records in {root}. Name the folder of the records with --data-dir.")


def not_verified(file: Path) -> NotVerifiedError:
    """A copy that did not read back as it was written."""
    return NotVerifiedError(
        f"The backup {file} did not read back as it was written and was removed. Have the disk checked, or choose "
        "another place, and try again."
    )


def shrank(path: str) -> BackupError:
    """A record that lost bytes under the reader’s eyes."""
    return BackupError(f"The file {path} was changed while it was being copied. No backup was made. Try again.")


def too_large(root: Path) -> BackupError:
    """More than one backup file can hold."""
    return BackupError(
        f"The records in {root} are more than one backup file can hold. No backup was made. Tell the people who make "
        "this program."
    )


def copied(file: Path, files: int, entries: int) -> str:
    """A backup that is there and was read back."""
    return f"Copied {files} files with {entries} entries to {file}, and read the copy back: it is whole."


def damaged_in_backup(path: str) -> str:
    """A record that was copied as it is."""
    return f"{path} is damaged and was copied as it is. Run “nurse-app verify”, and keep the older backups."


def left_out_of_backup(path: str) -> str:
    """A record that the backup lacks."""
    return f"{path} could not be read and is not in the backup. Have the disk checked, and keep the older backups."


def too_little_room(folder: Path) -> BackupError:
    """A disk on which a backup would take the room that entries need."""
    return BackupError(
        f"There is too little room for today’s backup in {folder}, because entries need some, too. Free some space on "
        "that disk."
    )


def lost_since_last_backup(path: str) -> str:
    """A record that an older backup has more of."""
    return (
        f"{path} is missing or shorter than in the backup before. Keep the older backups, and run “nurse-app verify”."
    )


def not_empty(root: Path) -> BackupError:
    """A place with something in it, which a restore never touches."""
    return BackupError(
        f"{root} is not empty. {_NOTHING_RESTORED} Move that folder away, or name a new one with --data-dir."
    )


def restored(root: Path, files: int, entries: int, made_at: str) -> str:
    """Records that are back."""
    return f"Restored {files} files with {entries} entries to {root}, as they were on {made_at}."


def damaged_when_restored(path: str) -> str:
    """A record that was damaged before it was copied."""
    return f"{path} was damaged already when the backup was made. Look for it in an older backup."


def missing_when_restored(path: str) -> str:
    """A record that the backup lacks."""
    return f"{path} could not be read when the backup was made and is missing. Look for it in an older backup."


def record_not_there(file: Path, stream_id: str) -> BackupError:
    """A backup without the record that was asked for."""
    return BackupError(f"{file} does not hold a record {stream_id}. {_NOTHING_RESTORED} Check the id.")


def record_not_sound_there(file: Path, path: str) -> BackupError:
    """A backup that holds the record no better."""
    return BackupError(f"{path} is not sound in {file} either. {_NOTHING_RESTORED} Take an older backup.")


def record_is_sound(path: str) -> BackupError:
    """A record that is better where it is."""
    return BackupError(f"{path} is sound as it is. {_NOTHING_RESTORED}")


def record_has_more(path: str, here: int, there: int) -> BackupError:
    """A damaged record with more left of it than the backup has."""
    return BackupError(
        f"The damaged record {path} still has {here} sound entries, the backup only {there}. {_NOTHING_RESTORED} Take "
        "a newer backup."
    )


def record_is_another(path: str) -> BackupError:
    """A record in the backup that does not go on from what is left here."""
    return BackupError(
        f"{path} in the backup is not the record that lies here: its first entries differ. {_NOTHING_RESTORED} Take "
        "another backup."
    )


def record_restored(path: str, entries: int, aside: str) -> str:
    """A record that is back, and where the damaged one is."""
    kept = f" The damaged file was kept as {aside}." if aside else ""
    return f"Restored {path} with {entries} entries.{kept} Check on paper what was entered after the backup."
