"""Guards the PySide6 pin: 6.12.0 loses a reference to None in each void call on Python 3.11 and aborts mid-infusion."""

import sys
from importlib.metadata import version

from PySide6.QtWidgets import QApplication, QLabel

LEAST, BELOW = (6, 11, 3), (6, 12)
ROUNDS = 500


def test_pyside_keeps_none_alive(qapp: QApplication) -> None:
    label = QLabel("x")
    before = sys.getrefcount(None)
    for turn in range(ROUNDS):
        label.setText(str(turn))
        label.update()
        label.parent()
    assert sys.getrefcount(None) > before - 200


def test_the_installed_pyside_is_of_the_line_that_was_soaked() -> None:
    for package in ("PySide6-Essentials", "shiboken6"):
        installed = tuple(int(part) for part in version(package).split("."))
        assert LEAST <= installed < BELOW, package
