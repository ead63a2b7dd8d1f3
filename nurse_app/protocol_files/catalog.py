"""Which protocols and versions are installed in a folder, newest first when asked for one."""

import re
from pathlib import Path

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.protocol_files.errors import ProtocolError
from nurse_app.protocol_files.loader import load_protocol

_ID = re.compile(r"[a-z][a-z0-9-]*")
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){2}", re.ASCII)


class ProtocolCatalog:
    """The installed protocols: <folder>/<id>/<version>/, with sentences in one language."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder = folder
        self._language = language

    def ids(self) -> tuple[str, ...]:
        """Ids of all installed protocols, sorted. Raises ProtocolError when the folder cannot be read."""
        return tuple(name for name in self._folders(self._folder) if _ID.fullmatch(name))

    def versions(self, protocol_id: str) -> tuple[str, ...]:
        """Installed versions, oldest first. Raises ProtocolError for an unknown id or a folder that is no version."""
        if protocol_id not in self.ids():
            installed = ", ".join(self.ids()) or "none"
            raise ProtocolError(self._folder, protocol_id, f"is not installed; installed: {installed}")
        folder = self._folder / protocol_id
        names = self._folders(folder)
        for name in names:
            if not _VERSION.fullmatch(name):
                raise ProtocolError(folder, name, "is not a version such as 1.0.0")
        if not names:
            raise ProtocolError(folder, "", "has no version installed")
        return tuple(sorted(names, key=_in_numbers))

    def newest(self, protocol_id: str) -> str:
        """The highest installed version."""
        return self.versions(protocol_id)[-1]

    def load(self, protocol_id: str, version: str | None = None) -> InfusionProtocol:
        """The protocol in that version, or in the newest one. Raises ProtocolError."""
        versions = self.versions(protocol_id)
        wanted = versions[-1] if version is None else version
        if wanted not in versions:
            problem = f"is not installed; installed: {', '.join(versions)}"
            raise ProtocolError(self._folder / protocol_id, wanted, problem)
        return load_protocol(self._folder / protocol_id / wanted, self._language)

    def _folders(self, folder: Path) -> list[str]:
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            raise ProtocolError(folder, "", f"cannot be read: {error.strerror}") from error
        return [entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")]


def _in_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
