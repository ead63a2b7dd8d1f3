"""Whether an alarm is heard on this computer: what is wrong with the sound, and the last time somebody heard it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from nurse_app.domain.moment import Moment

# No program that plays; no device; switched off; a sound did not play; the nurse said that she did not hear it.
SoundTrouble = Literal["no-player", "no-device", "muted", "failed", "not-heard"]


@dataclass(frozen=True, slots=True)
class SoundTest:
    """A sound test: whether all sounds were heard, when, and a mark of the device that played them, "" unknown."""

    heard: bool
    at: Moment
    device: str = ""


@dataclass(frozen=True, slots=True)
class SoundStanding:
    """What this workstation knows of its sound: the last test, the last one that was heard, what was wrong last.

    ``lost`` is what the record says is wrong now; None: nothing.
    """

    last: SoundTest | None = None
    heard: SoundTest | None = None
    lost: SoundTrouble | None = None


UNTESTED = SoundStanding()


@dataclass(frozen=True, slots=True)
class SoundTestPlan:
    """From resources/alarms/sound-test.toml: after how many hours a test is offered, and what sounds when in it, s.

    The same figures stand here for a program whose file is damaged.
    """

    offered_after_h: int = 12
    medium_after_s: int = 5
    low_after_s: int = 8
    asked_after_s: int = 10


def sound_trouble(machine: SoundTrouble | None, standing: SoundStanding) -> SoundTrouble | None:
    """What is wrong with the sound: what the machine knows, else that nobody heard it in the last test."""
    if machine is not None:
        return machine
    return "not-heard" if standing.last is not None and not standing.last.heard else None


def sound_test_due(standing: SoundStanding, now: Moment, device: str, plan: SoundTestPlan) -> bool:
    """Whether a test should be offered: never heard, not heard last time, too long ago, or on another device."""
    heard = standing.heard
    if heard is None or standing.last != heard:
        return True
    if now.since(heard.at).most > timedelta(hours=plan.offered_after_h):
        return True
    return "" not in (device, heard.device) and device != heard.device
