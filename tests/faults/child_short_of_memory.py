"""Appends to, or loads, one record after another; in each, another allocation of memory fails. For test_memory.py.

``child_short_of_memory.py append|load FOLDER FIRST`` begins with the allocation FIRST and prints two lines for each:
number, record and “tried”; then, unless Python itself has crashed, what came of it.
"""

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from nurse_app.store.record_folder import RecordFolder
from nurse_app.visit.ports import NotSavedError, StreamKind
from tests.store.kit import entry, own, texts

VISIT = StreamKind.VISIT
SURELY_ENOUGH = 3000
# So many successes in a row: no allocation is left that could fail.
AT_THE_END = 20


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def failing(allocation: int, act: Callable[[], object]) -> object:
    """What ``act`` gives while that allocation fails. Raises what it raises."""
    allocations = import_module("_testcapi")
    gc.disable()
    allocations.set_nomemory(allocation, allocation + 1)
    try:
        return act()
    finally:
        allocations.remove_mem_hooks()
        gc.enable()


def append_to(records: RecordFolder, stream_id: str, allocation: int) -> tuple[bool, bool]:
    """Whether the entry was saved, and whether the record takes more."""
    log = records.create(VISIT, stream_id)
    log.append([entry("a")], after=0)
    more = [entry("b")]
    saved = True
    say(allocation, stream_id, "tried")
    try:
        failing(allocation, lambda: log.append(more, after=1))
    except (NotSavedError, MemoryError):
        saved = False
    takes_more = log.takes_entries
    log.close()
    return saved, takes_more


def load_from(records: RecordFolder, stream_id: str, allocation: int) -> tuple[bool, bool]:
    """Whether the record could be loaded, and whether it was whole when it was loaded in the end."""
    log = records.create(VISIT, stream_id)
    log.append([entry("a")], after=0)
    log.append([entry("b"), entry("c")], after=1)
    log.close()
    # The same folder, as it is to a program that has just started.
    fresh = RecordFolder(records._root, records._tools, records._lock)
    loaded = True
    say(allocation, stream_id, "tried")
    try:
        log = failing(allocation, lambda: fresh.open(VISIT, stream_id))  # type: ignore[assignment]
    except Exception:  # noqa: BLE001  (Python makes other errors of a lack of memory here and there)
        loaded = False
        log = fresh.open(VISIT, stream_id)
    whole = texts(log.recorded()) == ["a", "b", "c"] and log.tail_kept_aside is None
    log.append([entry("d")], after=3)
    log.close()
    return loaded, whole


def main(mode: str, root: Path, first: int) -> None:
    act = {"append": append_to, "load": load_from}[mode]
    records = own(root)
    in_a_row = 0
    for allocation in range(first, SURELY_ENOUGH):
        done, then = act(records, f"{mode}-{first}-{allocation}", allocation)
        say(allocation, f"{mode}-{first}-{allocation}", "done" if done else "refused", then)
        in_a_row = in_a_row + 1 if done else 0
        if in_a_row == AT_THE_END:
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
