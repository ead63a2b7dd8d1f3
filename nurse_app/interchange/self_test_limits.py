"""The limits of the self-test, from resources/self-test."""

import tomllib
from pathlib import Path

from nurse_app.plain_data import build
from nurse_app.visit.self_test import Limits


def read_limits(resources: Path) -> Limits:
    """The limits. Raises OSError, and ValueError for a file that does not have its form."""
    return build(Limits, tomllib.loads((resources / "self-test" / "limits.toml").read_text(encoding="utf-8")))
