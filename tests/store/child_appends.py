"""A program of its own for the tests of sudden ends: appends one entry after another and says when each is saved.

``child_appends.py FOLDER`` goes on until it is killed; ``child_appends.py FOLDER BYTES`` until no file may grow beyond
so many bytes, then says what it was told, and goes on with one entry when the limit is gone.
"""

import sys
from pathlib import Path

from nurse_app.visit.ports import EventLog, NotSavedError, StreamKind
from tests.store.kit import entry, own


def opened(folder: Path) -> EventLog[object]:
    records = own(folder)
    if records.stream_ids(StreamKind.VISIT):
        return records.open(StreamKind.VISIT, "v-1")
    return records.create(StreamKind.VISIT, "v-1")


def append_for_ever(log: EventLog[object]) -> None:
    number = len(log.recorded())
    while True:
        number += 1
        log.append([entry(str(number))], after=number - 1)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def append_until_full(folder: Path, limit_bytes: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, resource.RLIM_INFINITY))
    records = own(folder)
    try:
        append_for_ever(records.create(StreamKind.VISIT, "v-1"))
    except NotSavedError as error:
        sys.stdout.write(f"{error}\n")
        sys.stdout.flush()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    log = records.open(StreamKind.VISIT, "v-1")
    log.append([entry("after")], after=len(log.recorded()))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        append_until_full(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        append_for_ever(opened(Path(sys.argv[1])))
