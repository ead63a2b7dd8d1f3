"""The texts of the help: nothing open, no figure of their own, safely written; links, pictures and keys are there."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.help_topics import GROUPS, HelpBook, read_book
from nurse_app.protocol_files.ismp import unsafe_form
from nurse_app.ui.help_files import help_folder, help_texts

PROJECT = Path(__file__).parents[1]
RESOURCES = PROJECT / "resources"
TEXTS = help_texts(RESOURCES)
LISTED = [key for _title, keys in GROUPS for key in keys]
MOST_BYTES = 60 * 1024

LINK = re.compile(r"!?\[[^]]*\]\(([^)]+)\)")
CODE = re.compile(r"`([^`]+)`")
KEY = re.compile(r"F\d{1,2}|Ctrl\+.+|Esc|Enter|Tab|[A-Z]|[-+,.]")
# What a sample visit types is no clinical figure, and neither are names of standards and dates as they are written.
SAMPLE_VISIT = "first-visit"
NO_FIGURES = re.compile(r"HL7|31-Dec-1980|^\d+\. |^#+ \d ", re.MULTILINE)


@pytest.fixture(scope="module")
def book(protocol: InfusionProtocol) -> HelpBook:
    return read_book(TEXTS, protocol)


def test_every_file_is_a_listed_topic_and_every_topic_has_a_file() -> None:
    assert sorted(TEXTS) == sorted(LISTED)


@pytest.mark.parametrize("key", LISTED)
def test_a_topic_has_a_short_title_and_no_open_placeholder(key: str, book: HelpBook) -> None:
    topic = book.topic(key)

    assert TEXTS[key].startswith("# ")
    assert 0 < len(topic.title) <= 30
    assert "{" not in topic.text
    assert "}" not in topic.text


@pytest.mark.parametrize("key", [key for key in LISTED if key != SAMPLE_VISIT])
def test_a_topic_has_no_figure_of_its_own(key: str) -> None:
    words = NO_FIGURES.sub("", CODE.sub("", re.sub(r"\{[^}]+\}", "", TEXTS[key])))

    assert re.findall(r"\d+", words) == []


def test_the_sample_visit_has_no_figure_with_a_unit() -> None:
    words = re.sub(r"\{[^}]+\}", "", TEXTS[SAMPLE_VISIT])

    assert re.findall(r"\d\s?(?:mg|mL|min|h|%|kg|mmHg|°C|hours?|days?|weeks?)\b", words) == []


@pytest.mark.parametrize("key", LISTED)
def test_a_topic_is_written_safely(key: str, book: HelpBook) -> None:
    words = CODE.sub("", LINK.sub("", book.topic(key).text))

    problems = [(line, problem) for line in words.splitlines() if (problem := unsafe_form(line))]
    assert problems == []


@pytest.mark.parametrize("key", LISTED)
def test_every_link_leads_somewhere(key: str) -> None:
    for target in LINK.findall(TEXTS[key]):
        assert (help_folder(RESOURCES) / target).resolve().is_file(), target


def test_every_topic_can_be_reached_by_a_link_or_from_its_screen() -> None:
    assert {"quick-start", "first-visit"} <= set(LISTED)
    linked = {Path(target).stem for text in TEXTS.values() for target in LINK.findall(text)}
    assert {"paper-forms", "not-saved", "resume", "looking-after", "forgotten-pin"} <= linked


def _constants() -> Iterator[str]:
    for part in ("ui", "presentation"):
        for file in (PROJECT / "nurse_app" / part).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
                elif isinstance(node, ast.Attribute) and node.attr.startswith("Key_"):
                    yield node.attr.removeprefix("Key_")


def test_every_key_that_is_named_is_one_of_the_program() -> None:
    bound = set(_constants()) | {"Tab"}
    named = {code for text in TEXTS.values() for code in CODE.findall(text) if KEY.fullmatch(code)}

    assert named >= {"F1", "F8", "Ctrl+L"}
    assert named - bound == set()


LABELS = re.compile(r"\*\*([^*]+)\*\* \(`([^`]+)`\)")


def _labelled() -> Iterator[tuple[str, str]]:
    """Every label with the key beside it, as calls of the program have them."""
    for part in ("ui", "presentation"):
        for file in (PROJECT / "nurse_app" / part).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            words = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            keys = {word for word in words if KEY.fullmatch(word)}
            yield from ((word.rstrip("…"), key) for word in words for key in keys)


def test_a_label_and_its_key_belong_together() -> None:
    known = set(_labelled())
    # Labels that the program puts together from parts, or whose key stands elsewhere.
    other_words = {("Try again", "F5"), ("All others: no", "A"), ("Vital signs", "V"), ("Reaction", "F8")}
    named = {(label.rstrip("…"), key) for text in TEXTS.values() for label, key in LABELS.findall(text)}

    assert named
    assert {pair for pair in named if pair not in known} <= other_words


# --- pictures ---


def test_pictures_are_small_have_a_palette_and_are_all_used() -> None:
    files = sorted((RESOURCES / "help" / "pictures").iterdir())
    used = {Path(target).name for text in TEXTS.values() for target in LINK.findall(text) if target.endswith(".png")}

    assert {file.name for file in files} == used
    assert [file.name for file in files if file.stat().st_size > MOST_BYTES] == []
    assert {QImage(str(file)).format() for file in files} == {QImage.Format.Format_Indexed8}


def test_the_script_plays_the_sample_visit_and_makes_the_same_pictures(tmp_path: Path) -> None:
    command = [sys.executable, str(PROJECT / "packaging" / "make_help_pictures.py"), str(tmp_path)]
    paths = os.environ | {"PYTHONPATH": str(PROJECT)}
    ended = subprocess.run(command, env=paths, capture_output=True, text=True, check=False, timeout=300)

    assert ended.returncode == 0, ended.stderr
    shipped = {file.name: QImage(str(file)).size() for file in (RESOURCES / "help" / "pictures").iterdir()}
    assert {file.name: QImage(str(file)).size() for file in tmp_path.iterdir()} == shipped
