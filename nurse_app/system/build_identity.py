"""Which build this is."""

import platform
from pathlib import Path


def build_identity(resources: Path) -> str:
    """What this copy was built from, written by the build; a checkout says so."""
    stamp = resources / "build.txt"
    built = stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else "checkout"
    return f"{built}, Python {platform.python_version()}"
