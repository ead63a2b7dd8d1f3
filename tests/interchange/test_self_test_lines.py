"""The lines between a self-test and the window: what is said is heard, and nothing else is taken for it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nurse_app.interchange.self_test_limits import read_limits
from nurse_app.interchange.self_test_lines import program_line, read_line, result_line
from nurse_app.visit.self_test import Look, LookResult, Outcome, ProgramFacts

RESOURCES = Path(__file__).parents[2] / "resources"
RESULT = LookResult(Look.SOUND, Outcome.FAILED, "No sound – “none”.", "0 devices", "Connect one.")
PROGRAM = ProgramFacts("0.1.0", "build 7", "Linux", "6.11.3", "f" * 64, datetime(2026, 11, 22, 9, 0, tzinfo=UTC))


def test_what_is_said_is_heard() -> None:
    assert read_line(result_line(RESULT)) == RESULT
    assert read_line(program_line(PROGRAM)) == PROGRAM
    assert "\n" not in result_line(RESULT)


@pytest.mark.parametrize(
    "line",
    ["", "qt.qpa: a warning", "[]", "{}", '{"result": {}}', '{"result": 1, "program": 2}', '{"other": 1}', "1"],
)
def test_anything_else_is_nothing(line: str) -> None:
    assert read_line(line) is None


def test_the_limits_that_are_shipped_have_their_form_and_make_sense() -> None:
    limits = read_limits(RESOURCES)

    space = limits.space
    assert space.days * space.visits_a_day * space.visit_bytes > space.entries_room_bytes
    assert limits.clock.days_without_entry < 366 * limits.clock.years_in_use
    assert limits.disk.longest_sync_ms > 0


@pytest.mark.parametrize("text", ["", "[space]\ndays = 1\n", "not toml ["])
def test_limits_of_another_form_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "self-test").mkdir()
    (tmp_path / "self-test" / "limits.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):
        read_limits(tmp_path)
