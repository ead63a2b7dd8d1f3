"""A summary of every stream for the lists; a convenience that can always be made again from the records.

A ward has tens of thousands of closed visits after some years. What is at hand (patients, visits in progress) is there
at the start; the rest is compared with the disk little by little, by ``catch_up``, and read when somebody asks for it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from nurse_app.store.data_folder import DataFolderError
from nurse_app.store.disk import Disk
from nurse_app.store.index_file import (
    Fact,
    IndexEntry,
    Key,
    Row,
    StoredIndex,
    entry_of,
    read_index,
    row_of,
    write_index,
)
from nurse_app.store.index_losses import Losses
from nurse_app.store.index_reading import IndexSource, OnDefect, RecordSummaries, Summarise
from nurse_app.store.layout import StreamFile
from nurse_app.visit.ports import StreamKind

IsAtHand = Callable[[StreamKind, Mapping[str, Fact]], bool]
# So many records are read at once when there is no index yet, the newest first: whoever is on a chair is among them.
NEWEST = 24
# Patients before visits: there are fewer of them, and home lists them all.
_ORDER = (StreamKind.STATION, StreamKind.PATIENT, StreamKind.VISIT)


class RecordIndex:
    """Summaries of all streams. A broken, old or missing file costs time, never a record. For one thread.

    ``version`` is that of the summaries: a file made with another is made again. ``is_at_hand`` tells which streams
    must be known at the start.
    """

    def __init__(
        self,
        path: Path,
        disk: Disk,
        source: IndexSource,
        summarise: Summarise,
        *,
        version: int,
        is_at_hand: IsAtHand = lambda _kind, _summary: True,
    ) -> None:
        self._path = path
        self._rest_path = path.with_name(f"{path.stem}-rest{path.suffix}")
        self._disk = disk
        self._source = source
        self._summaries = RecordSummaries(source, summarise)
        self._version = version
        self._is_at_hand = is_at_hand
        self._entries: dict[StreamKind, dict[str, IndexEntry]] = {kind: {} for kind in StreamKind}
        # Lines of the second file that nobody has looked into; None before it is read.
        self._rest: dict[Key, Row] | None = None
        self._noted: set[Key] = set()
        # Records that differ from what is known, the next one last; and parts of the folder not compared yet.
        self._backlog: dict[StreamKind, dict[str, None]] = {kind: {} for kind in StreamKind}
        self._unseen: dict[StreamKind, list[str]] = {kind: [] for kind in StreamKind}
        self._seen: set[Key] = set()
        self._losses = Losses()
        stored = read_index(disk, path, version)
        self._is_changed = self._is_rest_changed = stored is None
        self._is_first_look = True
        self._begin(stored or StoredIndex())

    def report_to(self, on_defect: OnDefect) -> None:
        """Who is told, from now on, of a summary that could not be made."""
        self._summaries.on_defect = on_defect

    # --- what is known ---

    def note(self, kind: StreamKind, stream_id: str) -> None:
        """Remember that a stream has changed; it is summarised again when the lists ask. In constant time."""
        self._noted.add((kind, stream_id))

    def at_hand(self, kind: StreamKind) -> Mapping[str, IndexEntry]:
        """What is known now of the streams that must be at hand, and of those that cannot be read, by id."""
        self._read_noted()
        if self._is_first_look:
            self._is_first_look = False
            for each in StreamKind:
                for _record in range(min(NEWEST, len(self._backlog[each]))):
                    self._read_next(each)
        return {name: entry for name, entry in self._entries[kind].items() if self._belongs_at_hand(kind, entry)}

    def entry(self, kind: StreamKind, stream_id: str) -> IndexEntry | None:
        """What is known of one stream."""
        self._read_noted()
        if stream_id not in self._entries[kind]:
            self._look_into((kind, stream_id))
        return self._entries[kind].get(stream_id)

    def known(self, kind: StreamKind) -> Mapping[str, IndexEntry]:
        """All that is known so far of the streams of a kind, by id; ``left`` says how many are not."""
        self._read_noted()
        for key in [key for key in self._rows() if key[0] is kind]:
            self._look_into(key)
        return dict(self._entries[kind])

    def entries(self, kind: StreamKind) -> Mapping[str, IndexEntry]:
        """What the records of a kind say, every one of them; takes long when the index was lost."""
        while self._do_a_piece(kind):
            pass
        return self.known(kind)

    def problems(self) -> tuple[str, ...]:
        """The sentences of all records found so far that cannot be read."""
        self._read_noted()
        entries = (entry for kind in StreamKind for entry in self._entries[kind].values())
        return tuple(entry.problem for entry in entries if entry.problem is not None)

    def losses(self) -> tuple[str, ...]:
        """A sentence for each record found so far to have fewer entries than this index had seen in it."""
        self._read_noted()
        return self._losses.sentences()

    @property
    def left(self) -> int:
        """How many records have to be read before everything is known."""
        return sum(map(len, self._backlog.values()))

    # --- keeping up ---

    def catch_up(self) -> bool:
        """Do a small piece of what is left to compare and to read; False when nothing is left."""
        try:
            if any(self._do_a_piece(kind) for kind in _ORDER):
                return True
        except DataFolderError:
            # A part that cannot be listed now is looked at after the next start.
            return False
        self.save()
        return False

    def save(self) -> bool:
        """Write what is new, if the disk takes it, and say so.

        A summary that is older than its record has another size than the record's file, so the next start sees it.
        """
        rest: list[tuple[Key, Row]] = []
        at_hand: list[tuple[Key, Row]] = []
        for kind, entries in self._entries.items():
            for name, entry in entries.items():
                if entry.problem is None:
                    which = at_hand if self._is_at_hand(kind, entry.summary) else rest
                    which.append(((kind, name), row_of(entry)))
        # While anything is unread the next start must compare everything at once, or a visit in progress may be missed.
        parts = {} if self.left or self._noted else {kind.value: dict(self._source.parts(kind)) for kind in StreamKind}
        try:
            if self._is_rest_changed:
                write_index(self._disk, self._rest_path, self._version, {}, (*self._rows().items(), *rest))
            if self._is_changed:
                write_index(self._disk, self._path, self._version, parts, at_hand)
        except OSError:
            return False
        self._is_changed = self._is_rest_changed = False
        return True

    def _begin(self, stored: StoredIndex) -> None:
        for (kind, name), row in stored.rows.items():
            # Of a visit in progress every entry counts at once; the patients' files are compared by catching up.
            size = self._source.size(kind, name) if kind is StreamKind.VISIT else row.size
            entry = entry_of(row) if size == row.size else None
            if entry is not None:
                self._entries[kind][name] = entry
            else:
                self._losses.expect((kind, name), entry_of(row))
                self._backlog[kind][name] = None
        for kind in StreamKind:
            known, parts = stored.parts.get(kind.value, {}), self._source.parts(kind)
            self._unseen[kind] = [part for part, changed in parts.items() if known.get(part) == changed]
            # Looked at once, such a part need not be looked at before home again.
            self._is_changed |= len(self._unseen[kind]) < len(parts)
            found = [file for part in parts.keys() - set(self._unseen[kind]) for file in self._differing(kind, part)]
            found.sort(key=lambda file: file.changed_ns)
            # What was at hand comes first, then what was written last.
            self._backlog[kind] = {file.stream_id: None for file in found} | self._backlog[kind]
            if not self._unseen[kind]:
                self._forget_what_is_gone(kind)

    def _do_a_piece(self, kind: StreamKind) -> bool:
        if self._unseen[kind]:
            part = self._unseen[kind].pop()
            self._backlog[kind] |= {file.stream_id: None for file in self._differing(kind, part)}
            if not self._unseen[kind]:
                self._forget_what_is_gone(kind)
            return True
        if self._backlog[kind]:
            self._read_next(kind)
            return True
        return False

    def _differing(self, kind: StreamKind, part: str) -> list[StreamFile]:
        """The streams of a part whose files have other sizes than the index remembers; the record is right."""
        rows, differing = self._rows(), []
        for file in self._source.files(kind, part):
            key = (kind, file.stream_id)
            self._seen.add(key)
            entry, row = self._entries[kind].get(file.stream_id), rows.get(key)
            if file.stream_id in self._backlog[kind] or (entry is not None and entry.problem is not None):
                continue
            size = entry.mark.size if entry is not None else row.size if row is not None else None
            if size != file.size:
                self._losses.expect(key, entry or (entry_of(rows[key]) if key in rows else None))
                rows.pop(key, None)
                differing.append(file)
        return differing

    def _forget_what_is_gone(self, kind: StreamKind) -> None:
        rows = self._rows()
        known = {*((kind, name) for name in self._entries[kind]), *(key for key in rows if key[0] is kind)}
        for key in known - self._seen:
            # One that began after its part was looked at has a file.
            if not self._source.size(*key):
                self._losses.expect(key, self._entries[kind].pop(key[1], None) or entry_of(rows.pop(key)))
                self._losses.found(key, 0)
                self._is_changed = self._is_rest_changed = True

    # --- reading ---

    def _read_noted(self) -> None:
        while self._noted:
            # Taken out first: what is noted while the record is being read counts for the next look.
            key = self._noted.pop()
            try:
                self._read_again(key)
            except BaseException:
                self._noted.add(key)
                raise

    def _read_next(self, kind: StreamKind) -> None:
        name, _ = self._backlog[kind].popitem()
        try:
            self._read_again((kind, name))
        except BaseException:
            self._backlog[kind][name] = None
            raise

    def _read_again(self, key: Key) -> None:
        kind, name = key
        before = self._entries[kind].pop(name, None)
        if self._rest is not None and self._rest.pop(key, None) is not None:
            self._is_rest_changed = True
        self._is_changed = True
        self._losses.expect(key, before)
        entry, count = self._summaries.read(key)
        if count is not None:
            self._losses.found(key, count)
        if entry is not None:
            self._entries[kind][name] = entry
        if entry is not None and entry.problem is None:
            was = before is not None and not self._is_at_hand(kind, before.summary)
            self._is_rest_changed |= was or not self._is_at_hand(kind, entry.summary)

    def _rows(self) -> dict[Key, Row]:
        if self._rest is None:
            stored = read_index(self._disk, self._rest_path, self._version) or StoredIndex()
            waiting = {(kind, name) for kind, names in self._backlog.items() for name in names}
            known = {(kind, name) for kind, names in self._entries.items() for name in names}
            self._rest = {key: row for key, row in stored.rows.items() if key not in known and key not in waiting}
        return self._rest

    def _look_into(self, key: Key) -> None:
        row = self._rows().get(key)
        entry = None if row is None else entry_of(row)
        if entry is not None:
            del self._rows()[key]
            self._entries[key[0]][key[1]] = entry
        elif row is not None:
            self._read_again(key)

    def _belongs_at_hand(self, kind: StreamKind, entry: IndexEntry) -> bool:
        return entry.problem is not None or self._is_at_hand(kind, entry.summary)
