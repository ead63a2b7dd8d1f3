"""Texts: plain, wrapping, never cut; digits change without moving anything."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.chip import Chip
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.text import Digits, Text, tied
from tests.ui.reading import ShowWindow


class Counter(QObject):
    """Counts the events of one kind that reach a widget."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self.count = 0
        self._kind = kind
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == self._kind
        return False


def written_width(text: Text) -> int:
    """How far to the right the text is inked, in pixels."""
    image = text.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return max(x for x, y in places if image.pixelColor(x, y) != ground)


def test_markup_is_shown_as_it_was_typed(show_window: ShowWindow) -> None:
    text, plain = Text("<b>5</b>"), Text("5")
    show_window(text, plain)

    assert written_width(text) > 4 * written_width(plain)
    assert text.text() == "<b>5</b>"


def test_a_text_takes_one_line_where_there_is_room_and_wraps_where_not(qtbot: QtBot) -> None:
    text = Text("Watch for itching, hives, flushing, dizziness")
    qtbot.addWidget(text)
    line = text.fontMetrics().height()

    assert text.sizeHint().height() < 1.5 * line
    assert text.heightForWidth(120) > 2 * line


def test_a_very_long_word_is_broken_rather_than_cut(qtbot: QtBot) -> None:
    text = Text("x" * 120)
    qtbot.addWidget(text)

    assert text.minimumSizeHint().width() < 300
    assert text.heightForWidth(300) > 2 * text.fontMetrics().height()
    assert text.text() == "x" * 120


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("EPINEPHrine 0.5 mg IM", "EPINEPHrine 0.5\u00a0mg IM"),
        ("15 mL in 8 h at 90 %", "15\u00a0mL in 8\u00a0h at 90\u00a0%"),
        ("36.7 °C", "36.7\u00a0°C"),
        ("3 minutes of 7", "3 minutes of 7"),
    ],
)
def test_a_figure_stays_on_one_line_with_its_unit(written: str, expected: str) -> None:
    assert tied(written) == expected


def test_a_tone_changes_the_colour(qtbot: QtBot, theme: Theme) -> None:
    text = Text("HOLD")
    qtbot.addWidget(text)
    text.show()

    text.set_tone("hold")

    assert text.palette().color(text.foregroundRole()) == theme.colour("hold")


def test_a_role_changes_the_size(qtbot: QtBot) -> None:
    text = Text("EPINEPHrine")
    qtbot.addWidget(text)
    text.show()

    text.set_role("heading")

    assert text.fontInfo().pixelSize() == 17


def test_digits_that_tick_are_painted_but_not_laid_out_again(show_window: ShowWindow) -> None:
    digits = Digits("09:41")
    box = show_window(digits)
    paints = Counter(digits, QEvent.Type.Paint)
    layouts = Counter(box, QEvent.Type.LayoutRequest)

    digits.set_text("09:40")
    QApplication.processEvents()

    assert digits.text() == digits.accessibleName() == "09:40"
    assert paints.count == 1
    assert layouts.count == 0


def test_digits_told_the_same_are_not_painted_again(show_window: ShowWindow) -> None:
    digits = Digits("09:41")
    show_window(digits)
    paints = Counter(digits, QEvent.Type.Paint)

    digits.set_text("09:41")
    QApplication.processEvents()

    assert paints.count == 0


def test_a_longer_value_is_laid_out_again(show_window: ShowWindow) -> None:
    digits = Digits("9 min")
    box = show_window(digits)
    layouts = Counter(box, QEvent.Type.LayoutRequest)

    digits.set_text("7 h 32 min")
    QApplication.processEvents()

    assert layouts.count == 1


def test_a_value_slightly_too_wide_shrinks_before_it_wraps(qtbot: QtBot) -> None:
    digits = Digits("DO NOT GIVE")
    qtbot.addWidget(digits)
    natural = digits.sizeHint()

    assert digits.heightForWidth(round(natural.width() * 0.8)) <= natural.height()
    assert digits.heightForWidth(round(natural.width() * 0.6)) > 1.5 * natural.height()


def test_an_icon_grows_with_the_text_and_hides_without_a_drawing(qtbot: QtBot, theme: Theme) -> None:
    icon = Icon("stop", "stop", 20)
    qtbot.addWidget(icon)
    theme.apply(Scheme.LIGHT, 200)

    icon.adjustSize()

    assert icon.width() == 40
    assert icon.grab().toImage().pixelColor(20, 8) == theme.colour("stop")

    icon.set_icon("", "neutral")
    assert not icon.isVisibleTo(None)


def test_a_chip_says_its_state_with_word_and_shape(qtbot: QtBot) -> None:
    chip = Chip("clear", "done", name="state")
    qtbot.addWidget(chip)
    chip.show_state("particles", "stop")

    icon = chip.findChild(Icon)
    assert chip.text() == "particles"
    assert icon is not None
    assert icon.icon_name == "stop"
