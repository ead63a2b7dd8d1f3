"""Updates for the window: the same as the command, for the records that this window has open itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nurse_app import __version__
from nurse_app.i18n import _
from nurse_app.presentation.update_page import FoundUpdate, ProgramVersions, UpdateRefusedError
from nurse_app.system.build_identity import build_identity
from nurse_app.updating import messages as words
from nurse_app.updating.deciding import RecordsStanding, refuse_folder
from nurse_app.updating.signature import NoKeyError, release_keys
from nurse_app.updating.update_archive import Progress
from nurse_app.updating.updates import Workshop, go_back, install_update, look, way_back
from nurse_app.visit.service import VisitService


@dataclass(frozen=True, slots=True)
class WindowUpdates:
    """What ``ui.parts.Updates`` asks for. ``when_closed`` has the version in use started."""

    shop: Workshop
    root: Path
    service: VisitService
    training: bool
    when_closed: Callable[[], None]

    def versions(self) -> ProgramVersions:
        """How things are. Raises UpdateRefusedError."""
        try:
            back = way_back(self.shop, self._records())
        except words.UpdateError as error:
            raise UpdateRefusedError(str(error)) from error
        there = back.there.installed
        refusal = refuse_folder(back.there)
        return ProgramVersions(
            running=__version__,
            build=build_identity(self.shop.resources),
            in_use=str(there.in_use or ""),
            before=str(there.before or ""),
            folder=str(back.there.folder or ""),
            key=self._keys(),
            problem=words.refused(refusal, back.there) if refusal else "",
            why_not_back=back.refusal,
            warning=back.warning,
        )

    def look(self, file: Path, progress: Progress) -> FoundUpdate:
        """What a file is. Raises UpdateRefusedError, and what ``progress`` raises."""
        try:
            looked = look(self.shop, file, self._records(), progress)
        except words.UpdateError as error:
            raise UpdateRefusedError(str(error)) from error
        manifest = looked.manifest
        return FoundUpdate(
            version=manifest.version,
            build=manifest.build,
            platform=manifest.platform,
            key=looked.key.fingerprint,
            files=len(manifest.files),
            size=words.megabytes(manifest.bytes),
            would=words.would_install(manifest, looked.there),
            refusal=looked.refusal,
        )

    def install(self, file: Path, progress: Progress) -> str:
        """Install an update. Raises UpdateRefusedError, and what ``progress`` raises."""
        try:
            return install_update(self.shop, file, self._records, progress)
        except words.UpdateError as error:
            raise UpdateRefusedError(str(error)) from error

    def go_back(self) -> str:
        """Let the next start be the version before. Raises UpdateRefusedError."""
        try:
            return words.gone_back(go_back(self.shop, self._records).there)
        except words.UpdateError as error:
            raise UpdateRefusedError(str(error)) from error

    def start_again(self) -> None:
        """Start the version in use once the window is closed."""
        self.when_closed()

    def _records(self) -> RecordsStanding:
        if self.training:
            return RecordsStanding(
                self.root,
                holder=_(
                    "This is the training store, which does not know whether a real visit is in progress. Close it and "
                    "open the program without --training."
                ),
            )
        # A copy: visits begin and end on another thread.
        visits = tuple(self.service.visits().values())
        return RecordsStanding(self.root, open_visits=sum(visit.state.is_open for visit in visits))

    def _keys(self) -> str:
        try:
            return words.fingerprints(release_keys(self.shop.resources))
        except NoKeyError:
            return ""
