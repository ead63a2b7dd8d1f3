"""Backups that somebody made up, each with a right digest at its end, and each wrong in one way."""

import json
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO

from nurse_app.store.backup_form import SEAL, member_named
from nurse_app.store.backup_manifest import MANIFEST, Condition, FileCheck, FileEntry, manifest_lines
from tests.store.backup_kit import MADE_AT, journal

ONE, TWO = "visits/01/a01.jsonl", "visits/02/a02.jsonl"
FILES: Mapping[str, bytes] = {ONE: journal("visit a01", 4), TWO: journal("visit a02", 4)}
Member = tuple[zipfile.ZipInfo, bytes]


class OneWay:
    """A file that is only ever added to, as backups are written."""

    def __init__(self) -> None:
        self.content = BytesIO()

    def write(self, content: bytes) -> int:
        return self.content.write(content)

    def flush(self) -> None:
        """Nothing to do."""


def raw_zip(members: Iterable[Member]) -> bytes:
    """A zip without a seal."""
    file = OneWay()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:  # type: ignore[call-overload]
        warnings.simplefilter("ignore")  # about a member that is there twice
        for info, content in members:
            with archive.open(info, "w") as member:
                member.write(content)
    return file.content.getvalue()


def sealed(raw: bytes, seal: bytes = SEAL) -> bytes:
    """The same with a right digest at its end."""
    assert raw.endswith(b"\0\0")
    closed = raw[:-2] + (len(seal) + 64).to_bytes(2, "little") + seal
    return closed + sha256(closed).hexdigest().encode()


def entries_of(files: Mapping[str, bytes]) -> list[FileEntry]:
    entries = []
    for path, content in files.items():
        check = FileCheck(path)
        check.feed(content)
        entries.append(check.entry())
    return entries


def manifest(entries: Iterable[FileEntry]) -> bytes:
    return b"".join(manifest_lines(MADE_AT, "0.1.0", entries))


def members_of(files: Mapping[str, bytes], lines: bytes | None = None) -> list[Member]:
    """The members of a good backup, to be spoilt."""
    members = [(member_named(path, stored=False), content) for path, content in files.items()]
    return [*members, (member_named(MANIFEST, stored=False), manifest(entries_of(files)) if lines is None else lines)]


def good(files: Mapping[str, bytes] = FILES, lines: bytes | None = None) -> bytes:
    return sealed(raw_zip(members_of(files, lines)))


def _of(members: list[Member]) -> bytes:
    return sealed(raw_zip(members))


def _named(name: str, *, before: bool = False) -> bytes:
    """One more member of this name, which the manifest lists like any other."""
    extra = {name: b"{}\n"}
    files = {**extra, **FILES} if before else {**FILES, **extra}
    return good(files)


def _with(change: Callable[[zipfile.ZipInfo], object]) -> bytes:
    members = members_of(FILES)
    change(members[0][0])
    return sealed(raw_zip(members))


def _patched(wanted: bytes, put: bytes, *, last: bool = False) -> bytes:
    """A good backup with some bytes replaced, before the digest is taken."""
    raw = raw_zip(members_of(FILES))
    place = raw.rfind(wanted) if last else raw.find(wanted)
    assert place >= 0
    return sealed(raw[:place] + put + raw[place + len(put) :])


def _central(offset: int, put: bytes) -> bytes:
    """A good backup with a field of the first entry of its list of members replaced."""
    raw = raw_zip(members_of(FILES))
    place = raw.find(b"PK\x01\x02") + offset
    return sealed(raw[:place] + put + raw[place + len(put) :])


def _entries(change: Callable[[list[FileEntry]], list[FileEntry]]) -> bytes:
    return good(FILES, manifest(change(entries_of(FILES))))


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    lines = manifest(entries_of(FILES)).splitlines(keepends=True)
    return good(FILES, b"".join(change(lines)))


def _first(entry: FileEntry) -> Callable[[list[FileEntry]], list[FileEntry]]:
    return lambda entries: [entry, *entries[1:]]


