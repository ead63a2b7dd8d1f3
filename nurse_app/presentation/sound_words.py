"""What is wrong with the sound, and what to do."""

from nurse_app.i18n import _


def sound_trouble_words(trouble: str) -> str:
    """A sentence or two for what keeps alarms from being heard."""
    return _("No alarm can be heard ({trouble}). Watch this screen.").format(trouble=trouble)
