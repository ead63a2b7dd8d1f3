"""Says what the machine itself lacks: one Debian package a line, older names of the same one behind a bar.

Runs on whatever Python is there, before anything is installed, so it uses the standard library only.
    python3 packaging/system_needs.py           what is missing
    python3 packaging/system_needs.py display   ends with 0 when a window can be shown, else with 1
"""

import importlib
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0t64|libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_ENDINGS = {".ttf", ".otf", ".ttc"}


def loads(library: str) -> bool:
    """Whether the machine can load a shared library."""
    # Imported here because Debian's python3-minimal has no ctypes.
    ctypes = importlib.import_module("ctypes")
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def font_files() -> Iterator[Path]:
    """Every font file of this machine and this user."""
    for folder in FONT_FOLDERS:
        for file in Path(folder).expanduser().rglob("*"):
            if file.suffix.lower() in FONT_ENDINGS:
                yield file


def missing_packages() -> list[str]:
    """Debian packages that the program needs and this machine does not have."""
    missing = []
    if not all(find_spec(name) for name in ("ctypes", "ensurepip", "venv")):
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv|python3-venv")
    if not find_spec("ctypes"):
        return missing
    libraries = dict(OFFSCREEN)
    if os.environ.get("DISPLAY"):
        libraries |= X11
    if os.environ.get("WAYLAND_DISPLAY"):
        libraries |= WAYLAND
    missing += [package for library, package in libraries.items() if not loads(library)]
    # A font made for code alone serves none of the screens.
    if all("mono" in file.name.lower() for file in font_files()):
        missing.append("fonts-dejavu-core")
    return missing


def has_display() -> bool:
    """Whether a display answers; a variable left over from a closed one does not count."""
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    if not os.environ.get("DISPLAY") or not loads("libxcb.so.1"):
        return False
    ctypes = importlib.import_module("ctypes")
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return bool(answers)


if __name__ == "__main__":
    if sys.argv[1:] == ["display"]:
        sys.exit(0 if has_display() else 1)
    print("\n".join(missing_packages()))
