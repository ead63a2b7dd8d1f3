"""Every entry of a visit in words; one table by type, and none may be forgotten."""

from collections.abc import Callable
from datetime import tzinfo

from nurse_app.domain.events import Event
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation import entry_words_after, entry_words_alarms, entry_words_preparing, entry_words_running
from nurse_app.presentation.entry_words_kit import EntryWords, WordContext

WORDS: EntryWords = {
    **entry_words_preparing.WORDS,
    **entry_words_running.WORDS,
    **entry_words_after.WORDS,
    **entry_words_alarms.WORDS,
}


def entry_sentence(
    event: Event, protocol: InfusionProtocol, name_of: Callable[[str], str], zone: tzinfo | None = None
) -> str:
    """What an entry says, in a sentence or two; without its time and author."""
    return WORDS[type(event)](event, WordContext(protocol, name_of, zone))
