"""An open update: its form, its signature, its list of files; then its contents, each compared with that list."""

import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from nurse_app.store.disk import Disk
from nurse_app.updating.manifest import (
    MOST_MANIFEST_BYTES,
    BadManifestError,
    Kind,
    UpdateFile,
    UpdateManifest,
    link_target,
    read_manifest,
)
from nurse_app.updating.signature import SIGNATURE_BYTES, ReleaseKey, signed_with
from nurse_app.updating.update_form import BadUpdateError, Member, insist_on_files, members_of

PIECE_BYTES = 1 << 18
# Called with the bytes that came out so far and those there are; may raise to end the work.
Progress = Callable[[int, int], None]


class NotSignedError(Exception):
    """The list of files was not signed with a key that this program accepts, or was changed since."""


class CannotReadError(Exception):
    """The machine does not hand out the update."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class UpdateArchive:
    """An update whose form and signature were found right. Its contents are checked by whoever reads them."""

    manifest: UpdateManifest
    key: ReleaseKey

    def __init__(self, disk: Disk, path: Path, keys: tuple[ReleaseKey, ...]) -> None:
        """Raises CannotReadError, NotAnUpdateError, BadUpdateError, NotSignedError."""
        self._disk = disk
        try:
            self._descriptor = disk.open_read(path)
        except OSError as error:
            raise CannotReadError(error) from error
        try:
            self._open(keys)
        except OSError as error:
            disk.close(self._descriptor)
            raise CannotReadError(error) from error
        except BaseException:
            disk.close(self._descriptor)
            raise

    def __enter__(self) -> "UpdateArchive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._disk.close(self._descriptor)

    def files(self) -> Iterator[tuple[UpdateFile, Iterator[bytes]]]:
        """Each file with its content in pieces, in the order of their paths.

        The content raises BadUpdateError, CannotReadError; at its end at the latest, when it is not what the list says.
        """
        for file, member in zip(self.manifest.files, self._members, strict=True):
            yield file, self._checked(file, member)

    def check(self, progress: Progress) -> None:
        """Read everything and compare it with the list. Raises BadUpdateError, CannotReadError."""
        done = 0
        for file, content in self.files():
            if file.kind is Kind.LINK:
                self.target(file, content)
                continue
            for piece in content:
                done += len(piece)
                progress(done, self.manifest.bytes)

    def target(self, link: UpdateFile, content: Iterator[bytes]) -> str:
        """Where a link leads. Raises BadUpdateError, CannotReadError."""
        try:
            return link_target(link, b"".join(content), self.manifest)
        except BadManifestError as error:
            raise BadUpdateError(str(error)) from error

    def _open(self, keys: tuple[ReleaseKey, ...]) -> None:
        size = self._disk.state(self._descriptor).size
        listing, seal, *self._members = members_of(self._disk, self._descriptor, size)
        if listing.size > MOST_MANIFEST_BYTES or seal.size != SIGNATURE_BYTES:
            raise BadUpdateError("its list of files is larger than any can be, or its signature is not one")
        content = b"".join(self._content(listing))
        key = signed_with(keys, content, b"".join(self._content(seal)))
        if key is None:
            raise NotSignedError
        self.key = key
        try:
            self.manifest = read_manifest(content)
        except BadManifestError as error:
            raise BadUpdateError(str(error)) from error
        insist_on_files(tuple(self._members), self.manifest)

    def _checked(self, file: UpdateFile, member: Member) -> Iterator[bytes]:
        digest = sha256()
        for piece in self._content(member):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != file.sha256:
            raise BadUpdateError(f"its file {file.path} was changed or damaged after it was signed")

    def _content(self, member: Member) -> Iterator[bytes]:
        """What a member unpacks to: just as many bytes as it says, from just as many as it has."""
        unpacker, place, crc, done = zlib.decompressobj(-zlib.MAX_WBITS), member.start, 0, 0
        end = place + member.packed
        try:
            while not unpacker.eof:
                packed = unpacker.unconsumed_tail
                if not packed:
                    packed = self._read(place, min(PIECE_BYTES, end - place))
                    place += len(packed)
                piece = unpacker.decompress(packed, PIECE_BYTES)
                done, crc = done + len(piece), zlib.crc32(piece, crc)
                if done > member.size or not (packed or piece):
                    raise BadUpdateError("a file in it does not have the size that it says")
                yield piece
        except zlib.error as error:
            raise BadUpdateError("its contents are damaged") from error
        if (done, crc, place) != (member.size, member.crc, end) or unpacker.unused_data:
            raise BadUpdateError("a file in it is not what its list of members says")

    def _read(self, place: int, size: int) -> bytes:
        try:
            return self._disk.read_at(self._descriptor, place, size)
        except OSError as error:
            raise CannotReadError(error) from error
