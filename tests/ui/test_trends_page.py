"""The trends page: what it draws, how it is read without a mouse, and the table that says the same."""

import subprocess
import sys
from datetime import UTC, date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_trend import TrendsView, present_trends
from nurse_app.ui.screens.trends_screen import TrendsPage
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.ui.widgets.lab_trend_plot import LabTrendPlot
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.trend_card import TrendCard
from tests.presentation.lab_results import TODAY, result, series
from tests.ui.conftest import ShowWindow
from tests.ui.hands import part, tap, words

PROJECT = Path(__file__).parents[2]
ALT = (None, "40")
RISING = (*series("ALT", ["30", "34", "98", "121.2"], ALT), *series("PLT", ["240", "236"], ("150", "400")))
SIZE = (1040, 620)


def view_of(protocol: InfusionProtocol, *labs: LabResult) -> TrendsView:
    infusions = [TODAY - timedelta(days=28 * count) for count in range(1, 14)]
    return present_trends(protocol, Facts(labs=labs), infusions, TODAY, UTC)


@pytest.fixture
def page(protocol: InfusionProtocol, show_window: ShowWindow) -> TrendsPage:
    """A page with a rising ALT and calm platelets."""
    made = TrendsPage()
    made.show_view(view_of(protocol, *RISING))
    show_window(made, size=SIZE)
    return made


def plot(page: QWidget, test: str) -> LabTrendPlot:
    return part(page, LabTrendPlot, f"trend.{test}.plot")


def note(page: QWidget, test: str) -> str:
    return part(page, Text, f"trend.{test}.note").text()


def drawn(found: LabTrendPlot) -> tuple[list[float], list[float]]:
    days, values = found._items._points.getData()
    return list(days), list(values)


