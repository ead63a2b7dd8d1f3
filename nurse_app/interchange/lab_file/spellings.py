"""What laboratories print for the units of UCUM, from resources/laboratory."""

import tomllib
from collections.abc import Mapping
from pathlib import Path


def read_spellings(resources: Path) -> Mapping[str, str]:
    """The unit of UCUM for each spelling. The file comes with the program: whatever is wrong with it is a defect."""
    text = (resources / "laboratory" / "unit_spellings.toml").read_text(encoding="utf-8")
    return {str(said): str(meant) for said, meant in tomllib.loads(text)["spellings"].items()}
