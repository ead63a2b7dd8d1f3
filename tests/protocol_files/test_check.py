"""The check command says one line for each protocol, version and language."""

import io
import runpy
import shutil
import sys
from pathlib import Path

import pytest

from nurse_app.protocol_files.check import main
from tests.protocol_files.kit import INSTALLED, MADE_UP, change, copy_of_natalizumab


def check(*arguments: str) -> tuple[int, str, str]:
    out, problems = io.StringIO(), io.StringIO()
    code = main(arguments, out, problems)
    return code, out.getvalue(), problems.getvalue()


@pytest.mark.parametrize(
    ("folder", "line"),
    [(INSTALLED, "natalizumab 1.0.0 en: sound, example, "), (MADE_UP, "samplimab 0.9.0 en: sound, draft, ")],
)
def test_every_protocol_we_ship_is_sound(folder: Path, line: str) -> None:
    code, out, problems = check(str(folder))

    assert (code, problems) == (0, "")
    assert out.startswith(line)
    assert out.count("\n") == 1


def test_a_fault_in_any_language_is_said_and_fails(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    shutil.copy(folder / "text.en.toml", folder / "text.de.toml")
    change(folder / "text.de.toml", "mood = 'Mood'", "mood = ''")

    code, out, problems = check(str(tmp_path))

    assert code == 1
    assert out.startswith("natalizumab 1.0.0 en: sound, ")
    assert problems == "natalizumab 1.0.0 de: text.de.toml: rule.mood: is empty\n"


def test_a_protocol_without_any_text_is_a_fault(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    (folder / "text.en.toml").unlink()

    assert check(str(tmp_path)) == (1, "", "natalizumab 1.0.0 en: text.en.toml: is missing\n")


@pytest.mark.parametrize(
    ("name", "problem"),
    [("cases.toml", "cases.toml: is missing"), ("SOURCES.md", "SOURCES.md: cannot be read: ")],
)
def test_worked_examples_and_sources_belong_to_a_protocol(tmp_path: Path, name: str, problem: str) -> None:
    folder = copy_of_natalizumab(tmp_path)
    (folder / name).unlink()

    code, _, problems = check(str(tmp_path))

    assert code == 1
    assert problems.startswith(f"natalizumab 1.0.0 en: {problem}")


def test_the_page_of_sources_must_mention_every_source(tmp_path: Path) -> None:
    folder = copy_of_natalizumab(tmp_path)
    page = folder / "SOURCES.md"
    page.write_text(page.read_text("utf-8").replace("`strata`", "strata"), "utf-8")

    code, _, problems = check(str(tmp_path))

    assert (code, problems) == (1, "natalizumab 1.0.0 en: SOURCES.md: does not mention the source `strata`\n")


def test_nothing_to_check_is_said(tmp_path: Path) -> None:
    assert check()[0] == 2
    assert check("a", "b")[2].startswith("Name one folder: ")
    assert check(str(tmp_path)) == (2, "", f"{tmp_path}: no protocol is installed here\n")
    assert check(str(tmp_path / "missing"))[0] == 2


def test_the_module_runs_as_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["check", str(MADE_UP)])
    monkeypatch.delitem(sys.modules, "nurse_app.protocol_files.check")

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("nurse_app.protocol_files.check", run_name="__main__")

    assert ended.value.code == 0
    assert "samplimab 0.9.0 en: sound" in capsys.readouterr().out
