"""What the windows are given to take results from files: a disk that fails, a file that was kept."""

from datetime import UTC
from errno import EACCES, EIO
from pathlib import Path
from typing import NoReturn

import pytest

from nurse_app.cli.lab_imports import LabImports
from nurse_app.cli.records import system_disk
from nurse_app.interchange.lab_file.csv_file import CsvForm
from nurse_app.interchange.lab_file.kept import KeptFile
from nurse_app.store.import_under_way import ImportUnderWay
from nurse_app.visit.lab_import import LabImport
from nurse_app.visit.ports import NotSavedError

FILE = KeptFile(b"a,b\n", CsvForm(), None, "nurse-1")


@pytest.fixture
def imports(tmp_path: Path) -> LabImports:
    unused: LabImport = object()  # type: ignore[assignment]
    return LabImports(unused, UTC, ImportUnderWay(tmp_path, system_disk()))


def refuse(number: int) -> object:
    def fail(*_given: object) -> NoReturn:
        raise OSError(number, "no")

    return fail


def test_a_file_is_kept_until_it_is_forgotten(imports: LabImports) -> None:
    assert imports.kept() == "nothing"
    imports.keep(FILE)
    assert imports.kept() == FILE
    imports.forget()
    assert imports.kept() == "nothing"


def test_something_else_that_is_kept_is_unclear(imports: LabImports, tmp_path: Path) -> None:
    (tmp_path / "import-under-way").write_bytes(b"")
    assert imports.kept() == "unclear"


def test_a_disk_that_fails_is_said_as_for_every_entry(imports: LabImports, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("keep", "forget", "kept"):
        monkeypatch.setattr(ImportUnderWay, name, refuse(EIO))
    with pytest.raises(NotSavedError, match="the disk reported a fault"):
        imports.keep(FILE)
    with pytest.raises(NotSavedError, match="the disk reported a fault"):
        imports.forget()
    assert imports.kept() == "unclear"
    monkeypatch.setattr(ImportUnderWay, "kept", refuse(EACCES))
    assert imports.kept() == "unclear"
