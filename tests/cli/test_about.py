"""What the program can say of itself: from the list of the build, or from what is installed."""

import json
from pathlib import Path

import pytest

from nurse_app import __version__
from nurse_app.cli.about import About
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.parts_list import Part
from nurse_app.protocol_files.digest import digest
from tests.conftest import RESOURCES


def test_a_checkout_names_what_is_installed_each_with_its_text(protocol: InfusionProtocol) -> None:
    about = About(RESOURCES, protocol)
    facts = about.facts()
    assert facts.version == __version__
    assert facts.build.startswith("checkout, Python ")
    assert facts.protocol_digest == digest(protocol)
    names = [part.name for part in facts.parts]
    assert names[:2] == ["nurse-app", "Python"]
    assert {"PySide6_Essentials", "shiboken6", "numpy", "pyqtgraph", "tinydb", "biip", "DejaVu Sans"} <= set(names)
    texts = {part.name: about.text_of(part) for part in facts.parts}
    assert all(len(text) > 500 for text in texts.values()), {name: len(text) for name, text in texts.items()}
    assert "Apache License" in texts["nurse-app"]
    assert all("cannot be read" not in text for text in texts.values())


def test_the_lesser_licence_of_qt_comes_with_how_to_replace_it(protocol: InfusionProtocol) -> None:
    about = About(RESOURCES, protocol)
    text = next(about.text_of(part) for part in about.facts().parts if part.name == "PySide6_Essentials")
    places = [text.index(words) for words in ("put your own in their", "GNU LESSER GENERAL", "GNU GENERAL PUBLIC")]
    assert places == sorted(places)


def packaged(folder: Path, content: str) -> Path:
    (folder / "build.txt").write_text("commit 12\n", encoding="utf-8")
    (folder / "sbom.cdx.json").write_text(content, encoding="utf-8")
    return folder


def test_a_packaged_program_names_what_the_build_listed(tmp_path: Path, protocol: InfusionProtocol) -> None:
    text = json.dumps({"components": [{"type": "library", "name": "Qt", "version": "6"}]})
    facts = About(packaged(tmp_path, text), protocol).facts()
    assert [part.name for part in facts.parts] == ["nurse-app", "Qt"]
    assert facts.build.startswith("commit 12")
    assert not facts.problem


@pytest.mark.parametrize("content", ["", "{}", "\ud800"])
def test_a_damaged_list_is_said_and_the_rest_shown(tmp_path: Path, protocol: InfusionProtocol, content: str) -> None:
    folder = packaged(tmp_path, "")
    (folder / "sbom.cdx.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    facts = About(folder, protocol).facts()
    assert facts.problem == "The list of parts cannot be read. Install the program again."
    assert [part.name for part in facts.parts] == ["nurse-app"]


def test_a_text_that_is_missing_is_said_by_name(tmp_path: Path, protocol: InfusionProtocol) -> None:
    (tmp_path / "one.txt").write_text("One.\n\n", encoding="utf-8")
    about = About(tmp_path, protocol)
    part = Part("x", "1", "MIT", ("one.txt", "licences/two.txt"))
    assert about.text_of(part) == "One.\n\n\nThe text two.txt cannot be read. Install the program again."
    assert about.text_of(Part("y", "1", "MIT", ())) == "There is no further text in the program."
