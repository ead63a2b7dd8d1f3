"""The work of the fault tests as a program of its own, which says each acknowledgement as it comes.

``child_works.py FOLDER [PLANTED BUG]`` does it once. ``child_works.py`` alone does it for each line ``FOLDER|BUG`` of
its input, in a process that is forked, so that Python is loaded once: it says ``process NUMBER``, waits to be woken,
and in the end says ``ended CODE``.
"""

import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path

from nurse_app.store.data_folder import DataFolderError
from nurse_app.visit.ports import InUseError, NotSavedError, UnreadableRecordError
from tests.faults.work import work
from tests.store.kit import system_disk

TOLD = 3


def say(line: str) -> None:
    """In one piece, past all buffers: what was said before a kill must be heard."""
    os.write(1, f"{line}\n".encode())


def with_bug(bug: str) -> AbstractContextManager[None]:
    """The program with a planted bug."""
    if not bug:
        return nullcontext()
    from tests.faults.planted import planted

    return planted(bug)


def work_once(folder: Path, bug: str) -> int:
    with with_bug(bug):
        try:
            work(folder, system_disk(), say)
        except (DataFolderError, InUseError, NotSavedError, UnreadableRecordError) as error:
            say(f"told {error}")
            return TOLD
        except OSError as error:
            # The settings: whoever saves them gets the error of the machine.
            say(f"told {error.strerror}")
            return TOLD
    return 0


def work_for_each_line() -> None:
    for line in sys.stdin:
        folder, _, bug = line.rstrip("\n").partition("|")
        if bug:
            import_module("tests.faults.planted")
        process = os.fork()
        if process == 0:
            say(f"process {os.getpid()}")
            os.kill(os.getpid(), signal.SIGSTOP)
            os._exit(work_once(Path(folder), bug))
        _, status = os.waitpid(process, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(work_once(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
    work_for_each_line()
