"""The list of the built folder: valid CycloneDX, the same for the same folder, and the folder is what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from nurse_app.interchange.parts_list import read_parts
from tests.packaging.built import LOCK_TEXT, Built, built_files, write
from tests.packaging.scripts import script

pytest.importorskip("cyclonedx", reason="the library that writes the list is not here (requirements-build.lock)")
sbom = script("sbom")
MODULES = ["nurse_app.main", "struct", "small", "pyimod02_importers"]
MADE_AT = 1_795_000_000


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Built:
    built = Built(tmp_path)
    monkeypatch.setattr(sbom, "LOCK", write(tmp_path / "requirements.lock", LOCK_TEXT))
    monkeypatch.setattr(sbom, "modules_of", lambda _program: MODULES)
    told = type("Told", (), {"stdout": "1:1.2.13-1\nzlib\n1:1.2.13-1\namd64"})()
    monkeypatch.setattr(script("parts").subprocess, "run", lambda *_args, **_kwargs: told)
    licences = Path(__file__).parents[2] / "resources" / "licences"
    for file in licences.iterdir():
        write(built.program / "_internal" / "resources" / "licences" / file.name, file.read_bytes())
    return built


def make(built: Built) -> bytes:
    sbom.SupplyChain(built.program, built.around()).place_licences()
    return bytes(sbom.make_sbom(built.program, "0.1.0", MADE_AT, built.around()))


def test_the_list_is_valid_and_names_everything(built: Built) -> None:
    document: dict[str, Any] = json.loads(make(built))
    assert document["specVersion"] == "1.6"
    assert document["metadata"]["timestamp"].startswith("2026-11-18T")
    assert document["metadata"]["component"]["version"] == "0.1.0"
    listed = sbom.listed_files(document) | sbom.listed_files(document["metadata"]["component"])
    files = [file for file in built.program.rglob("*") if file.is_file() and not file.is_symlink()]
    assert listed == {file.relative_to(built.program).as_posix(): built_files.sha256_of(file) for file in files}


def test_the_same_folder_gives_the_same_list_and_another_another(built: Built) -> None:
    first = make(built)
    assert make(built) == first
    write(built.program / "_internal" / "resources" / "build.txt", "commit 13\n")
    assert json.loads(make(built))["serialNumber"] != json.loads(first)["serialNumber"]


def test_the_program_reads_its_list_and_finds_every_text(built: Built) -> None:
    parts = {part.name: part for part in read_parts(make(built).decode("utf-8"))}
    assert parts["Qt"].licence == "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    assert parts["PCRE2"].inside == "Qt"
    assert parts["zlib1g"].source == "zlib 1:1.2.13-1"
    resources = built.program / "_internal" / "resources"
    assert all((resources / text).is_file() for part in parts.values() for text in part.texts)
    assert all(part.texts for part in parts.values() if part.licence not in ("Public domain", "PSF-2.0"))


def test_a_folder_that_differs_from_its_list_is_told(built: Built) -> None:
    inner = built.program / "_internal"
    assert sbom.differences(built.program) == ["_internal/resources/sbom.cdx.json: is missing"]
    write(inner / "resources" / "sbom.cdx.json", make(built))
    assert sbom.differences(built.program) == []
    write(inner / "odd.so", b"odd")
    write(inner / "libz.so.1", b"changed")
    (inner / "small" / "data.bin").unlink()
    assert sbom.differences(built.program) == [
        "_internal/odd.so: is not in the list",
        "_internal/small/data.bin: is in the list and not in the folder",
        "_internal/libz.so.1: is not what the list says",
    ]


@pytest.mark.parametrize("module", ["requests", "stranger.inner"])
def test_a_module_of_nobody_is_refused(built: Built, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setattr(sbom, "modules_of", lambda _program: [*MODULES, module])
    with pytest.raises(built_files.UnaccountedError, match=f"{module}: a module of no locked library"):
        make(built)


@pytest.mark.parametrize("module", ["http.client", "ssl", "urllib.request"])
def test_a_module_for_networks_is_refused(built: Built, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setattr(sbom, "modules_of", lambda _program: [*MODULES, module])
    with pytest.raises(built_files.UnaccountedError, match=f"{module}: a module for networks"):
        make(built)


def test_a_list_without_its_texts_is_refused(built: Built) -> None:
    with pytest.raises(built_files.UnaccountedError, match="licences/small/LICENSE: the text of a licence is not"):
        sbom.make_sbom(built.program, "0.1.0", MADE_AT, built.around())


def test_a_folder_without_the_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(built_files.UnaccountedError, match="holds no nurse-app"):
        sbom.programs_of(tmp_path)
