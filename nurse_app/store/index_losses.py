"""What the index notices when a record has become shorter since it last saw it: a record is only ever added to."""

from nurse_app.store.index_file import IndexEntry, Key
from nurse_app.store.layout import stream_name
from nurse_app.store.messages import shorter


class Losses:
    """Records with fewer entries than were known of them. The index forgets the number when it is made anew."""

    def __init__(self) -> None:
        self._known: dict[Key, int] = {}
        self._sentences: dict[Key, str] = {}

    def expect(self, key: Key, known: IndexEntry | None) -> None:
        """The record may differ from what is known of it, and is read soon."""
        if known is not None:
            self._known.setdefault(key, known.mark.last_number)

    def found(self, key: Key, entries: int) -> None:
        """The record was read, or is gone: it has so many entries."""
        known = self._known.pop(key, 0)
        if entries < known:
            self._sentences[key] = shorter(stream_name(*key), entries, known)

    def sentences(self) -> tuple[str, ...]:
        """One for each record that lost entries, as far as the records have been compared."""
        return tuple(self._sentences.values())
