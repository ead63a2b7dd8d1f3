"""The fingerprint of a protocol's content."""

import hashlib
import json

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.plain_data import plain

# Approving a protocol must not change what was approved.
_NOT_CONTENT = frozenset(("status", "approval"))


def digest(protocol: InfusionProtocol) -> str:
    """SHA-256 in hexadecimal over the canonical JSON of everything but status and approval."""
    content = {key: value for key, value in plain(protocol).items() if key not in _NOT_CONTENT}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
