"""What putting an entry into words needs besides the entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from nurse_app.domain.protocol import InfusionProtocol


@dataclass(frozen=True, slots=True)
class WordContext:
    """The protocol that the visit is bound to, the people's names, and the zone of times."""

    protocol: InfusionProtocol
    name_of: Callable[[str], str]
    zone: tzinfo | None = None


def ended(text: str) -> str:
    """A person's words on their way into a sentence that has its own full stop."""
    return text.strip().rstrip(".")


# The event's own type is the key of the table, which a static type cannot express.
EntryWords = Mapping[type, Callable[[Any, WordContext], str]]
