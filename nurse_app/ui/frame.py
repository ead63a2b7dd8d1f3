"""The frame around every page: who, where in the visit, the clocks, what was saved; and Reaction, always."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.ui.blocks.reaction_row import REACTION_KEY, ReactionRow
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets import words
from nurse_app.ui.widgets.bands import Bands
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import VerticalScroll
from nurse_app.ui.widgets.footer import Footer
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.patient_banner import PatientBanner
from nurse_app.ui.widgets.search_field import SearchField
from nurse_app.ui.widgets.sheet import Sheet
from nurse_app.ui.widgets.step_rail import StepRail
from nurse_app.ui.widgets.text import Text

_RAIL_WIDTH = 215
_SIDE_WIDTH = 296
_SEARCH_WIDTH = 420
_LEAST_MIDDLE = 160
_PAGE_MARGINS = (28, 16, 12, 0)
_SIDE_MARGINS = (16, 16, 0, 0)
_BAR_ROOM = 16


class _Middle(QStackedWidget):
    """The page, or the sheet in its place."""

    def __init__(self) -> None:
        super().__init__()
        holder = QFrame()
        self.page = VerticalScroll(name="page_scroll")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(*_PAGE_MARGINS)
        layout.addWidget(self.page)
        self.sheet = Sheet()
        self.sheet.closed.connect(self._show_page)
        self.addWidget(holder)
        self.addWidget(self.sheet)

    def show_sheet(self, content: QWidget, title: str, subtitle: str) -> None:
        self.sheet.show_content(content, title, subtitle)
        self.setCurrentWidget(self.sheet)
        self.sheet.focus_content()

    @property
    def sheet_open(self) -> bool:
        return self.sheet.content is not None

    def show_card(self, card: QWidget) -> bool:
        """Put a card in the place of both, which stay beneath as they are; False when it is there already."""
        if self.currentWidget() is card:
            return False
        if self.indexOf(card) < 0:
            self.addWidget(card)
        self.setCurrentWidget(card)
        return True

    def leave_card(self) -> None:
        """Show again what is beneath a card."""
        self.setCurrentIndex(int(self.sheet_open))

    def minimumSizeHint(self) -> QSize:
        # The middle scrolls: it gives way before a band or a clock is squeezed.
        return QSize(_LEAST_MIDDLE, _LEAST_MIDDLE)

    def _show_page(self) -> None:
        self.setCurrentIndex(0)


class _Frame(QWidget):
    """What both frames share: bands, Reaction of other visits, middle with sheet, right column, footer.

    ``wants_reactions``: the page has no Reaction button of its own, so the row of the visits in progress is shown.
    ``helps_now``: what is on helps in a reaction, so nothing covers it, and alarms leave it the room.
    """

    helps_now = False

    sheet_closed = Signal()
    wants_reactions = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.bands = Bands()
        self.reactions = ReactionRow()
        self.footer = Footer()
        self._middle = _Middle()
        self._middle.sheet.closed.connect(self.sheet_closed)
        self._side = QFrame()
        self._side.setProperty("kind", "side")
        self._side_scroll = VerticalScroll(name="side_scroll")
        self._side_layout = QVBoxLayout(self._side)
        self._side_layout.setContentsMargins(*_SIDE_MARGINS)
        self._side_layout.setSpacing(PAGE_GAP)
        self._side_layout.addWidget(self._side_scroll, 1)
        current_theme().changed.connect(self._fit_columns)

    @property
    def sheet_open(self) -> bool:
        return self._middle.sheet_open

    def set_page(self, page: QWidget) -> None:
        """Put a page into the middle; the one before is hidden and can be put there again."""
        self._middle.page.set_content(page)

    def show_sheet(self, content: QWidget, title: str, subtitle: str = "") -> None:
        """Show a panel in place of the middle, with the focus in it."""
        self._middle.show_sheet(content, title, subtitle)

    def close_sheet(self) -> None:
        """Go back to the page; nothing happens when no sheet is open."""
        self._middle.sheet.close_content()

    def show_card(self, card: QWidget) -> bool:
        """Put a card in the place of page and sheet; False when it is there already."""
        return self._middle.show_card(card)

    def leave_card(self) -> None:
        """Show again what is beneath a card."""
        self._middle.leave_card()

    @property
    def can_react(self) -> bool:
        """Whether there is a visit in progress whose reaction this page can open."""
        return not self.reactions.isHidden()

    def react(self) -> None:
        """What the Reaction key does on this page."""
        self.reactions.press()

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll the page until a widget in it is seen."""
        self._middle.page.bring_into_view(widget)

    def _fit_columns(self) -> None:
        self._side.setFixedWidth(current_theme().layout_px(_SIDE_WIDTH))


