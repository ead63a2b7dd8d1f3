"""Checking a record as it passes by says the same as reading it whole, whatever is wrong and wherever it is cut."""

from pathlib import Path

import pytest

from nurse_app.store import journal_check, journal_lines
from nurse_app.store.journal_check import CheckedJournal, JournalCheck, check_file, pieces
from nurse_app.store.journal_lines import encode_batch, first_digest, scan
from tests.store.backup_kit import journal
from tests.store.kit import system_disk

STREAM = "visit 0192"


def batched() -> bytes:
    """Records of one, three and two entries saved together."""
    content, head, count = b"", first_digest(STREAM), 0
    for size in (1, 3, 2):
        made = encode_batch([{"number": count + n} for n in range(1, size + 1)], after=count, head=head)
        content, head, count = content + made.content, made.head, count + size
    return content


def checked(content: bytes, piece: int) -> CheckedJournal:
    check = JournalCheck(STREAM)
    for start in range(0, len(content), piece):
        check.feed(content[start : start + piece])
    return check.result()


def scanned(content: bytes) -> CheckedJournal:
    found = scan(content, STREAM)
    return CheckedJournal(len(found.bodies), found.head, found.size, len(content), found.damage)


@pytest.mark.parametrize("piece", [1, 7, 100, 1 << 20])
def test_a_record_cut_anywhere_is_understood_as_when_read_whole(piece: int) -> None:
    content = batched()
    for size in range(len(content) + 1):
        assert checked(content[:size], piece) == scanned(content[:size]), size


def test_a_record_damaged_anywhere_is_understood_as_when_read_whole() -> None:
    content = batched()
    for place in range(len(content)):
        for flipped in (content[place] ^ 1, 0x0A):
            damaged = content[:place] + bytes([flipped]) + content[place + 1 :]
            assert checked(damaged, 64) == scanned(damaged), place


def test_a_line_without_end_takes_no_more_memory_than_a_line_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (journal_check, journal_lines):
        monkeypatch.setattr(module, "LINE_LIMIT_BYTES", 400)
    check = JournalCheck(STREAM)
    content = batched()
    check.feed(content)

    for _ in range(100):
        check.feed(b"x" * 100)

    assert len(check._line) == 400
    assert check.result() == scanned(content + b"x" * 10_000)
    check.feed(b"\n")
    assert check.result() == scanned(content + b"x" * 10_000 + b"\n")


def test_a_file_is_read_in_pieces_and_no_further_than_wanted(tmp_path: Path) -> None:
    content = journal(STREAM, 2000)
    file = tmp_path / "record"
    file.write_bytes(content)
    disk = system_disk()
    descriptor = disk.open_read(file)

    found = check_file(disk, descriptor, STREAM)
    some = list(pieces(disk, descriptor, journal_check.PIECE_BYTES + 5))
    more = b"".join(pieces(disk, descriptor, len(content) + 100))
    disk.close(descriptor)

    assert found == scanned(content)
    assert found.entries == 2000
    assert [len(piece) for piece in some] == [journal_check.PIECE_BYTES, 5]
    assert more == content
