"""Files that a released form of the journal left behind stay readable, and the bytes written today are the same.

``released/`` only ever grows: a new form gets a new file, and no file there is changed.
"""

from decimal import Decimal
from pathlib import Path

from nurse_app.domain.record import Entry
from nurse_app.store.layout import place_of
from nurse_app.visit.ports import StreamKind
from tests.store.kit import START, Measured, entry, own, visit_file

RELEASED = Path(__file__).with_name("released")
FIRST: tuple[tuple[Entry[object], ...], ...] = (
    (entry("Übelkeit"),),
    (entry("b", minute=1), Entry(Measured(Decimal("17.50"), START), "nurse", entry("", minute=2).reading)),
    (Entry(Measured(Decimal(15)), "nurse", entry("", minute=3).reading, START, sign_later=True),),
)


def test_the_first_form_is_read_and_still_written(tmp_path: Path) -> None:
    content = (RELEASED / "journal-1.jsonl").read_bytes()
    place = place_of(tmp_path, StreamKind.VISIT, "old-1")
    place.path.parent.mkdir(parents=True)
    place.path.write_bytes(content)
    records = own(tmp_path)
    entries = [each for batch in FIRST for each in batch]

    assert [each.entry for each in records.open(StreamKind.VISIT, "old-1").recorded()] == entries

    again = own(tmp_path / "again")
    log = again.create(StreamKind.VISIT, "old-1")
    for batch in FIRST:
        log.append(batch, after=len(log.recorded()))
    assert visit_file(tmp_path / "again", "old-1").read_bytes() == content
    records.close()
    again.close()
