"""Bands: training, not approved, not saved, alarms; there only when they have to be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.alert_bar import AlertBar, AlertLine
from nurse_app.ui.widgets.bands import Bands
from nurse_app.ui.widgets.icon import Icon
from nurse_app.ui.widgets.text import Text
from tests.ui.reading import ShowWindow, button_of, settle, words_on


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def bands(show_window: ShowWindow) -> Bands:
    bands = Bands()
    show_window(bands, size=(1366, 768))
    return bands


def test_bands_are_not_there_until_they_have_to_be(bands: Bands) -> None:
    assert words_on(bands) == []


def test_training_is_unmistakable(bands: Bands) -> None:
    bands.training.set_shown(shown=True)

    assert words_on(bands) == ["TRAINING", "sample patients only"]
    bands.training.set_shown(shown=False)
    assert words_on(bands) == []


def test_a_protocol_nobody_approved_says_so(bands: Bands) -> None:
    bands.unapproved.show_text("Protocol not yet approved by this site.")
    assert words_on(bands) == ["Protocol not yet approved by this site."]

    bands.unapproved.show_text("")
    assert words_on(bands) == []


@pytest.mark.parametrize("how", ["click", "key"])
def test_not_saved_stays_until_cleared_and_can_be_tried_again(qtbot: QtBot, bands: Bands, how: str) -> None:
    bands.not_saved.show_problem("Not saved", "Write on paper.")
    assert words_on(bands) == ["Not saved", "Write on paper."]

    with qtbot.waitSignal(bands.not_saved.retry_requested):
        if how == "click":
            click(qtbot, button_of(bands, "not_saved_bar.retry"))
        else:
            qtbot.keyClick(bands, Qt.Key.Key_F5)
    assert bands.not_saved.isVisible()

    bands.not_saved.clear()
    assert words_on(bands) == []


HIGH = AlertLine("pressure", "high", "Systolic pressure 84 mmHg", "since 10:41", action="Open")
MEDIUM = AlertLine("vitals", "medium", "Vital signs due")
LOW = AlertLine("sound", "low", "Sound is off", acknowledged=True)


def shown_alerts(bar: AlertBar) -> list[str]:
    return [text.text() for text in bar.findChildren(Text) if text.isVisible() and text.objectName().endswith(".text")]


def test_the_most_urgent_alarm_comes_first_with_word_and_shape(bands: Bands) -> None:
    bands.alerts.show_alerts((LOW, MEDIUM, HIGH))
    settle()

    assert shown_alerts(bands.alerts) == [HIGH.text, MEDIUM.text, LOW.text]
    words = [text for text in words_on(bands.alerts) if text in ("HIGH", "MEDIUM", "LOW")]
    assert words == ["HIGH", "MEDIUM", "LOW"]
    shapes = [icon.icon_name for icon in bands.alerts.findChildren(Icon) if icon.isVisible()]
    assert shapes == ["high", "medium", "low"]


def test_each_alarm_is_acknowledged_by_its_own_button(qtbot: QtBot, bands: Bands) -> None:
    bands.alerts.show_alerts((HIGH, MEDIUM, LOW))
    settle()

    with qtbot.waitSignal(bands.alerts.acknowledged) as acknowledged:
        click(qtbot, button_of(bands, "alert_bar.1.acknowledge"))

    assert acknowledged.args == ["vitals"]
    assert not button_of(bands, "alert_bar.2.acknowledge").isVisible()


def test_the_key_acknowledges_the_first_that_waits(qtbot: QtBot, bands: Bands) -> None:
    bands.alerts.show_alerts((AlertLine("pressure", "high", "Pressure", acknowledged=True), MEDIUM))
    settle()

    with qtbot.waitSignal(bands.alerts.acknowledged) as acknowledged:
        qtbot.keyClick(bands, Qt.Key.Key_F6)

    assert acknowledged.args == ["vitals"]
    assert button_of(bands, "alert_bar.0.acknowledge").label() == "Acknowledge (F6)"


def test_an_acknowledged_alarm_stays_and_says_so(bands: Bands) -> None:
    bands.alerts.show_alerts((LOW,))
    settle()

    assert words_on(bands.alerts) == ["LOW", "Sound is off", "acknowledged"]


def test_an_alarm_can_have_an_action_of_its_own(qtbot: QtBot, bands: Bands) -> None:
    bands.alerts.show_alerts((HIGH,))
    settle()

    with qtbot.waitSignal(bands.alerts.action_requested) as requested:
        click(qtbot, button_of(bands, "alert_bar.0.action"))

    assert requested.args == ["pressure"]


@pytest.mark.parametrize(("percent", "most"), [(100, 3), (150, 2)])
def test_many_alarms_leave_room_for_the_page_but_can_all_be_seen(
    qtbot: QtBot, bands: Bands, theme: Theme, percent: int, most: int
) -> None:
    theme.apply(Scheme.LIGHT, percent)
    bands.alerts.show_alerts(tuple(AlertLine(str(number), "low", f"Alarm {number}") for number in range(5)))
    settle()
    assert len(shown_alerts(bands.alerts)) == most
    more = button_of(bands, "alert_bar.more")
    assert more.label() == f"Show {5 - most} more"

    click(qtbot, more)
    settle()
    assert len(shown_alerts(bands.alerts)) == 5
    click(qtbot, more)
    settle()
    assert len(shown_alerts(bands.alerts)) == most


def test_a_page_that_needs_the_room_gets_one_line_and_the_way_to_the_others(qtbot: QtBot, bands: Bands) -> None:
    bands.alerts.show_alerts((HIGH, MEDIUM), few=True)
    settle()
    assert len(shown_alerts(bands.alerts)) == 1

    click(qtbot, button_of(bands, "alert_bar.more"))
    settle()
    assert len(shown_alerts(bands.alerts)) == 2


def test_the_way_to_the_others_outlives_a_time_without_alarms(qtbot: QtBot, bands: Bands) -> None:
    many = tuple(AlertLine(str(number), "low", f"Alarm {number}") for number in range(5))
    for alerts in (many, (), many):
        bands.alerts.show_alerts(alerts)
        settle()

    click(qtbot, button_of(bands, "alert_bar.more"))
    settle()
    assert len(shown_alerts(bands.alerts)) == 5


def lit(bar: AlertBar) -> list[str]:
    marks = [frame for frame in bar.findChildren(QFrame) if frame.property("kind") == "alert-mark"]
    return [str(mark.property("lit")) for mark in marks]


def test_what_is_not_acknowledged_flashes_at_the_rate_of_its_priority(bands: Bands) -> None:
    quiet = AlertLine("quiet", "high", "Seen", acknowledged=True)
    bands.alerts.show_alerts((HIGH, quiet, MEDIUM))
    seen = []
    for _ in range(12):
        bands.alerts.advance()
        seen.append(lit(bands.alerts))

    high, medium, acknowledged = zip(*seen, strict=True)
    assert high == ("stop", "no") * 6
    assert set(acknowledged) == {"no"}
    assert medium == ("no", "no", "caution", "caution", "caution", "no") * 2


def test_low_alarms_never_flash(bands: Bands) -> None:
    bands.alerts.show_alerts((AlertLine("sound", "low", "Sound is off"),))
    for _ in range(12):
        bands.alerts.advance()
        assert lit(bands.alerts) == ["no"]


def test_the_bar_goes_with_its_last_alarm(bands: Bands) -> None:
    bands.alerts.show_alerts((HIGH,))
    bands.alerts.show_alerts(())
    bands.alerts.advance()

    assert not bands.alerts.isVisible()
