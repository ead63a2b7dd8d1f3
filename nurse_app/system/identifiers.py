"""Names that nothing else has, and salts, from the system's source of randomness."""

import os
from collections.abc import Callable
from uuid import UUID


class RandomIdentifiers:
    """The Identifiers port on the real machine; ``random_bytes`` gives that many unpredictable bytes."""

    def __init__(self, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        self._random_bytes = random_bytes

    def new_id(self) -> str:
        """A UUID of version 4 as 32 characters of 0-9 and a-f, fit for a file name."""
        return UUID(bytes=self._random_bytes(16), version=4).hex

    def salt(self, size: int) -> bytes:
        """``size`` unpredictable bytes."""
        return self._random_bytes(size)
