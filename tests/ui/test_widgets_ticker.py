"""The ticker ticks while it runs; Qt's messages reach the log."""

import logging

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qWarning
from pytestqt.qtbot import QtBot

from nurse_app.ui.qtlog import log_qt_message, route_qt_messages
from nurse_app.ui.ticker import BEATS_PER_TICK, INTERVAL_MS, Ticker


def test_a_ticker_ticks_again_and_again_until_it_is_stopped(qtbot: QtBot) -> None:
    ticker = Ticker(interval_ms=1)
    assert not ticker.running

    ticker.start()
    for _ in range(3):
        with qtbot.waitSignal(ticker.tick):
            pass
    assert ticker.running

    ticker.stop()
    assert not ticker.running


def test_starting_and_stopping_twice_is_harmless() -> None:
    ticker = Ticker()
    ticker.start()
    ticker.start()
    ticker.stop()
    ticker.stop()

    assert not ticker.running


def test_it_beats_four_times_a_second_and_looks_at_every_second_beat(qtbot: QtBot) -> None:
    assert (INTERVAL_MS, BEATS_PER_TICK) == (250, 2)
    ticker = Ticker(interval_ms=1)
    signals: list[str] = []
    ticker.beat.connect(lambda: signals.append("beat"))
    ticker.tick.connect(lambda: signals.append("tick"))
    ticker.start()
    qtbot.waitUntil(lambda: signals.count("tick") >= 2)
    ticker.stop()
    assert signals[:6] == ["beat", "beat", "tick"] * 2


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (QtMsgType.QtDebugMsg, logging.DEBUG),
        (QtMsgType.QtInfoMsg, logging.INFO),
        (QtMsgType.QtWarningMsg, logging.WARNING),
        (QtMsgType.QtCriticalMsg, logging.ERROR),
        (QtMsgType.QtFatalMsg, logging.CRITICAL),
    ],
)
def test_qt_s_messages_keep_their_level(caplog: pytest.LogCaptureFixture, kind: QtMsgType, level: int) -> None:
    with caplog.at_level(logging.DEBUG, logger="nurse_app.qt"):
        log_qt_message(kind, QMessageLogContext(), "the font is missing")

    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (level, "default: the font is missing")
    ]


def test_the_one_message_that_means_nothing_is_dropped(caplog: pytest.LogCaptureFixture) -> None:
    log_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "This plugin does not support propagateSizeHints()")

    assert caplog.records == []


def test_once_routed_qt_speaks_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    before = qInstallMessageHandler(None)
    route_qt_messages()
    try:
        qWarning("the disk is slow")
    finally:
        qInstallMessageHandler(before)

    assert [record.getMessage() for record in caplog.records] == ["default: the disk is slow"]
