"""What the windows are given by the composition root; they make none of it themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from nurse_app.domain.clock_trust import ClockDoubt
from nurse_app.domain.moment import Reading
from nurse_app.visit.heartbeat import Heartbeat
from nurse_app.visit.ports import Clock, Index
from nurse_app.visit.service import VisitService
from nurse_app.visit.users import UserDesk


class KeepAwake(Protocol):
    """Keeps the machine from sleeping while a visit runs, and lets it sleep again."""

    def __call__(self, *, wanted: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """How the program looks on this workstation: a theme's name, text size in per cent, the ward's name."""

    theme: str
    text_percent: int
    ward_name: str


@dataclass(frozen=True, slots=True)
class AppParts:
    """The services and settings of one running program. ``zone`` None: the machine's own.

    ``sample_pin`` is shown to whoever signs in to a training store; it is empty in any other.
    ``last_seen`` is the last look at the clocks of the run before; ``clock_doubt`` says why no new visit may begin with
    the wall clock as it is, and looks through the lists for that.
    ``head_digest`` gives the end of a visit's chain, by the visit's id; it reads the disk.
    """

    service: VisitService
    users: UserDesk
    index: Index
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
    head_digest: Callable[[str], str]
    shut: Callable[[], None]
    notices: tuple[str, ...] = ()
