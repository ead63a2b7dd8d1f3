"""One visit: the frame, the page of its present step, the right column, and a sheet on demand."""

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from nurse_app.domain.commands import OpenReaction
from nurse_app.domain.facts import VialOnHand
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.intents import OpenSheet
from nurse_app.presentation.interruption import Doing, InterruptedView
from nurse_app.presentation.paper_reaction import PaperReaction, present_paper
from nurse_app.presentation.steps import StepView, present_side, present_step
from nurse_app.presentation.visit_frame import BannerView, present_banner, present_rail
from nurse_app.ui.blocks.interrupted_card import INTERRUPT_KEY, InterruptedCard
from nurse_app.ui.frame import VisitFrame
from nurse_app.ui.half_typed import entries_of
from nurse_app.ui.sheets.catalogue import Sheet, make_sheet, scanned_product_sheet
from nurse_app.ui.side_column import SideColumn
from nurse_app.ui.steps import PageKind, StepPage, page_for
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.kinds import Tone
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.step_rail import StepItem
from nurse_app.ui.widgets.text import Text


class _PageHolder(Column):
    """Title, lead, a place for what was refused, and the page of a step."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(gap=8)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.page = cast("StepPage", page)
        self.widget = page
        self._title = PageTitle("", "", name="step_title")
        self._refusal = Text("", "strong", "hold", name="refusal")
        self._refusal.hide()
        self.add(self._title)
        self.add(self._refusal)
        self.add(page, 1)

    def show_step(self, view: StepView) -> None:
        self._title.set_title(view.head.title)
        self._title.set_subtitle(view.head.lead)
        self._title.setVisible(bool(view.head.title))
        self.page.show_view(view)

    def show_refusal(self, text: str) -> None:
        self._refusal.set_text(text)
        self._refusal.setVisible(bool(text))


class VisitScreen(VisitFrame):
    """Shows one visit at a time; the controller tells it which."""

    intent_requested = Signal(object)
    begin_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._card: InterruptedCard | None = None
        self._entries_at_first: tuple[str, ...] = ()
        self._holders: dict[str, _PageHolder] = {}
        self._kind = ""
        self._context: VisitContext | None = None
        self._sheet: Sheet | None = None
        self._paper: PaperReaction | None = None
        self._banner: BannerView | None = None
        self._side_view = SideColumn()
        self._side_view.intent_requested.connect(self.intent_requested)
        self.set_side(self._side_view)
        interrupted = QShortcut(QKeySequence(INTERRUPT_KEY), self)
        # One way for the key and its button in the footer.
        interrupted.activated.connect(lambda: self.footer.key_requested.emit(INTERRUPT_KEY))
        self.reaction_requested.connect(lambda: self.intent_requested.emit(OpenReaction()))
        self.sheet_closed.connect(self._forget_sheet)

    def show_visit(self, context: VisitContext, *, private: bool = False) -> None:
        """Show the visit as it is now; cheap when only clocks changed. ``private`` hides who it is."""
        self._context = context
        paper = self._paper if self._paper is not None and self._paper.visit_id == context.visit_id else None
        kind: PageKind = "paper" if paper is not None else context.state.phase
        view = present_step(context) if paper is None else present_paper(context, paper)
        self._show_frame(context, private=private)
        self._show_page(kind, view)
        self._side_view.show_view(present_side(context, view))
        holder = self._holders[kind]
        if holder.hasFocus():
            self._side_view.focus_primary()
        if self._sheet is not None:
            self._sheet.show_context(context)

    def show_paper(self, paper: PaperReaction | None) -> None:
        """A reaction that is not saved has the page until it is recorded or left on paper (None)."""
        self._paper = paper

    def _show_page(self, kind: PageKind, view: StepView) -> None:
        holder = self._holders.get(kind)
        if holder is None:
            holder = self._holders[kind] = _PageHolder(page_for(kind))
            holder.page.intent_requested.connect(self.intent_requested)
        holder.show_step(view)
        if kind != self._kind:
            self._kind = kind
            self.leave_interruption()
            self.close_sheet()
            self.set_page(holder)
            self.helps_now = kind in ("reaction", "paper")
            self.set_reaction_visible(visible=kind not in ("reaction", "paper", "closed"))
            self.wants_reactions = kind == "closed"
            # In a reaction the acts need the room, and nobody goes back to an earlier step.
            self.set_rail_visible(visible=kind not in ("reaction", "paper"))
            holder.show_refusal("")
            # Otherwise Qt may leave the focus on Reaction, and the next Enter would open one.
            holder.setFocus()
            holder.page.first_focus()

    def _show_frame(self, context: VisitContext, *, private: bool) -> None:
        banner = present_banner(context)
        if banner != self._banner:
            self._banner = banner
            tone: Tone = "caution" if banner.has_allergy else "neutral"
            self.banner.show_patient(banner.name, banner.fields, banner.allergy, tone)
        self.banner.set_private(_("Names are hidden. Enter your PIN to see them.") if private else "")
        items = present_rail(context)
        self.rail.show_steps(
            tuple(StepItem(item.key, int(item.number), item.title, item.note, item.state) for item in items)
        )

    def open_sheet(self, request: OpenSheet, context: VisitContext) -> None:
        """Show the panel that was asked for, in place of the page."""
        self._open(make_sheet(request, context))

    def take_vial(self, vial: VialOnHand, context: VisitContext) -> bool:
        """A scanned vial for the sheet that is open, or, when the code did not say all, for the vial's sheet.

        False: the vial is complete and nothing is open that wants it.
        """
        if self._sheet is not None and self._sheet.take_vial(vial):
            return True
        if None not in (vial.brand, vial.route, vial.strength_mg, vial.volume_ml, vial.lot, vial.expiry):
            return False
        self._open(scanned_product_sheet(vial, context))
        return True

    def _open(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._entries_at_first = entries_of(sheet.widget)
        sheet.content.intent_requested.connect(self.intent_requested)
        sheet.content.closed.connect(self.close_sheet)
        self.show_sheet(sheet.widget, sheet.title, sheet.subtitle)
        sheet.content.first_focus()

    def focus_next(self) -> None:
        """After an act: the focus goes to the next thing to do, never to whatever Qt finds."""
        holder = self._holders.get(self._kind)
        if self._card is not None:
            self._card.first_focus()
        elif self._sheet is None and holder is not None and not self._side_view.focus_primary():
            holder.page.first_focus()

    def show_refusal(self, text: str) -> None:
        """Words beside what caused them: in the sheet when one is open, else under the title."""
        if self._sheet is not None:
            self._sheet.content.show_refusal(text)
        elif self._kind:
            self._holders[self._kind].show_refusal(text)

    def clear_refusal(self) -> None:
        for holder in self._holders.values():
            holder.show_refusal("")

    def forget_visit(self) -> None:
        """Another visit comes: no half-typed entry of this one may stay."""
        self.leave_interruption()
        self.close_sheet()
        self.begin_page_again()
        self._banner = None

    def begin_page_again(self) -> None:
        """Whatever was half typed on a page is gone; the next look makes it anew."""
        self._kind = ""
        for holder in self._holders.values():
            holder.deleteLater()
        self._holders = {}

    # --- interrupted ---

    @property
    def doing(self) -> Doing:
        """What the nurse is at."""
        sheet = self._sheet
        if sheet is None:
            return Doing()
        return Doing(sheet.request.kind, sheet.title, entries_of(sheet.widget) != self._entries_at_first)

    @property
    def request(self) -> OpenSheet | None:
        """What opens the sheet that is open."""
        return self._sheet.request if self._sheet is not None else None

    def show_interruption(self, view: InterruptedView) -> None:
        """Show the card of an interrupted step; it takes the focus when it comes."""
        if self._card is None:
            self._card = InterruptedCard()
            self._card.go_on.connect(self.begin_again)
        self._card.show_view(view)
        if self.show_card(self._card):
            self._card.first_focus()

    def leave_interruption(self) -> None:
        """Take the card away; nothing happens when there is none."""
        card, self._card = self._card, None
        if card is not None:
            self.leave_card()
            card.hide()
            card.deleteLater()

    def current_page(self) -> QWidget | None:
        holder = self._holders.get(self._kind)
        return holder.widget if holder else None

    def _forget_sheet(self) -> None:
        self._sheet = None
