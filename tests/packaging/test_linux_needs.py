"""What the ward's machine must have for the built folder."""

import sys
from pathlib import Path
from shutil import copyfile, which

import pytest

from tests.packaging.scripts import script

linux_needs = script("linux_needs")


def test_the_line_names_each_package_once_and_the_c_library_with_its_version() -> None:
    packages = {"libc.so.6": "libc6", "libm.so.6": "libc6", "libGL.so.1": "libgl1", "libglib-2.0.so.0": "libglib2.0-0"}
    line = linux_needs.depends_line(packages, {"GLIBC": (2, 36), "GCC": (4, 8)})
    assert line == "libc6 (>= 2.36), libgl1, libglib2.0-0t64 | libglib2.0-0"


@pytest.mark.skipif(which("readelf") is None or sys.platform != "linux", reason="no readelf here")
def test_what_is_in_the_folder_is_not_asked_of_the_machine(tmp_path: Path) -> None:
    python = Path(sys.executable).resolve()
    copyfile(python, tmp_path / "python")
    (tmp_path / "text").write_text("no program", encoding="utf-8")
    asked, newest = linux_needs.needs(tmp_path)
    assert asked["libc.so.6"] == ["python"]
    assert newest["GLIBC"] >= (2, 2, 5)
    (tmp_path / "libc.so.6").write_bytes(b"")
    assert "libc.so.6" not in linux_needs.needs(tmp_path)[0]
