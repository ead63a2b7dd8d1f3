"""T-10: each allocation of memory fails once, while an entry is appended and while a record is loaded."""

import signal
from pathlib import Path

import pytest

from nurse_app.store.record_folder import look_at_records
from nurse_app.visit.ports import StreamKind
from tests.faults.machine import python, start
from tests.figures import Figure
from tests.store.kit import system_disk, texts, tools

CHILD = Path(__file__).with_name("child_short_of_memory.py")


def outcomes(mode: str, root: Path) -> dict[str, str]:
    """What came of each record. Some releases of Python crash when certain allocations fail: it goes on after them."""
    pytest.importorskip("_testcapi", reason="this Python cannot make allocations fail")
    found: dict[str, str] = {}
    first, ended = 1, None
    while ended != 0:
        with start(python(CHILD, mode, root, first)) as child:
            out, error = child.communicate()
        ended = child.returncode
        assert ended in (0, -signal.SIGSEGV, -signal.SIGABRT), error.decode()
        for line in out.decode().splitlines():
            allocation, stream_id, outcome = line.split(maxsplit=2)
            found[stream_id] = outcome
            first = max(first, int(allocation))
        first += 1
    return found


def present_in(root: Path, stream_id: str) -> list[str]:
    return texts(look_at_records(root, tools(system_disk())).open(StreamKind.VISIT, stream_id).recorded())


def test_no_failed_allocation_loses_an_entry(quick_folder: Path, figure: Figure) -> None:
    found = outcomes("append", quick_folder)

    # What could not be cut back may be there as well; what was acknowledged has to be.
    allowed = {
        "done True": [["a", "b"]],
        "refused True": [["a"]],
        "refused False": [["a"], ["a", "b"]],
        "tried": [["a"], ["a", "b"]],
    }
    bad = [
        stream_id for stream_id, outcome in found.items() if present_in(quick_folder, stream_id) not in allowed[outcome]
    ]
    refused = sum(not outcome.startswith("done") for outcome in found.values())
    figure(f"T-10  {refused} allocations failed while an entry was appended, {len(bad)} lost or unreadable")
    assert bad == []
    assert refused > 20


def test_no_failed_allocation_shortens_a_record_that_is_loaded(quick_folder: Path, figure: Figure) -> None:
    found = outcomes("load", quick_folder)

    allowed = {
        "done True": [["a", "b", "c", "d"]],
        "refused True": [["a", "b", "c", "d"]],
        "tried": [["a", "b", "c"], ["a", "b", "c", "d"]],
    }
    bad = [
        stream_id
        for stream_id, outcome in found.items()
        if outcome not in allowed or present_in(quick_folder, stream_id) not in allowed[outcome]
    ]
    refused = sum(not outcome.startswith("done") for outcome in found.values())
    figure(f"T-10  {refused} allocations failed while a record was loaded, {len(bad)} lost, shortened or unreadable")
    assert bad == []
    assert refused > 20
