"""The plan of the sound test, from resources/alarms."""

import tomllib
from pathlib import Path

from nurse_app.domain.sound import SoundTestPlan
from nurse_app.plain_data import build


def read_sound_test_plan(resources: Path) -> SoundTestPlan:
    """When a test is offered, and what sounds when in it.

    Raises OSError, and ValueError for a file that does not have its form or in which the sounds do not follow.
    """
    text = (resources / "alarms" / "sound-test.toml").read_text(encoding="utf-8")
    plan = build(SoundTestPlan, tomllib.loads(text))
    if not 0 < plan.medium_after_s < plan.low_after_s < plan.asked_after_s or plan.offered_after_h < 1:
        message = "sound-test.toml: the sounds must follow one another, and the hours be more than none"
        raise ValueError(message)
    return plan
