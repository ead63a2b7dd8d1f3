"""What an update says about itself, word for word under its signature: version, platform and every file."""

import json
import posixpath
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from nurse_app.plain_data import MisfitError, build, plain
from nurse_app.updating.versions import Version, version_of

FORMAT = 1
PRODUCT = "nurse-app"
PLATFORMS = ("linux-x86_64", "win-amd64")
HAVE_LINKS = ("linux-x86_64",)
# The packaged program has some 400 files and 140 MB; several times that may come.
MOST_FILES = 5_000
MOST_FILE_BYTES = 1 << 30
MOST_BYTES = 2_000_000_000
MOST_MANIFEST_BYTES = 4 << 20
_PATH_LIMIT = 200
_BUILD_LIMIT = 200
# What packages bring along. No letters beyond ASCII: not every stick keeps them.
_PART = re.compile(r"[A-Za-z0-9._+@=,~()\- ]+", re.ASCII)
# Windows opens a device under these names, whatever the folder and the ending.
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class BadManifestError(ValueError):
    """A manifest that no update has; text is one clear sentence part."""


class Kind(StrEnum):
    """What a file is. A link, which only Linux has, holds the way from its folder to a file of the same version."""

    FILE = "file"
    PROGRAM = "program"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class UpdateFile:
    """One file: its path in the folder of the version, its size in bytes, the digest of its content, what it is."""

    path: str
    bytes: int
    sha256: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class UpdateManifest:
    """The whole of an update.

    ``build`` is the build identity, ``record_form`` the newest form of records that this version writes, ``bytes`` what
    all files take, in bytes; ``files`` are in the order of their paths.
    """

    format: int
    product: str
    version: str
    platform: str
    build: str
    record_form: int
    bytes: int
    files: tuple[UpdateFile, ...]

    @property
    def number(self) -> Version:
        """The version. Raises BadManifestError, which ``read_manifest`` has ruled out."""
        found = version_of(self.version)
        if found is None:
            raise BadManifestError("its version is not written as versions are")
        return found


def manifest_of(version: Version, platform: str, build_text: str, form: int, files: list[UpdateFile]) -> UpdateManifest:
    """The manifest of a version’s files. Raises BadManifestError for what no update may hold."""
    ordered = tuple(sorted(files, key=lambda file: file.path))
    total = sum(file.bytes for file in ordered)
    made = UpdateManifest(FORMAT, PRODUCT, str(version), platform, build_text, form, total, ordered)
    _insist(made)
    return made


def manifest_bytes(manifest: UpdateManifest) -> bytes:
    """The manifest as it is signed."""
    return f"{json.dumps(plain(manifest), ensure_ascii=True, separators=(',', ':'))}\n".encode()


def read_manifest(content: bytes) -> UpdateManifest:
    """The manifest of an update whose signature was found right. Raises BadManifestError."""
    try:
        found = build(UpdateManifest, json.loads(content))
    except (MisfitError, ValueError, RecursionError) as error:
        raise BadManifestError("its list of files has another form, perhaps that of a later version") from error
    # Only the very text that is written counts: what reads the same might hide something.
    if content != manifest_bytes(found):
        raise BadManifestError("its list of files is not written as this program writes it")
    _insist(found)
    return found


def link_target(link: UpdateFile, content: bytes, manifest: UpdateManifest) -> str:
    """Where a link leads, as it is written. Raises BadManifestError unless that is another file of the same version."""
    target = content.decode("ascii", "replace")
    place = posixpath.normpath(posixpath.join(posixpath.dirname(link.path), target))
    # From the top of the disk, or up and out, it leads to no file that is there.
    if not any(file.path == place and file.kind is not Kind.LINK for file in manifest.files):
        raise BadManifestError("it holds a link that does not lead to one of its own files")
    return target


def _insist(manifest: UpdateManifest) -> None:
    if manifest.format != FORMAT:
        raise BadManifestError("its form is that of a later version of this program")
    if manifest.product != PRODUCT:
        raise BadManifestError("it is for another program")
    if manifest.platform not in PLATFORMS:
        raise BadManifestError("it is for a kind of computer that this program is not made for")
    if not manifest.build.isprintable() or len(manifest.build) > _BUILD_LIMIT:
        raise BadManifestError("its build identity is not one")
    if manifest.record_form < 1:
        raise BadManifestError("it does not say which form of records it writes")
    _ = manifest.number
    _insist_on_files(manifest)


def _insist_on_files(manifest: UpdateManifest) -> None:
    files = manifest.files
    if not 1 <= len(files) <= MOST_FILES or manifest.bytes > MOST_BYTES:
        raise BadManifestError("it holds nothing, or more than a program has")
    if sum(file.bytes for file in files) != manifest.bytes:
        raise BadManifestError("its files are more or less than it says")
    names: set[str] = set()
    folders: set[str] = set()
    before = ""
    for file in files:
        _insist_on_file(file)
        if file.kind is Kind.LINK and manifest.platform not in HAVE_LINKS:
            raise BadManifestError("it holds a link, which this kind of computer does not have")
        if file.path <= before:
            raise BadManifestError("its files are out of order, or one is there twice")
        before = file.path
        names.add(file.path.lower())
        folders.update(str(above).lower() for above in PurePosixPath(file.path).parents)
    if len(names) < len(files) or names & folders:
        raise BadManifestError("two of its files would have the same name on this computer")


def _insist_on_file(file: UpdateFile) -> None:
    if not may_be_path(file.path):
        raise BadManifestError("it holds a file with a name that no update has")
    if not 0 <= file.bytes <= MOST_FILE_BYTES or _DIGEST.fullmatch(file.sha256) is None:
        raise BadManifestError("it holds a file without a right size or digest")


def may_be_path(path: str) -> bool:
    """Whether an update may have a file there: inside the folder of its version, on every system."""
    return len(path) <= _PATH_LIMIT and all(_may_be_part(part) for part in path.split("/"))


def _may_be_part(part: str) -> bool:
    # Windows drops dots and blanks at the end of a name; "." and ".." are among them.
    if _PART.fullmatch(part) is None or part[-1] in ". " or part[0] == " ":
        return False
    return _DEVICE.fullmatch(part) is None
