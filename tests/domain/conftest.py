"""What all tests of the core share."""

from collections.abc import Callable
from datetime import datetime

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.kit import Tape, visit_facts
from tests.domain.stages import Stages


@pytest.fixture(scope="session")
def stages(protocol: InfusionProtocol) -> Stages:
    """A visit at each of its stages, to look at."""
    return Stages(protocol)


@pytest.fixture(scope="session")
def new_tape(protocol: InfusionProtocol) -> Callable[..., Tape]:
    """Makes records of a visit that has just begun; for properties, because it shows as a short name."""
    facts = visit_facts()

    def make(begins: datetime = Tape.T0) -> Tape:
        return Tape(protocol, facts, begins)

    return make
