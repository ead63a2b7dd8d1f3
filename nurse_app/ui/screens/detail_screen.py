"""A page about one patient beside the visit: trends or timeline, in the visit's frame without the step rail."""

from collections.abc import Callable
from typing import Any, Protocol, cast, runtime_checkable

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from nurse_app.presentation.intents import GoToVisit
from nurse_app.presentation.view_parts import SideView
from nurse_app.presentation.visit_frame import BannerView
from nurse_app.ui.frame import VisitFrame
from nurse_app.ui.side_column import SideColumn
from nurse_app.ui.widgets.kinds import Tone


class DetailView(Protocol):
    """What every such view has."""

    @property
    def side(self) -> SideView: ...


class DetailPage(Protocol):
    """What every such page has."""

    intent_requested: SignalInstance

    def show_view(self, view: Any) -> None: ...

    def first_focus(self) -> None: ...


class SheetContent(Protocol):
    """A sheet that such a screen may open."""

    intent_requested: SignalInstance
    closed: SignalInstance

    def show_refusal(self, text: str) -> None: ...

    def first_focus(self) -> None: ...


@runtime_checkable
class EntrySheet(Protocol):
    """A sheet whose entries must not be lost without a word."""

    def has_entries(self) -> bool: ...

    def ask_to_finish(self) -> None: ...

    def first_focus(self) -> None: ...


class DetailScreen(VisitFrame):
    """Shows what ``present`` and ``banner`` make; looks again when ``version`` changes, which is cheap to ask."""

    intent_requested = Signal(object)

    def __init__(
        self,
        page: QWidget,
        present: Callable[[], DetailView],
        banner: Callable[[], BannerView],
        version: Callable[[], object],
    ) -> None:
        super().__init__(name="detail_frame")
        self._page = cast("DetailPage", page)
        self._present = present
        self._banner_now = banner
        self._version = version
        self._shown: object = None
        self._sheet: SheetContent | None = None
        self._side_view = SideColumn()
        self._side_view.intent_requested.connect(self._on_side)
        self._page.intent_requested.connect(self.intent_requested)
        self.sheet_closed.connect(self._forget_sheet)
        self.set_rail_visible(visible=False)
        self.set_side(self._side_view)
        self.set_page(page)

    def refresh(self) -> None:
        """Show what has changed since the last time."""
        version = self._version()
        if version == self._shown:
            return
        self._shown = version
        self._show_banner(self._banner_now())
        view = self._present()
        self._page.show_view(view)
        self._side_view.show_view(view.side)

    def first_focus(self) -> None:
        self._page.first_focus()

    def focus_next(self) -> None:
        """Put the focus on the one next thing, else on the page."""
        if not self._side_view.focus_primary():
            self.first_focus()

    def open_sheet(self, sheet: QWidget, title: str, subtitle: str) -> None:
        """Show a panel in place of the page."""
        content = cast("SheetContent", sheet)
        content.intent_requested.connect(self.intent_requested)
        content.closed.connect(self.close_sheet)
        self._sheet = content
        self.show_sheet(sheet, title, subtitle)
        content.first_focus()

    def show_refusal(self, text: str) -> None:
        if self._sheet is not None:
            self._sheet.show_refusal(text)

    @property
    def sheet(self) -> SheetContent | None:
        return self._sheet

    def _on_side(self, intent: object) -> None:
        """A letter that misses a field must not throw away what is in the others.

        The way back to the visit stays open, as Reaction does: a running infusion does not wait for a result.
        """
        sheet: object = self._sheet
        if isinstance(sheet, EntrySheet) and sheet.has_entries() and not isinstance(intent, GoToVisit):
            sheet.first_focus()
            sheet.ask_to_finish()
        else:
            self.intent_requested.emit(intent)

    def _show_banner(self, banner: BannerView) -> None:
        tone: Tone = "caution" if banner.has_allergy else "neutral"
        self.banner.show_patient(banner.name, banner.fields, banner.allergy, tone)

    def _forget_sheet(self) -> None:
        self._sheet = None
