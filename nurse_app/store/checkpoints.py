"""Keyed checkpoints: how far a record had come at a time, vouched for with the secret of this workstation.

A chain of digests shows every change to somebody who knows where the chain ended. A checkpoint remembers that: stream,
number of entries, digest of the last one, time, and the checkpoint before, under an HMAC-SHA256 whose key lies outside
the data folder. Who can read that key can make checkpoints; nobody else can.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from nurse_app.store.strict_json import compact_json

# The chain of the checkpoints is itself a stream. A checkpoint about this stream says how far the workstation knew it
# to reach when it found less than that: an older copy of the data folder had been put back.
CHECKPOINTS = "checkpoints"
# The same, when the older copy was put back on purpose; and when the folder was empty and began anew.
RESTORED = "restored from a backup"
BEGUN = "begun in an empty folder"
_FORM = "nurse-app checkpoint 1"
_CODE_FORM = "nurse-app record code 1"
_KEY_SIGNS = 16
# Crockford's base 32: without I, L, O and U, which are misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
_CODE_SIGNS, _CODE_GROUP = 12, 4


@dataclass(frozen=True, slots=True)
class CheckpointKey:
    """The workstation's secret. ``name`` tells two keys apart and gives nothing away."""

    secret: bytes

    @property
    def name(self) -> str:
        return sha256(b"nurse-app key name " + self.secret).hexdigest()[:_KEY_SIGNS]

    def mac(self, form: str, *parts: object) -> str:
        """What only a holder of the key can make of these parts: 64 characters of 0-9 and a-f."""
        return hmac.new(self.secret, compact_json([form, *parts]).encode(), sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Checkpoint ``number``: at ``wall`` the stream had so many entries, the last with the digest ``head``.

    ``before`` is the mac of the checkpoint before, empty for the first one.
    """

    number: int
    stream: str
    entries: int
    head: str
    wall: datetime
    before: str
    key: str
    mac: str

    def is_made_with(self, key: CheckpointKey) -> bool:
        """Whether the key vouches for every part of it."""
        return hmac.compare_digest(self.mac, _mac(key, self.number, self.fact, self.before))

    @property
    def fact(self) -> "Reached":
        return Reached(self.stream, self.entries, self.head, self.wall)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a stream has come: what a checkpoint vouches for."""

    stream: str
    entries: int
    head: str
    wall: datetime


def make_checkpoint(key: CheckpointKey, number: int, fact: Reached, before: str) -> Checkpoint:
    """Vouch for a fact, as the checkpoint after the one with the mac ``before``."""
    mac = _mac(key, number, fact, before)
    return Checkpoint(number, fact.stream, fact.entries, fact.head, fact.wall, before, key.name, mac)


def document_of(checkpoint: Checkpoint) -> Mapping[str, object]:
    """The checkpoint as a line of the file holds it."""
    return {
        "number": checkpoint.number,
        "stream": checkpoint.stream,
        "entries": checkpoint.entries,
        "head": checkpoint.head,
        "wall": checkpoint.wall.isoformat(),
        "before": checkpoint.before,
        "key": checkpoint.key,
        "mac": checkpoint.mac,
    }


def checkpoint_of(document: object) -> Checkpoint | None:
    """The checkpoint that a line's JSON holds; None when it holds none."""
    match document:
        case {
            "number": int(number),
            "stream": str(stream),
            "entries": int(entries),
            "head": str(head),
            "wall": str(wall),
            "before": str(before),
            "key": str(key),
            "mac": str(mac),
        } if number > 0 and entries > 0 and mac.isascii():
            try:
                at = datetime.fromisoformat(wall)
            except ValueError:
                return None
            return Checkpoint(number, stream, entries, head, at, before, key, mac) if at.tzinfo else None
        case _:
            return None


def record_code(key: CheckpointKey, stream: str, entries: int, head: str) -> str:
    """The short code that is printed on a record of so many entries: 60 bits, 7QK4-M0ZD-93XA.

    Only this workstation can make it, so a record that was changed afterwards cannot be given the printed code again.
    """
    bits = int(key.mac(_CODE_FORM, stream, entries, head), 16) >> (256 - 5 * _CODE_SIGNS)
    signs = "".join(_ALPHABET[bits >> (5 * place) & 31] for place in reversed(range(_CODE_SIGNS)))
    return "-".join(signs[at : at + _CODE_GROUP] for at in range(0, _CODE_SIGNS, _CODE_GROUP))


def same_code(typed: str, code: str) -> bool:
    """Whether somebody typed this code, small letters, blanks and look-alikes forgiven."""
    return typed.upper().translate(_READ_AS) == code.translate(_READ_AS)


def _mac(key: CheckpointKey, number: int, fact: Reached, before: str) -> str:
    return key.mac(_FORM, number, fact.stream, fact.entries, fact.head, fact.wall.isoformat(), before)
