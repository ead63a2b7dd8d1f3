"""The catalogue knows what is installed and gives the newest version."""

import shutil
from pathlib import Path

import pytest

from nurse_app.protocol_files.catalog import ProtocolCatalog
from nurse_app.protocol_files.errors import ProtocolError
from tests.protocol_files.kit import INSTALLED, MADE_UP, change, copy_of_natalizumab


def two_versions(folder: Path) -> ProtocolCatalog:
    first = copy_of_natalizumab(folder)
    for version in ("1.0.2", "1.0.10"):
        copy = first.parent / version
        shutil.copytree(first, copy)
        change(copy / "protocol.toml", "version = '1.0.0'", f"version = '{version}'")
    return ProtocolCatalog(folder, "en")


def refusal(catalog: ProtocolCatalog, protocol_id: str, version: str | None = None) -> str:
    with pytest.raises(ProtocolError) as caught:
        catalog.load(protocol_id, version)
    return str(caught.value)


def test_the_installed_protocols_are_listed() -> None:
    assert ProtocolCatalog(INSTALLED, "en").ids() == ("natalizumab",)
    assert ProtocolCatalog(MADE_UP, "en").ids() == ("samplimab",)


def test_versions_are_ordered_by_number_and_the_newest_is_loaded(tmp_path: Path) -> None:
    catalog = two_versions(tmp_path)

    assert catalog.versions("natalizumab") == ("1.0.0", "1.0.2", "1.0.10")
    assert catalog.newest("natalizumab") == "1.0.10"
    assert catalog.load("natalizumab").version == "1.0.10"
    assert catalog.load("natalizumab", "1.0.2").version == "1.0.2"


@pytest.mark.parametrize("name", ["aspirin", "..", "../natalizumab", ""])
def test_only_an_installed_protocol_is_loaded(tmp_path: Path, name: str) -> None:
    catalog = two_versions(tmp_path / "protocols")

    assert refusal(catalog, name).endswith("is not installed; installed: natalizumab")


def test_only_an_installed_version_is_loaded(tmp_path: Path) -> None:
    catalog = two_versions(tmp_path)

    assert refusal(catalog, "natalizumab", "2.0.0") == (
        "natalizumab: 2.0.0: is not installed; installed: 1.0.0, 1.0.2, 1.0.10"
    )


def test_a_folder_that_is_no_version_is_an_error(tmp_path: Path) -> None:
    catalog = two_versions(tmp_path)
    (tmp_path / "natalizumab" / "new").mkdir()

    assert refusal(catalog, "natalizumab") == "natalizumab: new: is not a version such as 1.0.0"


def test_an_empty_protocol_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "natalizumab").mkdir()

    assert refusal(ProtocolCatalog(tmp_path, "en"), "natalizumab") == "natalizumab: has no version installed"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    missing = tmp_path / "protocols"

    assert refusal(ProtocolCatalog(missing, "en"), "natalizumab").startswith("protocols: cannot be read: ")


def test_nothing_installed_is_said(tmp_path: Path) -> None:
    assert refusal(ProtocolCatalog(tmp_path, "en"), "aspirin").endswith("is not installed; installed: none")


def test_files_and_hidden_folders_are_no_protocols(tmp_path: Path) -> None:
    copy_of_natalizumab(tmp_path)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "Not An Id").mkdir()
    (tmp_path / "README").write_text("notes", "utf-8")

    assert ProtocolCatalog(tmp_path, "en").ids() == ("natalizumab",)
