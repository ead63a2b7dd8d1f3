"""Whether the machine has a time zone: by TZ, else by its own setting."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from nurse_app.system.time_zone import has_time_zone


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    (tmp_path / "zoneinfo" / "Europe").mkdir(parents=True)
    (tmp_path / "zoneinfo" / "Europe" / "Berlin").write_bytes(b"TZif")
    return tmp_path / "zoneinfo"


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        ({"TZ": "Europe/Berlin"}, True),
        ({"TZ": ":Europe/Berlin"}, True),
        ({"TZ": "UTC"}, True),
        ({"TZ": "CET-1CEST"}, True),
        ({"TZ": "<+03>-3"}, True),
        ({"TZ": "Europe/Nowhere"}, False),
        ({"TZ": ""}, False),
        ({}, True),
    ],
)
def test_a_zone_is_a_file_or_an_offset(zones: Path, environment: Mapping[str, str], known: bool) -> None:
    assert has_time_zone(environment, "linux", zones / "Europe" / "Berlin", (zones,)) is known


def test_a_machine_without_a_setting_has_none_and_windows_always_has_one(zones: Path) -> None:
    assert not has_time_zone({}, "linux", zones / "missing", (zones,))
    assert has_time_zone({}, "win32", zones / "missing", (zones,))
