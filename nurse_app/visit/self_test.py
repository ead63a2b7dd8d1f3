"""What the installed program learns when it looks at itself: the facts of each look, and how its result is said."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import Reading


class Look(StrEnum):
    """The looks of a self-test, in their order."""

    FOLDER = "data-folder"
    SPACE = "disk-space"
    PROTOCOL = "protocol"
    FILES = "program-files"
    FONTS = "fonts"
    SOUND = "sound"
    CLOCK = "clock"
    PAGES = "pages"
    VISIT = "visit"


class Outcome(StrEnum):
    """Well; attention: the program works, but somebody should look; failed: do not rely on this part."""

    WELL = "well"
    ATTENTION = "attention"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LookResult:
    """One look in words: what came of it, what was measured, what to do. Holds no patient data, path or host name."""

    look: Look
    outcome: Outcome
    sentence: str
    measured: str
    to_do: str = ""


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """Which program looked at itself, where and when. ``list_digest`` names the list of its files."""

    version: str
    build: str
    platform: str
    qt: str
    list_digest: str
    at: datetime


class FolderStep(StrEnum):
    """What is done in the data folder, in its order."""

    MAKE = "make"
    WRITE = "write"
    SYNC = "sync"
    READ = "read"
    RENAME = "rename"
    JOURNAL = "journal"
    REMOVE = "remove"


class DiskFault(StrEnum):
    """Why a disk did not do it."""

    FULL = "full"
    READ_ONLY = "read-only"
    FORBIDDEN = "forbidden"
    NO_FOLDER = "no-folder"
    DIFFERENT = "different"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class FolderTrial:
    """A trial of the data folder: the step that went wrong and why, if so; ``entries`` were kept and read back."""

    step: FolderStep | None = None
    fault: DiskFault | None = None
    entries: int = 0
    longest_sync: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class SpaceFound:
    """Bytes that the disk of the records still takes, None when it does not say; bytes of the newest backup."""

    free_bytes: int | None
    backup_bytes: int
    reserve_bytes: int


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The program's own files against their list, by folder and name. ``problem``: why there is no list to go by."""

    listed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    problem: str = ""
    list_digest: str = ""

    def below(self, *folders: str) -> "FilesFound":
        """Only the files in these folders."""
        return self._only(lambda name: name.startswith(folders))

    def beside(self, *folders: str) -> "FilesFound":
        """Only the files outside these folders."""
        return self._only(lambda name: not name.startswith(folders))

    def _only(self, wanted: Callable[[str], bool]) -> "FilesFound":
        def kept(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(name for name in names if wanted(name))

        return replace(
            self,
            listed=kept(self.listed),
            missing=kept(self.missing),
            changed=kept(self.changed),
            unreadable=kept(self.unreadable),
            added=kept(self.added),
        )


@dataclass(frozen=True, slots=True)
class ProtocolFound:
    """A protocol that is installed, with the digest of its content."""

    protocol_id: str
    version: str
    digest: str
    approved: bool


@dataclass(frozen=True, slots=True)
class ProtocolsFound:
    """All that are installed; ``problem`` names file and place of the first that cannot be used."""

    installed: tuple[ProtocolFound, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FontsFound:
    """The bundled fonts as Qt reads them. ``lacking``: styles of the ``family`` that none of them has.

    ``broken`` are files that Qt cannot read, ``letters`` those of the protocol that a font does not have.
    """

    family: str
    files: tuple[str, ...]
    broken: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundFound:
    """What would play an alarm. ``player`` empty: there is none; ``devices`` None: nobody can say.

    ``muted`` None: nobody can say. ``broken`` are sound files that cannot be played.
    """

    player: str
    devices: int | None
    muted: bool | None
    files: tuple[str, ...]
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockFound:
    """Two readings with work between them, and what they are judged by.

    ``newest``: the newest time in the records; ``settled``: the doubt that a nurse has settled; ``has_zone``: the
    machine says where it stands; ``knows_start``: it names its start, so that a restart is surely known.
    """

    first: Reading
    second: Reading
    made: datetime
    newest: datetime | None
    settled: ClockDoubt | None
    has_zone: bool
    knows_start: bool


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A sample visit through the real windows. ``stopped``: why it did not come to its end.

    ``complaints``: how many warnings of Qt and errors of the program there were; ``first`` the first of them.
    ``pages`` and ``paper`` count pictures and printed records; ``findings``: what the check of its records found.
    """

    pages: int = 0
    blank: int = 0
    complaints: int = 0
    first: str = ""
    stopped: str = ""
    paper: int = 0
    entries: int = 0
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpaceLimits:
    """From resources/self-test/limits.toml: what a ward writes, and for how many days there should be room."""

    visits_a_day: int
    visit_bytes: int
    entries_room_bytes: int
    days: int


@dataclass(frozen=True, slots=True)
class ClockLimits:
    """From the same file: how long this version is in use at most, and how long a ward has no entry at all."""

    years_in_use: int
    days_without_entry: int


@dataclass(frozen=True, slots=True)
class DiskLimits:
    """From the same file: how long a sync may take, in ms, before somebody should look at the disk."""

    longest_sync_ms: int


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of the self-test."""

    space: SpaceLimits
    clock: ClockLimits
    disk: DiskLimits
