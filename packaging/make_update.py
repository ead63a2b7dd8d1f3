"""Makes the one file by which a clinic's folder gets the next version, signed; and the keys for it.

python packaging/make_update.py --new-key release.key          release.key, to be locked away, and release.key.pub
python packaging/build.py --update-key release.key.pub         builds a folder that accepts what release.key signs
python packaging/make_update.py FOLDER --key release.key       dist/nurse-app-<version>-<platform>.update

Needs PyNaCl, which is among the program's locked libraries.
"""

import argparse
import hashlib
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from nacl.signing import SigningKey  # noqa: E402

from nurse_app.updating.clinic_folder import RECORD_FORM, VERSIONS  # noqa: E402
from nurse_app.updating.manifest import (  # noqa: E402
    BadManifestError,
    Kind,
    UpdateFile,
    UpdateManifest,
    link_target,
    manifest_bytes,
    manifest_of,
)
from nurse_app.updating.program_disk import SystemProgramDisk  # noqa: E402
from nurse_app.updating.signature import KEY_FILE, ReleaseKey  # noqa: E402
from nurse_app.updating.update_archive import UpdateArchive  # noqa: E402
from nurse_app.updating.update_form import MANIFEST, SIGNATURE, member_named, path_in_update  # noqa: E402
from nurse_app.updating.versions import Version, version_of  # noqa: E402

PROGRAMS = {"nurse-app": "linux-x86_64", "nurse-app.exe": "win-amd64"}
RESOURCES = Path("_internal", "resources")
# Higher ones take three times as long and save a hundredth.
PACKING = 6


class MakingError(Exception):
    """No update can be made; the text says why."""


def new_key(place: Path) -> ReleaseKey:
    """Make a key pair: the private one at ``place``, for its owner only, and the public one beside it."""
    key = SigningKey.generate()
    public = place.with_name(f"{place.name}.pub")
    for path, content, mode in ((place, key.encode(), 0o600), (public, key.verify_key.encode(), 0o644)):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError:
            raise MakingError(f"{path} is there already; no key is ever overwritten.") from None
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{content.hex()}\n")
    return ReleaseKey(key.verify_key.encode())


def read_key(path: Path) -> SigningKey:
    """The private key in a file."""
    try:
        return SigningKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except (OSError, ValueError) as error:
        raise MakingError(f"{path} holds no private key: {error}.") from error


def make_update(folder: Path, key: SigningKey, output: Path, version: Version | None = None) -> Path:
    """Make the update from a built clinic folder, read it back, and only then give it its name."""
    wanted = version or version_of(_text(folder / "current"))
    if wanted is None:
        raise MakingError(f"{folder}/current names no version.")
    tree = folder / VERSIONS / str(wanted)
    manifest, places = manifest_for(tree, wanted)
    output.mkdir(parents=True, exist_ok=True)
    file = output / f"nurse-app-{wanted}-{manifest.platform}.update"
    unfinished = file.with_name(f".{file.name}.new")
    unfinished.unlink(missing_ok=True)
    try:
        write_update(unfinished, manifest, places, key)
        public = ReleaseKey(key.verify_key.encode())
        with UpdateArchive(_disk(), unfinished, (public,)) as archive:
            archive.check(lambda _done, _total: None)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return file


def manifest_for(tree: Path, version: Version) -> tuple[UpdateManifest, dict[str, Path]]:
    """What an update of a version's folder holds, and where each file lies."""
    platform = platform_of(tree)
    places = {path.relative_to(tree).as_posix(): path for path in sorted(tree.rglob("*")) if not _is_folder(path)}
    files = [_entry(name, path) for name, path in places.items()]
    form = _text(tree / RESOURCES / RECORD_FORM)
    if not form.isdecimal():
        raise MakingError(f"{tree / RESOURCES / RECORD_FORM} does not say which form of records this version writes.")
    try:
        manifest = manifest_of(version, platform, _text(tree / RESOURCES / "build.txt"), int(form), files)
        for file in manifest.files:
            if file.kind is Kind.LINK:
                link_target(file, _content(places[file.path]), manifest)
    except BadManifestError as error:
        raise MakingError(f"{tree}: {error}.") from error
    return manifest, places


def write_update(target: Path, manifest: UpdateManifest, places: dict[str, Path], key: SigningKey) -> None:
    """Write the file in its exact form."""
    listing = manifest_bytes(manifest)
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED, compresslevel=PACKING, allowZip64=False) as archive:
        archive.writestr(member_named(MANIFEST), listing, compresslevel=PACKING)
        archive.writestr(member_named(SIGNATURE), key.sign(listing).signature, compresslevel=PACKING)
        for file in manifest.files:
            name = path_in_update(manifest.version, file)
            archive.writestr(member_named(name, file.kind), _content(places[file.path]), compresslevel=PACKING)


def platform_of(tree: Path) -> str:
    """The kind of computer that a version is for; there is one for each name that the program has."""
    for name, platform in PROGRAMS.items():
        if (tree / name).is_file():
            return platform
    raise MakingError(f"{tree} holds no program.")


def _entry(name: str, path: Path) -> UpdateFile:
    content = _content(path)
    kind = Kind.FILE
    if path.is_symlink():
        kind = Kind.LINK
    elif path.suffix != ".exe" and os.access(path, os.X_OK):
        kind = Kind.PROGRAM
    return UpdateFile(name, len(content), hashlib.sha256(content).hexdigest(), kind)


def _content(path: Path) -> bytes:
    return os.readlink(path).encode() if path.is_symlink() else path.read_bytes()


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise MakingError(f"{path} cannot be read: {error.strerror}.") from error


def _disk() -> SystemProgramDisk:
    return SystemProgramDisk(windows=sys.platform == "win32", pause=lambda _seconds: None)


def _notes(folder: Path, version: Version, key: ReleaseKey) -> Iterator[str]:
    """What somebody who makes an update should know."""
    accepted = folder / VERSIONS / str(version) / RESOURCES / KEY_FILE
    if not accepted.is_file():
        yield f"Version {version} was built without --update-key: it will accept no further update."
    elif key.content.hex() not in accepted.read_text(encoding="ascii").split():
        yield f"Version {version} does not accept this key: sign its next update with the one it was built for."


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="a built clinic folder")
    parser.add_argument("--key", type=Path, help="the private key")
    parser.add_argument("--version", type=version_of, help="another version in the folder than the one in use")
    parser.add_argument("--output", type=Path, default=PROJECT / "dist", help="where the update goes")
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a key pair")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Make what is asked for; 0 made, 1 not made, 2 for a wrong command line."""
    given = _arguments(words)
    try:
        if given.new_key is not None:
            made = new_key(given.new_key)
            print(f"{given.new_key}  private: lock it away, and never into a repository")
            print(f"{given.new_key}.pub  for build.py --update-key; fingerprint {made.fingerprint}")
            return 0
        if given.folder is None or given.key is None:
            print("Name a built folder and --key FILE, or --new-key FILE. See --help.", file=sys.stderr)
            return 2
        key = read_key(given.key)
        file = make_update(given.folder.resolve(), key, given.output.resolve(), given.version)
        public = ReleaseKey(key.verify_key.encode())
        with UpdateArchive(_disk(), file, (public,)) as archive:
            version, count, size = archive.manifest.number, len(archive.manifest.files), archive.manifest.bytes
        packed = file.stat().st_size
        print(f"{file}  {packed / 1e6:.0f} MB for {count} files of {size / 1e6:.0f} MB, key {public.fingerprint}")
        for note in _notes(given.folder, version, public):
            print(note, file=sys.stderr)
    except MakingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
