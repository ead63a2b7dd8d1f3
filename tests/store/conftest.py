"""What the store's tests print: one line for each figure, whatever pytest does with other output."""

import sys
from collections.abc import Callable

import pytest


@pytest.fixture
def figure(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Say a measured figure in one line."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say
