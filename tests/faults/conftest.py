"""What fault tests need beside the machine itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.machine import memory_folder


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory, for faults that do not depend on the disk: nobody waits for its syncs."""
    with memory_folder() as folder:
        yield folder
