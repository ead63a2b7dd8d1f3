"""The journal's lines: pinned to the byte, and no change to them goes unnoticed."""

import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256

import pytest

from nurse_app.store.journal_lines import (
    LINE_LIMIT_BYTES,
    Damage,
    Scan,
    document_of,
    encode_batch,
    first_digest,
    scan,
)

STREAM = "visit 0192"


def document(number: int, text: str) -> dict[str, object]:
    return {"number": number, "data": {"text": text}}


def journal(*batches: Sequence[str], stream: str = STREAM) -> bytes:
    content, head, count = b"", first_digest(stream), 0
    for batch in batches:
        documents = [document(count + place, text) for place, text in enumerate(batch, start=1)]
        made = encode_batch(documents, after=count, head=head)
        content, head, count = content + made.content, made.head, count + len(batch)
    return content


def texts(bodies: Sequence[str]) -> list[object]:
    found = []
    for body in bodies:
        data = document_of(body)["data"]
        assert isinstance(data, Mapping)
        found.append(data["text"])
    return found


def sealed(body: str) -> bytes:
    checked = f"{sha256(body.encode()).hexdigest()} {body}".encode()
    return b"%08x %b\n" % (zlib.crc32(checked), checked)


def test_a_line_on_the_disk_looks_like_this_for_ever() -> None:
    body = f'{{"number":1,"prev":"{first_digest(STREAM)}","batch":[1,1],"data":{{"text":"Übelkeit"}}}}'

    assert journal(["Übelkeit"]) == sealed(body)
    assert first_digest(STREAM) == "1f732da491b4fb770e23a0587df4932f3c1a70d459805dd464ec499a38fd1581"


def test_what_was_encoded_is_scanned_back_in_order() -> None:
    content = journal(["a"], ["b", "c", "d"], ["e"])

    found = scan(content, STREAM)

    assert texts(found.bodies) == ["a", "b", "c", "d", "e"]
    assert (found.size, found.tail, found.damage) == (len(content), b"", None)
    assert document_of(found.bodies[1]) == document(2, "b")


def test_an_empty_file_is_a_stream_without_entries() -> None:
    assert scan(b"", STREAM) == Scan((), first_digest(STREAM), 0)


def test_a_file_cut_at_any_byte_gives_the_whole_batches_before_and_reports_the_rest() -> None:
    batches = (["a"], ["b", "c", "d"], ["e"])
    ends = [len(journal(*batches[:count])) for count in range(4)]
    content = journal(*batches)

    for cut in range(len(content)):
        found = scan(content[:cut], STREAM)
        whole = max(count for count in range(4) if ends[count] <= cut)
        assert found.damage is None
        assert texts(found.bodies) == [text for batch in batches[:whole] for text in batch]
        assert found.tail == content[ends[whole] : cut]


def test_every_changed_bit_is_noticed_and_nothing_behind_it_is_lost_from_sight() -> None:
    content = journal(["Übelkeit"], ["b", "c"])
    unnoticed = tails = 0

    for bit in range(len(content) * 8):
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << (bit % 8)
        found = scan(bytes(changed), STREAM)
        if found.damage is None:
            # Only a file that lost its last newline looks like a write cut short.
            tails += bool(found.tail) and bit // 8 == len(content) - 1
            unnoticed += not found.tail
        else:
            assert found.damage.byte <= bit // 8

    assert (unnoticed, tails) == (0, 8)


def test_damage_is_named_with_its_entry_its_byte_and_what_can_be_read_behind_it() -> None:
    content = journal(["a"], ["b"], ["c"], ["d"])
    second = len(journal(["a"]))
    broken = content[:second] + content[second:].replace(b'"b"', b'"x"', 1)

    found = scan(broken, STREAM)

    assert found.damage == Damage(number=2, byte=second, readable_after=2)
    assert texts(found.bodies) == ["a"]


def test_sound_entries_before_damage_inside_a_batch_are_shown() -> None:
    found = scan(journal(["a", "b", "c"]).replace(b'"b"', b'"x"', 1), STREAM)

    assert found.damage is not None
    assert found.damage.number == 2
    assert texts(found.bodies) == ["a"]


