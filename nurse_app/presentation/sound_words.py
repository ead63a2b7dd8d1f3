"""What is wrong with the sound, in words: what it is, and what to do."""

from collections.abc import Mapping

from nurse_app.domain.sound import SoundTrouble
from nurse_app.i18n import N_, _

_WORDS: Mapping[SoundTrouble, str] = {
    "no-player": N_(
        "This computer has no program that plays sounds. Watch this screen. "
        "Tell the person who looks after this computer."
    ),
    "no-device": N_("This computer has no loudspeaker. Connect one, or watch this screen."),
    "muted": N_("The loudspeaker is muted. Turn it on, or watch this screen."),
    "failed": N_(
        "The last alarm sound did not play. Watch this screen. Play the sound test; "
        "if it fails again, start the computer anew after the visits."
    ),
    "not-heard": N_(
        "The last sound test was not heard. Turn the volume up, take headphones out, and play the sound test again. "
        "Until then watch this screen."
    ),
}


def sound_trouble_words(trouble: SoundTrouble) -> str:
    """What is wrong with the sound and what to do, in a few short sentences."""
    return _(_WORDS[trouble])
