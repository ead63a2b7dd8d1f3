"""Folders on every platform and in every kind of installation, from made-up surroundings."""

import sys
from pathlib import Path

import pytest

from nurse_app.system import paths
from nurse_app.system.paths import (
    NoFolderError,
    Surroundings,
    data_folder,
    log_folder,
    resources_folder,
    surroundings,
    workstation_folder,
)

HOME = Path("/home/ward")


def around(
    environment: dict[str, str] | None = None,
    platform: str = "linux",
    package: Path = Path("/nowhere/nurse_app"),
    unpacked: Path | None = None,
) -> Surroundings:
    return Surroundings(environment or {}, platform, lambda: HOME, package, unpacked)


def test_the_folder_on_the_command_line_comes_first() -> None:
    machine = around({"NURSE_APP_DATA": "/from/environment", "XDG_DATA_HOME": "/xdg"})

    assert data_folder(machine, Path("/given"), training=False) == Path("/given")


def test_the_environment_comes_before_the_platform() -> None:
    machine = around({"NURSE_APP_DATA": "/from/environment", "XDG_DATA_HOME": "/xdg"})

    assert data_folder(machine, None, training=False) == Path("/from/environment")


def test_an_empty_variable_says_nothing() -> None:
    machine = around({"NURSE_APP_DATA": "", "XDG_DATA_HOME": ""})

    assert data_folder(machine, None, training=False) == HOME / ".local/share/nurse-app"


def test_linux_keeps_records_where_the_desktop_says() -> None:
    assert data_folder(around({"XDG_DATA_HOME": "/xdg"}), None, training=False) == Path("/xdg/nurse-app")


def test_linux_passes_over_a_data_home_that_is_not_absolute() -> None:
    machine = around({"XDG_DATA_HOME": "some/where"})

    assert data_folder(machine, None, training=False) == HOME / ".local/share/nurse-app"


def test_windows_keeps_records_in_the_users_local_data() -> None:
    # An absolute path of the system that the test runs on.
    machine = around({"LOCALAPPDATA": str(Path.cwd())}, platform="win32")

    assert data_folder(machine, None, training=False) == Path.cwd() / "nurse-app"


def test_windows_without_its_variable_takes_the_usual_place() -> None:
    assert data_folder(around(platform="win32"), None, training=False) == HOME / "AppData/Local/nurse-app"


def test_a_relative_folder_is_made_absolute_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert data_folder(around(), Path("records"), training=False) == tmp_path / "records"


def test_training_stays_beside_the_platforms_folder() -> None:
    assert data_folder(around(), None, training=True) == HOME / ".local/share/nurse-app-training"


@pytest.mark.parametrize("given", [Path("/chosen"), None], ids=["by option", "by environment"])
def test_training_stays_inside_a_chosen_folder(given: Path | None) -> None:
    machine = around({"NURSE_APP_DATA": "/chosen"})

    assert data_folder(machine, given, training=True) == Path("/chosen/nurse-app-training")


@pytest.mark.parametrize(
    ("machine", "folder"),
    [
        (around(), HOME / ".local/state/nurse-app-workstation"),
        (around({"XDG_STATE_HOME": "/xdg"}), Path("/xdg/nurse-app-workstation")),
        (around({"XDG_STATE_HOME": "some/where"}), HOME / ".local/state/nurse-app-workstation"),
        (around(platform="win32"), HOME / "AppData/Local/nurse-app-workstation"),
    ],
)
def test_what_the_workstation_knows_lies_beside_the_records_and_never_in_them(
    machine: Surroundings, folder: Path
) -> None:
    assert workstation_folder(machine) == folder
    assert not folder.is_relative_to(data_folder(machine, None, training=False))
    assert not folder.is_relative_to(data_folder(machine, None, training=True))


def test_a_user_without_a_home_is_told_what_to_do() -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    machine = Surroundings({}, "linux", no_home, Path("/nowhere/nurse_app"), None)

    with pytest.raises(NoFolderError, match="--data-dir"):
        data_folder(machine, None, training=False)


def test_asking_for_folders_makes_none(tmp_path: Path) -> None:
    folder = data_folder(around(), tmp_path / "records", training=True)

    assert log_folder(folder).parent == folder
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "made",
    [["unpacked/resources", "nurse_app/_resources", "resources"], ["nurse_app/_resources", "resources"], ["resources"]],
)
def test_resources_of_the_executable_come_before_the_wheel_and_the_checkout(tmp_path: Path, made: list[str]) -> None:
    for folder in made:
        (tmp_path / folder).mkdir(parents=True)
    machine = around(package=tmp_path / "nurse_app", unpacked=tmp_path / "unpacked")

    assert resources_folder(machine) == tmp_path / made[0]


def test_missing_resources_are_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(NoFolderError, match="Install it again"):
        resources_folder(around(package=tmp_path / "nurse_app"))


def test_the_surroundings_of_this_process_lead_to_resources() -> None:
    here = surroundings()

    assert here.unpacked is None
    assert here.platform == sys.platform
    assert resources_folder(here) == Path(paths.__file__).parents[2] / "resources"


def test_the_surroundings_of_a_packaged_executable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert surroundings().unpacked == tmp_path
