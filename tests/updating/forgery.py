"""Updates that somebody without the release key, or a maker with a defect, could come with; each wrong in one way."""

import json
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from hashlib import sha256

from nurse_app.plain_data import plain
from nurse_app.updating.manifest import Kind, UpdateFile, UpdateManifest
from nurse_app.updating.update_form import MANIFEST, SIGNATURE, member_named
from tests.updating.kit import KEY, OTHER_KEY, Content, Member, files_of, good, manifest, members_of, raw_zip

FILES = files_of("0.2.0")
PROGRAM = "versions/0.2.0/nurse-app"
Make = Callable[[], bytes]


def _members() -> list[Member]:
    return members_of(manifest(), FILES)


def _with(change: Callable[[list[Member]], list[Member]]) -> Make:
    def make() -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a member that is there twice
            return raw_zip(change(_members()))

    return make


def _added(name: str, content: bytes = b"more") -> Make:
    return _with(lambda members: [*members, (member_named(name), content)])


def _place_of(members: list[Member], name: str) -> int:
    return next(place for place, (info, _content) in enumerate(members) if info.filename == name)


def _content(name: str, content: bytes) -> Make:
    def change(members: list[Member]) -> list[Member]:
        place = _place_of(members, name)
        return [*members[:place], (members[place][0], content), *members[place + 1 :]]

    return _with(change)


def _without(name: str) -> Make:
    return _with(lambda members: [member for member in members if member[0].filename != name])


def _twice(name: str) -> Make:
    def change(members: list[Member]) -> list[Member]:
        info, content = members[_place_of(members, name)]
        return [*members, (copy(info), content)]

    return _with(change)


def _swapped(members: list[Member]) -> list[Member]:
    return [*members[:2], members[3], members[2], *members[4:]]


def _info(**fields: object) -> Make:
    def change(members: list[Member]) -> list[Member]:
        for name, value in fields.items():
            setattr(members[-1][0], name, value)
        return members

    return _with(change)


def _signed(listing: bytes) -> Make:
    """A list of files in another form, well signed."""
    return lambda: raw_zip(members_of(manifest(), FILES, listing=listing))


def _plain(**changes: object) -> bytes:
    return f"{json.dumps(plain(manifest()) | changes, separators=(',', ':'))}\n".encode()


def _of(files: Mapping[str, Content], **changes: object) -> Make:
    """A manifest that only somebody with the key can make, with files that fit it."""
    entries = [
        UpdateFile(path, len(content), sha256(content).hexdigest(), kind)
        for path, (content, kind) in sorted(files.items())
    ]
    total = sum(entry.bytes for entry in entries)
    found = replace(manifest(), **{"files": tuple(entries), "bytes": total, **changes})  # type: ignore[arg-type]
    return lambda: raw_zip(members_of(found, files))


def _named(path: str) -> Make:
    return _of(FILES | {path: (b"x", Kind.FILE)})


def _linked(target: str) -> Make:
    return _of(FILES | {"_internal/link": (target.encode(), Kind.LINK)})


def _patched(place: Callable[[bytes], int], content: bytes) -> Make:
    def make() -> bytes:
        raw = good()
        at = place(raw)
        return raw[:at] + content + raw[at + len(content) :]

    return make


def _inserted(place: Callable[[bytes], int], more: bytes, *, moves_list: bool) -> Make:
    def make() -> bytes:
        raw = good()
        at = place(raw)
        raw = raw[:at] + more + raw[at:]
        if not moves_list:
            return raw
        start = struct.unpack_from("<L", raw, len(raw) - 6)[0]
        return raw[:-6] + struct.pack("<L", start + len(more)) + raw[-2:]

    return make


def _start_of_list(raw: bytes | bytearray) -> int:
    return int(struct.unpack_from("<L", raw, len(raw) - 6)[0])


def _bomb() -> bytes:
    """The right list and signature, and behind them a member that says it is small and unpacks to much."""
    members = _members()
    place = _place_of(members, PROGRAM)
    size = len(members[place][1])
    raw = raw_zip([*members[:place], (members[place][0], b"\0" * (64 << 20)), *members[place + 1 :]])
    return raw.replace(struct.pack("<L", 64 << 20), struct.pack("<L", size))


