"""What the program can say of itself: build, protocol, and the parts of others with the texts of their licences."""

from collections.abc import Mapping
from pathlib import Path

from nurse_app import __version__
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.interchange.parts_list import Part, read_parts
from nurse_app.presentation.about import AboutFacts
from nurse_app.protocol_files.digest import digest
from nurse_app.system.build_identity import build_identity
from nurse_app.system.installed_libraries import InstalledLibrary, installed_libraries

LIST_FILE = "sbom.cdx.json"
FONT_TEXT = "fonts/LICENSE-DejaVu.txt"
OWN_TEXT = "licences/Apache-2.0.txt"
# Qt for Python brings no text of its licence.
LESSER = ("licences/replacing-qt.txt", "licences/LGPL-3.0.txt", "licences/GPL-3.0.txt")
# Libraries that state no licence in the form that machines read.
STATED: Mapping[str, str] = {"colorama": "BSD-3-Clause"}


class About:
    """Reads the list that the build made, or asks the installed packages. Not for the thread of the window."""

    def __init__(self, resources: Path, protocol: InfusionProtocol) -> None:
        self._resources = resources
        self._protocol = protocol

    def facts(self) -> AboutFacts:
        """Everything the page shows but the texts."""
        problem, parts = "", tuple[Part, ...]()
        try:
            parts = self._parts()
        except (OSError, ValueError):
            problem = _("The list of parts cannot be read. Install the program again.")
        own = Part("nurse-app", __version__, "Apache-2.0", (OWN_TEXT,))
        return AboutFacts(
            version=__version__,
            build=build_identity(self._resources),
            protocol=self._protocol,
            protocol_digest=digest(self._protocol),
            parts=(own, *parts),
            problem=problem,
        )

    def text_of(self, part: Part) -> str:
        """The texts of a part's licence, one after the other; a sentence where one cannot be read."""
        return "\n\n\n".join(map(self._text, part.texts)) or _("There is no further text in the program.")

    def _parts(self) -> tuple[Part, ...]:
        listed = self._resources / LIST_FILE
        if listed.is_file():
            return read_parts(listed.read_text(encoding="utf-8"))
        fonts = Part("DejaVu Sans", "", "Bitstream-Vera", (FONT_TEXT,))
        return (*map(_installed, installed_libraries()), fonts)

    def _text(self, name: str) -> str:
        try:
            return (self._resources / name).read_text(encoding="utf-8", errors="replace").strip("\n")
        except OSError:
            return _("The text {file} cannot be read. Install the program again.").format(file=Path(name).name)


def _installed(library: InstalledLibrary) -> Part:
    licence = STATED.get(library.name, library.licence)
    own = tuple(map(str, library.texts))
    return Part(library.name, library.version, licence, own or (LESSER if "LGPL" in licence else ()))
