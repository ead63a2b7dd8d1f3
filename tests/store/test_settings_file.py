"""The device's settings: written whole, and a broken file is told and passed over."""

from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from nurse_app.store.settings_file import DeviceSettings, LoadedSettings, SettingsFile, Theme
from tests.store.disks import FaultyDisk
from tests.store.kit import system_disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_without_a_file_the_usual_settings_are_in_force(path: Path) -> None:
    assert SettingsFile(path, system_disk()).load() == LoadedSettings(DeviceSettings(Theme.LIGHT, 100, ""))


def test_what_was_saved_is_loaded(path: Path) -> None:
    settings = DeviceSettings(Theme.HIGH_CONTRAST, 150, "Neurologie 4 Süd")

    SettingsFile(path, system_disk()).save(settings)

    assert SettingsFile(path, system_disk()).load() == LoadedSettings(settings)
    assert "Süd" in path.read_text(encoding="utf-8")


def test_a_file_that_names_only_some_is_enough(path: Path) -> None:
    path.write_text('{"theme": "dark"}', encoding="utf-8")

    assert SettingsFile(path, system_disk()).load() == LoadedSettings(DeviceSettings(Theme.DARK))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"theme":"pink"}', "theme: must be one of light, dark, high-contrast"),
        (b'{"text_percent":99}', "settings: text_percent is from 100 to 200"),
        (b'{"text_percent":201}', "settings: text_percent is from 100 to 200"),
        (b'{"colour":"red"}', "colour: is not known here"),
        (b'{"ward_name":"two\\nlines"}', "settings: ward_name is one line of at most 60 characters"),
        (b'{"theme":"dark","theme":"light"}', "it is not a settings file"),
        (b"", "it is not a settings file"),
        (b"\xff", "it is not a settings file"),
        (b" " * 70_000, "it cannot be read"),
    ],
    ids=["theme", "small", "large", "unknown", "lines", "twice", "empty", "no text", "huge"],
)
def test_a_broken_file_is_told_and_left_as_it_is(path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(content)

    loaded = SettingsFile(path, system_disk()).load()

    assert loaded.settings == DeviceSettings()
    assert loaded.problem is not None
    assert str(path) in loaded.problem
    assert reason in loaded.problem
    assert path.read_bytes() == content


def test_a_disk_that_cannot_be_read_is_told(path: Path) -> None:
    loaded = SettingsFile(path, FaultyDisk(at=1, error=OSError(EIO, "fault"))).load()

    assert loaded.settings == DeviceSettings()
    assert loaded.problem is not None


def test_settings_that_were_not_saved_leave_the_old_ones(path: Path) -> None:
    SettingsFile(path, system_disk()).save(DeviceSettings(ward_name="old"))
    disk = FaultyDisk(at=3, error=OSError(ENOSPC, "full"))

    with pytest.raises(OSError):
        SettingsFile(path, disk).save(DeviceSettings(ward_name="new"))

    disk.die()
    assert SettingsFile(path, system_disk()).load().settings.ward_name == "old"


@pytest.mark.parametrize("text_percent", [100, 200])
def test_text_size_includes_its_limits(text_percent: int) -> None:
    assert DeviceSettings(text_percent=text_percent).text_percent == text_percent
