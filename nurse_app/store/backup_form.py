"""The exact form of a backup's file, byte for byte, and the limits that a made-up one runs into."""

import stat
import struct
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from nurse_app.store.backup_manifest import LINE_LIMIT_BYTES, MANIFEST, may_hold
from nurse_app.store.disk import Disk
from nurse_app.store.journal_opening import FILE_LIMIT_BYTES

# A large ward has some 2,000 patients and 50,000 visits; twice that may be read, in some 120 MB of memory.
MOST_MEMBERS = 105_000
# A record larger than this cannot be opened either.
MOST_FILE_BYTES = FILE_LIMIT_BYTES
# Records shrink to a quarter, because of their digests; zeros to a thousandth. Small files may shrink as they like.
MOST_RATIO = 100
SMALL_FILE_BYTES = 1 << 20
_NAME_BYTES = 128
SEAL = b"nurse-app backup 1 sha256 "
OPEN_SEAL = b"0" * 64
_END = struct.Struct("<4s4H2LH")
_CENTRAL_BYTES = 46
# From here on a zip needs a second, wide closing record, and from there on wide places of members.
_NARROW_COUNT = 0xFFFF
_NARROW_BYTES = 0x7FFFFFFF
_WIDE = struct.Struct("<4sQ2H2L4Q4sLQL")
_LOCATOR_BYTES = 20
_DESCRIPTOR = struct.Struct("<4s3L")
_CLOSING_BYTES = _END.size + len(SEAL) + len(OPEN_SEAL)
# Sizes follow the content, because they are not known before it.
_SIZES_FOLLOW = 0x08
_PRIVATE_FILE = (stat.S_IFREG | 0o600) << 16


class BadArchiveError(Exception):
    """A file that is not a backup as this program writes it. Text is one clear sentence part."""


def member_named(name: str, *, stored: bool) -> ZipInfo:
    """A member as backups have them: no date, no owner, nothing extra."""
    member = ZipInfo(name)
    member.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = _PRIVATE_FILE
    return member


def seal_of(disk: Disk, descriptor: int, size: int) -> bytes | None:
    """The digest at the end of a file; None when it does not end as a backup does."""
    wanted = len(SEAL) + len(OPEN_SEAL)
    if size < _CLOSING_BYTES:
        return None
    found = disk.read_at(descriptor, size - wanted, wanted)
    return found[len(SEAL) :] if found.startswith(SEAL) else None


def list_of_members(disk: Disk, descriptor: int, size: int) -> tuple[int, int]:
    """Where the list of members begins and how many it has, as the closing records say in exactly one way."""
    seal = size - len(SEAL) - len(OPEN_SEAL)
    *_marks, count, list_bytes, start, _seal_bytes = _END.unpack(disk.read_at(descriptor, seal - _END.size, _END.size))
    wide = disk.read_at(descriptor, max(0, seal - _END.size - _WIDE.size), _WIDE.size)
    if wide[-_LOCATOR_BYTES:].startswith(b"PK\x06\x07") and len(wide) == _WIDE.size:
        *_marks, count, list_bytes, start = _WIDE.unpack(wide)[:10]
    if not 1 <= count <= MOST_MEMBERS + 1 or list_bytes > count * (_CENTRAL_BYTES + _NAME_BYTES):
        raise BadArchiveError("it holds more than a ward’s records")
    closing = _closing(count, list_bytes, start)
    if (
        start + list_bytes + len(closing) != seal
        or disk.read_at(descriptor, start + list_bytes, len(closing)) != closing
    ):
        raise BadArchiveError("its end does not fit the rest of it")
    return int(start), int(count)


def _closing(count: int, list_bytes: int, start: int) -> bytes:
    """What stands between the list of members and the seal; the wide record only where the narrow one cannot do."""
    wide = b""
    if count > _NARROW_COUNT or start > _NARROW_BYTES:
        numbers = (44, 45, 45, 0, 0, count, count, list_bytes, start)
        wide = _WIDE.pack(b"PK\x06\x06", *numbers, b"PK\x06\x07", 0, start + list_bytes, 1)
    short, place = min(count, 0xFFFF), min(start, 0xFFFFFFFF)
    return wide + _END.pack(b"PK\x05\x06", 0, 0, short, short, list_bytes, place, len(SEAL) + len(OPEN_SEAL))


def insist_on_form(disk: Disk, descriptor: int, members: list[ZipInfo], start_of_list: int) -> None:
    """Every byte before the list of members belongs to a member, and says of it what the list says."""
    place, before = 0, ""
    for member in members:
        name = member.orig_filename
        is_last = member is members[-1]
        if (name != MANIFEST) if is_last else not (before < name and may_hold(name)):
            raise BadArchiveError("it holds a file that no backup has, or holds one twice")
        before = name
        if member.header_offset != place or _form(member) != _usual_form(member):
            raise BadArchiveError("its members do not have the form that this program gives them")
        _insist_on_size(member)
        head = _head_of(member)
        foot = _DESCRIPTOR.pack(b"PK\x07\x08", member.CRC, member.compress_size, member.file_size)
        after = place + len(head) + member.compress_size
        if disk.read_at(descriptor, place, len(head)) != head or disk.read_at(descriptor, after, len(foot)) != foot:
            raise BadArchiveError("its members do not fit its list of members")
        place = after + len(foot)
    if place != start_of_list:
        raise BadArchiveError("there is something between its members and their list")


def _head_of(member: ZipInfo) -> bytes:
    usual = member_named(member.orig_filename, stored=member.compress_type == ZIP_STORED)
    usual.flag_bits = _SIZES_FOLLOW
    return usual.FileHeader(zip64=False)


def _usual_form(member: ZipInfo) -> tuple[object, ...]:
    usual = member_named(member.orig_filename, stored=member.compress_type == ZIP_STORED)
    usual.flag_bits = _SIZES_FOLLOW
    if member.header_offset > _NARROW_BYTES:
        usual.extra = struct.pack("<HHQ", 1, 8, member.header_offset)
        usual.create_version = usual.extract_version = 45
    return _form(usual)


def _form(member: ZipInfo) -> tuple[object, ...]:
    versions = (member.create_system, member.create_version, member.extract_version, member.reserved)
    how = (member.flag_bits, member.compress_type, member.date_time)
    return (*versions, *how, member.volume, member.internal_attr, member.external_attr, member.extra, member.comment)


def _insist_on_size(member: ZipInfo) -> None:
    # The manifest grows with the number of files: it has no other limit.
    most = MOST_MEMBERS * LINE_LIMIT_BYTES if member.orig_filename == MANIFEST else MOST_FILE_BYTES
    packed = member.file_size <= max(SMALL_FILE_BYTES, MOST_RATIO * member.compress_size)
    if member.compress_type == ZIP_STORED:
        packed = member.file_size == member.compress_size
    if member.file_size > most or not packed:
        raise BadArchiveError("a file in it is larger than any record can be, or was packed too small to be one")
