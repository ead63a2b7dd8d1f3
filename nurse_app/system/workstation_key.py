"""The secret of this workstation: made once, for this user only, and kept outside every data folder."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32
KEY_FILE = "checkpoint.key"
_FORM = re.compile(rb"[0-9a-f]{64}\n")
_BINARY: int = getattr(os, "O_BINARY", 0)
_ADVICE = "Tell the person who looks after this computer."


class KeyUnavailableError(Exception):
    """The key is not to be had. Text is for people."""


def find_key(folder: Path) -> bytes | None:
    """The key; None when none was made yet. Raises KeyUnavailableError for one that cannot be used."""
    path = folder / KEY_FILE
    try:
        with path.open("rb") as file:
            content = file.read(2 * KEY_BYTES + 2)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyUnavailableError(f"The key {path} cannot be read ({error.strerror}). {_ADVICE}") from error
    if _FORM.fullmatch(content) is None:
        raise KeyUnavailableError(f"The file {path} is not a key any more. {_ADVICE}")
    return bytes.fromhex(content.decode().strip())


def find_or_make_key(folder: Path, random_bytes: Callable[[int], bytes]) -> bytes:
    """The key, made at the first use from ``random_bytes``. Raises KeyUnavailableError."""
    known = find_key(folder)
    if known is not None:
        return known
    key = random_bytes(KEY_BYTES)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(folder, key)
    except OSError as error:
        # Another program of this user may have been faster; there is one key.
        made = find_key(folder) if isinstance(error, FileExistsError) else None
        if made is None:
            raise KeyUnavailableError(f"No key can be kept in {folder} ({error.strerror}). {_ADVICE}") from error
        return made
    return key


def _write_new(folder: Path, key: bytes) -> None:
    """Put the whole key there in one step. Raises FileExistsError when there is one."""
    fresh = folder / f"{KEY_FILE}.{os.getpid()}"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
    try:
        try:
            os.write(descriptor, f"{key.hex()}\n".encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.link(fresh, folder / KEY_FILE)
    finally:
        with suppress(OSError):
            fresh.unlink()
    if os.name == "posix":  # elsewhere a folder cannot be opened
        names = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(names)
        finally:
            os.close(names)
