"""The trends page: what it draws, how it is read without a mouse, and the table that says the same."""

import subprocess
import sys
from datetime import UTC, date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.lab_drawing import InfusionMark, TreatmentMarks
from nurse_app.presentation.lab_replaced import Replaced
from nurse_app.presentation.lab_scale import Stretch
from nurse_app.presentation.lab_trend import LabHistory, TrendsView, present_trends
from nurse_app.ui.charts.chart import Chart
from nurse_app.ui.screens.trends_screen import CurvesPage, trends_page
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.choice import Choice
from nurse_app.ui.widgets.data_table import DataTable
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.trend_card import TrendCard
from tests.presentation.lab_results import TODAY, result, series
from tests.ui.conftest import ShowWindow
from tests.ui.hands import part, tap, words

PROJECT = Path(__file__).parents[2]
ALT = (None, "40")
RISING = (*series("ALT", ["30", "34", "98", "121.2"], ALT), *series("PLT", ["240", "236"], ("150", "400")))
SIZE = (1040, 620)
# The colours of the light scheme.
BRAND, BAND, CAUTION, HOLD, STOP = "#0B5C7A", "#E4F3EA", "#8A5A00", "#B54708", "#B42318"


TREATMENT = TreatmentMarks(
    tuple(
        InfusionMark((TODAY - timedelta(days=28 * count)).toordinal() + 0.5, "given", f"infusion {14 - count}")
        for count in range(13, 0, -1)
    ),
)


def view_of(protocol: InfusionProtocol, *labs: LabResult, replaced: tuple[Replaced, ...] = ()) -> TrendsView:
    return present_trends(protocol, LabHistory(Facts(labs=labs), TREATMENT, replaced), TODAY, UTC)


@pytest.fixture
def page(protocol: InfusionProtocol, show_window: ShowWindow) -> CurvesPage:
    """A page with a rising ALT and calm platelets."""
    made = trends_page()
    made.show_view(view_of(protocol, *RISING))
    show_window(made, size=SIZE)
    return made


def plot(page: QWidget, test: str) -> Chart:
    return part(page, Chart, f"trend.{test}.plot")


def shown(page: QWidget, test: str) -> tuple[float, float]:
    start, end = plot(page, test)._frame.box.viewRange()[0]
    return start, end


def note(page: QWidget, test: str) -> str:
    return part(page, Text, f"trend.{test}.note").text()


def drawn(found: Chart) -> tuple[list[float], list[float]]:
    course = found.ink._course
    return course.days.tolist(), course.values.tolist()


def seen(found: Chart, day: float, value: float, dx: int = 0, dy: int = 0) -> str:
    """The colour on the screen at a day and a value, so many pixels beside it."""
    QApplication.processEvents()
    place = found._view.mapFromScene(found._frame.box.mapViewToScene(QPointF(day, value)))
    return found._view.viewport().grab().toImage().pixelColor(place + QPoint(dx, dy)).name().upper()