def _last_with(crc: int = 0, behind: bytes = b"") -> Make:
    """The last member with another checksum in both of its places, or with something behind its packed content."""

    def make() -> bytes:
        raw = bytearray(good())
        start = _start_of_list(raw)
        line = raw.rindex(b"PK\x01\x02")
        (head,) = struct.unpack_from("<L", raw, line + 42)
        for place in (line + 16, head + 14):
            (before,) = struct.unpack_from("<L", raw, place)
            struct.pack_into("<L", raw, place, before ^ crc)
        for place in (line + 20, head + 18):
            (before,) = struct.unpack_from("<L", raw, place)
            struct.pack_into("<L", raw, place, before + len(behind))
        struct.pack_into("<L", raw, len(raw) - 6, start + len(behind))
        return bytes(raw[:start] + behind + raw[start:])

    return make


def _cut_list() -> bytes:
    """Only half a line for the last member, and an end that says so."""
    raw = bytearray(good())
    line = raw.rindex(b"PK\x01\x02")
    end = bytearray(raw[-22:])
    struct.pack_into("<L", end, 12, line + 20 - _start_of_list(raw))
    return bytes(raw[: line + 20] + end)


def _huge_list() -> bytes:
    return raw_zip([(member_named(MANIFEST), b" " * (5 << 20)), (member_named(SIGNATURE), bytes(64)), *_members()[2:]])


def _many() -> bytes:
    return raw_zip([*_members(), *((member_named(f"versions/0.2.0/z{n}"), b"") for n in range(6000))])


def _other_files(found: UpdateManifest) -> bytes:
    files = {path: (content[::-1], kind) for path, (content, kind) in FILES.items()}
    return raw_zip(members_of(found, files))


