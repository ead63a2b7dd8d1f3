"""Courses in pixels, and panels drawn on paper as on the screen."""

import numpy as np
import pytest
from PySide6.QtCore import QLineF, QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_drawing import TreatmentMarks
from nurse_app.ui.charts.chart import Chart
from nurse_app.ui.charts.course import Course, Pixels, course_of, lines_of, shown_places
from nurse_app.ui.theme import Theme
from tests.presentation.lab_results import TODAY, series
from tests.presentation.test_lab_drawing import drawn
from tests.ui.conftest import ShowWindow

AS_THEY_ARE = Pixels(1.0, 0.0, 1.0, 0.0)


def course(values: list[float], runs: list[list[int]], *, stepped: bool = False) -> Course:
    days = np.arange(len(values), dtype=float)
    return course_of(days, np.array(values), runs, stepped=stepped)


def ends(lines: list[QLineF]) -> list[tuple[float, float, float, float]]:
    return [(line.x1(), line.y1(), line.x2(), line.y2()) for line in lines]


def test_a_run_is_joined_and_two_runs_are_not() -> None:
    lines = lines_of(course([5, 6, 9, 7], [[0, 1], [2, 3]]), (0, 3), AS_THEY_ARE, 100)

    assert ends(lines) == [(0, 5, 1, 6), (2, 9, 3, 7)]


def test_a_value_in_no_run_is_passed_over() -> None:
    lines = lines_of(course([5, 900, 9], [[0, 2]]), (0, 2), AS_THEY_ARE, 100)

    assert ends(lines) == [(0, 5, 2, 9)]


def test_steps_run_level_until_the_next_value() -> None:
    lines = lines_of(course([5, 6], [[0, 1]], stepped=True), (0, 1), AS_THEY_ARE, 100)

    assert ends(lines) == [(0, 5, 1, 5), (1, 5, 1, 6)]


def test_days_and_values_become_pixels() -> None:
    lines = lines_of(course([5, 6], [[0, 1]]), (0, 1), Pixels(10.0, 3.0, -2.0, 50.0), 100)

    assert ends(lines) == [(3, 40, 13, 38)]


def test_only_what_is_shown_is_drawn_with_one_value_beyond_each_edge() -> None:
    days = np.arange(10, dtype=float)

    assert shown_places(days, 3.5, 5.5) == (3, 7)
    assert shown_places(days, 3.0, 5.0) == (2, 7)
    assert shown_places(days, -5.0, 50.0) == (0, 10)
    assert shown_places(days, 40.0, 50.0) == (9, 10)
    assert lines_of(course([], []), (0, 1), AS_THEY_ARE, 100) == []


def test_a_million_values_take_two_lines_a_column_and_no_peak_is_lost() -> None:
    values = np.sin(np.arange(1_000_000) / 7)
    values[123_456], values[765_432] = 40.0, -30.0
    long = Course(np.linspace(0, 400, len(values)), values)

    lines = lines_of(long, (0, 400), AS_THEY_ARE, 400)

    assert len(lines) <= 2 * 402
    assert max(max(line.y1(), line.y2()) for line in lines) == pytest.approx(40)
    assert min(min(line.y1(), line.y2()) for line in lines) == pytest.approx(-30)
    assert all(0 <= line.x1() <= 401 for line in lines)


def test_a_panel_on_paper_is_the_panel_on_the_screen_only_larger(
    protocol: InfusionProtocol, show_window: ShowWindow, theme: Theme
) -> None:
    drawing = drawn(protocol, *series("ALT", ["30", "62", "35"], ("7", "40")))
    span = (TODAY.toordinal() - 100.0, TODAY.toordinal() + 1.0)
    chart = Chart(drawing, TreatmentMarks(), span, name="alt")
    show_window(chart, size=(420, 180))
    QApplication.processEvents()

    screen = chart.grab().toImage()
    paper = QImage(screen.size() * 3, QImage.Format.Format_RGB32)
    painter = QPainter(paper)
    painter.scale(3, 3)
    chart.render(painter, QPoint())
    painter.end()

    place = chart._frame.box.mapViewToScene(chart._frame.box.viewRect().center()).toPoint()
    assert QRectF(screen.rect()).contains(place)
    spots = [chart._scene_at(mark.at, float(mark.height)) for mark in drawing.marks]
    offset = chart._view.mapTo(chart, chart._view.rect().topLeft())
    for spot, role in zip(spots, ("brand", "caution", "brand"), strict=True):
        at = spot.toPoint() + offset
        assert screen.pixelColor(at) == theme.colour(role)
        assert paper.pixelColor(at * 3) == theme.colour(role)
