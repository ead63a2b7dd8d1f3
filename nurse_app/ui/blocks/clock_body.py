"""The middle of infusing, flushing and observing: notices above, the ring beside vital signs and the next act."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent

from nurse_app.presentation.clock_page import ClockPageView, RingFigures
from nurse_app.presentation.view_parts import ActionView, SideView
from nurse_app.presentation.vital_signs import VitalsTableView
from nurse_app.ui.blocks.action_row import ActionRow
from nurse_app.ui.blocks.notice_list import NoticeList
from nurse_app.ui.blocks.page_column import PageColumn
from nurse_app.ui.blocks.round_card import RoundCard
from nurse_app.ui.side_column import SideColumn
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.ring_clock import RingClock, RingView
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.vitals_table import VitalsColumn, VitalsLine, VitalsTable

_BETWEEN = 28
_SHARES = (6, 9)


class ClockBody(PageColumn):
    """Shows a ClockPageView."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__(gap=12, name=name)
        self._acting: tuple[ActionView, ...] = ()
        self._notices = NoticeList(name="notices")
        self._ring = RingClock(name="ring")
        self._vitals = VitalsTable(name="vitals")
        self._remarks = Text("", "note", name="remarks")
        self._acts = SideColumn()
        self._acts.setObjectName("acts")
        self._acts.intent_requested.connect(self.intent_requested)
        self._others = ActionRow(name="others")
        self._others.intent_requested.connect(self.intent_requested)
        self._round = RoundCard(name="round")
        self._round.intent_requested.connect(self.intent_requested)
        self._right = Column()
        self._right.add(self._vitals)
        self._right.add(self._remarks)
        self._right.add(self._acts)
        self._acts_are_right = True
        self.add(self._notices)
        self.add_row(self._ring, self._right, gap=_BETWEEN, shares=_SHARES)
        self.add(self._others)
        # Last, so that nothing moves under a finger when the signs appear.
        self.add(self._round)
        self.add_stretch()

    def show_view(self, view: ClockPageView) -> None:
        """Show the step as it is now; only what changed is painted again."""
        self._acting = (*view.actions, *view.others)
        self._notices.show_notices(view.notices)
        self._ring.setVisible(view.ring is not None)
        if view.ring is not None:
            self._ring.show_ring(ring_view(view.ring))
        show_table(self._vitals, view.vitals)
        self._remarks.set_text("\n".join(view.remarks))
        self._acts.show_view(SideView(view.actions))
        self._others.show_actions(view.others)
        self._round.show_round(view.round)

    def first_focus(self) -> None:
        """Put the focus on the next act when it is one of this page."""
        for action in self._acting:
            button = self.findChild(Button, action.id)
            if action.role == "primary" and button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._ring.minimumSizeHint().width() + _BETWEEN + self._right.minimumSizeHint().width()
        fits = needed <= self.width()
        if fits == self._acts_are_right:
            return
        # Where ring and table are stacked, the next act would be below them both and out of sight.
        self._acts_are_right = fits
        if fits:
            self._right.add(self._acts)
        else:
            self._layout.insertWidget(1, self._acts)


def ring_view(ring: RingFigures) -> RingView:
    """The ring's figures for the widget."""
    return RingView(ring.digits, ring.caption, ring.note, ring.progress, ring.tone, ring.paused_word)


def show_table(table: VitalsTable, view: VitalsTableView) -> None:
    """Put the view's columns and rows into the widget."""
    table.show_vitals(
        tuple(VitalsColumn(column.top, column.bottom, column.is_due) for column in view.columns),
        tuple(VitalsLine(row.title, row.cells, row.tones) for row in view.rows),
    )
