"""What commands and the window can do with an update: look at it, install it, go back, tidy up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nurse_app.store.data_folder import Locking
from nurse_app.updating import messages as words
from nurse_app.updating.clinic_folder import ClinicFolder, Installed, installed_in, record_form_of
from nurse_app.updating.deciding import (
    RecordsStanding,
    Refusal,
    Situation,
    refuse_back,
    refuse_folder,
    refuse_records,
    refuse_update,
)
from nurse_app.updating.installing import BusyError, alone, install, switch_to, tidy
from nurse_app.updating.manifest import UpdateManifest
from nurse_app.updating.program_disk import ProgramDisk
from nurse_app.updating.signature import NoKeyError, ReleaseKey, release_keys
from nurse_app.updating.update_archive import CannotReadError, NotSignedError, Progress, UpdateArchive
from nurse_app.updating.update_form import BadUpdateError, NotAnUpdateError
from nurse_app.updating.versions import Version

# What goes on in the records just now.
AskRecords = Callable[[], RecordsStanding]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What is needed for it, given once by the composition root. ``folder`` None: not from a clinic’s folder.

    ``may_write`` says whether this user may write in a folder.
    """

    disk: ProgramDisk
    locking: Locking
    may_write: Callable[[Path], bool]
    resources: Path
    folder: ClinicFolder | None
    running: Version | None
    platform: str


@dataclass(frozen=True, slots=True)
class Looked:
    """An update that is whole and signed; ``refusal`` is the sentence why it is not installed now, or empty."""

    manifest: UpdateManifest
    key: ReleaseKey
    there: Situation
    refusal: str


@dataclass(frozen=True, slots=True)
class WayBack:
    """Going back: ``warning`` says what it means for records, ``refusal`` why it is not possible now; else empty."""

    there: Situation
    warning: str
    refusal: str


def situation(shop: Workshop, records: RecordsStanding) -> Situation:
    """How things are. Raises UpdateError."""
    folder = shop.folder
    if folder is None:
        return Situation(None, Installed((), None), shop.running, shop.platform, records)
    try:
        writable = shop.may_write(folder.root) and shop.may_write(folder.versions)
        installed, free = installed_in(shop.disk, folder), shop.disk.free_bytes(folder.root)
    except OSError as error:
        raise words.cannot_look(folder.root, error) from error
    return Situation(folder.root, installed, shop.running, shop.platform, records, writable=writable, free_bytes=free)


def look(shop: Workshop, file: Path, records: RecordsStanding, progress: Progress) -> Looked:
    """What an update is, all of it read. Raises UpdateError."""
    with _opened(shop, file) as archive:
        archive.check(progress)
        there = situation(shop, records)
        refusal = refuse_update(archive.manifest, there)
        sentence = words.refused(refusal, there, archive.manifest) if refusal else ""
        return Looked(archive.manifest, archive.key, there, sentence)


def install_update(shop: Workshop, file: Path, ask: AskRecords, progress: Progress) -> str:
    """Install an update; the sentence about it. Raises UpdateError: then the version in use is as it was."""
    with _opened(shop, file) as archive:
        manifest = archive.manifest
        with _changing(shop, ask) as folder:
            there = situation(shop, ask())
            refusal = refuse_update(manifest, there)
            if refusal is not None:
                raise words.refused_error(refusal, there, manifest)
            try:
                install(shop.disk, archive, folder, lambda: _insist_on_rest(shop, ask), progress)
            except OSError as error:
                raise words.cannot_write(folder.root, error) from error
        return words.installed(manifest, there)


def way_back(shop: Workshop, records: RecordsStanding) -> WayBack:
    """Whether one can go back, to what, and what that means. Raises UpdateError."""
    there = situation(shop, records)
    refusal = refuse_back(there)
    return WayBack(there, _warning(shop, there.installed), words.refused(refusal, there) if refusal else "")


def go_back(shop: Workshop, ask: AskRecords) -> WayBack:
    """Let the next start be the version before. Raises UpdateError: then nothing was changed."""
    with _changing(shop, ask) as folder:
        back = way_back(shop, ask())
        before = back.there.installed.before
        if back.refusal or before is None:
            raise words.UpdateError(back.refusal)
        try:
            switch_to(shop.disk, folder, before)
        except OSError as error:
            raise words.cannot_write(folder.root, error) from error
        return back


def tidy_up(shop: Workshop) -> None:
    """Remove what is no longer kept, after this program has run well. What cannot be removed goes another time."""
    if shop.folder is None or not shop.may_write(shop.folder.versions):
        return
    with suppress(BusyError, OSError), alone(shop.disk, shop.folder, shop.locking):
        if installed_in(shop.disk, shop.folder).in_use == shop.running:
            tidy(shop.disk, shop.folder)


@contextmanager
def _opened(shop: Workshop, file: Path) -> Iterator[UpdateArchive]:
    """An update whose form and signature are right; what goes wrong while it is read becomes a sentence."""
    try:
        keys = release_keys(shop.resources)
    except NoKeyError as error:
        raise words.no_key() from error
    try:
        with UpdateArchive(shop.disk, file, keys) as archive:
            yield archive
    except CannotReadError as error:
        raise words.cannot_read(file, error.error) from error
    except NotAnUpdateError as error:
        raise words.not_an_update(file, str(error)) from error
    except BadUpdateError as error:
        raise words.bad_update(file, str(error)) from error
    except NotSignedError as error:
        raise words.not_signed(file, keys) from error


@contextmanager
def _changing(shop: Workshop, ask: AskRecords) -> Iterator[ClinicFolder]:
    """The clinic’s folder, which nobody else changes meanwhile. Raises UpdateError."""
    folder = shop.folder
    there = situation(shop, ask())
    refusal = refuse_folder(there)
    if refusal is not None or folder is None:
        raise words.refused_error(refusal or Refusal.NOT_A_CLINIC_FOLDER, there)
    try:
        with alone(shop.disk, folder, shop.locking):
            yield folder
    except BusyError as error:
        raise words.busy(folder.root) from error
    except OSError as error:
        raise words.cannot_write(folder.root, error) from error


def _insist_on_rest(shop: Workshop, ask: AskRecords) -> None:
    """Just before the new version comes on: nobody may have begun a visit meanwhile. Raises UpdateError."""
    there = situation(shop, ask())
    refusal = refuse_records(there.records)
    if refusal is not None:
        raise words.refused_error(refusal, there)


def _warning(shop: Workshop, installed: Installed) -> str:
    before, in_use = installed.before, installed.in_use
    if shop.folder is None or before is None or in_use is None:
        return ""
    known, written = (record_form_of(shop.disk, shop.folder, version) for version in (before, in_use))
    if known is None:
        return words.form_not_known(before)
    return words.newer_records(before, in_use) if written is None or written > known else ""