def _named_nul() -> bytes:
    raw = raw_zip(members_of({**FILES, "visits/03/a03_jsonl": b"{}\n"}))
    return sealed(raw.replace(b"a03_jsonl", b"a03\0jsonl"))


def _wide_lie() -> bytes:
    """A wide closing record that shows another list of members than the narrow one."""
    raw = raw_zip(members_of(FILES))
    start = raw.find(b"PK\x01\x02")
    end = raw.rfind(b"PK\x05\x06")
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 3, 3, end - start, start)
    wide += struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    return sealed(raw[:end] + wide + raw[end:])


def _gap(find: Callable[[bytes], int], *, moved: int) -> bytes:
    """Bytes hidden at a place; that many offsets in the list, counted from its end, put right.

    The place of the list itself, in the closing record, is always put right.
    """
    raw = bytearray(raw_zip(members_of(FILES)))
    places = [found.start() + 42 for found in re.finditer(b"PK\x01\x02", raw)]
    for place in [*places[len(places) - moved :], raw.rfind(b"PK\x05\x06") + 16]:
        struct.pack_into("<L", raw, place, struct.unpack_from("<L", raw, place)[0] + 3)
    place = find(bytes(raw))
    return sealed(bytes(raw[:place] + b"gap" + raw[place:]))


def _padded_zeros() -> bytes:
    """A file of zeros beside one of noise, so that only the one file is packed too well."""
    return good({ONE: bytes(30 << 20), TWO: random.Random(1).randbytes(2 << 20)})


def _long_noise() -> bytes:
    """A manifest whose first line has no end for a long while, and does not pack well either."""
    return good(FILES, b'"' + random.Random(1).randbytes(16 << 20).hex().encode() + b'"\n')


def _overlap() -> bytes:
    """Two entries of the list that share one member’s bytes, as in bombs without nesting."""
    raw = bytearray(raw_zip(members_of(FILES)))
    first = raw.find(b"PK\x01\x02")
    second = raw.find(b"PK\x01\x02", first + 4)
    raw[second + 42 : second + 46] = raw[first + 42 : first + 46]
    return sealed(bytes(raw))


def _shifted(by: bytes) -> bytes:
    return sealed(by + raw_zip(members_of(FILES)))


def _closing_field(offset: int, value: int, size: int) -> bytes:
    raw = raw_zip(members_of(FILES))
    place = raw.rfind(b"PK\x05\x06") + offset
    return sealed(raw[:place] + value.to_bytes(size, "little") + raw[place + size :])


def _zeros(count: int, size: int) -> bytes:
    """Files of zeros, called records; the manifest is honest about every one."""
    files = {f"visits/{n % 100:02}/a{n:06}.jsonl": b"\0" * size for n in range(count)}
    return good(dict(sorted(files.items())))


