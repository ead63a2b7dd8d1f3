"""What is said about updates. Places and advice; no patient data."""

from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path

from nurse_app.i18n import _, ngettext
from nurse_app.updating.deciding import ROOM_BESIDE_BYTES, Refusal, Situation
from nurse_app.updating.manifest import UpdateManifest
from nurse_app.updating.signature import ReleaseKey

_MEGABYTE = 10**6


class UpdateError(Exception):
    """Nothing was changed, and the version in use is as it was. Text is for people."""


class UnreadableUpdateError(UpdateError):
    """A file that is no update, or that the machine does not hand out. Text is for people."""


def megabytes(count: int) -> str:
    """A number of bytes as people read it, rounded up."""
    return _("{n} MB").format(n=f"{-(-count // _MEGABYTE):,}")


def fingerprints(keys: tuple[ReleaseKey, ...]) -> str:
    """The keys that a program accepts."""
    return _(" or ").join(key.fingerprint for key in keys)


def cannot_read(file: Path, error: OSError) -> UnreadableUpdateError:
    """A file that the machine does not hand out."""
    if isinstance(error, FileNotFoundError):
        problem = _("there is no such file. Check the name and try again")
    elif isinstance(error, IsADirectoryError):
        problem = _("this is a folder, not a file. Name a file in it")
    elif error.errno in (EACCES, EPERM):
        problem = _("this file may not be read. Ask for access to it and try again")
    else:
        problem = _("this file cannot be read ({reason}). Check the stick and try again").format(reason=error.strerror)
    return UnreadableUpdateError(f"{file}: {problem}.")


def not_an_update(file: Path, problem: str) -> UnreadableUpdateError:
    """Some other file, or one that was cut. ``problem`` is one clear sentence part."""
    return UnreadableUpdateError(
        _("{file} cannot be used: {problem}. Copy it again from where it came.").format(file=file, problem=problem)
    )


def bad_update(file: Path, problem: str) -> UpdateError:
    """An update that is not what it should be. ``problem`` is one clear sentence part."""
    return UpdateError(
        _(
            "{file} is refused: {problem}. Nothing was changed. Copy it again from where it came; if it is refused "
            "again, tell whoever gave it to you."
        ).format(file=file, problem=problem)
    )


def not_signed(file: Path, keys: tuple[ReleaseKey, ...]) -> UpdateError:
    """An update that nobody vouches for whom this program knows."""
    return UpdateError(
        _(
            "{file} is refused: it was not signed with the key that this program accepts ({keys}), or it was changed "
            "after it was signed. Nothing was changed. Do not use it, and tell whoever gave it to you."
        ).format(file=file, keys=fingerprints(keys))
    )


def no_key() -> UpdateError:
    """A program that nobody can vouch to."""
    return UpdateError(
        _(
            "This program was built without a release key, so it can trust no update. Nothing was changed. Take the "
            "new version as a whole folder, and tell the people who build this program."
        )
    )


def busy(folder: Path) -> UpdateError:
    """Two updates at once."""
    return UpdateError(
        _("Another program is changing {folder} just now. Wait until it is done, then try again.").format(folder=folder)
    )


def cannot_write(folder: Path, error: OSError) -> UpdateError:
    """A folder that took no new version."""
    if error.errno in (ENOSPC, EDQUOT, EFBIG):
        problem = _("the disk is full. Free some space and try again")
    elif error.errno in (EACCES, EPERM, EROFS):
        problem = _("it may not be written. Ask for write access to it, or close programs that use it, and try again")
    else:
        problem = _("the disk refused ({reason}). Have it checked, then try again").format(reason=error.strerror)
    return UpdateError(
        _("{folder} could not be changed: {problem}. The version in use is as it was.").format(
            folder=folder, problem=problem
        )
    )


def cannot_look(folder: Path, error: OSError) -> UpdateError:
    """A program’s folder that does not even show what is in it."""
    return UpdateError(
        _("{folder} cannot be read ({reason}). Ask the person who looks after this computer.").format(
            folder=folder, reason=error.strerror
        )
    )


