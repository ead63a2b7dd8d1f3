"""The libraries of a program that runs from its sources, as the installed packages describe themselves."""

import platform
import re
import sysconfig
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

# What requirements.lock names.
LIBRARIES = (
    "PySide6-Essentials",
    "shiboken6",
    "pyqtgraph",
    "numpy",
    "tinydb",
    "biip",
    "PyNaCl",
    "cffi",
    "pycparser",
    "colorama",
)
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_TEXT_ENDINGS = ("", ".txt", ".md", ".rst")


@dataclass(frozen=True, slots=True)
class InstalledLibrary:
    """A library that is installed: its licence as it states it itself, and the files with the texts."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]


def installed_libraries() -> tuple[InstalledLibrary, ...]:
    """Python and every library that is installed."""
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    texts = (python,) if python.is_file() else ()
    found = [InstalledLibrary("Python", platform.python_version(), "PSF-2.0", texts)]
    for name in LIBRARIES:
        try:
            found.append(_library(distribution(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def _library(found: Distribution) -> InstalledLibrary:
    meta = found.metadata
    stated = [meta[name] for name in ("License-Expression", "License") if name in meta]
    files = [file for file in found.files or () if _LICENCE_FILE.search(file.name) and file.suffix in _TEXT_ENDINGS]
    paths = (Path(str(found.locate_file(file))) for file in files if "tests" not in file.parts)
    texts = tuple(path for path in paths if path.is_file())
    return InstalledLibrary(meta["Name"], found.version, stated[0] if stated else "", texts)