# Not one of these is an update at all.
NOT_UPDATES: Mapping[str, Make] = {
    "nothing in it": lambda: b"",
    "another file": lambda: b"Dear colleague, " * 99,
    "another zip": lambda: raw_zip([(zipfile.ZipInfo("letter.txt"), b"Dear colleague")]),
    "an empty zip": lambda: raw_zip([]),
    "its end is missing": lambda: good()[:-1],
    "its second half is missing": lambda: good()[: len(good()) // 2],
    "no signature": _without(SIGNATURE),
    "the signature first": _with(lambda members: [members[1], members[0], *members[2:]]),
    "something before the first member": _inserted(lambda _raw: 0, b"MZ", moves_list=True),
    "a program as list of files": _with(
        lambda members: [(member_named(MANIFEST, Kind.PROGRAM), members[0][1]), *members[1:]]
    ),
}
NOT_SIGNED: Mapping[str, Make] = {
    "signed with another key": lambda: good(key=OTHER_KEY),
    "a signature of zeros": _content(SIGNATURE, bytes(64)),
    "the signature of another version": _content(SIGNATURE, KEY.sign(b"0.3.0").signature),
    "a changed list of files": lambda: raw_zip(
        [(member_named(MANIFEST), _members()[0][1].replace(b"commit", b"commix")), *_members()[1:]]
    ),
}
REFUSED: Mapping[str, Make] = {
    "half a signature": _content(SIGNATURE, bytes(32)),
    "a changed file": _content(PROGRAM, b"#!/bin/sh\necho gotcha\n".ljust(len(FILES["nurse-app"][0]))),
    "a longer file": _content(PROGRAM, FILES["nurse-app"][0] + b"rm -rf /\n"),
    "all files changed": lambda: _other_files(manifest()),
    "a missing file": _without(PROGRAM),
    "a further file": _added("versions/0.2.0/zz-more"),
    "a further file outside": _added("nurse-app"),
    "a name that climbs out": _added("../../etc/cron.d/x"),
    "an absolute name": _added("/etc/cron.d/x"),
    "a file twice": _twice(PROGRAM),
    "the list of files twice": _twice(MANIFEST),
    "files out of order": _with(_swapped),
    "a program that may not be started": _info(external_attr=0o100644 << 16),
    "a link in place of a file": _info(external_attr=0o120777 << 16),
    "rights that no file has": _info(external_attr=0o104755 << 16),
    "a date": _info(date_time=(2026, 11, 22, 9, 0, 0)),
    "a comment on a member": _info(comment=b"hello"),
    "an extra field": _info(extra=struct.pack("<HH", 0xCAFE, 0)),
    "a stored member": _info(compress_type=zipfile.ZIP_STORED),
    "letters beyond ASCII": _added("versions/0.2.0/ä"),
    "more than its files unpack to": _bomb,
    "a list of files without end": _huge_list,
    "more members than a program has": _many,
    "something between members and list": _inserted(_start_of_list, b"gap", moves_list=True),
    "a list that begins elsewhere": _inserted(_start_of_list, b"gap", moves_list=False),
    "a comment at the end": lambda: good()[:-2] + b"\x16\0" + good()[-22:],
    "a damaged byte in a file": _patched(lambda raw: raw.index(PROGRAM.encode()) + len(PROGRAM) + 9, b"\xff\xff\xff"),
    "another size in front of a member": _patched(lambda raw: raw.index(PROGRAM.encode()) - 8, b"\1"),
    "a checksum that is another": _last_with(crc=1),
    "something behind a packed content": _last_with(behind=b"more"),
    "much behind a packed content": _last_with(behind=b"more" * 200_000),
    "half a line in the list": _cut_list,
    "a list cut in the middle": _patched(lambda raw: len(raw) - 10, struct.pack("<L", 90)),
    # Well signed, and still not what an update may be.
    "a list of another form": _signed(_plain(more=1)),
    "a list of a later form": _signed(_plain(format=2)),
    "a list that is not one": _signed(b"[]\n"),
    "no JSON": _signed(b"{"),
    "nested without end": _signed(b"[" * 100_000),
    "a list written with blanks": _signed(json.dumps(plain(manifest())).encode()),
    "a key twice": _signed(_plain().replace(b'{"format":1', b'{"format":1,"format":1')),
    "another program": _of(FILES, product="other-app"),
    "another computer": _of(FILES, platform="linux-riscv64"),
    "a version that is none": _of(FILES, version="0.2"),
    "a version with zeros in front": _of(FILES, version="0.02.0"),
    "no form of records": _of(FILES, record_form=0),
    "a build identity of two lines": _of(FILES, build="one\ntwo"),
    "a wrong total": _of(FILES, bytes=1),
    "no files": _of({}),
    "files out of order in the list": lambda: raw_zip(
        members_of(replace(manifest(), files=manifest().files[::-1]), FILES)
    ),
    "a digest that is none": lambda: raw_zip(
        members_of(replace(manifest(), files=tuple(replace(f, sha256="?") for f in manifest().files)), FILES)
    ),
    "a name that climbs out, signed": _named("../../nurse-app"),
    "a name with a dot": _named("./x"),
    "an absolute name, signed": _named("/etc/x"),
    "a drive": _named("c:x"),
    "backslashes": _named("a\\..\\..\\x"),
    "a device of Windows": _named("_internal/con.txt"),
    "a name that ends with a dot": _named("x."),
    "a name that ends with a blank": _named("x "),
    "a name without a name": _named("a//x"),
    "a long name": _named("x" * 201),
    "a control character": _named("a\nb"),
    "twins but for large letters": _named("Nurse-App"),
    "a file that is also a folder": _named("nurse-app/x"),
    "a folder that is also a file": _named("_Internal"),
    "a link out of the folder": _linked("../../../../../etc/passwd"),
    "a link to the top of the disk": _linked("/etc/passwd"),
    "a link to a folder": _linked("PySide6"),
    "a link to nothing": _linked("nowhere"),
    "a link to a link": _linked("libQt6Core.so.6"),
    "a link on Windows": _of(FILES, platform="win-amd64"),
}
