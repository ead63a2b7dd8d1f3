"""Tables: nothing cut, worked by keyboard, touch and row button; vital signs keep baseline and newest in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QFont, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import FAMILY, Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column_widths import share_width
from nurse_app.ui.widgets.data_table import DataTable, RowsModel, TableColumn, TableRow
from nurse_app.ui.widgets.table_cells import CellLook
from nurse_app.ui.widgets.table_head import head_font
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.vitals_table import VitalsColumn, VitalsLine, VitalsTable
from tests.ui.reading import ShowWindow

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
COLUMNS = (TableColumn("Patient", strong=True), TableColumn("Due"), TableColumn("Before", align_right=True))
FIVE = TableRow(
    "399", ("SAMPLE, Patient Five", "23-Nov-2026", "ALT overdue"), ("neutral", "neutral", "caution"), "Start"
)
SIX = TableRow("401", ("SAMPLE, Patient Six", "24-Nov-2026", ""), (), "Start")
widths = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=9)


@given(widths, st.integers(0, 2000))
def test_widths_always_fill_the_room(columns: list[tuple[int, int]], room: int) -> None:
    natural, smallest = [max(pair) for pair in columns], [min(pair) for pair in columns]

    shared = share_width(natural, smallest, room)

    assert sum(shared) == room
    if sum(smallest) <= room:
        assert all(width >= small for width, small in zip(shared, smallest, strict=True))
    if sum(natural) <= room:
        assert all(width >= wide for width, wide in zip(shared, natural, strict=True))


def test_no_columns_need_no_width() -> None:
    assert share_width([], [], 100) == []


@pytest.mark.usefixtures("theme")
def test_the_type_is_ours_where_the_platform_gives_lists_a_font_of_their_own() -> None:
    of_lists = QFont("A font of Windows")

    assert head_font().resolve(of_lists).family() == FAMILY
    assert CellLook().font().resolve(of_lists).family() == FAMILY


@pytest.fixture
def due(show_window: ShowWindow) -> DataTable:
    table = DataTable(COLUMNS, name="due")
    table.show_rows((FIVE, SIX))
    show_window(table, size=(900, 400))
    return table


def start_button(table: DataTable, key: str) -> Button:
    button = table.findChild(Button, f"due.{key}")
    assert button is not None
    return button


def test_the_model_keeps_qt_s_rules() -> None:
    model = RowsModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows((FIVE, SIX))
    model.show_rows((SIX,))

    assert tester.model() is model
    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0


def test_screen_readers_get_cells_heads_and_actions() -> None:
    model = RowsModel(COLUMNS)
    model.show_rows((FIVE,))
    spoken = Qt.ItemDataRole.AccessibleTextRole

    assert [model.data(model.index(0, column), spoken) for column in range(4)] == [*FIVE.cells, "Start"]
    assert [model.headerData(section, Qt.Orientation.Horizontal) for section in range(4)] == [
        "Patient",
        "Due",
        "Before",
        "",
    ]
    assert model.headerData(0, Qt.Orientation.Vertical) == "1"
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.FontRole) is None


def test_the_button_of_a_row_opens_that_row(qtbot: QtBot, due: DataTable) -> None:
    button = start_button(due, "401")
    assert button.accessibleName() == "Start SAMPLE, Patient Six"

    with qtbot.waitSignal(due.row_activated) as activated:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert activated.args == ["401"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_arrows_choose_a_row_and_a_key_opens_it(qtbot: QtBot, due: DataTable, key: Qt.Key) -> None:
    due.clearFocus()
    due.setFocus(Qt.FocusReason.TabFocusReason)
    assert due.selected_key() == "399"

    with qtbot.waitSignal(due.row_selected) as selected:
        qtbot.keyClick(due, Qt.Key.Key_Down)
    with qtbot.waitSignal(due.row_activated) as activated:
        qtbot.keyClick(due, key)

    assert selected.args == activated.args == ["401"]


def test_a_double_click_opens_a_row(qtbot: QtBot, due: DataTable) -> None:
    place = due.visualRect(due.model().index(1, 0)).center()
    qtbot.mouseClick(due.viewport(), Qt.MouseButton.LeftButton, pos=place)

    with qtbot.waitSignal(due.row_activated) as activated:
        qtbot.mouseDClick(due.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert activated.args == ["401"]


def test_the_enter_that_ends_a_scan_opens_nothing(qtbot: QtBot, due: DataTable) -> None:
    due.select_row("399")
    events = [QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, NO_MODIFIER, "0") for _ in range(4)]
    events.append(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_MODIFIER, "\r"))

    with qtbot.assertNotEmitted(due.row_activated):
        for at, event in enumerate(events):
            event.setTimestamp(5000 + 10 * at)
            QApplication.sendEvent(due, event)


def test_nothing_chosen_opens_nothing(qtbot: QtBot, due: DataTable) -> None:
    assert due.hasFocus()
    with qtbot.assertNotEmitted(due.row_activated):
        qtbot.keyClick(due, Qt.Key.Key_Return)


def test_tab_leaves_the_table(qtbot: QtBot, show_window: ShowWindow) -> None:
    table, after = DataTable(COLUMNS, name="due"), Button("After", name="after")
    table.show_rows((FIVE, SIX))
    show_window(table, after)
    table.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(table, Qt.Key.Key_Tab)

    assert after.hasFocus()


def test_the_chosen_row_stays_chosen_when_rows_change(due: DataTable) -> None:
    due.select_row("401")

    due.show_rows((SIX, FIVE))
    assert due.selected_key() == "401"

    due.show_rows((FIVE,))
    assert due.selected_key() == ""


def test_rows_told_again_keep_their_buttons(due: DataTable) -> None:
    before = start_button(due, "399")

    due.show_rows((FIVE, SIX))

    assert start_button(due, "399") is before


def test_rows_need_no_button(qtbot: QtBot, due: DataTable) -> None:
    due.show_rows((TableRow("9", ("SAMPLE, Patient Nine", "", "")),))

    assert due.columnWidth(3) == 0
    due.select_row("9")
    qtbot.keyClick(due, Qt.Key.Key_Escape)
    qtbot.keyClick(due, Qt.Key.Key_Up)
    assert due.selected_key() == "9"


def test_going_down_a_column_the_whole_row_is_read(due: DataTable) -> None:
    due.show_rows((TableRow("9", ("SAMPLE, Patient Nine", "", "low")),))
    table = QAccessible.queryAccessibleInterface(due)
    cells = [table.child(place) for place in range(table.childCount())]
    said = [
        (cell.text(QAccessible.Text.Name), cell.text(QAccessible.Text.Description))
        for cell in cells
        if cell.role() is QAccessible.Role.Cell
    ]

    whole = "Patient SAMPLE, Patient Nine, Before low"
    assert said == [("SAMPLE, Patient Nine", whole), ("", whole), ("low", whole), ("", whole)]


def test_a_column_can_be_named_otherwise(due: DataTable) -> None:
    model = due.model()
    due.set_title(1, "When")

    assert [model.headerData(place, Qt.Orientation.Horizontal) for place in range(3)] == ["Patient", "When", "Before"]


def copied(qtbot: QtBot, table: DataTable, *keys: Qt.Key) -> list[str]:
    QApplication.clipboard().clear()
    for key in (*keys, Qt.Key.Key_C):
        qtbot.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)
    return QApplication.clipboard().text().split("\n")


def test_the_chosen_rows_are_copied_as_text_and_all_of_them_when_none_is(qtbot: QtBot, due: DataTable) -> None:
    heads, five, six = "Patient\tDue\tBefore", "\t".join(FIVE.cells), "\t".join(SIX.cells)
    assert copied(qtbot, due) == [heads, five, six, ""]
    due.select_row("401")
    assert copied(qtbot, due) == [heads, six, ""]
    assert copied(qtbot, due, Qt.Key.Key_A) == [heads, six, ""], "a row with a button is chosen alone"
    due.show_rows((TableRow("1", ("a\n b", "=1+1", "-1")), TableRow("2", ("c", "", "d"))))
    due.set_copy_head("SAMPLE, Patient One")
    due.select_row("2")
    assert copied(qtbot, due, Qt.Key.Key_A) == ["SAMPLE, Patient One", heads, "a b\t'=1+1\t-1", "c\t\td", ""]


def test_an_enter_held_down_opens_a_row_once(due: DataTable) -> None:
    opened: list[str] = []
    due.row_activated.connect(opened.append)
    due.select_row("401")
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, NO_MODIFIER, "\r", True)

    QApplication.sendEvent(due, held)

    assert opened == []


def test_an_empty_table_takes_the_focus_quietly(show_window: ShowWindow) -> None:
    table = DataTable(COLUMNS, name="due")
    show_window(table)
    table.setFocus(Qt.FocusReason.TabFocusReason)

    assert table.selected_key() == ""


@pytest.mark.parametrize(("percent", "width"), [(100, 900), (100, 420), (150, 900), (200, 420)])
def test_a_table_is_as_wide_as_its_place_and_as_tall_as_its_rows(
    due: DataTable, show_window: ShowWindow, theme: Theme, percent: int, width: int
) -> None:
    theme.apply(Scheme.LIGHT, percent)
    due.window().resize(width, 900)
    for _ in range(3):
        QApplication.processEvents()

    assert due.minimumSizeHint().height() == due.sizeHint().height() <= due.height()
    across = sum(due.columnWidth(column) for column in range(4))
    down = sum(due.rowHeight(row) for row in range(2))
    assert across == due.viewport().width()
    assert down == due.viewport().height()
    assert all(due.rowHeight(row) >= due.sizeHintForRow(row) for row in range(2))
    assert start_button(due, "399").height() >= 44


def test_a_toned_cell_has_its_shape_and_colour(due: DataTable, theme: Theme) -> None:
    rect = due.visualRect(due.model().index(0, 2))
    image = due.viewport().grab(rect).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(12, 28) for y in range(image.height())}

    assert theme.colour("caution").name() in colours


def test_the_chosen_row_is_marked_by_more_than_its_ground(due: DataTable, theme: Theme) -> None:
    due.select_row("399")
    image = due.viewport().grab().toImage()

    assert image.pixelColor(1, 20) == theme.colour("brand")
    assert image.pixelColor(due.columnWidth(0) - 2, 5) == theme.colour("brand_ground")


TIMES = tuple(VitalsColumn(f"10:{minute}", f"+{minute} min") for minute in range(10, 17))
PULSE = VitalsLine("Pulse /min", tuple(str(70 + number) for number in range(7)))


def texts(table: QWidget) -> list[str]:
    return [text.text() for text in table.findChildren(Text) if text.isVisibleTo(table) and text.text()]


def test_all_vital_signs_are_shown_where_there_is_room(show_window: ShowWindow) -> None:
    table = VitalsTable(name="vitals")
    table.show_vitals(TIMES, (PULSE,))
    show_window(table, size=(900, 200))

    assert texts(table)[:3] == ["Vital signs", "10:10\n+10 min", "10:11\n+11 min"]
    assert texts(table)[-7:] == list(PULSE.cells)


def test_baseline_and_newest_stay_where_room_is_short(show_window: ShowWindow) -> None:
    table = VitalsTable(name="vitals")
    table.show_vitals(TIMES, (PULSE,))
    show_window(table, size=(400, 200))

    shown = texts(table)
    assert [text for text in shown if text in PULSE.cells] == ["70", "75", "76"]
    assert "Earlier vital signs not shown here: 4. All are in the record." in shown


def test_more_room_brings_columns_back(show_window: ShowWindow) -> None:
    table = VitalsTable(name="vitals")
    table.show_vitals(TIMES, (PULSE,))
    window = show_window(table, size=(400, 200))

    window.resize(900, 200)
    for _ in range(3):
        QApplication.processEvents()

    assert texts(table)[-7:] == list(PULSE.cells)


def test_a_value_that_needs_a_look_is_toned_and_every_cell_has_a_name(show_window: ShowWindow, theme: Theme) -> None:
    table = VitalsTable(name="vitals")
    table.show_vitals(TIMES[:2], (VitalsLine("Blood pressure", ("124/78", "88/50 low"), ("neutral", "stop")),))
    show_window(table)

    cell = next(text for text in table.findChildren(Text) if text.text() == "88/50 low")
    assert cell.palette().color(cell.foregroundRole()) == theme.colour("stop")
    assert cell.accessibleName() == "Blood pressure, 10:11 +11 min: 88/50 low"


def test_vital_signs_told_again_are_left_alone(show_window: ShowWindow) -> None:
    table = VitalsTable(name="vitals")
    table.show_vitals(TIMES, (PULSE,))
    show_window(table)
    before = table.findChildren(Text)

    table.show_vitals(TIMES, (PULSE,))

    assert table.findChildren(Text) == before


def test_larger_text_shows_fewer_columns(show_window: ShowWindow, theme: Theme) -> None:
    table = VitalsTable(name="vitals")
    table.show_vitals(TIMES, (PULSE,))
    show_window(table, size=(760, 300))
    before = len(texts(table))

    theme.apply(Scheme.LIGHT, 200)
    QApplication.processEvents()

    assert len(texts(table)) < before