def test_a_bad_last_line_that_has_its_newline_is_damage_not_a_torn_end() -> None:
    found = scan(journal(["a"], ["b"]).replace(b'"b"', b'"x"', 1), STREAM)

    assert found.damage is not None
    assert found.tail == b""


def lines_of(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("rearranged", "first_bad"),
    [
        (lambda a, b, c: [a, c], 2),
        (lambda a, b, c: [b, c], 1),
        (lambda a, b, c: [a, c, b], 2),
        (lambda a, b, c: [a, a, b, c], 2),
        (lambda a, b, c: [a, b"\n", b, c], 2),
        (lambda a, b, c: [a, b.upper(), c], 2),
        (lambda a, b, c: [a.replace(b" ", b"  ", 1), b, c], 1),
        (lambda a, b, c: [a[:-1] + b"\r\n", b, c], 1),
        (lambda a, b, c: lines_of(journal(["a"], ["b"], stream="visit 0193")), 1),
    ],
    ids=["deleted", "beheaded", "swapped", "doubled", "blank", "upper case", "spaced", "crlf", "another record's file"],
)
def test_lines_that_were_moved_about_are_damage(rearranged: object, first_bad: int) -> None:
    assert callable(rearranged)
    changed = b"".join(rearranged(*lines_of(journal(["a"], ["b"], ["c"]))))

    found = scan(changed, STREAM)

    assert found.damage is not None
    assert found.damage.number == first_bad


@pytest.mark.parametrize(
    "rest",
    [
        '"batch":[1,1],"dose":300,"dose":30}',
        '"batch":[1,1],"dose":NaN}',
        '"batch":[1,0],"data":{}}',
        '"batch":[2,2],"data":{}}',
        '"batch":[1,x],"data":{}}',
        '"data":{}}',
    ],
    ids=["key twice", "nan", "batch of none", "second of a batch", "batch of words", "no batch"],
)
def test_lines_with_fitting_sums_but_unfit_content_are_damage(rest: str) -> None:
    line = sealed(f'{{"number":1,"prev":"{first_digest(STREAM)}",{rest}')

    assert scan(line, STREAM).damage == Damage(1, 0, 0)


def test_a_change_with_its_check_sum_made_to_fit_is_damage() -> None:
    digest_and_body = journal(["a"])[9:-1].replace(b'"a"', b'"x"')

    found = scan(b"%08x %b\n" % (zlib.crc32(digest_and_body), digest_and_body), STREAM)

    assert found.damage == Damage(1, 0, 0)


def test_a_line_that_is_not_text_is_damage() -> None:
    content = b'{"number":1}\xff}'
    checked = sha256(content).hexdigest().encode() + b" " + content

    assert scan(b"%08x %b\n" % (zlib.crc32(checked), checked), STREAM).damage == Damage(1, 0, 0)


def test_a_batch_that_changes_its_size_on_the_way_is_damage() -> None:
    first, _ = lines_of(journal(["a", "b"]))
    head = first.split(b" ")[1].decode()
    second = sealed(f'{{"number":2,"prev":"{head}","batch":[2,3],"data":{{}}}}')

    assert scan(first + second, STREAM).damage == Damage(2, len(first), 0)


def test_a_line_longer_than_any_entry_is_damage() -> None:
    assert scan(b"x" * LINE_LIMIT_BYTES + b"\n", STREAM).damage == Damage(1, 0, 0)


@pytest.mark.parametrize(
    "bad",
    [
        {"number": 2, "data": {}},
        {"number": 1, "prev": "mine"},
        {"number": 1, "batch": [1, 2]},
        {"number": 1, "data": ("a", "b")},
        {"number": 1, "data": {1: "a"}},
        {"number": 1, "data": 0.5},
        {"number": 1, "data": "\ud800"},
        {"number": 1, "data": "x" * LINE_LIMIT_BYTES},
    ],
    ids=["number", "prev", "batch", "tuple", "key", "fraction", "half a character", "too long"],
)
def test_a_document_that_could_not_be_read_back_is_not_encoded(bad: Mapping[str, object]) -> None:
    with pytest.raises(ValueError):
        encode_batch([bad], after=0, head=first_digest(STREAM))
