"""Fonts as Qt reads them from their files, and what is heard and seen while windows are painted."""

import json
import logging
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QColor, QImage

from nurse_app.offscreen import fonts_of_windows, qt_of_windows, rehearse_in_scratch
from nurse_app.ui.complaints import is_blank, listening
from nurse_app.ui.font_look import look_at_fonts
from nurse_app.visit.self_test import FontsFound, Rehearsed
from tests.ui.driver import RESOURCES

BOTH = ("DejaVuSans-Bold.ttf", "DejaVuSans.ttf")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(RESOURCES / "fonts", tmp_path / "fonts")
    return tmp_path


@pytest.mark.usefixtures("qapp")
def test_the_bundled_fonts_are_those_that_the_theme_asks_for() -> None:
    assert look_at_fonts(RESOURCES, "mg ≥ µ – ’ “ ”\n") == FontsFound("DejaVu Sans", BOTH)
    assert fonts_of_windows(RESOURCES, "m") == FontsFound("DejaVu Sans", BOTH)
    assert qt_of_windows().startswith("6.")


@pytest.mark.usefixtures("qapp")
def test_a_missing_font_lacks_its_style_though_the_machine_may_have_it(copied: Path) -> None:
    (copied / "fonts" / BOTH[0]).unlink()
    assert look_at_fonts(copied, "") == FontsFound("DejaVu Sans", BOTH[1:], lacking=("bold",))
    (copied / "fonts" / BOTH[1]).unlink()
    assert look_at_fonts(copied, "") == FontsFound("DejaVu Sans", (), lacking=("regular", "bold"))


@pytest.mark.usefixtures("qapp")
def test_a_font_that_is_none_is_named_and_so_are_letters_that_it_lacks(copied: Path) -> None:
    (copied / "fonts" / BOTH[0]).write_bytes(b"no font")

    found = look_at_fonts(copied, "a漢")

    assert (found.broken, found.lacking, found.letters) == (BOTH[:1], ("bold",), ("漢",))


def test_warnings_of_qt_and_errors_that_nobody_caught_are_heard_without_their_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nurse_app.ui.complaints.route_qt_messages", lambda: None)
    hook = sys.excepthook

    with listening() as heard:
        logging.getLogger("nurse_app.qt").warning("%s: %s", "default", "QPainter: not active")
        logging.getLogger("nurse_app.ui").warning("a file could not be written: %s", "/home/anna/record.pdf")
        logging.getLogger("nurse_app.ui").info("nothing to say")
        error = ValueError("SAMPLE, Patient")
        sys.excepthook(type(error), error, None)

    assert heard == ["default: QPainter: not active", "a file could not be written: %s", "ValueError"]
    assert sys.excepthook is hook
    logging.getLogger("nurse_app.qt").warning("afterwards")
    assert len(heard) == 3


def test_a_picture_of_one_colour_or_none_is_blank(tmp_path: Path) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.save(str(tmp_path / "white.png"))
    for x in range(60):
        for y in range(60):
            image.setPixelColor(x, y, QColor("black"))
    image.save(str(tmp_path / "window.png"))
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")

    assert is_blank(tmp_path / "white.png")
    assert is_blank(tmp_path / "text.png")
    assert not is_blank(tmp_path / "window.png")


def with_acts(tmp_path: Path, *acts: dict[str, object]) -> Path:
    resources = tmp_path / "resources"
    shutil.copytree(RESOURCES, resources)
    script = {"name": "short", "clock": "2026-11-22T09:00:00+00:00", "acts": acts}
    (resources / "training" / "rehearsal.json").write_text(json.dumps(script), encoding="utf-8")
    return resources


@pytest.mark.usefixtures("qapp")
def test_a_rehearsal_in_scratch_counts_what_was_painted_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()

    played = rehearse_in_scratch(with_acts(tmp_path, {"picture": "sign-in"}))

    assert (played.pages, played.blank, played.paper, played.stopped) == (1, 0, 0, "")
    assert (played.complaints, played.findings) == (0, ())
    assert played.entries > 0
    assert list((tmp_path / "scratch").iterdir()) == [], "nothing is left"


@pytest.mark.usefixtures("qapp")
def test_a_rehearsal_that_stops_says_where_and_why(tmp_path: Path) -> None:
    resources = with_acts(tmp_path, {"picture": "sign-in"}, {"press": "no.such.button"})
    played = rehearse_in_scratch(resources)
    assert played.stopped.strip("'") == "acts[1]: no.such.button is not on the screen"

    (resources / "training" / "rehearsal.json").unlink()
    assert rehearse_in_scratch(resources).stopped == "FileNotFoundError"
    shutil.rmtree(resources / "protocols")
    (resources / "training" / "rehearsal.json").write_text(
        json.dumps({"name": "x", "clock": "2026-11-22T09:00:00+00:00", "acts": []}), encoding="utf-8"
    )
    assert "cannot be read" in rehearse_in_scratch(resources).stopped
    assert Rehearsed().pages == 0


@pytest.mark.usefixtures("qapp")
def test_what_qt_says_while_it_is_played_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def play(*_args: object) -> None:
        qWarning("painter is not active")

    monkeypatch.setattr("nurse_app.offscreen.play", play)

    played = rehearse_in_scratch(with_acts(tmp_path))

    assert played.complaints == 1
    assert played.first.endswith("painter is not active")
