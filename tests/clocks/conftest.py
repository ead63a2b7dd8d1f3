"""What the tests of the clocks share."""

from collections.abc import Callable

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import Tape, visit_facts


@pytest.fixture(scope="session")
def new_tape(protocol: InfusionProtocol) -> Callable[[], Tape]:
    """Makes records of a visit that has just begun; for properties, because it shows as a short name."""
    facts = visit_facts()
    return lambda: Tape(protocol, facts)
