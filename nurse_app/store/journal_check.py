"""Checks a record while its bytes pass by: as ``journal_lines.scan`` does, but with no more than a line in memory."""

from collections.abc import Iterator
from dataclasses import dataclass

from nurse_app.store.disk import Disk
from nurse_app.store.journal_lines import LINE_LIMIT_BYTES, Chain, Damage, checked_line

PIECE_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class CheckedJournal:
    """What passed: ``entries`` sound from the beginning, which end with ``head`` after ``size`` bytes of ``total``."""

    entries: int
    head: str
    size: int
    total: int
    damage: Damage | None


class JournalCheck:
    """Feed it a record's bytes in order, in pieces of any size, then ask for the result."""

    def __init__(self, stream: str) -> None:
        self._chain = Chain(stream)
        self._size = 0
        self._total = 0
        self._line = bytearray()
        self._line_start = 0
        self._damage: tuple[int, int] | None = None
        self._readable_after = 0

    def feed(self, content: bytes) -> None:
        """Take the next bytes."""
        start = 0
        while (newline := content.find(b"\n", start)) >= 0:
            self._take_up(content[start:newline])
            start = newline + 1
            self._end_line(self._total + start)
        self._take_up(content[start:])
        self._total += len(content)

    def result(self) -> CheckedJournal:
        """What is known after everything was fed; a torn tail is what ``total`` has beyond ``size`` without damage."""
        chain = self._chain
        if self._damage is None:
            return CheckedJournal(chain.whole, chain.head, self._size, self._total, None)
        number, byte = self._damage
        damage = Damage(number, byte, self._readable_after)
        return CheckedJournal(chain.count, chain.last, byte, self._total, damage)

    def _take_up(self, part: bytes) -> None:
        # A line at its limit is refused however it goes on: the rest of it need not be kept.
        self._line += part[: LINE_LIMIT_BYTES - len(self._line)]

    def _end_line(self, end: int) -> None:
        digest, body = checked_line(bytes(self._line))
        self._line.clear()
        if self._damage is not None:
            self._readable_after += body is not None
        elif body is None or not self._chain.take(body, digest):
            self._damage = self._chain.count + 1, self._line_start
        elif self._chain.whole == self._chain.count:
            self._size = end
        self._line_start = end


def pieces(disk: Disk, descriptor: int, size: int) -> Iterator[bytes]:
    """The first ``size`` bytes of an open file, piece by piece; fewer when it has fewer. Raises OSError."""
    place = 0
    while place < size and (piece := disk.read_at(descriptor, place, min(PIECE_BYTES, size - place))):
        place += len(piece)
        yield piece


def check_file(disk: Disk, descriptor: int, stream: str) -> CheckedJournal:
    """Check an open record as long as it is now. Raises OSError."""
    check = JournalCheck(stream)
    for piece in pieces(disk, descriptor, disk.state(descriptor).size):
        check.feed(piece)
    return check.result()
