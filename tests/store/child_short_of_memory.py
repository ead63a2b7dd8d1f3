"""Appends an entry to one stream after another; in each, another allocation of memory fails. For test_sudden_ends.py.

``child_short_of_memory.py FOLDER FIRST`` begins with the allocation FIRST and prints two lines for each: number, stream
and "tried"; then, unless Python itself has crashed, "saved" or "refused" and whether the stream takes more.
"""

import gc
import sys
from importlib import import_module
from pathlib import Path

from nurse_app.visit.ports import NotSavedError, StreamKind
from tests.store.kit import entry, own

SURELY_ENOUGH = 1000
# So many successes in a row: no allocation is left that could fail.
AT_THE_END = 20


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(root: Path, first: int) -> None:
    allocations = import_module("_testcapi")
    records = own(root)
    in_a_row = 0
    for allocation in range(first, SURELY_ENOUGH):
        stream_id = f"v-{first}-{allocation}"
        log = records.create(StreamKind.VISIT, stream_id)
        log.append([entry("a")], after=0)
        more = [entry("b")]
        saved = True
        say(allocation, stream_id, "tried")
        gc.disable()
        allocations.set_nomemory(allocation, allocation + 1)
        try:
            log.append(more, after=1)
        except (NotSavedError, MemoryError):
            saved = False
        finally:
            allocations.remove_mem_hooks()
            gc.enable()
        say(allocation, stream_id, "saved" if saved else "refused", log.takes_entries)
        log.close()
        in_a_row = in_a_row + 1 if saved else 0
        if in_a_row == AT_THE_END:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
