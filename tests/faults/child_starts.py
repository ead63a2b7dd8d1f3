"""Many programs started at the same moment on one data folder: ``child_starts.py FOLDER COUNT [PLANTED BUG]``.

Each says ``owner PROCESS`` or ``refused SENTENCE``. An owner goes on appending until it is killed and says ``v NUMBER``
for each entry that is saved, or ``told SENTENCE`` and ends.
"""

import os
import sys
from pathlib import Path

from nurse_app.store import data_folder
from nurse_app.store.record_folder import own_records
from nurse_app.visit.ports import InUseError, NotSavedError, StreamKind
from tests.faults.child_works import say, with_bug
from tests.faults.work import opened
from tests.store.kit import OWNER, entry, system_disk, tools


def start(folder: Path) -> int:
    """One program."""
    try:
        records = own_records(folder, tools(system_disk()), OWNER, data_folder.lock_on_posix)
    except InUseError as error:
        say(f"refused {error}")
        return 1
    say(f"owner {os.getpid()}")
    try:
        log = opened(records, StreamKind.VISIT, "v-1")
        while True:
            number = len(log.recorded()) + 1
            log.append([entry(str(number))], after=number - 1)
            say(f"v {number}")
    except NotSavedError as error:
        say(f"told {error}")
        return 2


def main(folder: Path, count: int, bug: str) -> None:
    with with_bug(bug):
        gate, keeper = os.pipe()
        children = []
        for _ in range(count):
            process = os.fork()
            if process == 0:
                os.close(keeper)
                # Nothing ever comes: all go on at once when the other end is closed.
                os.read(gate, 1)
                os._exit(start(folder))
            children.append(process)
        os.close(keeper)
        for process in children:
            os.waitpid(process, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
