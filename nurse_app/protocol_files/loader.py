"""One protocol folder to one InfusionProtocol, or an error that names file and place."""

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from nurse_app.domain import protocol as protocol_model
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.plain_data import MisfitError, build
from nurse_app.protocol_files.approval import read_approval
from nurse_app.protocol_files.checks.after_reaction import check_after_reaction
from nurse_app.protocol_files.checks.basis import check_basis
from nurse_app.protocol_files.checks.course import (
    check_pressure_fall,
    check_run,
    check_schedule,
    check_symptom_rounds,
    check_vital_signs,
)
from nurse_app.protocol_files.checks.due import check_due
from nurse_app.protocol_files.checks.labs import check_labs
from nurse_app.protocol_files.checks.product import check_preparation, check_product
from nurse_app.protocol_files.checks.questions import check_medicines, check_questions, check_rules
from nurse_app.protocol_files.checks.reaction import check_reaction
from nurse_app.protocol_files.digest import digest
from nurse_app.protocol_files.errors import ProtocolError, naming
from nurse_app.protocol_files.texts import check_texts, flat, numbers_for_texts, with_numbers
from nurse_app.protocol_files.toml_file import numbers, read_toml

__all__ = ["digest", "load_protocol"]

_CHECKS = (
    check_product,
    check_preparation,
    check_run,
    check_vital_signs,
    check_pressure_fall,
    check_schedule,
    check_rules,
    check_questions,
    check_medicines,
    check_labs,
    check_due,
    check_reaction,
    check_symptom_rounds,
    check_after_reaction,
)
# These come from files of their own.
_NOT_HERE = ("texts", "approval")


def load_protocol(folder: Path, language: str) -> InfusionProtocol:
    """Read, build and check the protocol in a folder <id>/<version>. Raises ProtocolError at the first fault."""
    path, text_path = folder / "protocol.toml", folder / f"text.{language}.toml"
    data = read_toml(path)
    found = numbers(data)
    with naming(path):
        protocol = _build(data)
        _check_place(folder, protocol)
    with naming(text_path):
        texts = with_numbers(dict(flat(read_toml(text_path))), numbers_for_texts(found))
    protocol = replace(protocol, texts=texts)
    with naming(path):
        for check in _CHECKS:
            check(protocol)
    with naming(text_path):
        check_texts(protocol)
    with naming(path):
        check_basis(protocol, found)
    return _with_approval(folder, protocol)


def _build(data: dict[str, object]) -> InfusionProtocol:
    for key in _NOT_HERE:
        if key in data:
            raise MisfitError(key, "is not known here")
    try:
        return build(InfusionProtocol, {**data, "texts": {}})
    except MisfitError as error:
        raise _hinted(error) from error


def _hinted(error: MisfitError) -> MisfitError:
    """An unknown key that lacks only its unit is told so."""
    key = error.place.rpartition(".")[2]
    models = [model for model in vars(protocol_model).values() if isinstance(model, type) and is_dataclass(model)]
    meant = {field.name for model in models for field in fields(model) if field.name.startswith(f"{key}_")}
    if error.problem != "is not known here" or not meant:
        return error
    return MisfitError(error.place, f"lacks its unit; write {min(meant, key=len)}")


def _check_place(folder: Path, protocol: InfusionProtocol) -> None:
    for key, value, name in (("id", protocol.id, folder.parent.name), ("version", protocol.version, folder.name)):
        if value != name:
            raise MisfitError(key, f"“{value}” is not the folder’s name, “{name}”")


def _with_approval(folder: Path, protocol: InfusionProtocol) -> InfusionProtocol:
    approval = read_approval(folder, protocol)
    if approval is not None:
        return replace(protocol, status="approved", approval=approval)
    if protocol.status == "approved":
        raise ProtocolError(folder / "protocol.toml", "status", "is approved, but approval.toml is missing")
    return protocol
