"""The last look at the clocks, in two small files written in turn; no part of any record.

After a crash and a restart of the machine a visit then knows until when the program surely ran (reliability notes, 2.2
rule 2). A file that is missing, torn or odd costs a few seconds of precision and nothing else.
"""

from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from nurse_app.domain.moment import Reading
from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.store.disk import Disk, write_all
from nurse_app.store.strict_json import MalformedJsonError, compact_json, parse_json

FILES = ("heartbeat-1", "heartbeat-2")
_LIMIT_BYTES = 1 << 10


@dataclass(frozen=True, slots=True)
class _Kept:
    """One look; ``beat`` counts them, so that the newer of the two files is known whatever the clocks did."""

    beat: int
    reading: Reading


class HeartbeatFile:
    """Keeps and finds the last look. One thread at a time may keep."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self._root = root
        self._disk = disk
        found = self._found()
        self._beat = max(found, default=0)
        self._last = found.get(self._beat)

    @property
    def last(self) -> Reading | None:
        """The last look that was kept before this object was made; None when there is none that can be read."""
        return self._last

    def keep(self, reading: Reading) -> None:
        """Write over the older of the two files. Raises OSError; the other file is untouched."""
        self._beat += 1
        body = compact_json(plain(_Kept(self._beat, reading)))
        content = f"{crc32(body.encode()):08x} {body}\n".encode()
        descriptor = self._disk.open_lock(self._root / FILES[self._beat % 2])
        try:
            self._disk.cut(descriptor, 0)
            write_all(self._disk, descriptor, content)
            self._disk.sync(descriptor)
        finally:
            self._disk.close(descriptor)

    def _found(self) -> dict[int, Reading]:
        found: dict[int, Reading] = {}
        for name in FILES:
            try:
                content = self._disk.read(self._root / name, _LIMIT_BYTES).decode()
                check, _, body = content.removesuffix("\n").partition(" ")
                if check == f"{crc32(body.encode()):08x}":
                    kept = build(_Kept, parse_json(body))
                    found[kept.beat] = kept.reading
            except (OSError, UnicodeDecodeError, MalformedJsonError, MisfitError):
                continue
        return found
