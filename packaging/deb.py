"""Makes a Debian package of the built program: its folder, the command, desktop entry, icon, file types, manual.

build.py --deb calls it. Updates are newer packages; records are the user's own and stay when it is removed.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

LINUX = Path(__file__).resolve().parent / "linux"
LIBRARY = Path("usr", "lib", "nurse-app")
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# What every desktop has and the folder leaves to the system: graphics must fit the machine's driver.
DEPENDS = ("fontconfig-config", "libc6 (>= {glibc})", "libegl1", "libgcc-s1", "libgl1", "libstdc++6", "libxcb1")
# Any of them plays; pulseaudio-utils also says whether the loudspeaker is muted, of PipeWire too.
RECOMMENDS = ("pulseaudio-utils | pipewire-bin | alsa-utils",)


@dataclass(frozen=True, slots=True)
class Package:
    """What a package says of itself. ``made_at``: seconds since 1970, the time of all its files."""

    version: str
    machine: str
    identity: str
    made_at: int


def make_deb(program: Path, icon: Path, licence: Path, package: Package, output: Path) -> Path:
    """Write the package of the folder ``program`` into ``output``; its file. Raises CalledProcessError."""
    architecture = ARCHITECTURES[package.machine]
    file = output / f"nurse-app_{package.version}_{architecture}.deb"
    root = output / "deb-root"
    shutil.rmtree(root, ignore_errors=True)
    _place(program, icon, licence, root)
    _describe(root, package, architecture)
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(file)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(package.made_at)}
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    shutil.rmtree(root)
    return file


def _place(program: Path, icon: Path, licence: Path, root: Path) -> None:
    shutil.copytree(program, root / LIBRARY, symlinks=True)
    command = root / "usr" / "bin" / "nurse-app"
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("..", "lib", "nurse-app", "nurse-app"))
    share = root / "usr" / "share"
    for source, target in (
        (LINUX / "nurse-app.desktop", share / "applications" / "nurse-app.desktop"),
        (LINUX / "nurse-app-mime.xml", share / "mime" / "packages" / "nurse-app.xml"),
        (icon, share / "icons" / "hicolor" / "scalable" / "apps" / "nurse-app.svg"),
        (licence, share / "doc" / "nurse-app" / "copyright"),
    ):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o644)
    manual = share / "man" / "man1" / "nurse-app.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress((LINUX / "nurse-app.1").read_bytes(), mtime=0))


def _describe(root: Path, package: Package, architecture: str) -> None:
    """Write what dpkg needs to know: the description, and the digest of each file."""
    control = root / "DEBIAN"
    control.mkdir()
    files = sorted(file for file in root.rglob("*") if file.is_file() and not file.is_symlink())
    size = sum(file.stat().st_size for file in files) // 1024
    glibc = os.confstr("CS_GNU_LIBC_VERSION") or ""
    lines = {
        "Package": "nurse-app",
        "Version": package.version,
        "Architecture": architecture,
        "Maintainer": "The nurse-app founders <nobody@example.invalid>",
        "Installed-Size": str(size),
        "Depends": ", ".join(DEPENDS).format(glibc=glibc.removeprefix("glibc ")),
        "Recommends": ", ".join(RECOMMENDS),
        "Section": "science",
        "Priority": "optional",
        "Description": "bedside assistant for one natalizumab infusion\n"
        " Guides one nurse through one infusion, step by step, keeps every clock and\n"
        " records every act. Works without a network.\n"
        f" Built from {package.identity}.",
    }
    (control / "control").write_text("".join(f"{key}: {text}\n" for key, text in lines.items()), encoding="utf-8")
    digests = (f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(root).as_posix()}\n" for file in files)
    (control / "md5sums").write_text("".join(digests), encoding="utf-8")
