"""Protocols as the commands choose them: by name, always the newest installed version."""

from typing import Protocol

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.assess import ChooseProtocol, PinnedProtocol
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.digest import digest

# What this program is for, and the language that its protocol and words are in.
DRUG = "natalizumab"
LANGUAGE = "en"


class Catalog(Protocol):
    """The installed protocols; each call raises ProtocolError when they cannot be used."""

    def ids(self) -> tuple[str, ...]: ...

    def load(self, protocol_id: str, version: str | None = None) -> InfusionProtocol: ...


def chooser(catalog: Catalog) -> ChooseProtocol:
    """The way from a protocol's name in a file to the protocol."""

    def choose(protocol_id: str) -> PinnedProtocol:
        installed = catalog.ids()
        if protocol_id not in installed:
            raise MisfitError("protocol", f"must be an installed protocol: {', '.join(installed) or 'there is none'}")
        protocol = catalog.load(protocol_id)
        return PinnedProtocol(protocol, digest(protocol))

    return choose