class VisitFrame(_Frame):
    """The frame of a visit. It owns the Reaction button and its key; nothing ever covers them."""

    reaction_requested = Signal()
    wants_reactions = False

    def __init__(self, *, name: str = "visit_frame") -> None:
        super().__init__(name)
        self.banner = PatientBanner()
        self.rail = StepRail()
        self.reaction_button = Button(_(words.REACTION), REACTION_KEY, "danger-outline", name="reaction")
        self.reaction_button.setProperty("scale", "large")
        self.reaction_button.clicked.connect(self.reaction_requested)
        bind_key(self.reaction_button, REACTION_KEY)
        pinned = QHBoxLayout()
        pinned.setContentsMargins(0, 0, _BAR_ROOM, 0)
        pinned.addWidget(self.reaction_button)
        self._side_layout.insertLayout(0, pinned)
        self._rail_scroll = VerticalScroll(self.rail, name="rail_scroll", steady=False)
        self._rail_scroll.setProperty("kind", "rail")
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._rail_scroll)
        body.addWidget(self._middle, 1)
        body.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.bands)
        layout.addWidget(self.reactions)
        layout.addLayout(body, 1)
        layout.addWidget(self.footer)
        self._fit_columns()

    def set_side(self, side: QWidget) -> None:
        """Put clocks and actions into the right column, under the Reaction button."""
        self._side_scroll.set_content(side)

    @property
    def can_react(self) -> bool:
        return not self.reaction_button.isHidden() or super().can_react

    def react(self) -> None:
        if self.reaction_button.isHidden():
            super().react()
        else:
            self.reaction_button.click()

    def set_rail_visible(self, *, visible: bool) -> None:
        self._rail_scroll.setVisible(visible)

    def set_reaction_visible(self, *, visible: bool) -> None:
        """Hide the Reaction button where the patient has no visit in progress; those of other visits come instead."""
        self.reaction_button.setVisible(visible)
        self.wants_reactions = not visible

    def _fit_columns(self) -> None:
        super()._fit_columns()
        self._rail_scroll.setFixedWidth(current_theme().layout_px(_RAIL_WIDTH))


class HomeFrame(_Frame):
    """The frame of screens without a patient: a title, a field to find one, actions."""

    def __init__(self, title: str, *, search_hint: str, name: str = "home_frame") -> None:
        super().__init__(name)
        self._head_actions: list[Button] = []
        self.sheet_closed.connect(lambda: self._let_act(allowed=True))
        self.search = SearchField(search_hint, name="search")
        self._head = QFrame()
        self._head.setProperty("kind", "banner")
        self._title = Text(title, "name", name=f"{name}.title")
        self._head_layout = QHBoxLayout(self._head)
        self._head_layout.setContentsMargins(24, 12, 24, 12)
        self._head_layout.setSpacing(28)
        self._head_layout.addWidget(self._title)
        self._head_layout.addWidget(self.search, 100, Qt.AlignmentFlag.AlignVCenter)
        self._head_layout.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._middle, 1)
        body.addWidget(self._side)
        self._side.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.bands)
        layout.addWidget(self.reactions)
        layout.addLayout(body, 1)
        layout.addWidget(self.footer)
        self._fit_columns()

    def add_action(self, action: Button) -> None:
        """Add a button at the right of the head. Where a sheet is open it rests: Esc can mean one thing only."""
        self._head_layout.addWidget(action)
        self._head_actions.append(action)

    def show_sheet(self, content: QWidget, title: str, subtitle: str = "") -> None:
        super().show_sheet(content, title, subtitle)
        self._let_act(allowed=False)

    def _let_act(self, *, allowed: bool) -> None:
        for action in self._head_actions:
            action.setEnabled(allowed)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)

    def set_side(self, side: QWidget | None) -> None:
        """Show a right column, or none."""
        self._side_scroll.set_content(side)
        self._side.setVisible(side is not None)

    def _fit_columns(self) -> None:
        super()._fit_columns()
        self.search.setMaximumWidth(current_theme().layout_px(_SEARCH_WIDTH))
