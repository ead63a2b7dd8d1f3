"""What the window needs for the sound of alarms."""

import logging
from pathlib import Path

from nurse_app.domain.sound import SoundTestPlan
from nurse_app.interchange.sound_test_plan import read_sound_test_plan
from nurse_app.system.alarm_sound import MachineAlarmSound, machine_alarm_sound

_log = logging.getLogger(__name__)


def machine_sound(resources: Path) -> MachineAlarmSound:
    """The sound of this machine, not yet started."""
    return machine_alarm_sound(resources / "sounds")


def sound_test_plan(resources: Path) -> SoundTestPlan:
    """The plan of the sound test; our own when its file is damaged, which is no reason to keep anybody from a visit."""
    try:
        return read_sound_test_plan(resources)
    except (OSError, ValueError) as error:
        _log.warning("the plan of the sound test cannot be read: %s", type(error).__name__)
        return SoundTestPlan()
