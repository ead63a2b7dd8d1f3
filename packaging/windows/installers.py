"""What a clinic installs from: a zip to unpack, an installer for one user, an MSI to roll out; signed when asked."""

import re
import shlex
import shutil
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

import wine as w

PRODUCT = "Infusion Assistant"
# Fixed for ever: by these Windows knows that one package is the next version of another.
UPGRADE_CODE = uuid.UUID("6f1c1f5e-4f0b-5a0f-9c55-7d0a3f1f2b11")
# Where wixl finds the program.
SOURCE_NAME = "package"
NAMES = uuid.UUID("b0a3f0c2-52e5-5b0c-8c8e-0f8c1f6f3a57")


@dataclass(frozen=True, slots=True)
class Signing:
    """A certificate with its key (PKCS #12), the file with its password, and a time-stamping service or nothing."""

    certificate: Path
    password_file: Path | None
    timestamp_url: str

    def command(self, file: str, signed: str) -> list[str]:
        """The command that signs one file into another."""
        words = ["osslsigncode", "sign", "-pkcs12", str(self.certificate), "-h", "sha256", "-n", PRODUCT]
        if self.password_file is not None:
            words += ["-readpass", str(self.password_file)]
        if self.timestamp_url:
            words += ["-ts", self.timestamp_url]
        return [*words, "-in", file, "-out", signed]


def sign(files: list[Path], signing: Signing | None) -> None:
    """Sign programs and installers in place; without a certificate do nothing."""
    if signing is None:
        return
    for file in files:
        signed = file.with_name(f"{file.name}.signed")
        _run(*signing.command(str(file), str(signed)))
        signed.replace(file)


def portable_zip(folder: Path, made_at: int) -> Path:
    """The clinic folder as a zip, the same for the same folder. ``made_at`` in seconds since 1970."""
    target = folder.with_name(f"{folder.name}.zip")
    stamp = datetime.fromtimestamp(made_at, UTC).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in _files(folder):
            member = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, file.read_bytes())
    return target


def user_installer(folder: Path, version: str, identity: str, icon: Path, signing: Signing | None) -> Path:
    """The installer for one user (NSIS) with the whole clinic folder."""
    target = folder.with_name(f"{folder.name}-setup.exe")
    given = {
        "FOLDER": str(folder),
        "VERSION": version,
        "VERSION_OF_FOUR": ".".join(map(str, four_numbers(version))),
        "IDENTITY": identity,
        "OUTPUT": str(target),
        "ICON": str(icon),
    }
    # NSIS makes the uninstaller while it compiles and lets a command of ours finish it.
    script = target.with_name("sign-uninstaller.sh")
    if signing is not None:
        words = shlex.join(signing.command("$1", "$1.signed")).replace("'$1'", '"$1"')
        words = words.replace("'$1.signed'", '"$1.signed"')
        script.write_text(f'set -eu\n{words} >/dev/null\nmv "$1.signed" "$1"\n', encoding="utf-8")
        given["SIGN_UNINSTALLER"] = str(script)
    defined = [f"-D{name}={value}" for name, value in given.items()]
    try:
        _run("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, str(w.HERE / "nurse-app.nsi"))
    finally:
        script.unlink(missing_ok=True)
    sign([target], signing)
    return target


def rollout_package(program: Path, version: str, place: Path, target: Path, icon: Path) -> Path:
    """The MSI for all users of a machine: the inner program only, updated by the next MSI.

    ``program``: the folder of one version. ``place``: a folder for the description that wixl reads.
    """
    description = place / "nurse-app.wxs"
    description.write_text(package_description(program, version), encoding="utf-8")
    # wixl finds only files below its description.
    beside = place / SOURCE_NAME
    beside.unlink(missing_ok=True)
    beside.symlink_to(program, target_is_directory=True)
    shutil.copyfile(icon, place / "app.ico")
    _run("wixl", "--arch", "x64", "--define", "Win64=yes", "--output", str(target), str(description))
    return target


def package_description(program: Path, version: str) -> str:
    """The MSI's description: every file a component of its own, under an identity that stays for ever."""
    # The first three numbers decide for Windows which of two is newer.
    number = ".".join(map(str, four_numbers(version)[:3]))
    # A package of other content is another package, also within a version.
    content = "".join(f"{file.relative_to(program)} {file.stat().st_size}\n" for file in _files(program))
    package = uuid.uuid5(NAMES, f"package {version} {content}")
    components: list[str] = []
    tree = "\n".join(_folder(program, program, components))
    references = "\n".join(f"      <ComponentRef Id={quoteattr(name)}/>" for name in components)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="{uuid.uuid5(NAMES, f"product {version}")}" Name="{PRODUCT}" Language="1033" Codepage="65001"
           Version="{number}" Manufacturer="nurse-app" UpgradeCode="{UPGRADE_CODE}">
    <Package Id="{package}" InstallerVersion="500" Compressed="yes" InstallScope="perMachine"
             Description="{PRODUCT} {version}"/>
    <MajorUpgrade DowngradeErrorMessage="A newer version is installed. Remove it first if you mean to go back."/>
    <MediaTemplate EmbedCab="yes"/>
    <Icon Id="nurse_app.ico" SourceFile="app.ico"/>
    <Property Id="ARPPRODUCTICON" Value="nurse_app.ico"/>
    <Property Id="ARPNOMODIFY" Value="1"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="nurse-app">
{tree}
        </Directory>
      </Directory>
      <Directory Id="ProgramMenuFolder">
        <Component Id="shortcuts" Guid="{uuid.uuid5(NAMES, "component shortcuts")}" Win64="yes">
          <Shortcut Id="start" Name="{PRODUCT}" Target="[INSTALLDIR]nurse-app-window.exe"
                    WorkingDirectory="INSTALLDIR"/>
          <Shortcut Id="training" Name="{PRODUCT} training" Target="[INSTALLDIR]nurse-app-window.exe"
                    Arguments="--training" WorkingDirectory="INSTALLDIR"/>
          <RegistryValue Root="HKLM" Key="Software\\nurse-app" Name="version" Type="string" Value="{version}"
                         KeyPath="yes"/>
        </Component>
      </Directory>
    </Directory>
    <Feature Id="program" Title="{PRODUCT}" Level="1">
{references}
      <ComponentRef Id="shortcuts"/>
    </Feature>
  </Product>
</Wix>
"""


def _folder(folder: Path, top: Path, components: list[str]) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(top).as_posix()
        mark = uuid.uuid5(NAMES, f"component {name}")
        if path.is_dir():
            yield f"<Directory Id={quoteattr(f'd{mark.hex}')} Name={quoteattr(path.name)}>"
            yield from _folder(path, top, components)
            yield "</Directory>"
            continue
        components.append(f"c{mark.hex}")
        yield f'<Component Id="c{mark.hex}" Guid="{mark}" Win64="yes">'
        source = quoteattr(f"{SOURCE_NAME}/{name}")
        yield f'<File Id="f{mark.hex}" Name={quoteattr(path.name)} Source={source} KeyPath="yes"/>'
        yield "</Component>"


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts them. Exits for one that has no three numbers."""
    found = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if found is None:
        sys.exit(f"Version {version} has no three numbers, which an installer needs.")
    return int(found[1]), int(found[2]), int(found[3]), 0


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _run(*command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"This failed: {command[0]}\n{done.stdout}{done.stderr}")
