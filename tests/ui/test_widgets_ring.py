"""The ring: fills with time, says when it is paused, paints only what changed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.ui.theme import Theme
from nurse_app.ui.widgets.ring_clock import RingClock, RingView
from tests.ui.reading import ShowWindow

RUNNING = RingView("41:20", "Remaining", "ends about 11:24", progress=0.311)
SIDE = 324


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def ring(show_window: ShowWindow) -> RingClock:
    ring = RingClock(name="ring")
    ring.show_ring(RUNNING)
    show_window(ring, size=(SIDE, SIDE))
    return ring


def painted_after(ring: RingClock, view: RingView) -> int:
    paints = Paints(ring)
    ring.show_ring(view)
    QApplication.processEvents()
    return paints.count


def test_the_ring_is_filled_as_far_as_the_time_has_run(ring: RingClock, theme: Theme) -> None:
    image = ring.grab().toImage()
    right, left = image.pixelColor(SIDE - 12, SIDE // 2), image.pixelColor(12, SIDE // 2)

    assert (right, left) == (theme.colour("brand"), theme.colour("track"))


def test_a_full_ring_is_full_and_more_than_full_no_more(ring: RingClock, theme: Theme) -> None:
    for progress in (1.0, 1.7):
        ring.show_ring(replace(RUNNING, progress=progress))
        assert ring.grab().toImage().pixelColor(12, SIDE // 2) == theme.colour("brand")


def test_nothing_run_is_an_empty_ring(ring: RingClock, theme: Theme) -> None:
    ring.show_ring(replace(RUNNING, progress=-0.2))

    assert ring.grab().toImage().pixelColor(SIDE - 12, SIDE // 2) == theme.colour("track")


def test_it_is_not_painted_when_nothing_to_be_seen_changed(ring: RingClock) -> None:
    assert painted_after(ring, replace(RUNNING, progress=0.3112)) == 0


@pytest.mark.parametrize(
    "view",
    [
        replace(RUNNING, digits="41:19"),
        replace(RUNNING, progress=0.32),
        replace(RUNNING, note="ends about 11:25"),
        replace(RUNNING, caption="Left"),
        replace(RUNNING, tone="caution"),
        replace(RUNNING, paused_word="Paused"),
    ],
)
def test_it_is_painted_once_for_each_change(ring: RingClock, view: RingView) -> None:
    assert painted_after(ring, view) == 1


def test_a_pause_looks_different_without_its_colour(ring: RingClock, theme: Theme) -> None:
    running = ring.grab().toImage()
    ring.show_ring(replace(RUNNING, paused_word="Paused 02:10"))
    paused = ring.grab().toImage()

    band = [paused.pixelColor(SIDE - 12, y) for y in range(SIDE // 2 - 8, SIDE // 2 + 8)]
    assert len({colour.name() for colour in band}) > 1
    assert running != paused
    assert "Paused 02:10" in ring.accessibleDescription()


def test_screen_readers_hear_the_time(ring: RingClock) -> None:
    assert ring.accessibleName() == "Remaining"
    assert ring.accessibleDescription() == "41:20, ends about 11:24"
    assert ring.view == RUNNING


def test_it_is_never_smaller_than_260_pixels_and_grows_with_its_place(show_window: ShowWindow) -> None:
    ring = RingClock(name="ring")
    assert ring.minimumSizeHint().width() == ring.heightForWidth(100) == 260

    show_window(ring, size=(500, 500))
    assert min(ring.width(), ring.height()) == 500


def test_long_digits_stay_inside_the_ring(ring: RingClock, theme: Theme) -> None:
    ring.show_ring(replace(RUNNING, digits="1:00:00", progress=0.0))
    image = ring.grab().toImage()
    middle = SIDE // 2

    ink = [x for x in range(SIDE) if image.pixelColor(x, middle) == theme.colour("ink")]

    assert ink
    assert min(ink) > 24
    assert max(ink) < SIDE - 24
