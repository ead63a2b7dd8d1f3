"""The scripts of packaging/ as modules; they import one another by their plain names."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

PACKAGING = Path(__file__).parents[2] / "packaging"


def script(name: str) -> ModuleType:
    """One of them, loaded."""
    if str(PACKAGING) not in sys.path:
        sys.path.append(str(PACKAGING))
    return import_module(name)
