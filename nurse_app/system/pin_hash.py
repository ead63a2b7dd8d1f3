"""PINs as they are stored: scrypt with a salt of their own, as ``scrypt$N$r$p$salt$hash``.

Six digits stay guessable for whoever has the file and time; a PIN says who is at the keyboard, it does not guard data.
"""

import base64
import binascii
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_SALT_BYTES = 16
_HASH_BYTES = 32
_STORED = re.compile(r"scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class ScryptCost:
    """How hard one guess is: ``n`` a power of two, ``r`` and ``p`` as RFC 7914 names them."""

    n: int
    r: int
    p: int

    @property
    def memory(self) -> int:
        """What one hash needs, in bytes; more than a mebibyte on top for OpenSSL's own use."""
        return 128 * self.r * (self.n + self.p) + 2 * 1024 * 1024


# 64 MiB and 0.3 s (median; 0.43 s the slowest of seven) on one core at 2.8 GHz; 2**17 took 0.67 s.
BEDSIDE_COST = ScryptCost(n=2**16, r=8, p=1)
_MOST_MEMORY = 4 * BEDSIDE_COST.memory


@dataclass(frozen=True, slots=True)
class _Stored:
    cost: ScryptCost
    salt: bytes
    digest: bytes


class PinHasher:
    """Makes and checks stored PINs; ``salt`` gives that many unpredictable bytes. A call takes a third of a second."""

    def __init__(self, salt: Callable[[int], bytes], cost: ScryptCost = BEDSIDE_COST) -> None:
        self._salt = salt
        self._cost = cost

    def hashed(self, pin: str) -> str:
        """The text to store for ``pin``; another one at every call."""
        salt = self._salt(_SALT_BYTES)
        digest = _scrypt(pin, salt, self._cost, _HASH_BYTES)
        return f"scrypt${self._cost.n}${self._cost.r}${self._cost.p}${_to_text(salt)}${_to_text(digest)}"

    def matches(self, pin: str, stored: str) -> bool:
        """Whether ``pin`` is the stored one, in a time that does not tell how close it was. No stored PIN: no match."""
        parts = _parse(stored)
        if parts is None:
            return False
        digest = _scrypt(pin, parts.salt, parts.cost, len(parts.digest))
        return hmac.compare_digest(digest, parts.digest)

    def needs_rehash(self, stored: str) -> bool:
        """Whether the text was made at another cost than today's; store a new one when the PIN is next typed."""
        parts = _parse(stored)
        return parts is None or parts.cost != self._cost


def _scrypt(pin: str, salt: bytes, cost: ScryptCost, length: int) -> bytes:
    digits = ascii_digits(pin).encode()
    return hashlib.scrypt(digits, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=cost.memory, dklen=length)


def ascii_digits(pin: str) -> str:
    """The PIN with digits of any script as 0-9, so that another keyboard layout does not shut anybody out."""
    return "".join(str(unicodedata.decimal(each, each)) for each in pin)


def _parse(stored: str) -> _Stored | None:
    found = _STORED.fullmatch(stored)
    if found is None:
        return None
    cost = ScryptCost(n=int(found[1]), r=int(found[2]), p=int(found[3]))
    try:
        parts = _Stored(cost, _from_text(found[4]), _from_text(found[5]))
    except binascii.Error:
        return None
    return parts if _is_fit(parts) else None


def _is_fit(parts: _Stored) -> bool:
    # A file from outside must not make the program ask for all the memory there is, or accept a hash of one byte.
    cost = parts.cost
    sound_cost = cost.n > 1 and cost.n & (cost.n - 1) == 0 and cost.r > 0 and 0 < cost.p <= 4
    return (
        sound_cost
        and cost.memory <= _MOST_MEMORY
        and len(parts.salt) >= _SALT_BYTES
        and len(parts.digest) == _HASH_BYTES
    )


def _to_text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii").rstrip("=")


def _from_text(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