def test_loading_the_page_does_not_load_pyqtgraph() -> None:
    command = (
        "import sys, nurse_app.ui.screens.trends_screen, nurse_app.ui.screens.record_screen, "
        "nurse_app.ui.screens.reports_screen, nurse_app.ui.sheets.lab_result_sheet, nurse_app.ui.record_pdf; "
        "print(sorted({'pyqtgraph', 'numpy'} & sys.modules.keys()))"
    )

    ended = subprocess.run([sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert ended.stdout.strip() == "[]", ended.stderr


def test_each_test_with_results_has_its_panel_with_value_and_age(page: TrendsPage) -> None:
    said = words(page)

    assert "121.2 ↑ high · 3.03 × ULN" in said
    assert "12-Nov-2026 · 10 d ago · CTCAE 5.0 grade 2 · due 10-Feb-2027" in said
    assert [card.objectName() for card in page.findChildren(TrendCard)] == ["trend.ALT", "trend.PLT"]
    assert "No result yet: AST" in said


def test_every_point_is_drawn_at_its_day_and_value(page: TrendsPage) -> None:
    days, values = drawn(plot(page, "ALT"))

    assert values == [30, 34, 98, 121.2]
    assert days[-1] == date(2026, 11, 12).toordinal() + 0.5


def test_points_out_of_range_differ_by_shape_and_bounds_by_an_open_triangle(
    protocol: InfusionProtocol, show_window: ShowWindow
) -> None:
    page = TrendsPage()
    page.show_view(view_of(protocol, *series("ALT", ["<5", "30", "62", ">1000"], ALT), result("GGT", "50")))
    show_window(page, size=SIZE)

    shapes = [spot.symbol() for spot in plot(page, "ALT")._items._points.points()]
    fills = [spot.brush().color().name() for spot in plot(page, "ALT")._items._points.points()]
    (unknown,) = plot(page, "GGT")._items._points.points()

    assert shapes == ["t", "o", "d", "t1"]
    assert fills[0] == fills[3] == "#ffffff" != fills[1]
    assert (unknown.symbol(), unknown.brush().color().name()) == ("o", "#ffffff")


def test_the_band_and_the_lines_stand_at_the_limits(page: TrendsPage) -> None:
    items = plot(page, "ALT")._items

    assert list(items._bands.opts["y1"]) == [40]
    heights = sorted({float(value) for line in items._lines for value in line.getData()[1] if value == value})
    assert heights == [120, 200]


def test_labels_stand_beside_the_drawing_and_never_on_one_another(page: TrendsPage) -> None:
    found = plot(page, "ALT")
    box = found._box.sceneBoundingRect()

    for axis, side in ((found._left, "left"), (found._right, "right")):
        rect = axis.sceneBoundingRect()
        assert rect.right() <= box.left() + 1 if side == "left" else rect.left() >= box.right() - 1
        heights = sorted(value for value, _words in axis._tickLevels[0])
        pixels = box.height() / (found._box.viewRange()[1][1] - found._box.viewRange()[1][0])
        assert all((after - before) * pixels >= 11 for before, after in pairwise(heights))
    assert [label for _value, label in found._right._tickLevels[0]] == ["3× hold", "5× grade 3"]


def test_months_are_written_with_their_year_under_the_drawing(page: TrendsPage) -> None:
    assert "Jul 2026" in [label for _day, label in plot(page, "ALT")._bottom._tickLevels[0]]


def test_infusions_are_marked_under_the_lowest_value(page: TrendsPage) -> None:
    days, heights = plot(page, "ALT")._items._infusions.getData()

    assert len(days) == 13
    assert set(heights) == {heights[0]}
    assert heights[0] < 0


@pytest.mark.parametrize(("button", "key", "months"), [("quarter", "M", 3), ("year", "Y", 12), ("all", "L", 12)])
def test_the_range_is_chosen_by_button_or_key(page: TrendsPage, button: str, key: str, months: int) -> None:
    tap(page, f"trends.{button}")
    by_button = plot(page, "ALT")._box.viewRange()[0]
    tap(page, "trends.year")
    QTest.keyClick(page.window(), Qt.Key[f"Key_{key}"])
    by_key = plot(page, "ALT")._box.viewRange()[0]

    assert by_button == by_key == plot(page, "PLT")._box.viewRange()[0]
    assert (by_key[1] - by_key[0]) / 30.44 == pytest.approx(months, abs=1.1)


def test_arrows_step_from_point_to_point_and_read_each_out(page: TrendsPage) -> None:
    found = plot(page, "ALT")
    found.setFocus()

    assert note(page, "ALT").startswith("4 of 4: 12-Nov-2026 · 121.2 U/L high")
    for key, place in ((Qt.Key.Key_Left, 3), (Qt.Key.Key_Home, 1), (Qt.Key.Key_Left, 1), (Qt.Key.Key_End, 4)):
        QTest.keyClick(found, key)
        assert note(page, "ALT").startswith(f"{place} of 4: ")
    QTest.keyClick(found, Qt.Key.Key_Right)
    assert found.chosen == 3
    assert found.accessibleDescription() == note(page, "ALT")
    assert found.accessibleName() == "ALT: 121.2 ↑ high · 3.03 × ULN"


def test_leaving_the_drawing_brings_the_newest_result_back(page: TrendsPage) -> None:
    plot(page, "ALT").setFocus()
    QTest.keyClick(plot(page, "ALT"), Qt.Key.Key_Tab)

    assert plot(page, "PLT").hasFocus()
    assert note(page, "ALT").startswith("12-Nov-2026")
    assert plot(page, "ALT").chosen == -1


def test_a_touch_near_a_point_chooses_it_and_far_from_all_does_not(page: TrendsPage) -> None:
    found = plot(page, "ALT")
    days, values = drawn(found)
    place = found._view.mapFromScene(found._box.mapViewToScene(QPointF(days[1], values[1])))

    QTest.mouseClick(found._view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(4, 3))

    assert found.hasFocus()
    assert note(page, "ALT").startswith("2 of 4: ")
    QTest.mouseClick(found._view.viewport(), Qt.MouseButton.LeftButton, pos=place - QPoint(0, 60))
    assert note(page, "ALT").startswith("2 of 4: ")


def test_the_wheel_zooms_nothing_and_is_left_to_the_page(page: TrendsPage) -> None:
    found = plot(page, "ALT")
    before = found._box.viewRange()
    view = found._view.viewport()
    centre = view.rect().center()
    event = QWheelEvent(
        QPointF(centre),
        QPointF(view.mapToGlobal(centre)),
        QPoint(0, 0),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(view, event)

    assert found._box.viewRange() == before
    assert not event.isAccepted()


def test_dragging_pans_nothing(page: TrendsPage) -> None:
    found = plot(page, "ALT")
    before = found._box.viewRange()
    view = found._view.viewport()
    centre = view.rect().center()

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=centre)
    QTest.mouseMove(view, centre + QPoint(40, 10))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=centre + QPoint(60, 10))

    assert found._box.viewRange() == before


def test_the_same_results_can_be_read_as_a_table(page: TrendsPage) -> None:
    QTest.keyClick(page.window(), Qt.Key.Key_B)

    table = part(page, DataTable, "trends.table")
    assert page.shows_table
    assert not part(page, TrendCard, "trend.ALT").isVisible()
    first = [table.model().index(0, column).data() for column in range(5)]
    assert first == ["ALT", "12-Nov-2026", "121.2 U/L", "up to 40", "high · 3.03 × ULN · CTCAE 5.0 grade 2"]
    assert table.model().rowCount() == 6
    tap(page, "trends.quarter")
    assert table.model().rowCount() == 5
    tap(page, "trends.as_table")
    assert not page.shows_table
    assert part(page, TrendCard, "trend.ALT").isVisible()


def test_the_same_view_again_changes_nothing(page: TrendsPage, protocol: InfusionProtocol) -> None:
    plot(page, "ALT").setFocus()
    QTest.keyClick(plot(page, "ALT"), Qt.Key.Key_Left)
    cards = page.findChildren(TrendCard)

    page.show_view(view_of(protocol, *RISING))

    assert page.findChildren(TrendCard) == cards
    assert plot(page, "ALT").chosen == 2


def test_a_new_result_keeps_the_panels_and_the_range(page: TrendsPage, protocol: InfusionProtocol) -> None:
    tap(page, "trends.quarter")
    shown = plot(page, "ALT")._box.viewRange()[0]
    card = part(page, TrendCard, "trend.ALT")

    page.show_view(view_of(protocol, *RISING, result("ALT", "60", ALT, days_ago=1), result("AST", "30", ALT)))

    assert part(page, TrendCard, "trend.ALT") is card
    assert len(drawn(plot(page, "ALT"))[0]) == 5
    assert plot(page, "ALT")._box.viewRange()[0] == shown
    QApplication.processEvents()
    assert part(page, TrendCard, "trend.AST").isVisible()


def test_a_line_that_is_no_longer_near_is_taken_away(page: TrendsPage, protocol: InfusionProtocol) -> None:
    page.show_view(view_of(protocol, *series("ALT", ["30", "34"], ALT)))

    lines = plot(page, "ALT")._items._lines
    assert [line.isVisible() for line in lines] == [True, False]
    assert note(page, "ALT").startswith("12-Nov-2026")


def test_other_keys_are_not_the_drawings_business(page: TrendsPage) -> None:
    found = plot(page, "ALT")
    found.setFocus()

    QTest.keyClick(found, Qt.Key.Key_A)

    assert found.chosen == 3


def test_before_there_is_a_view_the_page_is_empty(show_window: ShowWindow) -> None:
    page = TrendsPage()
    show_window(page, size=SIZE)

    page._table_button.click()

    assert page.findChildren(TrendCard) == []


def test_a_test_whose_results_are_gone_loses_its_panel(page: TrendsPage, protocol: InfusionProtocol) -> None:
    page.show_view(view_of(protocol, *series("PLT", ["240"], ("150", "400"))))

    assert [card.objectName() for card in page.findChildren(TrendCard) if card.isVisible()] == ["trend.PLT"]


def test_without_results_the_page_says_what_to_do(protocol: InfusionProtocol, show_window: ShowWindow) -> None:
    page = TrendsPage()
    page.first_focus()
    page.show_view(view_of(protocol))
    show_window(page, size=SIZE)

    assert "No results on record yet. Add the first ones from the laboratory report." in words(page)
    assert page.findChildren(TrendCard) == []


def test_the_focus_begins_on_the_range_that_is_shown(page: TrendsPage) -> None:
    page.first_focus()

    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "trends.year"


@pytest.mark.parametrize(("width", "columns"), [(700, 1), (1040, 2), (1640, 3)])
def test_the_whole_width_is_used(protocol: InfusionProtocol, show_window: ShowWindow, width: int, columns: int) -> None:
    page = TrendsPage()
    page.show_view(view_of(protocol, *(result(test, "30", ("7", "40")) for test in ("ALT", "AST", "PLT", "NEUT"))))
    show_window(page, size=(width, 620))

    cards = page.findChildren(TrendCard)
    tops = [card for card in cards if card.y() == cards[0].y()]
    assert len(tops) == columns
    grid = cards[0].parentWidget()
    assert grid is not None
    assert max(card.geometry().right() for card in cards) >= grid.width() - 2


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_scheme_dresses_the_drawing(page: TrendsPage, theme: Theme, scheme: Scheme) -> None:
    theme.apply(scheme, 150)
    QApplication.processEvents()

    found = plot(page, "ALT")
    assert found._view.backgroundBrush().color() == theme.colour("surface")
    assert found._items._points.points()[0].brush().color() == theme.colour("brand")
    assert found._items._points.points()[3].brush().color() == theme.colour("hold")
    assert found._left.width() == theme.px(40)
    assert part(page, TrendCard, "trend.ALT").height() >= theme.px(160)


def test_no_word_is_cut_at_large_text(page: TrendsPage, theme: Theme) -> None:
    theme.apply(Scheme.LIGHT, 150)
    for _round in range(4):
        QApplication.processEvents()

    for text in page.findChildren(Text):
        if text.isVisible():
            assert text.height() >= text.heightForWidth(text.width()) - 1, text.text()
