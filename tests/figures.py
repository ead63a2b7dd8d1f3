"""One line a fault test has measured; shown with ``pytest -rP`` or ``-s``."""

import sys


def figure(line: str) -> None:
    """Print the line."""
    sys.stdout.write(f"{line}\n")
