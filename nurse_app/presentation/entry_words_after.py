"""Entries about what follows a reaction, in words for the timeline and the record."""

from nurse_app.domain import events as e
from nurse_app.i18n import _
from nurse_app.presentation.after_words import grade_words, receiver_words
from nurse_app.presentation.entry_words_kit import EntryWords, WordContext, ended


def _graded(event: e.CtcaeGraded, context: WordContext) -> str:
    words = grade_words(context.protocol, event.term, event.grade, event.version)
    if event.reaction > 1:
        return _("Reaction {n}: {grade}.").format(n=event.reaction, grade=words)
    return _("{grade}.").format(grade=words)


def _handed_over(event: e.HandedOver, _context: WordContext) -> str:
    to = receiver_words(event.to)
    if not event.name:
        return _("Handed over to: {to}.").format(to=to)
    return _("Handed over to: {to}, {name}.").format(to=to, name=ended(event.name))


WORDS: EntryWords = {e.CtcaeGraded: _graded, e.HandedOver: _handed_over}
