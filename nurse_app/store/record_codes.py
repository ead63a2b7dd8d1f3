"""Which entries of a record a printed code belongs to."""

from hashlib import sha256

from nurse_app.store.checkpoints import CheckpointKey, record_code, same_code
from nurse_app.store.journal_lines import Scan


def entries_with_code(key: CheckpointKey, stream: str, found: Scan, typed: str) -> int | None:
    """How many entries the record had when this code was printed on it; None when it never had that code."""
    for number, body in enumerate(found.bodies, start=1):
        head = sha256(body.encode()).hexdigest()
        if same_code(typed, record_code(key, stream, number, head)):
            return number
    return None