def test_loading_the_page_does_not_load_pyqtgraph() -> None:
    command = (
        "import sys, nurse_app.ui.screens.trends_screen, nurse_app.ui.screens.record_screen, "
        "nurse_app.ui.screens.reports_screen, nurse_app.ui.sheets.lab_result_sheet, nurse_app.ui.record_pdf; "
        "print(sorted({'pyqtgraph', 'numpy'} & sys.modules.keys()))"
    )

    ended = subprocess.run([sys.executable, "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert ended.stdout.strip() == "[]", ended.stderr


def test_each_test_with_results_has_its_panel_with_value_and_age(page: CurvesPage) -> None:
    said = words(page)

    assert "121.2 ↑ high · 3.03 × ULN" in said
    assert "12-Nov-2026 · 10 d ago · CTCAE 5.0 grade 2 · due 10-Feb-2027" in said
    assert [card.objectName() for card in page.findChildren(TrendCard)] == ["trend.ALT", "trend.PLT"]
    assert "No result yet: AST" in said


def test_every_point_is_drawn_at_its_day_and_value(page: CurvesPage) -> None:
    days, values = drawn(plot(page, "ALT"))

    assert values == [30, 34, 98, 121.2]
    assert days[-1] == date(2026, 11, 12).toordinal() + 0.5


def test_points_out_of_range_differ_by_shape_and_bounds_by_an_open_triangle(
    protocol: InfusionProtocol, show_window: ShowWindow
) -> None:
    page = trends_page()
    view = view_of(protocol, *series("ALT", ["<5", "30", "62", ">1000"], ALT), result("GGT", "50"))
    page.show_view(view)
    show_window(page, size=SIZE)

    shapes = [mark.shape for mark in view.panels[0].drawing.marks]
    found, marks = plot(page, "ALT"), view.panels[0].drawing.marks
    middles = [seen(found, mark.at, float(mark.height)) for mark in marks]

    assert shapes == ["at-most", "dot", "diamond", "at-least"]
    assert middles[0] == middles[3] == "#FFFFFF"
    assert middles[1] == BRAND
    assert middles[2] == CAUTION
    assert [mark.shape for mark in view.panels[1].drawing.marks] == ["open"]


def test_the_band_and_the_lines_stand_at_the_limits(page: CurvesPage) -> None:
    found = plot(page, "ALT")
    day = TODAY.toordinal() - 200

    assert seen(found, day, 38) == BAND
    assert seen(found, day, 45) == "#FFFFFF"
    rows = [{seen(found, day, 120, dx=dx, dy=dy) for dx in range(-6, 6)} for dy in (-1, 0, 1)]
    assert {HOLD, "#FFFFFF"} in rows, "a dashed line"


def test_labels_stand_beside_the_drawing_and_never_on_one_another(page: CurvesPage) -> None:
    frame = plot(page, "ALT")._frame
    labels = frame.labels

    pixels = frame.box.height() / (frame.box.viewRange()[1][1] - frame.box.viewRange()[1][0])
    for side in (labels.left, labels.right):
        heights = sorted(value for value, _words in side)
        assert all((after - before) * pixels >= 11 for before, after in pairwise(heights))
    assert sorted(words for _value, words in labels.right) == ["3× hold", "5× grade 3"]
    assert {words for _value, words in labels.left} >= {"40", "120", "200"}
    assert frame.box.geometry().left() >= 40
    assert frame.box.geometry().right() <= frame.boundingRect().right() - 72


def test_months_are_written_with_their_year_under_the_drawing(page: CurvesPage) -> None:
    assert "Jul 2026" in [label for _day, label in plot(page, "ALT")._frame.labels.below]


def test_infusions_are_marked_under_the_lowest_value(page: CurvesPage) -> None:
    found = plot(page, "ALT")
    room = found._frame.box.sceneBoundingRect()
    bottom = found._frame.box.mapSceneToView(QPointF(0, room.bottom() - 7)).y()

    for mark in TREATMENT.infusions:
        assert BRAND in {seen(found, mark.at, bottom, dx=dx) for dx in (-1, 0, 1)}
    assert bottom < 0
    assert seen(found, TREATMENT.infusions[3].at + 14, bottom) == "#FFFFFF"


def test_reactions_parts_and_pauses_are_marked_too(protocol: InfusionProtocol, show_window: ShowWindow) -> None:
    day = TODAY.toordinal() - 100.5
    treatment = TreatmentMarks(
        (InfusionMark(day, "reaction", "with a reaction"), InfusionMark(day + 20, "partial", "a part")),
        (Stretch(day + 20, day + 90),),
    )
    page = trends_page()
    page.show_view(present_trends(protocol, LabHistory(Facts(labs=RISING), treatment), TODAY, UTC))
    show_window(page, size=SIZE)

    found = plot(page, "ALT")
    edge = found._frame.box.sceneBoundingRect().bottom()
    low = found._frame.box.mapSceneToView(QPointF(0, edge - 7)).y()
    assert seen(found, day, low) == STOP
    assert seen(found, day, low, dx=2, dy=-6) == STOP, "crossed on top"
    assert BRAND in {seen(found, day + 20, low, dx=dx) for dx in (-1, 0, 1)}
    assert CAUTION in {seen(found, day + 55, low, dx=dx) for dx in range(8)}
    legend = part(page, Text, "trends.legend").text()
    assert "┳ infusion with a reaction" in legend
    assert "┄ pause in treatment" in legend


def test_a_result_that_no_longer_counts_is_a_cross_beside_the_course(
    protocol: InfusionProtocol, show_window: ShowWindow
) -> None:
    page = trends_page()
    page.show_view(
        view_of(
            protocol, *RISING, replaced=(Replaced(result("ALT", "90", ALT, days_ago=40), result("ALT", "98", ALT)),)
        )
    )
    show_window(page, size=SIZE)
    found = plot(page, "ALT")

    assert drawn(found)[1] == [30, 34, 98, 121.2]
    assert "✕ does not count any more" in part(page, Text, "trends.legend").text()
    found.setFocus()
    for _step in range(2):
        QTest.keyClick(found, Qt.Key.Key_Left)
    assert note(page, "ALT").startswith("3 of 5: 13-Oct-2026 · 90 U/L high"), note(page, "ALT")
    assert note(page, "ALT").endswith("corrected to 98")


@pytest.mark.parametrize(("button", "key", "months"), [("quarter", "M", 3), ("year", "Y", 12), ("all", "L", 12)])
def test_the_range_is_chosen_by_button_or_key(page: CurvesPage, button: str, key: str, months: int) -> None:
    tap(page, f"trends.{button}")
    by_button = shown(page, "ALT")
    tap(page, "trends.year")
    QTest.keyClick(page.window(), Qt.Key[f"Key_{key}"])

    assert by_button == shown(page, "ALT") == shown(page, "PLT")
    assert (by_button[1] - by_button[0]) / 30.44 == pytest.approx(months, abs=1.1)


def test_closer_wider_earlier_and_later_move_all_panels_and_undo_goes_back(page: CurvesPage) -> None:
    whole = shown(page, "ALT")
    undo = part(page, Button, "trends.undo")
    assert not undo.isEnabled()
    steps = []
    for key in ("+", "+", ",", "."):
        QTest.keyClick(page.window(), key)
        steps.append(shown(page, "ALT"))
        assert shown(page, "PLT") == shown(page, "ALT")

    assert steps[0][1] == whole[1]
    assert steps[0][1] - steps[0][0] == pytest.approx((whole[1] - whole[0]) / 2)
    assert steps[2][0] < steps[1][0]
    assert steps[3] == pytest.approx(steps[1])
    assert not part(page, Choice, "trends.year").chosen
    for before in (steps[2], steps[1], steps[0], whole):
        QTest.keyClick(page.window(), Qt.Key.Key_Z)
        assert shown(page, "ALT") == pytest.approx(before)
    assert not undo.isEnabled()
    assert part(page, Choice, "trends.year").chosen


def test_a_new_result_does_not_take_the_zoom_away(page: CurvesPage, protocol: InfusionProtocol) -> None:
    tap(page, "trends.closer")
    closer = shown(page, "ALT")

    page.show_view(view_of(protocol, *RISING, result("ALT", "60", ALT, days_ago=1)))

    assert shown(page, "ALT") == closer
    tap(page, "trends.wider")
    assert shown(page, "ALT") != closer


def test_a_stretch_drawn_with_the_finger_is_looked_at_closer(page: CurvesPage) -> None:
    found = plot(page, "ALT")
    view, room = found._view.viewport(), found._frame.box.sceneBoundingRect()
    start, end = QPoint(int(room.left()) + 100, 40), QPoint(int(room.left()) + 200, 44)
    days = [found._frame.box.mapSceneToView(QPointF(place)).x() for place in (start, end)]

    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=end)
    QTest.mouseMove(view, start)
    assert found._selection.isVisible()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start)

    assert not found._selection.isVisible()
    assert shown(page, "PLT") == pytest.approx(tuple(days))
    tap(page, "trends.undo")
    assert shown(page, "ALT")[0] < days[0]


