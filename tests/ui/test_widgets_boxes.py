"""Boxes: flowing, stacking, scrolling up and down only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column, VerticalScroll
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.row import Row
from nurse_app.ui.widgets.step_rail import StepItem
from nurse_app.ui.widgets.text import Text
from tests.ui.reading import ShowWindow, settle

STEPS = (
    StepItem("identify", 1, "Identify", "10:01 matched", "done", openable=True),
    StepItem("prechecks", 2, "Pre-checks", "4 of 13", "current"),
    StepItem("prepare", 3, "Prepare"),
)


def test_a_flow_fills_lines_like_words(show_window: ShowWindow) -> None:
    box = QWidget()
    flow = FlowLayout(box, gap=8)
    for number in range(6):
        flow.addWidget(Button(f"Sign {number}", name=f"sign{number}"))
    show_window(box, size=(360, 400))

    places = [button.geometry() for button in box.findChildren(Button)]
    assert len({place.top() for place in places}) > 1
    assert all(place.right() <= box.width() for place in places)
    assert flow.heightForWidth(2000) < flow.heightForWidth(360)
    assert flow.count() == 6
    assert flow.itemAt(99) is None
    assert flow.takeAt(99) is None
    assert flow.expandingDirections() == Qt.Orientation(0)


def test_a_flow_gives_a_wide_item_its_own_wrapped_line(show_window: ShowWindow) -> None:
    box = QWidget()
    flow = FlowLayout(box)
    long = Text("Watch for itching, hives, flushing, dizziness, chest pain, breathlessness")
    flow.addWidget(Text("Short"))
    flow.addWidget(long)
    show_window(box, size=(200, 400))

    assert long.width() <= 200
    assert long.height() >= long.heightForWidth(long.width())
    taken = flow.takeAt(0)
    assert taken is not None
    assert flow.count() == 1


def test_a_row_stands_side_by_side_or_stacks(show_window: ShowWindow) -> None:
    left, right = Button("Left", name="left"), Button("Right", name="right")
    row = Row(left, right, comfort=200)
    window = show_window(row, size=(600, 200))
    assert left.y() == right.y()
    assert left.width() == right.width()

    window.resize(300, 200)
    settle()
    assert left.x() == right.x()
    assert right.y() > left.y()


def test_a_row_stacks_when_the_text_grows(show_window: ShowWindow, theme: Theme) -> None:
    left, right = Button("Left", name="left"), Button("Right", name="right")
    show_window(Row(left, right, comfort=200), size=(500, 300))

    theme.apply(Scheme.LIGHT, 150)
    settle()

    assert right.y() > left.y()


def test_a_widget_can_keep_its_own_width_in_a_column(show_window: ShowWindow) -> None:
    column, wide, narrow = Column(), Button("Wide", name="wide"), Button("Narrow", name="narrow")
    column.add(wide)
    column.add_left(narrow)
    show_window(column)

    assert narrow.width() == narrow.sizeHint().width()
    assert wide.width() == column.width()


def test_a_scroll_hides_the_content_before_and_keeps_it_as_long_as_it_lives(show_window: ShowWindow) -> None:
    first, second = Column(name="first"), Column(name="second")
    scroll = VerticalScroll(first)
    show_window(scroll)

    scroll.set_content(second)
    scroll.set_content(second)

    assert not first.isVisible()
    assert scroll.widget() is second
    assert scroll.sizeHint() == second.sizeHint()
    scroll.set_content(first)
    assert first.isVisible()
    scroll.set_content(None)
    assert scroll.sizeHint() == scroll.minimumSizeHint()
    Shiboken.delete(scroll)
    assert not Shiboken.isValid(first)
    assert not Shiboken.isValid(second)


def test_the_width_stays_when_the_scroll_bar_comes(show_window: ShowWindow) -> None:
    column = Column()
    for number in range(4):
        column.add(Button(f"Line {number}", name=f"line{number}"))
    scroll = VerticalScroll(column)
    window = show_window(scroll, size=(400, 600))
    before = column.width()

    window.resize(400, 100)
    settle()

    assert scroll.verticalScrollBar().maximum() > 0
    assert column.width() == before
