"""What the windows are given by the composition root; they make none of it themselves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nurse_app.domain.alarm_signals import SignalFigures
from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import Reading
from nurse_app.domain.sound import SoundTestPlan
from nurse_app.interchange.record_document import RecordEnd
from nurse_app.presentation.backup_notice import BackupStanding
from nurse_app.visit.alarm_sound import AlarmSound, NoAlarmSound
from nurse_app.visit.heartbeat import Heartbeat
from nurse_app.visit.ports import Clock, Lists
from nurse_app.visit.record_check import CheckSummary, Progress
from nurse_app.visit.service import VisitService
from nurse_app.visit.users import UserDesk

if TYPE_CHECKING:
    from nurse_app.interchange.lab_file.csv_file import CsvForm
    from nurse_app.interchange.lab_file.kept import Kept, KeptFile
    from nurse_app.interchange.lab_file.rows import LabFile
    from nurse_app.interchange.parts_list import Part
    from nurse_app.presentation.about import AboutFacts
    from nurse_app.presentation.update_page import FoundUpdate, ProgramVersions
    from nurse_app.visit.lab_import import LabImport


class KeepAwake(Protocol):
    """Keeps the machine from sleeping while a visit runs, and lets it sleep again."""

    def __call__(self, *, wanted: bool) -> None: ...


class Watchdog(Protocol):
    """Rings when the window stands still while a visit is open."""

    def seen(self, *, visit_open: bool) -> None: ...


class NoWatchdog:
    """For windows that nobody sits before."""

    def seen(self, *, visit_open: bool) -> None:
        """Nobody watches."""


class Checkpoints(Protocol):
    """Vouches for the records behind the entries; ``make_due`` belongs on the writer thread."""

    @property
    def is_due(self) -> bool: ...

    def make_due(self) -> str:
        """Make those that are due; a sentence when that is not possible, once."""
        ...


class SpeakingWork(Protocol):
    """A child of this program that says lines while it works."""

    def lines(self) -> Iterator[str]:
        """Every line, waiting for each: not on the thread of the window."""
        ...

    def stop(self) -> None:
        """End it wherever it is."""
        ...


class LabImports(Protocol):
    """Takes results from files. All but ``read`` belongs on the writer thread."""

    @property
    def importing(self) -> "LabImport":
        """Judges and records the results of one patient."""
        ...

    def read(self, content: bytes, form: "CsvForm") -> "LabFile":
        """Everything in a file; takes long: not on the thread of the window. Raises UnreadableFileError."""
        ...

    def keep(self, file: "KeptFile") -> None:
        """Keep a file until all of it is on record. Raises NotSavedError."""
        ...

    def kept(self) -> "Kept":
        """The file whose import was broken off."""
        ...

    def forget(self) -> None:
        """All of it is on record. Raises NotSavedError."""
        ...


class About(Protocol):
    """What the program says of itself. Both read the disk: never on the thread of the window."""

    def facts(self) -> "AboutFacts":
        """Version, build, protocol, and the parts of others."""
        ...

    def text_of(self, part: "Part") -> str:
        """The whole licence of a part."""
        ...


class Updates(Protocol):
    """The program’s own versions. All of it takes long: not on the thread of the window. May raise UpdateRefusedError.

    ``progress`` is called with the bytes done and those there are; what it raises ends the work, with nothing changed.
    """

    def versions(self) -> "ProgramVersions": ...

    def look(self, file: Path, progress: Progress) -> "FoundUpdate": ...

    def install(self, file: Path, progress: Progress) -> str:
        """Bring an update into use for the next start; the sentence about it."""
        ...

    def go_back(self) -> str:
        """Bring the version before into use for the next start; the sentence about it."""
        ...

    def start_again(self) -> None:
        """Once this window is closed, the version in use is to be started. Returns at once."""
        ...


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """How the program looks on this workstation: a theme's name, text size in per cent, the ward's name."""

    theme: str
    text_percent: int
    ward_name: str


def _always() -> bool:
    return True


def no_backups(_reading: Reading) -> BackupStanding:
    """For a store that nobody needs back, such as that of a training."""
    return BackupStanding()


@dataclass(frozen=True, slots=True)
class AppParts:
    """The services and settings of one running program. ``zone`` None: the machine's own.

    ``sample_pin`` is shown to whoever signs in to a training store; it is empty in any other.
    ``record_end`` gives what ends a visit's printed record, by the visit's id; it reads the disk. ``check_records``
    looks at every record, which takes long: never on the thread of the window or of the entries. ``has_room`` says
    whether the room kept on the disk for the last entries of a visit is there. ``backups`` sees to the automatic ones
    at every look at the clocks and says how they stand; it never waits. ``last_seen`` is the last look at the clocks of
    the run before; ``clock_doubt`` says why no new visit may begin with the wall clock as it is. ``lab_imports`` loads
    what takes results from files, once; ``updates`` is what changes the program, ``about`` what the program says of
    itself. ``start_self_test`` begins one in a program of its own; it raises OSError.
    """

    service: VisitService
    users: UserDesk
    index: Lists
    clock: Clock
    resources: Path
    zone: tzinfo | None
    training: bool
    sample_pin: str
    settings: DisplaySettings
    save_settings: Callable[[DisplaySettings], None]
    pin_problem: Callable[[str], str | None]
    documents_folder: Path
    keep_awake: KeepAwake
    heartbeat: Heartbeat
    last_seen: Reading | None
    clock_doubt: Callable[[], ClockDoubt | None]
    record_end: Callable[[str], RecordEnd]
    checkpoints: Checkpoints
    check_records: Callable[[Progress], CheckSummary]
    lab_imports: Callable[[], LabImports]
    about: Callable[[], About]
    alarm_figures: SignalFigures
    start_self_test: Callable[[], SpeakingWork]
    updates: Callable[[], Updates]
    shut: Callable[[], None]
    notices: tuple[str, ...] = ()
    has_room: Callable[[], bool] = _always
    backups: Callable[[Reading], BackupStanding] = no_backups
    watchdog: Watchdog = field(default_factory=NoWatchdog)
    alarm_sound: AlarmSound = field(default_factory=NoAlarmSound)
    sound_plan: SoundTestPlan = field(default_factory=SoundTestPlan)
