"""The bundled fonts as Qt reads them from their files, whatever other fonts the machine has."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QFont, QRawFont

from nurse_app.ui.theme import FAMILY
from nurse_app.visit.self_test import FontsFound

_SIZE = 12.0
# What the theme and the printed pages ask for: text, and text that stands out.
_STYLES = {"regular": QFont.Weight.Normal, "bold": QFont.Weight.Bold}


def look_at_fonts(resources: Path, letters: Iterable[str]) -> FontsFound:
    """Which fonts are there, and whether they have all ``letters``. Needs a running Qt application."""
    files = sorted((resources / "fonts").glob("*.ttf"))
    fonts = {file.name: QRawFont(str(file), _SIZE) for file in files}
    sound = [font for font in fonts.values() if font.isValid()]
    ours = {font.weight(): font for font in sound if font.familyName() == FAMILY}
    lacking = tuple(name for name, weight in _STYLES.items() if weight.value not in ours)
    wanted = sorted({letter for letter in letters if letter.isprintable()})
    without = tuple(
        letter for letter in wanted if not all(font.supportsCharacter(ord(letter)) for font in ours.values())
    )
    return FontsFound(
        family=FAMILY,
        files=tuple(fonts),
        broken=tuple(name for name, font in fonts.items() if not font.isValid()),
        lacking=lacking,
        letters=without,
    )
