"""The reaction: how grave it is, what is seen, what is next. Nothing is asked first and nothing waits."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.reaction import ReactionView
from nurse_app.ui.blocks.act_list import ActList
from nurse_app.ui.blocks.notice_list import NoticeList, notice_line
from nurse_app.ui.blocks.page_column import PageColumn
from nurse_app.ui.blocks.sign_board import SignBoard
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.text import Text

_BETWEEN = 20
_SHARES = (27, 25)
_SIDE_BY_SIDE_FROM = 620


class ReactionPage(PageColumn):
    """Shows a ReactionView: signs left, acts right; on a narrow place the acts come first."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=10, name="reaction_page")
        self._level = FindingStrip(FindingLine("level", "hold", "", why=False), name="level", title_role="name")
        self._alarms = NoticeList(name="alarms")
        self._signs = SignBoard(name="signs")
        self._hint = Text("", "note", name="signs_hint")
        self._advice = NoticeList(name="advice")
        self._acts = ActList(name="acts")
        self._signs.intent_requested.connect(self.intent_requested)
        self._acts.intent_requested.connect(self.intent_requested)
        pair = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.RightToLeft, pair)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(_BETWEEN)
        # The acts are first in the layout so that the Tab key meets the next act before the signs.
        self._beside.addWidget(self._right(), _SHARES[1])
        self._beside.addWidget(self._left(), _SHARES[0])
        self.add(self._level)
        self.add(self._alarms)
        self.add(pair)
        self.add_stretch()

    def show_view(self, view: ReactionView) -> None:
        """Show the reaction as it is now."""
        self._level.show_finding(notice_line(view.level))
        self._alarms.show_notices(view.alarms)
        self._signs.show_signs(view.signs)
        self._hint.set_text(view.signs_hint if any(sign.seen for sign in view.signs) else "")
        self._hint.setVisible(bool(self._hint.text()))
        self._advice.show_notices(view.advice)
        self._acts.show_acts(view.acts, view.done)

    def first_focus(self) -> None:
        """Put the focus on the act that is next."""
        self._acts.first_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= current_theme().px(_SIDE_BY_SIDE_FROM)
        # Right to left: the acts, added first, stand at the right.
        wanted = QBoxLayout.Direction.RightToLeft if fits else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() is not wanted:
            self._beside.setDirection(wanted)

    def _left(self) -> Column:
        left = Column()
        left.add(Text(_("What do you see? (any order)"), "lead"))
        left.add(self._signs)
        left.add(self._hint)
        left.add(self._advice)
        left.add_stretch()
        return left

    def _right(self) -> Column:
        right = Column()
        right.add(Text(_("Next, and done with times"), "lead"))
        right.add(self._acts)
        right.add_stretch()
        return right
