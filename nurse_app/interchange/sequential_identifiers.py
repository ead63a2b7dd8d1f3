"""Identifiers that come out the same on every run: replay, rehearsal and tests."""

from hashlib import sha256


class SequentialIdentifiers:
    """The Identifiers port without chance: 1, 2, 3 and so on as 32 characters of 0-9 and a-f."""

    def __init__(self, first: int = 1) -> None:
        self._next = first

    def new_id(self) -> str:
        return f"{self._taken():032x}"

    def salt(self, size: int) -> bytes:
        """``size`` bytes, different at every call. Foreseeable: never for a real person's PIN."""
        number = self._taken()
        blocks = (sha256(f"{number}/{block}".encode()).digest() for block in range(size // 32 + 1))
        return b"".join(blocks)[:size]

    def _taken(self) -> int:
        number = self._next
        self._next += 1
        return number
