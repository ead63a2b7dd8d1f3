"""Writes resources/files.sha256, the list that the self-test goes by; to be run after every change of resources.

python packaging/file_list.py [resources folder]
"""

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from nurse_app.system.file_list import LIST_FILE, list_text  # noqa: E402  (found by the line above)


def write_list(resources: Path) -> None:
    """Write the list into the folder. The build does this last, when everything else is in its place."""
    (resources / LIST_FILE).write_text(list_text(resources), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    write_list(Path(arguments[0]) if arguments else PROJECT / "resources")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