def refused(refusal: Refusal, there: Situation, manifest: UpdateManifest | None = None) -> str:
    """Why nothing is done, and what to do; ``manifest`` is that of the update, when it is about one."""
    version = manifest.version if manifest else ""
    room = megabytes(manifest.bytes + ROOM_BESIDE_BYTES) if manifest else ""
    return _SENTENCES[refusal]().format(
        version=version,
        room=room,
        free=megabytes(there.free_bytes),
        platform=manifest.platform if manifest else "",
        this=there.platform or _("another kind of computer"),
        folder=there.folder,
        in_use=there.installed.in_use,
        running=there.running,
        records=there.records.root,
        holder=there.records.holder,
        visits=ngettext("1 visit is", "{n} visits are", there.records.open_visits).format(n=there.records.open_visits),
    )


def refused_error(refusal: Refusal, there: Situation, manifest: UpdateManifest | None = None) -> UpdateError:
    """The same, to be raised."""
    return UpdateError(refused(refusal, there, manifest))


_SENTENCES = {
    Refusal.NOT_A_CLINIC_FOLDER: lambda: _(
        "This program does not run from a folder that takes updates: it was installed by a package, or runs from its "
        "source. Install the newer package instead."
    ),
    Refusal.FOLDER_NOT_WRITABLE: lambda: _(
        "You may not write in {folder}. Ask the person who looks after this computer to install the update."
    ),
    Refusal.NO_VERSION_IN_USE: lambda: _(
        "{folder} does not hold one whole version. Copy the whole folder again from where it came."
    ),
    Refusal.OTHER_PLATFORM: lambda: _(
        "This update is for {platform}, and this computer is {this}. Take the other file."
    ),
    Refusal.SAME_VERSION: lambda: _("Version {version} is in use already. There is nothing to install."),
    Refusal.OLDER_VERSION: lambda: _(
        "Version {version} is older than the one in use, {in_use}. To go back to the version before, use Go back "
        "(“nurse-app update --back”)."
    ),
    Refusal.RUNNING_VERSION: lambda: _(
        "Version {running} is running just now, though {in_use} is in use. Close it, start the program anew, then "
        "install the update."
    ),
    Refusal.VISIT_OPEN: lambda: _("{visits} in progress in {records}. Finish what is in progress, then try again."),
    Refusal.RECORDS_IN_USE: lambda: _("{holder} Then try again."),
    Refusal.NO_ROOM: lambda: _(
        "There is too little room on the disk of {folder}: {free} are free, {room} are needed. Free some space, then "
        "try again."
    ),
    Refusal.NO_VERSION_BEFORE: lambda: _(
        "There is no version before {in_use} in {folder}, so there is nothing to go back to."
    ),
}


def would_install(manifest: UpdateManifest, there: Situation) -> str:
    """What installing it would do."""
    return _(
        "It would be installed in {folder} beside version {in_use}, which is kept. The next start would be version "
        "{version}."
    ).format(folder=there.folder, in_use=there.installed.in_use, version=manifest.version)


def installed(manifest: UpdateManifest, there: Situation) -> str:
    """An update that is there."""
    return _(
        "Version {version} is installed in {folder} and comes on at the next start. Version {in_use} is kept: "
        "Go back (“nurse-app update --back”) returns to it."
    ).format(version=manifest.version, folder=there.folder, in_use=there.installed.in_use)


def gone_back(there: Situation) -> str:
    """The version before is the one in use again."""
    return _("Version {before} comes on at the next start, instead of {in_use}. No record was touched.").format(
        before=there.installed.before, in_use=there.installed.in_use
    )


def newer_records(before: object, in_use: object) -> str:
    """What going back means for records that the newer version has written to."""
    return _(
        "Version {in_use} writes records in a form that version {before} does not know. What was entered with {in_use} "
        "stays safe, but {before} will not open those records, and may not show them in lists. Verify and backup still "
        "work. Go back only if you must, and return to {in_use} or a later version soon."
    ).format(before=before, in_use=in_use)


def form_not_known(before: object) -> str:
    """A version that does not say what it can read."""
    return _(
        "Version {before} does not say which form of records it knows. If it does not open a record, return to the "
        "newer version. Nothing in the records is changed by going back."
    ).format(before=before)
