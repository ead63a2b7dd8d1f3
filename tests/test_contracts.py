"""Every import contract objects when an import strays; the strays are planted in a copy of the package."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# contract, module that strays, what it imports
STRAYS = [
    ("layers", "nurse_app.visit.stray", "nurse_app.presentation"),
    ("qt", "nurse_app.system.stray", "PySide6.QtCore"),
    ("qt", "nurse_app.main", "pyqtgraph"),
    ("domain", "nurse_app.domain.stray", "json"),
    ("views", "nurse_app.presentation.stray", "nurse_app.store"),
    ("words", "nurse_app.protocol_files.stray", "nurse_app.i18n"),
    ("tinydb", "nurse_app.interchange.stray", "tinydb"),
    ("machine", "nurse_app.ui.widgets.stray", "time"),
    ("network", "nurse_app.system.stray", "socket"),
    ("updating", "nurse_app.updating.stray", "nurse_app.interchange.gs1"),
    ("steps", "nurse_app.ui.steps.stray_one", "nurse_app.ui.steps.stray_two"),
]


def copy_package(folder: Path) -> None:
    shutil.copytree(PROJECT / "nurse_app", folder / "nurse_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", folder)


def check_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    copy = tmp_path_factory.mktemp("strayed")
    copy_package(copy)
    (copy / "nurse_app/ui/steps/stray_two.py").write_text('"""A second step page."""\n', encoding="utf-8")
    for _, module, imported in STRAYS:
        with (copy / (module.replace(".", "/") + ".py")).open("a", encoding="utf-8") as source:
            source.write(f"\nimport {imported}\n")
    result = check_imports(copy)
    assert result.returncode == 1, result.stdout + result.stderr
    return " ".join(result.stdout.split())


@pytest.mark.parametrize(("contract", "module", "imported"), STRAYS)
def test_a_stray_import_breaks_its_contract(report: str, contract: str, module: str, imported: str) -> None:
    name = next(each["name"] for each in CONTRACTS if each["id"] == contract)
    imported = imported if imported.startswith("nurse_app.") else imported.split(".", maxsplit=1)[0]

    assert f"{name} BROKEN" in report
    assert f"{module} -> {imported} (l." in report


def test_every_contract_has_its_stray() -> None:
    assert {each["id"] for each in CONTRACTS} == {contract for contract, _, _ in STRAYS}


def test_a_new_room_must_be_given_its_layer(tmp_path: Path) -> None:
    copy_package(tmp_path)
    (tmp_path / "nurse_app/helpers.py").write_text('"""A room that no layer names."""\n', encoding="utf-8")

    result = check_imports(tmp_path)

    assert result.returncode == 1
    assert "helpers" in result.stdout


def test_loading_the_program_loads_neither_qt_nor_the_slow_libraries() -> None:
    command = (
        "import sys, nurse_app.main; print(sorted({'PySide6', 'pyqtgraph', 'numpy', 'biip'} & sys.modules.keys()))"
    )

    result = subprocess.run([sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert result.stdout.strip() == "[]", result.stderr
