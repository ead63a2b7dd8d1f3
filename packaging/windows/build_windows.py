"""Builds what a clinic with Windows gets, on Linux, from the package registry alone; on Windows the folder only.

python packaging/windows/build_windows.py --output dist      the clinic folder, a zip, an installer, an MSI, digests
    --folder-only                                            only the clinic folder
    --installers-from FOLDER                                 only zip, installer and MSI, from a folder built before
    --certificate FILE --password-file FILE                  signed; without a certificate nothing is

On Linux PyInstaller runs under Wine, with the same description (nurse_app.spec) as everywhere, and the build says of
itself "built without Windows". Needs (Debian): wine wine64 gcc-mingw-w64-x86-64 nsis wixl, osslsigncode to sign.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

import build as b  # noqa: E402  (found by the line above)
import installers as i  # noqa: E402
import windows_python as wp  # noqa: E402
import wine as w  # noqa: E402
from file_list import write_list  # noqa: E402

NAME = "win-amd64"
LABEL = "built without Windows"
ON_WINDOWS = sys.platform == "win32"
TOOLS = ("wine", "wineserver", w.COMPILER, w.READER, w.RESOURCE_COMPILER)
INSTALLER_TOOLS = ("makensis", "wixl")
TWO_STARTERS = {"nurse-app.exe": "-mwindows", "nurse-app.com": "-mconsole"}
TRAINING_FILE = "nurse-app-training.cmd"
TRAINING = (
    "@rem Made-up patients only; the records of real ones are not opened.\r\n"
    '@start "" "%~dp0nurse-app.exe" --training\r\n'
)


@dataclass(frozen=True, slots=True)
class Tools:
    """Where things are made: ``work`` for all between; a Wine folder, None on Windows; the Python that builds."""

    work: Path
    wine: w.Wine | None
    python: Path

    def run_python(self, *words: str, more: dict[str, str] | None = None) -> None:
        """Run the Python that builds. Exits when it fails."""
        if self.wine is None:
            done = subprocess.run([str(self.python), *words], env={**os.environ, **(more or {})}, check=False)
            if done.returncode:
                sys.exit(f"This failed: {' '.join(words)}")
            return
        ended = self.wine.run(str(self.python), *words, more=more, timeout=1800)
        if ended.returncode:
            sys.exit(f"This failed under Wine: {' '.join(words)}\n{ended.stdout}{ended.stderr}")

    def path(self, path: Path) -> str:
        """A path as the Python that builds writes it."""
        return str(path) if self.wine is None else self.wine.path(path)


def make_tools(work: Path) -> Tools:
    """Make ready what builds; on Linux a Windows Python and a Wine folder to run it in."""
    work.mkdir(parents=True, exist_ok=True)
    if ON_WINDOWS:
        return Tools(work, None, b.build_environment())
    python = wp.windows_python(work, b.LOCK)
    return Tools(work, w.prepare(work / "wine"), python)


def stage(version: str, update_key: Path | None, tools: Tools) -> b.Source:
    """The staged source with what only Windows needs: build identity, icon, version resource."""
    source = b.stage(version, update_key)
    identity = f"{source.identity}, {NAME}" + ("" if ON_WINDOWS else f", {LABEL}")
    (source.tree / "resources" / "build.txt").write_text(f"{identity}\n", encoding="utf-8")
    svg, icon = source.tree / "resources" / "app" / "icon.svg", source.tree / "app.ico"
    tools.run_python(tools.path(w.HERE / "make_icon.py"), tools.path(svg), tools.path(icon))
    (source.tree / "version.txt").write_text(version_resource(source.version, identity), encoding="utf-8")
    return b.Source(source.tree, source.version, identity, source.made_at)


def version_resource(version: str, identity: str) -> str:
    """What Windows shows of the program's executables, as PyInstaller reads it."""
    numbers = i.four_numbers(version)
    strings = {
        "ProductName": i.PRODUCT,
        "FileDescription": i.PRODUCT,
        "FileVersion": version,
        "ProductVersion": f"{version} ({identity})",
        "InternalName": "nurse-app",
        "OriginalFilename": "nurse-app.exe",
        "LegalCopyright": "Apache-2.0",
    }
    told = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, OS=0x40004, fileType=1), kids=["
        f"StringFileInfo([StringTable('040904B0', [{told}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def freeze(tools: Tools, source: b.Source, signing: i.Signing | None) -> Path:
    """Let PyInstaller make the program's folder."""
    place = tools.work / "program"
    shutil.rmtree(place, ignore_errors=True)
    more = {
        "NURSE_APP_SOURCE": tools.path(source.tree),
        "NURSE_APP_TWIN": "",
        "SOURCE_DATE_EPOCH": str(source.made_at),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    folders = ("--distpath", tools.path(place), "--workpath", tools.path(place / "work"))
    words = ("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR", *folders)
    tools.run_python(*words, tools.path(b.PACKAGING / "nurse_app.spec"), more=more)
    program = place / "nurse-app"
    if not ON_WINDOWS:
        refuse_borrowed(program)
    # What was made here; the files of others have their makers’ signatures. The list holds what is signed.
    i.sign([*program.glob("nurse-app*.exe"), *([] if ON_WINDOWS else program.rglob("python3.dll"))], signing)
    list_parts(program, source, tools)
    return program


def list_parts(program: Path, source: b.Source, tools: Tools) -> None:
    """Put the list of parts with their licences into the program, then, last, the list that its self-test goes by.

    Done by the Python of this machine, told where the Windows Python's parts are.
    """
    words = [str(b.build_environment()), str(b.PACKAGING / "sbom.py"), str(program), "--version", source.version]
    if not ON_WINDOWS:
        place = tools.python.parent
        words += ["--libraries", str(place / "Lib" / "site-packages"), "--python-version", wp.FULL_VERSION]
        words += [word for folder in (place, place / "DLLs", place / "Lib") for word in ("--python", str(folder))]
    around = os.environ | {"SOURCE_DATE_EPOCH": str(source.made_at)}
    done = subprocess.run(words, env=around, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The list of parts could not be made:\n{done.stdout}{done.stderr}")
    print(done.stdout.strip(), flush=True)
    write_list(program / "_internal" / "resources")


def refuse_borrowed(program: Path) -> None:
    """Nothing of Wine's own folder may have come along: it stands in for what Windows brings."""
    taken = [
        file.name for file in program.rglob("*") if file.name.lower() in ("icuuc.dll", "ucrtbase.dll", "python.exe")
    ]
    if taken:
        sys.exit(f"The program's folder holds what only the build machine needs: {', '.join(taken)}.")


def assemble(program: Path, source: b.Source, tools: Tools, output: Path, signing: i.Signing | None) -> Path:
    """The clinic folder: starters, which version is in use, the program, what to read first."""
    folder = output / f"nurse-app-{source.version}-{NAME}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(program, folder / "versions" / source.version)
    compile_starters(folder, source, tools.work)
    i.sign(sorted(folder.glob("nurse-app.*")), signing)
    (folder / "current").write_bytes(f"{source.version}\n".encode("ascii"))
    text = (w.HERE / "START HERE.txt").read_text(encoding="utf-8")
    signed = "this copy is not signed." if signing is None else "it has not seen many of this signed program yet."
    text = text.replace("@BUILD@", f"Version {source.version}, {source.identity}.").replace("@SIGNED@", signed)
    for name, content in {
        "START HERE.txt": text.replace("\n", "\r\n"),
        "LICENSE": (source.tree / "LICENSE").read_text(encoding="utf-8"),
        TRAINING_FILE: TRAINING,
    }.items():
        (folder / name).write_bytes(content.encode())
    return folder


def compile_starters(folder: Path, source: b.Source, work: Path) -> None:
    """The two small programs that start the version in use, from one source.

    For "nurse-app" the Command Prompt and PowerShell take the .com, and wait for it; a click takes the .exe.
    """
    numbers = ",".join(map(str, i.four_numbers(source.version)))
    told = f'#define VERSION_NUMBERS {numbers}\n#define VERSION_TEXT "{source.version} ({source.identity})"\n'
    (work / "starter_version.h").write_text(told, encoding="utf-8")
    resource = work / "starter.res.o"
    include = [f"--include-dir={place}" for place in (work, source.tree, w.HERE)]
    words = [w.RESOURCE_COMPILER, *include, "-i", str(w.HERE / "starter.rc"), "-o", str(resource)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    for name, kind in TWO_STARTERS.items():
        w.compile_c(w.HERE / "starter.c", folder / name, str(resource), "-municode", kind, "-luser32")


def make_installers(folder: Path, tools_work: Path, icon: Path, made_at: int, signing: i.Signing | None) -> list[Path]:
    """Zip, installer and MSI of a clinic folder, each told with its size, and their digests in a file."""
    version = (folder / "current").read_text(encoding="ascii").strip()
    program = folder / "versions" / version
    identity = (program / "_internal" / "resources" / "build.txt").read_text(encoding="utf-8").strip()
    made: list[Path] = []
    makers: dict[str, Callable[[], Path]] = {
        "zip": lambda: i.portable_zip(folder, made_at),
        "installer": lambda: i.user_installer(folder, version, identity, icon, signing),
        "MSI": lambda: i.rollout_package(program, version, tools_work, folder.with_name(f"{folder.name}.msi"), icon),
    }
    for name, make in makers.items():
        began = time.monotonic()
        made.append(make())
        if name == "MSI":
            i.sign([made[-1]], signing)
        told(f"{name}: {made[-1]}  {made[-1].stat().st_size / 1e6:.0f} MB", began)
    sums = "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()} *{file.name}\n" for file in made)
    folder.with_name(f"{folder.name}.sha256").write_text(sums, encoding="ascii", newline="\n")
    return made


def told(what: str, began: float) -> None:
    print(f"{what}  ({time.monotonic() - began:.0f} s)", flush=True)


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--output", type=Path, default=b.PROJECT / "dist", help="where folder and installers go")
    parser.add_argument("--work", type=Path, default=b.BUILD / "windows", help="where everything between goes")
    parser.add_argument("--version", default="", help="build as this version instead")
    parser.add_argument("--update-key", type=Path, help="the public key of updates; without one none is accepted")
    parser.add_argument("--folder-only", action="store_true", help="no zip, installer and MSI")
    parser.add_argument("--installers-from", type=Path, metavar="FOLDER", help="only these, from a built clinic folder")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="certificate and key to sign with (PKCS #12)")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="its password")
    parser.add_argument("--timestamp-url", default="", metavar="URL", help="a time-stamping service")
    return parser.parse_args(words)


def main(words: Sequence[str]) -> int:
    """Build what is asked for and say where it is."""
    arguments = _arguments(words)
    wanted = [w.COMPILER, w.RESOURCE_COMPILER] if ON_WINDOWS else list(TOOLS)
    wanted += [] if arguments.folder_only or ON_WINDOWS else INSTALLER_TOOLS
    wanted += ["osslsigncode"] if arguments.certificate else []
    if missing := w.missing_tools(wanted):
        print(f"Missing: {' '.join(missing)}. {(__doc__ or '').splitlines()[-1]}", file=sys.stderr)
        return 1
    signing = None
    if arguments.certificate is not None:
        signing = i.Signing(arguments.certificate, arguments.password_file, arguments.timestamp_url)
    began = time.monotonic()
    tools = make_tools(arguments.work.resolve())
    told(f"tools: {tools.python}", began)
    source = stage(arguments.version, arguments.update_key, tools)
    folder = arguments.installers_from
    if folder is None:
        began = time.monotonic()
        program = freeze(tools, source, signing)
        folder = assemble(program, source, tools, arguments.output.resolve(), signing)
        signed = "signed" if signing else "not signed"
        told(f"folder: {folder}  {b.size_of(folder):.0f} MB, {source.identity}, {signed}", began)
    if not arguments.folder_only and not ON_WINDOWS:
        make_installers(folder.resolve(), tools.work, source.tree / "app.ico", source.made_at, signing)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
