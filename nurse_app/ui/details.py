"""Trends, timeline and reports: screens that are loaded when they are first wanted (trends bring pyqtgraph)."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.presentation import intents as i
from nurse_app.presentation.chrome import ChromeView
from nurse_app.presentation.context import VisitContext
from nurse_app.ui.parts import AppParts
from nurse_app.ui.work import Work


class Details(QObject):
    """Makes the detail screens and keeps the one that is on up to date."""

    def __init__(self, parts: AppParts, work: Work, intent: SignalInstance) -> None:
        super().__init__()
        self._parts = parts
        self._work = work
        self._intent = intent

    def open_place(self, place: i.Navigation, show: Callable[[QWidget], None]) -> None:
        pass

    def refresh(self, current: QWidget | None, chrome: ChromeView, context: VisitContext | None) -> None:
        pass

    def open_sheet(self, request: i.OpenSheet, context: VisitContext | None) -> None:
        pass

    def close_sheet(self) -> None:
        pass

    def show_refusal(self, text: str) -> None:
        pass

    def save_record(self, visit_id: str, context: VisitContext | None, say: Callable[[str], None]) -> None:
        pass
