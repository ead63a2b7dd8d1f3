"""Ed25519 signatures by libsodium (PyNaCl), and the keys that a program accepts; loaded when an update is looked at."""

import re
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

KEY_FILE = Path("update", "release_key.pub")
SIGNATURE_BYTES = 64
_LINE = re.compile(r"[0-9a-f]{64}", re.ASCII)


class _VerifyKey(Protocol):
    def verify(self, message: bytes, signature: bytes, /) -> bytes: ...


class _Signing(Protocol):
    def VerifyKey(self, key: bytes, /) -> _VerifyKey: ...  # noqa: N802


class _Errors(Protocol):
    BadSignatureError: type[Exception]


class NoKeyError(Exception):
    """This program was built without a release key, or with a file that holds none."""


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """A public key that updates may be signed with: 32 bytes."""

    content: bytes

    @property
    def fingerprint(self) -> str:
        """A short form that two people can compare by reading it out."""
        digest = sha256(self.content).hexdigest()[:16]
        return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def release_keys(resources: Path) -> tuple[ReleaseKey, ...]:
    """The keys that this program accepts: one a line, 64 hexadecimal digits. Raises NoKeyError.

    Two are there while the customer changes from one to the next.
    """
    try:
        lines = (resources / KEY_FILE).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise NoKeyError from error
    if not lines or not all(_LINE.fullmatch(line) for line in lines):
        raise NoKeyError
    return tuple(ReleaseKey(bytes.fromhex(line)) for line in lines)


def signed_with(keys: tuple[ReleaseKey, ...], message: bytes, signature: bytes) -> ReleaseKey | None:
    """The key that a message was signed with, word for word; None when it was none of these."""
    # libsodium's binding loads this by itself; named here, the packaged program is sure to have it.
    import_module("_cffi_backend")
    signing = cast("_Signing", import_module("nacl.signing"))
    errors = cast("_Errors", import_module("nacl.exceptions"))
    for key in keys:
        try:
            signing.VerifyKey(key.content).verify(message, signature)
        except (errors.BadSignatureError, ValueError):
            continue
        return key
    return None
