"""What all tests of the core share."""

import pytest

from nurse_app.domain.protocol import InfusionProtocol
from tests.domain.stages import Stages


@pytest.fixture(scope="session")
def stages(protocol: InfusionProtocol) -> Stages:
    """A visit at each of its stages, to look at."""
    return Stages(protocol)
