"""Who at this site approved a protocol, bound to its content, so that a later edit makes the approval void."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.provenance import Approval
from nurse_app.plain_data import build
from nurse_app.protocol_files.digest import digest
from nurse_app.protocol_files.errors import ProtocolError, naming
from nurse_app.protocol_files.toml_file import read_toml

FILE_NAME = "approval.toml"


@dataclass(frozen=True, slots=True)
class _ApprovalFile:
    by: str
    on: date
    digest: str


def read_approval(folder: Path, protocol: InfusionProtocol) -> Approval | None:
    """The site's approval of exactly this content; None when there is none. Raises ProtocolError."""
    path = folder / FILE_NAME
    if not path.exists():
        return None
    data = {key: value.isoformat() if isinstance(value, date) else value for key, value in read_toml(path).items()}
    with naming(path):
        approved = build(_ApprovalFile, data)
    if not approved.by.strip():
        raise ProtocolError(path, "by", "needs the name of who approved it")
    if approved.digest != digest(protocol):
        raise ProtocolError(path, "digest", "the protocol is not the one that was approved; approve it again")
    if not (folder / "cases.toml").exists():
        raise ProtocolError(path, "", "a protocol without worked examples (cases.toml) cannot be approved")
    return Approval(by=approved.by, on=approved.on)
