"""Where the program is tried: a Debian root without Python and network, or, where that cannot be made, this machine.

All mounts of the clean root lie in a mount namespace of its own, so they go with the one process that holds it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MIRROR = "http://deb.debian.org/debian"
# What a workstation has besides: OpenGL (which brings X11's libraries), fontconfig's settings, a player for sounds.
WORKSTATION = ("libgl1", "libegl1", "fontconfig-config", "pulseaudio-utils")
NURSE = 1000
PATIENCE_S = 300
# Makes the root in new namespaces, says so, and stays. The words: base, work, folder, X socket (or nothing).
_HOLD = """
set -eu
base=$1 work=$2 folder=$3 display=$4 root=$2/root
mount -t overlay overlay -o "lowerdir=$base,upperdir=$work/upper,workdir=$work/overlay" "$root"
# The program brings its own fonts: none of the system's may help it.
rm -rf "$root/usr/share/fonts" "$root/usr/local/share/fonts"
mkdir -p "$root/opt/nurse-app" "$root/home/nurse" "$root/run/smoke"
grep -q :1000: "$root/etc/passwd" || echo 'nurse:x:1000:1000::/home/nurse:/bin/sh' >>"$root/etc/passwd"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir -m 1777 "$root/dev/shm"
for device in null zero full random urandom; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mount --bind "$folder" "$root/opt/nurse-app"
mount -o remount,bind,ro "$root/opt/nurse-app"
mount --bind "$work/home" "$root/home/nurse"
mount --bind "$work/shared" "$root/run/smoke"
if [ -n "$display" ]; then
    mkdir -m 1777 "$root/tmp/.X11-unix"
    touch "$root/tmp/.X11-unix/${display##*/}"
    mount --bind "$display" "$root/tmp/.X11-unix/${display##*/}"
fi
echo ready
exec sleep infinity
"""


class CannotBeMadeError(Exception):
    """The clean root cannot be made here; the text says why."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How one command ended: exit code, what it printed, how long it took."""

    code: int
    out: str
    err: str
    seconds: float


class Place(Protocol):
    """Where commands run. ``home`` and ``shared`` as seen from here; ``inside(path)`` as the program sees them."""

    is_clean: bool
    home: Path
    shared: Path
    program: str

    def command(self, words: Sequence[str], extra: Mapping[str, str]) -> list[str]:
        """The full command that runs these words there."""
        ...

    def inside(self, path: Path) -> str: ...

    def close(self) -> None: ...


def run(place: Place, words: Sequence[str], extra: Mapping[str, str] | None = None, limit_s: float = PATIENCE_S) -> Ran:
    """Run to the end and keep what was printed."""
    begun = time.monotonic()
    command = place.command(words, extra or {})
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=limit_s, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr, time.monotonic() - begun)


def base_root(suite: str, cache: Path) -> Path:
    """A root of this Debian with what a workstation has, made once and kept. Raises CannotBeMadeError."""
    root = cache / suite
    if root.is_dir():
        return root
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        raise CannotBeMadeError("it takes root and debootstrap")
    making = cache / f"{suite}.making"
    shutil.rmtree(making, ignore_errors=True)
    cache.mkdir(parents=True, exist_ok=True)
    print(f"Making a root of Debian {suite} with {', '.join(WORKSTATION)} (once) …", flush=True)
    words = ["debootstrap", "--variant=minbase", f"--include={','.join(WORKSTATION)}", suite, str(making), MIRROR]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBeMadeError(f"debootstrap failed: {done.stdout[-300:]}")
    making.rename(root)
    return root


class CleanRoot:
    """The folder, read-only, in a root of its own: no network, other processes not seen, a user without rights."""

    is_clean = True

    def __init__(self, base: Path, folder: Path, work: Path, display: Path | None) -> None:
        tools = [tool for tool in ("unshare", "nsenter", "chroot") if shutil.which(tool) is None]
        if os.geteuid() != 0 or tools:
            raise CannotBeMadeError(f"it takes root{''.join(f' and {tool}' for tool in tools)}")
        for name in ("upper", "overlay", "root", "home", "shared"):
            (work / name).mkdir(parents=True)
        self.home, self.shared, self._root = work / "home", work / "shared", work / "root"
        self.program = "/opt/nurse-app/nurse-app"
        for path in (self.home, self.shared):
            os.chown(path, NURSE, NURSE)
        words = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--propagation", "private"]
        words += ["sh", "-c", _HOLD, "sh", str(base), str(work), str(folder), str(display or "")]
        self._holder = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        stdout = self._holder.stdout
        if stdout is None or stdout.readline() != "ready\n":
            self.close()
            raise CannotBeMadeError("the root could not be mounted")
        self._inner = children(self._holder.pid)[0]

    def command(self, words: Sequence[str], extra: Mapping[str, str]) -> list[str]:
        variables = {"HOME": "/home/nurse", "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"} | dict(extra)
        enter = ["nsenter", "--target", str(self._inner), "--mount", "--net", "--pid"]
        enter += ["chroot", f"--userspec={NURSE}:{NURSE}", "--groups=", str(self._root)]
        return [*enter, "env", "-i", *(f"{name}={value}" for name, value in variables.items()), *words]

    def inside(self, path: Path) -> str:
        for outer, inner in ((self.home, "/home/nurse"), (self.shared, "/run/smoke")):
            if path.is_relative_to(outer):
                return str(Path(inner) / path.relative_to(outer))
        raise ValueError(path)

    def close(self) -> None:
        self._holder.kill()
        self._holder.wait()


class ThisMachine:
    """The folder as it lies here, by the present user; only the home folder is another."""

    is_clean = False

    def __init__(self, folder: Path, work: Path) -> None:
        self.home, self.shared = work / "home", work / "shared"
        self.program = str(folder / "nurse-app")
        for path in (self.home, self.shared):
            path.mkdir(parents=True)

    def command(self, words: Sequence[str], extra: Mapping[str, str]) -> list[str]:
        variables = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | dict(extra)
        return ["env", "-i", *(f"{name}={value}" for name, value in variables.items()), *words]

    def inside(self, path: Path) -> str:
        return str(path)

    def close(self) -> None:
        """Nothing was mounted."""


def children(pid: int) -> list[int]:
    """The processes that this one has started and that still run."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(number) for number in told.split()]


def innermost(pid: int) -> int:
    """The program itself, behind the tools that have brought it into the root."""
    while Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() in ("nsenter", "unshare"):
        found = children(pid)
        if not found:
            raise ProcessLookupError(pid)
        pid = found[0]
    return pid


def end(process: "subprocess.Popen[str]", how: int = signal.SIGTERM) -> None:
    """End a tool that was started here, and wait for it."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if sys.platform != "linux":
    sys.exit("This smoke test is for Linux; packaging/windows/smoke_windows.py is its twin.")
