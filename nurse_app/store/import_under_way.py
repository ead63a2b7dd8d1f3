"""The file whose results are being taken: kept until all of them are on record, so that none is left half taken."""

from pathlib import Path

from nurse_app.store.disk import Disk, write_whole

_NAME = "import-under-way"
_LIMIT_BYTES = 512 << 20


class ImportUnderWay:
    """One file in the data folder. Each call raises OSError."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self._path = root / _NAME
        self._disk = disk

    def keep(self, content: bytes) -> None:
        """Durable when this returns."""
        write_whole(self._disk, self._path, content)

    def kept(self) -> bytes | None:
        """What was being taken when the program stopped; None when there is nothing."""
        try:
            return self._disk.read(self._path, _LIMIT_BYTES)
        except FileNotFoundError:
            return None

    def forget(self) -> None:
        """All of it is on record."""
        self._disk.remove(self._path)
