"""The exact form of an update’s file: a zip that any tool opens, of which only one way of writing is taken.

First the manifest, then its signature, then the files in the order of their paths. Nothing lies between them, every
header is what it must be, and the list at the end is the only one that fits. What is not exactly so is refused: there
is no list of attacks to keep up with.
"""

import stat
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZipInfo

from nurse_app.store.disk import Disk
from nurse_app.updating.manifest import MOST_FILE_BYTES, MOST_FILES, Kind, UpdateFile, UpdateManifest

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FOLDER = "versions"
_NAME_LIMIT = 256
# Places and sizes stay below what a narrow zip can say.
MOST_UPDATE_BYTES = 2_000_000_000
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
# 1 January 1980, the first day that a zip knows.
_NO_TIME, _NO_DAY = 0, 33
_ZIP_VERSION, _ON_POSIX = 20, 3 << 8
_ATTRIBUTES: Mapping[Kind | None, int] = {
    Kind.FILE: (stat.S_IFREG | 0o644) << 16,
    Kind.PROGRAM: (stat.S_IFREG | 0o755) << 16,
    Kind.LINK: (stat.S_IFLNK | 0o777) << 16,
}


class NotAnUpdateError(Exception):
    """A file that is no update at all, or has lost its end. Text is one clear sentence part."""


class BadUpdateError(Exception):
    """An update that is not as this program’s makers write it. Text is one clear sentence part."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member as the list at the end has it; ``packed`` bytes in the file make ``size`` bytes."""

    name: str
    kind: Kind | None
    crc: int
    packed: int
    size: int
    place: int

    @property
    def start(self) -> int:
        """Where its content begins in the file."""
        return self.place + _LOCAL.size + len(self.name)

    def head(self) -> bytes:
        """What stands before its content."""
        sizes = (self.crc, self.packed, self.size)
        fields = (_ZIP_VERSION, 0, ZIP_DEFLATED, _NO_TIME, _NO_DAY, *sizes, len(self.name), 0)
        return _LOCAL.pack(b"PK\x03\x04", *fields) + self.name.encode()

    def line(self) -> bytes:
        """Its line in the list at the end."""
        how = (_ON_POSIX | _ZIP_VERSION, _ZIP_VERSION, 0, ZIP_DEFLATED, _NO_TIME, _NO_DAY)
        sizes = (self.crc, self.packed, self.size)
        rest = (len(self.name), 0, 0, 0, 0, _ATTRIBUTES.get(self.kind, 0), self.place)
        return _CENTRAL.pack(b"PK\x01\x02", *how, *sizes, *rest) + self.name.encode()


def member_named(name: str, kind: Kind = Kind.FILE) -> ZipInfo:
    """A member as updates have them, for whoever writes one: no date, no owner, nothing extra."""
    member = ZipInfo(name)
    member.compress_type = ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = _ATTRIBUTES[kind]
    return member


def path_in_update(version: str, file: UpdateFile) -> str:
    """The name of a file’s member: where it belongs in the clinic’s folder."""
    return f"{FOLDER}/{version}/{file.path}"


def members_of(disk: Disk, descriptor: int, size: int) -> tuple[Member, ...]:
    """All members, after the form was found right. Raises NotAnUpdateError, BadUpdateError, OSError."""
    if not _END.size < size <= MOST_UPDATE_BYTES:
        raise NotAnUpdateError("it is not an update of this program")
    end = disk.read_at(descriptor, size - _END.size, _END.size)
    mark, *_disks, count, list_bytes, start, _comment = _END.unpack(end)
    name = disk.read_at(descriptor, _LOCAL.size, len(MANIFEST))
    if name != MANIFEST.encode() and mark == b"PK\x05\x06":
        raise NotAnUpdateError("it is not an update of this program")
    if mark != b"PK\x05\x06":
        raise NotAnUpdateError("it is not an update of this program, or its end is missing")
    fits = start + list_bytes + _END.size == size and end == _END.pack(mark, 0, 0, count, count, list_bytes, start, 0)
    if not fits or count > MOST_FILES + 2 or list_bytes > count * (_CENTRAL.size + _NAME_LIMIT):
        raise BadUpdateError("its end does not fit the rest of it")
    members = tuple(_listed(disk.read_at(descriptor, start, list_bytes)))
    first = [(member.name, member.kind) for member in members[:2]]
    if first != [(MANIFEST, Kind.FILE), (SIGNATURE, Kind.FILE)] or len(members) != count:
        raise NotAnUpdateError("it is not an update of this program")
    _insist_on_places(disk, descriptor, members, start)
    return members


def insist_on_files(members: tuple[Member, ...], manifest: UpdateManifest) -> None:
    """The members after the first two are the files of the manifest, no more and no fewer. Raises BadUpdateError."""
    found = [(member.name, member.size, member.kind) for member in members]
    wanted = [(path_in_update(manifest.version, file), file.bytes, file.kind) for file in manifest.files]
    if found != wanted:
        raise BadUpdateError("it does not hold just the files that its list names")


def _listed(content: bytes) -> Iterator[Member]:
    place = 0
    while place < len(content):
        try:
            fields = _CENTRAL.unpack_from(content, place)
        except struct.error as error:
            raise BadUpdateError("its list of members is damaged") from error
        crc, packed, size, name_bytes = fields[7:11]
        attributes, start = fields[15:17]
        name = content[place + _CENTRAL.size : place + _CENTRAL.size + name_bytes]
        kind = next((kind for kind, bits in _ATTRIBUTES.items() if bits == attributes), None)
        member = Member(name.decode("ascii", "replace"), kind, crc, packed, size, start)
        line = member.line() if name.isascii() and size <= MOST_FILE_BYTES else b""
        if not line or content[place : place + len(line)] != line:
            raise BadUpdateError("its members do not have the form that an update’s have")
        yield member
        place += len(line)


def _insist_on_places(disk: Disk, descriptor: int, members: tuple[Member, ...], start_of_list: int) -> None:
    place = 0
    for member in members:
        head = member.head()
        if member.place != place or disk.read_at(descriptor, place, len(head)) != head:
            raise BadUpdateError("its members do not fit its list of members")
        place += len(head) + member.packed
    if place != start_of_list:
        raise BadUpdateError("there is something between its members and their list")
