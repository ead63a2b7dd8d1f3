"""A program of its own that installs an update or goes back, and is killed before the call of the disk it is told.

``child_updates.py install|back|tidy CLINIC FILE CALL``; it ends with 0 when it came to its end before that call.
"""

import sys
from dataclasses import replace
from pathlib import Path

from nurse_app.updating.updates import go_back, install_update, tidy_up
from tests.updating.faults import DeadlyProgramDisk
from tests.updating.kit import AT_REST, silently, v, workshop


def main(what: str, clinic: Path, file: Path, call: int) -> None:
    shop = replace(workshop(clinic), disk=DeadlyProgramDisk(call, OSError()))
    if what == "install":
        install_update(shop, file, lambda: AT_REST, silently)
    elif what == "back":
        go_back(shop, lambda: AT_REST)
    else:
        tidy_up(replace(shop, running=v("0.2.0")))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
