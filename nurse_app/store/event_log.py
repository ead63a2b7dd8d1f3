"""One stream of events over TinyDB: saved means on the disk, and whatever was saved can be read again."""

from collections.abc import Callable, Mapping, Sequence

from nurse_app.domain.record import Entry, Recorded
from nurse_app.store.codec import BadFormError, EventCodec, NewerFormError
from nurse_app.store.journal_opening import OpenedJournal
from nurse_app.store.journal_storage import EVENTS_TABLE, JournalDatabase, StreamMark
from nurse_app.store.messages import CANNOT_BE_KEPT, OUT_OF_STEP, REOPEN_FIRST, misfit, newer, not_saved
from nurse_app.visit.ports import Identifiers, NotSavedError, TailKeptAside, UnreadableRecordError


def decode_entry(codec: EventCodec, document: Mapping[str, object], stream: str) -> Recorded[object]:
    """The entry of a sound document. Raises UnreadableRecordError."""
    try:
        return codec.decode(document)
    except NewerFormError:
        raise UnreadableRecordError(newer(stream, document["number"])) from None
    except BadFormError as error:
        raise UnreadableRecordError(misfit(stream, document["number"], error.place)) from None


class TinyDbEventLog:
    """An EventLog on the disk. ``changed`` is called after every successful append. One thread at a time may append."""

    def __init__(
        self,
        stream_id: str,
        journal: OpenedJournal,
        *,
        codec: EventCodec,
        identifiers: Identifiers,
        changed: Callable[[], None],
    ) -> None:
        """Raises UnreadableRecordError for entries of a newer version and entries that do not have their form."""
        self._stream_id = stream_id
        self._journal = journal
        self._codec = codec
        self._identifiers = identifiers
        self._changed = changed
        self._database = JournalDatabase(journal.storage)
        documents = self._database.table(EVENTS_TABLE).all()
        self._recorded = [decode_entry(codec, document, journal.storage.stream) for document in documents]
        self._refusal: str | None = None

    @property
    def stream_id(self) -> str:
        return self._stream_id

    @property
    def tail_kept_aside(self) -> TailKeptAside | None:
        return self._journal.tail

    @property
    def mark(self) -> StreamMark:
        return self._journal.storage.mark

    @property
    def takes_entries(self) -> bool:
        """Whether an append may be tried; otherwise the record has to be opened again first."""
        return self._refusal is None and self._journal.storage.takes_entries

    def recorded(self) -> tuple[Recorded[object], ...]:
        """Everything acknowledged, in order."""
        return tuple(self._recorded)

    def append(self, entries: Sequence[Entry[object]], after: int) -> tuple[Recorded[object], ...]:
        """Make all entries durable, or none. Raises NotSavedError; afterwards every append is refused."""
        if not entries:
            return ()
        if self._refusal is not None:
            raise NotSavedError(self._refusal)
        self._journal.storage.insist_on_taking_entries()
        # Lifted on the last line only, so that whatever breaks in between leaves the record read-only.
        self._refusal = REOPEN_FIRST
        if after != len(self._recorded):
            raise NotSavedError(OUT_OF_STEP)
        try:
            recorded = self._make_durable(entries)
            self._changed()
        except BaseException as error:
            # Whatever broke, the caller must hear that nothing was saved: Python itself makes a TypeError of a lack
            # of memory here and there.
            if isinstance(error, NotSavedError) or not isinstance(error, Exception):
                raise
            raise NotSavedError(not_saved(error)) from error
        self._refusal = None
        return recorded

    def close(self) -> None:
        """Let go of the file; what was recorded can still be read."""
        self._database.close()

    def _make_durable(self, entries: Sequence[Entry[object]]) -> tuple[Recorded[object], ...]:
        first = len(self._recorded) + 1
        recorded = tuple(
            Recorded(number, self._identifiers.new_id(), entry) for number, entry in enumerate(entries, first)
        )
        documents = [self._document(each) for each in recorded]
        self._database.table(EVENTS_TABLE).insert_multiple(documents)
        self._recorded.extend(recorded)
        return recorded

    def _document(self, recorded: Recorded[object]) -> dict[str, object]:
        try:
            document = self._codec.encode(recorded)
            if self._codec.decode(document) == recorded:
                return document
        except (BadFormError, NewerFormError):
            pass
        raise NotSavedError(CANNOT_BE_KEPT)
