"""What the program and its people can say about alarms, besides acknowledging one."""

from dataclasses import dataclass

from nurse_app.domain.alarm_events import Priority


@dataclass(frozen=True, slots=True)
class AlarmGrowth:
    """An alarm whose signals have grown to ``stage``, at ``priority``."""

    alarm: str
    stage: int
    priority: Priority


@dataclass(frozen=True, slots=True)
class NoticeAlarms:
    """Look which conditions are present and note what changed; ``grown`` are alarms nobody has answered."""

    grown: tuple[AlarmGrowth, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteAlarmSounded:
    """A burst was played for these alarms; ``trouble`` says why it cannot have been heard."""

    alarms: tuple[str, ...]
    priority: Priority
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class PauseAudio:
    """Silence these alarms for so many seconds."""

    alarms: tuple[str, ...]
    seconds: int
