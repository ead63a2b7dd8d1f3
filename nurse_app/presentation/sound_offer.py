"""What home says of the sound of alarms: what is wrong with it, else that a shift begins with a sound test."""

from dataclasses import dataclass

from nurse_app.domain.moment import Moment
from nurse_app.domain.sound import SoundStanding, SoundTestPlan, SoundTrouble, sound_test_due, sound_trouble
from nurse_app.i18n import _
from nurse_app.presentation.sound_words import sound_trouble_words
from nurse_app.presentation.view_parts import Tone


@dataclass(frozen=True, slots=True)
class SoundOfferView:
    """What home says of the sound, with a way to the test; ``can_wait``: it may be put off."""

    text: str
    tone: Tone
    can_wait: bool


def present_sound_offer(
    standing: SoundStanding, machine: SoundTrouble | None, device: str, now: Moment, plan: SoundTestPlan
) -> SoundOfferView | None:
    """What home says of the sound: what is wrong, else that a test is due; None when there is nothing to say."""
    trouble = sound_trouble(machine, standing)
    if trouble is not None:
        return SoundOfferView(sound_trouble_words(trouble), "hold", can_wait=False)
    if not sound_test_due(standing, now, device, plan):
        return None
    if standing.heard is not None and "" not in (device, standing.heard.device) and device != standing.heard.device:
        text = _("The loudspeaker is another one than at the last sound test. Listen to the alarm sounds once.")
    else:
        text = _("A new shift: listen to the alarm sounds once, so that you know that you hear them.")
    return SoundOfferView(text, "information", can_wait=True)
