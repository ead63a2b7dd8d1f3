"""Windows programs on Linux: a Wine folder of our own, made fit for Qt and numpy, and programs run in it.

What Wine 8 lacks is added to Wine's own folder and never to the program's: what is tried is, byte for byte, what is
shipped.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HERE = Path(__file__).resolve().parent
# MinGW as Debian calls it; on Windows it is the system’s own.
MINGW = "" if sys.platform == "win32" else "x86_64-w64-mingw32-"
COMPILER, RESOURCE_COMPILER = f"{MINGW}gcc", f"{MINGW}windres"
READER = f"{MINGW}objdump"
BUILTIN_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")
BUILTIN_MARK = b"Wine builtin DLL"
STUB = bytes.fromhex("4883ec28488d0d")
# numpy asks for the parts of a complex number when it is loaded; Wine 8 ends the program there. The machine code:
# the 8 bytes of a float complex come in rcx, a double complex is behind rcx; the answer goes into xmm0.
MISSING_FUNCTIONS = {
    "crealf": bytes.fromhex("660f6ec1c3"),
    "cimagf": bytes.fromhex("4889c848c1e820660f6ec0c3"),
    "cimag": bytes.fromhex("f20f104108c3"),
}


# A sound device that is there and silent, whatever the machine has.
SOUND = "silent-sound.conf"
SILENCE = "pcm.!default { type null }\nctl.!default { type null }\n"


@dataclass(frozen=True, slots=True)
class Wine:
    """A Wine folder (a “prefix”). ``display``: the X display of windows, empty for none."""

    prefix: Path
    display: str = ""

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a program in it sees of its surroundings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "NURSE_"))}
        kept |= {
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEARCH": "win64",
            # The one library of Wine's that is replaced; and none of the pieces Wine would fetch or put into menus.
            "WINEDLLOVERRIDES": "ucrtbase=n,b;mscoree,mshtml,winemenubuilder.exe=",
            "DISPLAY": self.display,
            "ALSA_CONFIG_PATH": str(self.prefix / SOUND),
        }
        return kept | dict(more or {})

    def path(self, path: Path) -> str:
        """A path of this machine as Windows programs write it."""
        return "Z:" + str(path.resolve()).replace("/", "\\")

    def drive(self, *parts: str) -> Path:
        """A place on Wine's drive C:."""
        return self.prefix.joinpath("drive_c", *parts)

    def start(self, *command: str, more: Mapping[str, str] | None = None) -> "Started":
        """Start a program. Its output must be pipes: with anything else Python finds no valid handle."""
        return Started(["wine", *command], self.environment(more))

    def switch_on(self) -> None:
        """Keep Wine itself running, as a machine is on between programs; end_all() ends it.

        Its services hold on to the output of whatever program they were started with, so that is none of ours.
        """
        around, nowhere = self.environment(), subprocess.DEVNULL
        subprocess.run(
            ["wine", "cmd", "/c", "ver"],
            env=around,
            stdin=nowhere,
            stdout=nowhere,
            stderr=nowhere,
            check=True,
            timeout=120,
        )
        # It waits for a line that never comes.
        subprocess.Popen(["wine", "cmd"], env=around, stdin=subprocess.PIPE, stdout=nowhere, stderr=nowhere)

    def run(
        self, *command: str, more: Mapping[str, str] | None = None, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it said, and its exit code. Raises TimeoutExpired."""
        return self.start(*command, more=more).ended(timeout)

    def end_all(self) -> None:
        """Kill everything that runs in this folder, as a power cut would; nothing else on the machine."""
        subprocess.run(["wineserver", "-k"], env=self.environment(), check=False)
        subprocess.run(["wineserver", "-w"], env=self.environment(), check=False, timeout=60)


class Started:
    """A Windows program that runs. What it says is read along, because others may hold its pipes after its end:

    the services and the desktop of Wine keep what the program that first needed them had.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._said = (bytearray(), bytearray())
        pipes = (self._process.stdout, self._process.stderr)
        self._readers = [
            threading.Thread(target=_read_along, args=(pipe, said), daemon=True)
            for pipe, said in zip(pipes, self._said, strict=True)
        ]
        for reader in self._readers:
            reader.start()

    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self._process.poll() is not None

    def ended(self, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Wait for its end: exit code and what it said. Raises TimeoutExpired; then it is killed."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        for reader in self._readers:
            reader.join(0.5)
        out, said = (bytes(text).decode(errors="replace").replace("\r\n", "\n") for text in self._said)
        return subprocess.CompletedProcess(self._process.args, code, out, said)


def _read_along(pipe: IO[bytes] | None, said: bytearray) -> None:
    assert pipe is not None
    while piece := os.read(pipe.fileno(), 1 << 16):
        said += piece


def prepare(prefix: Path, display: str = "") -> Wine:
    """Make the Wine folder where it is not there yet. Raises CalledProcessError or OSError when a tool fails."""
    wine = Wine(prefix, display)
    prefix.mkdir(parents=True, exist_ok=True)
    (prefix / SOUND).write_text(SILENCE, encoding="ascii")
    if not (prefix / "system.reg").is_file():
        # Output into a pipe, see start(); the 32-bit half that Wine then misses is not used.
        for command in (("wineboot", "-i"), ("winecfg", "-v", "win10")):
            done = wine.run(*command, timeout=300)
            if done.returncode:
                raise OSError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
    system = wine.drive("windows", "system32")
    library = system / "icuuc.dll"
    if not library.is_file():
        compile_c(HERE / "stand_in_icuuc.c", library, "-shared")
    c_library = system / "ucrtbase.dll"
    if BUILTIN_MARK in c_library.read_bytes()[:0x80]:
        c_library.unlink()
        c_library.write_bytes(with_missing_functions(BUILTIN_LIBRARIES / "ucrtbase.dll"))
    return wine


def compile_c(source: Path, target: Path, *options: str) -> None:
    """Compile one C file for 64-bit Windows, the same for the same source."""
    words = [COMPILER, "-O2", "-s", "-Wall", "-Wextra", "-Werror", "-Wl,--no-insert-timestamp"]
    subprocess.run([*words, "-o", str(target), str(source), *options], check=True, stdin=subprocess.DEVNULL)


def with_missing_functions(library: Path) -> bytes:
    """Wine's C library with the functions that it only has the names of."""
    content = bytearray(library.read_bytes())
    places = exports(library)
    for name, code in MISSING_FUNCTIONS.items():
        place = places[name]
        # Where Wine has the function, its own is better.
        if content[place : place + len(STUB)] == STUB:
            content[place : place + len(code)] = code
    mark = content.index(BUILTIN_MARK)
    content[mark : mark + len(BUILTIN_MARK)] = b"Changed for test"
    return bytes(content)


def exports(library: Path) -> dict[str, int]:
    """Each function of a Windows library by name, and where in the file it begins; -1 when it is another library's."""
    told = subprocess.run([READER, "-h", "-p", str(library)], capture_output=True, text=True, check=True).stdout
    base = int(_found(r"^ImageBase\s+([0-9a-f]+)", told), 16)
    sections = [
        (int(start, 16) - base, int(size, 16), int(offset, 16))
        for size, start, offset in re.findall(
            r"^ +\d+ \S+ +([0-9a-f]{8}) +([0-9a-f]{16}) +[0-9a-f]{16} +([0-9a-f]{8})", told, re.MULTILINE
        )
    ]
    addresses = {
        int(number): int(address, 16)
        for number, address in re.findall(r"^\t\[ *(\d+)\] \+base\[ *\d+\] ([0-9a-f]+) Export RVA", told, re.MULTILINE)
    }
    names = re.findall(r"^\t\[ *(\d+)\] (?:\+base\[ *\d+\] +[0-9a-f]+ )?(\S+)$", told, re.MULTILINE)
    return {name: _offset(addresses.get(int(number), -1), sections) for number, name in names}


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        raise ValueError(f"objdump says nothing like {pattern}")
    return found[1]


def _offset(address: int, sections: Sequence[tuple[int, int, int]]) -> int:
    for start, size, offset in sections:
        if start <= address < start + size:
            return offset + address - start
    return -1


def missing_tools(names: Sequence[str]) -> list[str]:
    """Those of the tools that this machine has not."""
    return [name for name in names if shutil.which(name) is None]
