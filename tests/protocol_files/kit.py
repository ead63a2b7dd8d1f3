"""Copies of the installed protocol with one thing changed."""

import shutil
from pathlib import Path

PROJECT = Path(__file__).parents[2]
INSTALLED = PROJECT / "resources" / "protocols"
NATALIZUMAB = INSTALLED / "natalizumab" / "1.0.0"
MADE_UP = Path(__file__).parent / "drugs"


def copy_of_natalizumab(folder: Path) -> Path:
    """A copy under the folder, as <id>/<version>."""
    copy = folder / "natalizumab" / "1.0.0"
    shutil.copytree(NATALIZUMAB, copy)
    return copy


def change(path: Path, old: str, new: str) -> None:
    """Replace text that must be in the file; only its first place is changed."""
    text = path.read_text("utf-8")
    assert old in text, f"{old} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")
