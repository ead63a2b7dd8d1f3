"""The form of records has a number, in resources/update/record_form.txt, by which going back knows what it means.

Whoever changes what is written into a record (a kind, a schema, a field, also one of the protocol, which visits keep)
raises that number and puts the new digest beside it: the test says which.
"""

import dataclasses
import json
from collections.abc import Mapping
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_type_hints

from nurse_app.store.kinds import KINDS
from nurse_app.store.upcast import STEPS, UpcastChain
from nurse_app.updating.clinic_folder import RECORD_FORM

RESOURCES = Path(__file__).parents[2] / "resources"
# Number -> digest of everything that may stand in a record.
FORMS = {1: "5796cb03d1a43d25"}


def shape(kind: Any, seen: tuple[Any, ...] = ()) -> object:
    """Every field and choice of a type, down to values."""
    if kind in seen:
        return kind.__name__
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return {field.name: shape(hints[field.name], (*seen, kind)) for field in dataclasses.fields(kind)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return sorted(str(member.value) for member in kind)
    parts = get_args(kind)
    return [shape(part, seen) for part in parts] if parts else str(getattr(kind, "__name__", kind))


def written() -> Mapping[str, object]:
    chain = UpcastChain(STEPS)
    return {name: [chain.schema_of(name), shape(event)] for names in KINDS.values() for name, event in names.items()}


def test_the_number_belongs_to_what_is_written_now() -> None:
    number = int((RESOURCES / RECORD_FORM).read_text(encoding="ascii"))
    digest = sha256(json.dumps(written(), sort_keys=True).encode()).hexdigest()[:16]

    assert FORMS.get(number) == digest, (
        f"What is written into records has changed. In a released version: raise {RECORD_FORM} to {number + 1} and add "
        f"{number + 1}: {digest!r} here. Before the first release: put {digest!r} in the place of {number}."
    )
    assert number == max(FORMS)
