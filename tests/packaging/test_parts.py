"""The parts of the built folder: what each is called, under which licence, and where its text is."""

import tomllib
from pathlib import Path

import pytest

from tests.conftest import RESOURCES
from tests.packaging.built import Built, built_files
from tests.packaging.scripts import PACKAGING, script

parts = script("parts")
KNOWN = tomllib.loads((PACKAGING / "known_parts.toml").read_text(encoding="utf-8"))


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return Built(tmp_path)


def parts_of(built: Built, monkeypatch: pytest.MonkeyPatch, resources: Path = RESOURCES) -> dict[str, object]:
    account = built.account()
    monkeypatch.setattr(
        parts.subprocess,
        "run",
        lambda *_args, **_kwargs: type("Told", (), {"stdout": "1:1.2.13-1\nzlib\n1:1.2.13-1\namd64"})(),
    )
    made = parts.PartList(resources, built.around(), account.distributions, built.lock())
    return {part.id: part for part in made.parts(account.files(), {"small": 2, "pyinstaller": 0})}


def test_each_part_has_version_licence_address_and_text(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    found = parts_of(built, monkeypatch)
    small, qt, zlib, python = found["small"], found["qt"], found["debian:zlib1g"], found["python"]
    assert (small.version, small.licence, small.purl) == ("1.0", "MIT", "pkg:pypi/small@1.0")
    assert list(small.texts) == ["licences/small/LICENSE", "licences/MIT.txt"]
    assert small.hashes == ("a" * 64, "b" * 64)
    assert small.modules == 2
    assert (qt.version, qt.name) == ("6.11.3", "Qt")
    names = ["replacing-qt.txt", "LGPL-3.0.txt", "GPL-2.0.txt", "GPL-3.0.txt"]
    assert list(qt.texts) == [f"licences/{name}" for name in names]
    assert zlib.purl == "pkg:deb/debian/zlib1g@1:1.2.13-1?arch=amd64"
    assert zlib.source == "zlib 1:1.2.13-1"
    assert zlib.licence == "Zlib"
    assert python.licence == "PSF-2.0"
    assert found["dejavu-fonts"].texts.keys() == {"fonts/LICENSE-DejaVu.txt"}
    assert found["pyinstaller"].licence.startswith("GPL-2.0-or-later WITH Bootloader-exception")


def test_what_is_compiled_in_is_listed_when_its_file_is_there(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    found = parts_of(built, monkeypatch)
    assert found["qt-pcre2"].inside == "qt"
    assert list(found["qt-pcre2"].texts) == ["licences/BSD-3-Clause.txt", "licences/PCRE2-exception.txt"]
    assert "qt-libpng" not in found
    assert "nurse-app" not in found


def test_a_licence_without_its_text_fails_the_build(
    built: Built, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(built_files.UnaccountedError, match="is missing: the text of a licence"):
        parts_of(built, monkeypatch, tmp_path)


def test_the_licences_of_an_expression() -> None:
    words = parts.words_of("(GPL-2.0-or-later WITH Bootloader-exception) AND LGPL-2.1-only OR MIT AND MIT")
    assert words == ["GPL-2.0", "Bootloader-exception", "LGPL-2.1", "MIT"]


@pytest.mark.parametrize("rule", [*KNOWN["inner"], *KNOWN["part"]], ids=lambda rule: str(rule["id"]))
def test_every_known_part_has_its_text(rule: dict[str, str]) -> None:
    assert bool(rule.get("licence")) != bool(rule.get("licence_name"))
    if "inside" in rule:
        assert rule["copyright"]
    if not (rule.get("texts_of") or rule.get("texts")):
        for word in parts.words_of(rule.get("licence", "")):
            assert (RESOURCES / "licences" / f"{word}.txt").is_file(), word
    for name in rule.get("texts", ()):
        assert (RESOURCES / "licences" / name).is_file()


def test_ids_are_unique_and_lead_somewhere() -> None:
    ids = [rule["id"] for rule in (*KNOWN["inner"], *KNOWN["part"])]
    assert len(ids) == len(set(ids))
    assert {rule["inside"] for rule in KNOWN["inner"]} <= {*ids, "python"}


def test_every_licence_text_is_one_that_something_needs() -> None:
    expressions = [rule.get("licence", "") for rule in (*KNOWN["inner"], *KNOWN["part"])]
    expressions += [*KNOWN["debian"].values(), *KNOWN["override"].values(), "Apache-2.0 AND GPL-3.0-only"]
    wanted = {f"{word}.txt" for each in expressions for word in parts.words_of(each)} | {"replacing-qt.txt"}
    wanted |= {name for rule in KNOWN["part"] for name in rule.get("texts", ())}
    assert {file.name for file in (RESOURCES / "licences").iterdir()} <= wanted