def test_the_crosshair_stands_in_every_panel_and_says_the_nearest_results(page: CurvesPage) -> None:
    found, other = plot(page, "ALT"), plot(page, "PLT")
    day, value = drawn(found)[0][2], drawn(found)[1][2]
    place = found._view.mapFromScene(found._frame.box.mapViewToScene(QPointF(day, value)))
    before = other.height()

    QTest.mouseMove(found._view.viewport(), place)
    QApplication.processEvents()

    assert found._line.isVisible()
    assert other._line.isVisible()
    assert note(page, "ALT").startswith("3 of 4: 13-Oct-2026 · 98 U/L high")
    assert note(page, "PLT").startswith("1 of 2: 13-Oct-2026 · 240")
    assert part(page, Text, "trends.legend").text().startswith("13-Oct-2026 · 16 days after: infusion 12")
    assert other.height() == before, "words do not move the drawing"
    found._view.left.emit()
    assert not other._line.isVisible()
    assert note(page, "PLT").startswith("12-Nov-2026")
    assert "● in range" in part(page, Text, "trends.legend").text()


def test_the_words_over_the_curves_change_without_moving_them(page: CurvesPage) -> None:
    found = plot(page, "ALT")
    top, requests = found.mapTo(page, QPoint()).y(), []

    class Counting(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            requests.extend([event.type()] if event.type() is QEvent.Type.LayoutRequest else [])
            return False

    counting = Counting()
    page.grid.installEventFilter(counting)
    for step in range(20):
        found.point_at(QPointF(60 + 9 * step, 40))
        QApplication.processEvents()

    assert found.mapTo(page, QPoint()).y() == top
    assert requests == []


def test_with_keys_the_window_follows_the_chosen_result(page: CurvesPage, protocol: InfusionProtocol) -> None:
    page.show_view(view_of(protocol, *series("ALT", ["30"] * 30, ALT)))
    tap(page, "trends.quarter")
    found = plot(page, "ALT")
    quarter = shown(page, "ALT")
    found.setFocus()
    assert quarter[0] <= drawn(found)[0][found.chosen] <= quarter[1], "it begins where one looks"

    QTest.keyClick(found, Qt.Key.Key_Home)

    start, end = shown(page, "ALT")
    assert start <= drawn(found)[0][0] <= end
    assert found._ring.isVisible()
    assert found._line.isVisible()
    assert end - start == pytest.approx(quarter[1] - quarter[0])
    tap(page, "trends.undo")
    assert shown(page, "ALT") == quarter


def test_pointing_beside_the_drawing_shows_no_crosshair(page: CurvesPage) -> None:
    found = plot(page, "ALT")

    QTest.mouseMove(found._view.viewport(), QPoint(5, 40))

    assert not found._line.isVisible()


def test_arrows_step_from_point_to_point_and_read_each_out(page: CurvesPage) -> None:
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


def test_leaving_the_drawing_brings_the_newest_result_back(page: CurvesPage) -> None:
    plot(page, "ALT").setFocus()
    QTest.keyClick(plot(page, "ALT"), Qt.Key.Key_Left)
    QTest.keyClick(plot(page, "ALT"), Qt.Key.Key_Tab)

    assert plot(page, "PLT").hasFocus()
    assert plot(page, "ALT").chosen == -1
    assert note(page, "ALT").startswith("4 of 4: 12-Nov-2026"), "the crosshair is the other drawing’s now"
    page.first_focus()
    assert note(page, "ALT").startswith("12-Nov-2026")


def test_a_touch_near_a_point_chooses_it_and_far_from_all_does_not(page: CurvesPage) -> None:
    found = plot(page, "ALT")
    days, values = drawn(found)
    place = found._view.mapFromScene(found._frame.box.mapViewToScene(QPointF(days[1], values[1])))

    QTest.mouseClick(found._view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(4, 3))

    assert found.hasFocus()
    assert note(page, "ALT").startswith("2 of 4: ")
    QTest.mouseClick(found._view.viewport(), Qt.MouseButton.LeftButton, pos=place - QPoint(0, 60))
    assert found.chosen == 1


def test_the_wheel_zooms_nothing_and_is_left_to_the_page(page: CurvesPage) -> None:
    found = plot(page, "ALT")
    before = found._frame.box.viewRange()
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

    assert found._frame.box.viewRange() == before
    assert not event.isAccepted()


def test_the_same_results_can_be_read_as_a_table(page: CurvesPage) -> None:
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


def test_the_same_view_again_changes_nothing(page: CurvesPage, protocol: InfusionProtocol) -> None:
    plot(page, "ALT").setFocus()
    QTest.keyClick(plot(page, "ALT"), Qt.Key.Key_Left)
    cards = page.findChildren(TrendCard)

    page.show_view(view_of(protocol, *RISING))

    assert page.findChildren(TrendCard) == cards
    assert plot(page, "ALT").chosen == 2


def test_a_new_result_keeps_the_panels_and_the_range(page: CurvesPage, protocol: InfusionProtocol) -> None:
    tap(page, "trends.quarter")
    quarter = shown(page, "ALT")
    card = part(page, TrendCard, "trend.ALT")

    page.show_view(view_of(protocol, *RISING, result("ALT", "60", ALT, days_ago=1), result("AST", "30", ALT)))

    assert part(page, TrendCard, "trend.ALT") is card
    assert len(drawn(plot(page, "ALT"))[0]) == 5
    assert shown(page, "ALT") == quarter
    QApplication.processEvents()
    assert part(page, TrendCard, "trend.AST").isVisible()


def test_a_line_that_is_no_longer_near_is_taken_away(page: CurvesPage, protocol: InfusionProtocol) -> None:
    page.show_view(view_of(protocol, *series("ALT", ["30", "34"], ALT)))

    assert [words for _value, words in plot(page, "ALT")._frame.labels.right] == ["3× hold"]
    assert note(page, "ALT").startswith("12-Nov-2026")


def test_other_keys_are_not_the_drawings_business(page: CurvesPage) -> None:
    found = plot(page, "ALT")
    found.setFocus()

    QTest.keyClick(found, Qt.Key.Key_A)

    assert found.chosen == 3


def test_before_there_is_a_view_the_page_is_empty(show_window: ShowWindow) -> None:
    page = trends_page()
    show_window(page, size=SIZE)

    page._table_button.click()

    assert page.findChildren(TrendCard) == []


def test_a_test_whose_results_are_gone_loses_its_panel(page: CurvesPage, protocol: InfusionProtocol) -> None:
    page.show_view(view_of(protocol, *series("PLT", ["240"], ("150", "400"))))

    assert [card.objectName() for card in page.findChildren(TrendCard) if card.isVisible()] == ["trend.PLT"]


def test_without_results_the_page_says_what_to_do(protocol: InfusionProtocol, show_window: ShowWindow) -> None:
    page = trends_page()
    page.first_focus()
    page.show_view(view_of(protocol))
    show_window(page, size=SIZE)

    assert "No results on record yet. Add the first ones from the laboratory report." in words(page)
    assert page.findChildren(TrendCard) == []


def test_the_focus_begins_on_the_range_that_is_shown(page: CurvesPage) -> None:
    page.first_focus()

    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "trends.year"


@pytest.mark.parametrize(("width", "columns"), [(700, 1), (1040, 2), (1640, 3)])
def test_the_whole_width_is_used(protocol: InfusionProtocol, show_window: ShowWindow, width: int, columns: int) -> None:
    page = trends_page()
    page.show_view(view_of(protocol, *(result(test, "30", ("7", "40")) for test in ("ALT", "AST", "PLT", "NEUT"))))
    show_window(page, size=(width, 620))

    cards = page.findChildren(TrendCard)
    tops = [card for card in cards if card.y() == cards[0].y()]
    assert len(tops) == columns
    grid = cards[0].parentWidget()
    assert grid is not None
    assert max(card.geometry().right() for card in cards) >= grid.width() - 2


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_scheme_dresses_the_drawing(page: CurvesPage, theme: Theme, scheme: Scheme) -> None:
    theme.apply(scheme, 150)
    QApplication.processEvents()

    found = plot(page, "ALT")
    days, values = drawn(found)
    assert found._view.backgroundBrush().color() == theme.colour("surface")
    assert seen(found, days[0], values[0]) == theme.colour("brand").name().upper()
    assert seen(found, days[3], values[3]) == theme.colour("hold").name().upper()
    assert found._frame.box.geometry().left() == theme.px(40)
    assert part(page, TrendCard, "trend.ALT").height() >= theme.px(160)


def test_no_word_is_cut_at_large_text(page: CurvesPage, theme: Theme) -> None:
    theme.apply(Scheme.LIGHT, 150)
    for _round in range(4):
        QApplication.processEvents()

    for text in page.findChildren(Text):
        if text.isVisible():
            assert text.height() >= text.heightForWidth(text.width()) - 1, text.text()
