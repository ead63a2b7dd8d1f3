"""Every file of the built folder has an origin, or the build fails and names it."""

from pathlib import Path
from shutil import rmtree

import pytest

from tests.packaging.built import LOCK_TEXT, Built, built_files, install, write


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return Built(tmp_path)


def refused(built: Built, package: str = "zlib1g") -> str:
    with pytest.raises(built_files.UnaccountedError) as caught:
        built.account(package).files()
    return str(caught.value)


def test_a_lock_file_is_read_with_its_digests() -> None:
    lock = built_files.read_lock(LOCK_TEXT)
    assert {name: (each.version, len(each.hashes)) for name, each in lock.items()} == {
        "small": ("1.0", 2),
        "pyside6-essentials": ("6.11.3", 1),
    }
    assert lock["pyside6-essentials"].hashes == ("c" * 64,)


def test_every_file_belongs_to_exactly_one_part(built: Built) -> None:
    files = built.account().files()
    assert {file.path.removeprefix("_internal/"): file.part for file in files} == {
        "nurse-app": "nurse-app",
        "PySide6/Qt/lib/libQt6Core.so.6": "qt",
        "PySide6/QtCore.abi3.so": "pyside6-essentials",
        "base_library.zip": "python",
        "libz.so.1": "debian:zlib1g",
        "python3.11/lib-dynload/zlib.so": "python",
        "resources/build.txt": "nurse-app",
        "resources/fonts/DejaVuSans.ttf": "dejavu-fonts",
        "resources/fonts/LICENSE-DejaVu.txt": "dejavu-fonts",
        "small-1.0.dist-info/licenses/LICENSE": "small",
        "small/__init__.py": "small",
        "small/data.bin": "small",
    }
    assert len(files) == len({file.path for file in files})


def test_a_stranger_is_named(built: Built) -> None:
    write(built.program / "_internal" / "odd.so", b"odd")
    assert refused(built).startswith("_internal/odd.so: is of no locked library")


def test_a_changed_file_of_a_library_is_a_stranger(built: Built) -> None:
    write(built.program / "_internal" / "small" / "data.bin", b"other")
    assert "_internal/small/data.bin" in refused(built)


def test_a_library_of_the_machine_that_no_package_has_is_a_stranger(built: Built) -> None:
    assert "_internal/libz.so.1" in refused(built, package="")


def test_a_stranger_beside_the_executable_is_named(built: Built) -> None:
    write(built.program / "helper", b"helper")
    assert "helper: is of no locked library" in refused(built)


def test_names_of_windows_may_differ_in_case(built: Built) -> None:
    inner = built.program / "_internal"
    (inner / "small" / "data.bin").rename(inner / "small" / "DATA.BIN")
    (built.program / "nurse-app").rename(built.program / "nurse-app.exe")
    write(built.program / "nurse-app-window.exe", b"window")
    parts = {file.path: file.part for file in built.account().files()}
    assert parts["_internal/small/DATA.BIN"] == "small"
    assert parts["nurse-app-window.exe"] == "nurse-app"


def test_a_stranger_in_the_standard_library_is_named(built: Built) -> None:
    built.library(["os.pyc", "evil/__init__.pyc"])
    assert "_internal/base_library.zip" in refused(built)


@pytest.mark.parametrize("target", ["/etc/hostname", "nowhere", "../../../machine/libz.so.1"])
def test_a_link_that_leads_out_or_nowhere_is_named(built: Built, target: str) -> None:
    (built.program / "_internal" / "link.so").symlink_to(target)
    assert refused(built).startswith("_internal/link.so: a link")


def test_the_lists_themselves_are_left_out(built: Built) -> None:
    for name in ("sbom.cdx.json", "files.sha256"):
        write(built.program / "_internal" / "resources" / name, "{}")
    assert not [file for file in built.account().files() if file.path.endswith((".json", ".sha256"))]


def test_another_version_than_the_locked_one_is_refused(built: Built) -> None:
    install(built.libraries, "small", "1.1", {"small/__init__.py": b"x = 1\n"})
    rmtree(built.libraries / "small-1.0.dist-info")
    assert "small 1.1 is installed; the lock file says 1.0" in refused(built)


def test_files_alike_are_given_to_the_one_whose_place_they_have(built: Built) -> None:
    install(built.libraries, "PySide6_Essentials", "6.11.3", {"PySide6/data.bin": b"data"}, "License: MIT")
    write(built.program / "_internal" / "PySide6" / "data.bin", b"data")
    (built.program / "_internal" / "PySide6" / "QtCore.abi3.so").unlink()
    (built.program / "_internal" / "libQt6Core.so.6").unlink()
    (built.program / "_internal" / "PySide6" / "Qt" / "lib" / "libQt6Core.so.6").unlink()
    parts = {file.path: file.part for file in built.account().files()}
    assert parts["_internal/PySide6/data.bin"] == "pyside6-essentials"
    assert parts["_internal/small/data.bin"] == "small"


@pytest.mark.parametrize(
    ("module", "owner"),
    [
        ("nurse_app.domain.bag", "nurse-app"),
        ("__main__", "nurse-app"),
        ("struct", "python"),
        ("os.path", "python"),
        ("pyimod02_importers", "pyinstaller"),
        ("pyi_rth_pyside6", "pyinstaller"),
        ("small.inner", "small"),
        ("requests", ""),
    ],
)
def test_whose_a_module_is(built: Built, module: str, owner: str) -> None:
    owners = built_files.top_packages(built.account().distributions)
    assert built_files.owner_of(module, owners) == owner
    assert built_files.strangers([module], owners) == ([] if owner else [module])
