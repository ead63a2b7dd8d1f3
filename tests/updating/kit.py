"""What the tests of updates share: small clinic folders with the real starter, real keys and real update files."""

import stat
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType

from nacl.signing import SigningKey

from nurse_app.store.data_folder import lock_on_posix
from nurse_app.updating.clinic_folder import ClinicFolder
from nurse_app.updating.deciding import RecordsStanding
from nurse_app.updating.manifest import Kind, UpdateFile, UpdateManifest, manifest_bytes, manifest_of
from nurse_app.updating.program_disk import SystemProgramDisk
from nurse_app.updating.signature import KEY_FILE, ReleaseKey
from nurse_app.updating.update_form import MANIFEST, SIGNATURE, member_named, path_in_update
from nurse_app.updating.updates import Workshop
from nurse_app.updating.versions import Version, version_of

PROJECT = Path(__file__).parents[2]
STARTER = PROJECT / "packaging" / "linux" / "starter.sh"
KEY, OTHER_KEY = SigningKey(b"\1" * 32), SigningKey(b"\2" * 32)
PUBLIC, OTHER_PUBLIC = (ReleaseKey(key.verify_key.encode()) for key in (KEY, OTHER_KEY))
PLATFORM = "linux-x86_64"
AT_REST = RecordsStanding(Path("records"))
Content = tuple[bytes, Kind]
Member = tuple[zipfile.ZipInfo, bytes]


def v(text: str) -> Version:
    found = version_of(text)
    assert found is not None
    return found


@cache
def make_update() -> ModuleType:
    """The script packaging/make_update.py."""
    spec = spec_from_file_location("make_update", PROJECT / "packaging" / "make_update.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program_of(version: str) -> bytes:
    """A program that says which version it is and what it was given."""
    return f'#!/bin/sh\necho {version}\nfor each in "$@"; do printf \'[%s]\' "$each"; done\nexit 7\n'.encode()


def files_of(version: str, form: int | None = 1) -> dict[str, Content]:
    """The files of a version as PyInstaller lays them out, but small."""
    files: dict[str, Content] = {
        "nurse-app": (program_of(version), Kind.PROGRAM),
        "_internal/libQt6Core.so.6": (b"PySide6/Qt/lib/libQt6Core.so.6", Kind.LINK),
        "_internal/PySide6/Qt/lib/libQt6Core.so.6": (f"library of {version} ".encode() * 9, Kind.FILE),
        "_internal/resources/build.txt": (f"commit {version}, {PLATFORM}\n".encode(), Kind.FILE),
        "_internal/empty": (b"", Kind.FILE),
    }
    if form is not None:
        files["_internal/resources/update/record_form.txt"] = (f"{form}\n".encode(), Kind.FILE)
    return files


def put_version(root: Path, version: str, files: Mapping[str, Content] | None = None) -> None:
    """Write a version's folder."""
    tree = root / "versions" / version
    for path, (content, kind) in (files_of(version) if files is None else files).items():
        place = tree / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if kind is Kind.LINK:
            place.symlink_to(content.decode())
            continue
        place.write_bytes(content)
        place.chmod(0o755 if kind is Kind.PROGRAM else 0o644)


def make_clinic(root: Path, *versions: str, in_use: str | None = None) -> Path:
    """A clinic's folder; the last version is the one in use."""
    (root / "versions").mkdir(parents=True)
    (root / "nurse-app").write_bytes(STARTER.read_bytes())
    (root / "nurse-app").chmod(0o755)
    for version in versions:
        put_version(root, version)
    (root / "current").write_text(f"{in_use or versions[-1]}\n", encoding="ascii")
    return root


def entries_of(files: Mapping[str, Content]) -> list[UpdateFile]:
    found = files.items()
    return [UpdateFile(path, len(content), sha256(content).hexdigest(), kind) for path, (content, kind) in found]


def manifest(version: str = "0.2.0", files: Mapping[str, Content] | None = None, form: int = 1) -> UpdateManifest:
    wanted = files_of(version) if files is None else files
    return manifest_of(v(version), PLATFORM, f"commit {version}", form, entries_of(wanted))


def members_of(
    found: UpdateManifest, files: Mapping[str, Content], key: SigningKey = KEY, listing: bytes | None = None
) -> list[Member]:
    """The members of a good update, to be spoilt."""
    signed = manifest_bytes(found) if listing is None else listing
    first = [
        (member_named(MANIFEST), signed),
        (member_named(SIGNATURE), key.sign(signed).signature),
    ]
    rest = [(member_named(path_in_update(found.version, file), file.kind), files[file.path][0]) for file in found.files]
    return [*first, *rest]


def raw_zip(members: Iterable[Member]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for info, content in members:
            archive.writestr(info, content)
    return file.getvalue()


def good(version: str = "0.2.0", key: SigningKey = KEY, form: int = 1, platform: str = PLATFORM) -> bytes:
    files = files_of(version, form)
    if platform != PLATFORM:
        files = {path: each for path, each in files.items() if each[1] is not Kind.LINK}
    found = replace(manifest(version, files, form), platform=platform)
    return raw_zip(members_of(found, files, key))


def put_update(folder: Path, version: str = "0.2.0", **how: object) -> Path:
    file = folder / f"nurse-app-{version}-{PLATFORM}.update"
    file.write_bytes(good(version, **how))  # type: ignore[arg-type]
    return file


def disk() -> SystemProgramDisk:
    return SystemProgramDisk(windows=False, pause=lambda _seconds: None)


def resources_with(folder: Path, *keys: ReleaseKey) -> Path:
    """A program's resources, with the keys that it accepts."""
    place = folder / KEY_FILE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("".join(f"{key.content.hex()}\n" for key in keys), encoding="ascii")
    return folder


def workshop(root: Path, running: str = "0.1.0") -> Workshop:
    resources = resources_with(root.parent / "resources", PUBLIC)
    folder = ClinicFolder(root, "nurse-app")
    return Workshop(disk(), lock_on_posix, lambda _folder: True, resources, folder, v(running), PLATFORM)


def silently(_done: int, _total: int) -> None:
    """Nobody looks at how far it is."""


def tree(root: Path) -> dict[str, tuple[bytes, bool]]:
    """Every file and link of a folder: its content, and whether it may be started."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = (bytes(path.readlink()), False)
        elif path.is_file():
            found[name] = (path.read_bytes(), bool(path.stat().st_mode & stat.S_IXUSR))
    return found


def versions_in(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "versions").iterdir() if path.name != ".lock")