def _broken_chain() -> bytes:
    damaged = FILES[ONE].replace(b"entry 2", b"entry X")
    (entry,) = entries_of({ONE: damaged})
    assert entry.condition is Condition.DAMAGED
    claimed = replace(entry, condition=Condition.SOUND, entries=4)
    return good({**FILES, ONE: damaged}, manifest([claimed, *entries_of({TWO: FILES[TWO]})]))


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "a name that climbs out": lambda: _named("../../escaped.jsonl", before=True),
    "a name that climbs out further in": lambda: _named("visits/../../escaped.jsonl"),
    "an absolute name": lambda: _named("/tmp/escaped.jsonl", before=True),
    "a drive": lambda: _named("C:\\escaped.jsonl", before=True),
    "a share": lambda: _named("\\\\host\\share\\escaped.jsonl", before=True),
    "backslashes": lambda: _named("visits\\03\\a03.jsonl"),
    "a NUL in a name": _named_nul,
    "a device of Windows": lambda: _named("visits/ul/nul.jsonl"),
    "a script": lambda: _named("visits/run.sh"),
    "a nested archive": lambda: _named("visits/03/a03.zip"),
    "the lock": lambda: _named(".lock", before=True),
    "an index": lambda: _named("index.json", before=True),
    "a record in the wrong folder": lambda: _named("visits/03/a04.jsonl"),
    "large letters, a twin on some disks": lambda: _named("visits/03/A03.jsonl"),
    "letters that look alike": lambda: _named("visits/03/\N{CYRILLIC SMALL LETTER A}03.jsonl"),
    "a folder as a member": lambda: _named("visits/03/"),
    "one member twice": lambda: _of([members_of(FILES)[0], *members_of(FILES)]),
    "members out of order": lambda: _of([members_of(FILES)[n] for n in (1, 0, 2)]),
    "a symbolic link": lambda: _with(lambda info: setattr(info, "external_attr", 0o120777 << 16)),
    "a member of another system": lambda: _with(lambda info: setattr(info, "create_system", 0)),
    "another packing": lambda: _with(lambda info: setattr(info, "compress_type", zipfile.ZIP_LZMA)),
    "a comment on a member": lambda: _with(lambda info: setattr(info, "comment", b"hidden")),
    "an extra field": lambda: _with(lambda info: setattr(info, "extra", b"\xfe\xca\x02\x00hi")),
    "a wide size in an extra field": lambda: _with(
        lambda info: setattr(info, "extra", struct.pack("<HHQQ", 1, 16, 1 << 40, 1 << 40))
    ),
    "an encrypted member": lambda: _central(8, b"\x09\x00"),
    "a date": lambda: _central(12, b"\x01\x01"),
    "a wrong checksum in the list": lambda: _central(16, b"\0\0\0\0"),
    "another packed size in the list": lambda: _central(20, b"\x01\0\0\0"),
    "another size in the list": lambda: _central(24, b"\xff\xff\xff\x0f"),
    "another name in the list": lambda: _patched(b"a01.jsonl", b"b01.jsonl", last=True),
    "another name at the member": lambda: _patched(b"a01.jsonl", b"b01.jsonl"),
    "contents that cannot be unpacked": lambda: _patched(b"jsonl", b"jsonl" + b"\xff" * 20),
    "bytes before the first member": lambda: _shifted(b"MZ" + bytes(510)),
    "bytes before the first member, all places put right": lambda: _gap(lambda _raw: 0, moved=3),
    "bytes between members": lambda: _gap(lambda raw: raw.find(MANIFEST.encode()) - 30, moved=1),
    "bytes between the last member and the list": lambda: _gap(lambda raw: raw.find(b"PK\x01\x02"), moved=0),
    "bytes between the list and its end": lambda: _patched(b"PK\x05\x06", b"gapPK\x05\x06"),
    "members on top of one another": _overlap,
    "a wide record that lies": _wide_lie,
    "a wrong number of members": lambda: _closing_field(8, 2, 2),
    "two numbers of members": lambda: _closing_field(10, 2, 2),
    "no member at all": lambda: sealed(b"PK\x05\x06" + bytes(18)),
    "another part of a set": lambda: _closing_field(4, 1, 2),
    "a list of members elsewhere": lambda: _closing_field(16, 7, 4),
    "a list of members that is longer": lambda: _closing_field(12, 1 << 30, 4),
    "a list of members in ruins": lambda: _central(0, b"XXXX"),
    "bytes after the end": lambda: good() + b"\0",
    "no seal": lambda: raw_zip(members_of(FILES)),
    "the seal of a version to come": lambda: sealed(raw_zip(members_of(FILES)), SEAL.replace(b" 1 ", b" 2 ")),
    "one file that floods the memory": lambda: _zeros(1, 200 << 20),
    "many files that flood the disk": lambda: _zeros(300, 1 << 20),
    "one file that floods the disk beside noise": _padded_zeros,
    "a manifest line that never ends": _long_noise,
    "a file larger than any record": lambda: _central(24, (300 << 20).to_bytes(4, "little")),
    "no manifest": lambda: _of(members_of(FILES)[:-1]),
    "an empty manifest": lambda: good(FILES, b""),
    "a manifest that is no JSON": lambda: good(FILES, b"\xff\xfe{\n"),
    "a manifest without an end": lambda: good(FILES, manifest(entries_of(FILES))[:-1]),
    "a manifest line that floods the memory": lambda: good(FILES, b"[" * (30 << 20) + b"\n"),
    "a manifest nested too deeply": lambda: _lines(lambda lines: [b"[" * 900 + b"\n", *lines[1:]]),
    "a manifest with a key twice": lambda: _lines(
        lambda lines: [lines[0].replace(b"{", b'{"files":1,', 1), *lines[1:]]
    ),
    "a manifest with NaN": lambda: _lines(lambda lines: [lines[0].replace(b'"files":2', b'"files":NaN'), *lines[1:]]),
    "a manifest of a version to come": lambda: _lines(
        lambda lines: [lines[0].replace(b'"version":1', b'"version":2'), *lines[1:]]
    ),
    "a manifest with a stranger’s key": lambda: _lines(lambda lines: [lines[0], lines[1].replace(b"{", b'{"x":1,', 1)]),
    "a manifest line with blanks": lambda: _lines(lambda lines: [lines[0], lines[1].replace(b",", b", ", 1), lines[2]]),
    "a manifest that names a stranger’s file": lambda: _lines(
        lambda lines: [lines[0], lines[1].replace(b"visits/01/a01.jsonl", b"../../escaped.jsonl"), lines[2]]
    ),
    "a file that the manifest lacks": lambda: _entries(lambda entries: entries[:1]),
    "a file that is not there": lambda: good({ONE: FILES[ONE]}, manifest(entries_of(FILES))),
    "an empty file that the manifest lacks": lambda: good(
        {ONE: FILES[ONE], TWO: FILES[TWO], "visits/03/a03.jsonl": b""}, manifest(entries_of(FILES))
    ),
    "a file under another name": lambda: _entries(_first(replace(entries_of(FILES)[0], path="visits/01/b01.jsonl"))),
    "a manifest that names a missing file twice": lambda: _entries(
        lambda entries: [*entries, *[FileEntry("visits/03/a03.jsonl", 0, "", 0, "", Condition.LEFT_OUT)] * 2]
    ),
    "a manifest that names a file twice": lambda: _entries(lambda entries: [entries[0], *entries]),
    "a manifest with fewer bytes": lambda: _lines(
        lambda lines: [lines[0].replace(b'"bytes":', b'"bytes":1'), *lines[1:]]
    ),
    "a manifest with more files": lambda: _lines(
        lambda lines: [lines[0].replace(b'"files":2', b'"files":3'), *lines[1:]]
    ),
    "a manifest with fewer files": lambda: _lines(
        lambda lines: [lines[0].replace(b'"files":2', b'"files":1'), *lines[1:]]
    ),
    "a manifest with more files than a ward has": lambda: _lines(
        lambda lines: [lines[0].replace(b'"files":2', b'"files":9999999'), *lines[1:]]
    ),
    "another size": lambda: _entries(_first(replace(entries_of(FILES)[0], bytes=7))),
    "another digest": lambda: _entries(_first(replace(entries_of(FILES)[0], sha256="0" * 64))),
    "another number of entries": lambda: _entries(_first(replace(entries_of(FILES)[0], entries=3))),
    "another end of the chain": lambda: _entries(_first(replace(entries_of(FILES)[0], head="0" * 64))),
    "a sound record called damaged": lambda: _entries(
        _first(replace(entries_of(FILES)[0], condition=Condition.DAMAGED))
    ),
    "a file that is there called left out": lambda: _entries(_first(FileEntry(ONE, 0, "", 0, "", Condition.LEFT_OUT))),
    "a broken chain called sound": _broken_chain,
    "another record’s file": lambda: good(
        {ONE: FILES[TWO], TWO: FILES[TWO]}, manifest([replace(entries_of(FILES)[1], path=ONE), entries_of(FILES)[1]])
    ),
    "an empty file": lambda: b"",
    "a few words": lambda: b"This is not a backup.\n" * 20,
    "a list in JSON": lambda: json.dumps(list(range(1000))).encode(),
}
