"""The reaction: stop first, then how grave it is, what is seen, what is next. Nothing is asked first, nothing waits."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.reaction import ReactionView
from nurse_app.presentation.reaction_checklist import FIRST_LINE_KEY, NEXT_KEY
from nurse_app.ui.blocks.act_list import ActList
from nurse_app.ui.blocks.action_row import ActionRow
from nurse_app.ui.blocks.first_bar import FirstBar
from nurse_app.ui.blocks.notice_list import NoticeList, notice_line
from nurse_app.ui.blocks.page_column import PageColumn
from nurse_app.ui.blocks.reader import Reader
from nurse_app.ui.blocks.sign_board import SignBoard
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.into_view import show_top
from nurse_app.ui.widgets.kinds import GAP
from nurse_app.ui.widgets.text import Text

_BETWEEN = 20
_SHARES = (30, 27)
_SIDE_BY_SIDE_FROM = 620


class ReactionPage(PageColumn):
    """Shows a ReactionView: signs left, acts right; on a narrow place the acts come first. ``R`` reads it aloud."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=10, name="reaction_page")
        self._reading = False
        self._number = 0
        self._news: tuple[str, ...] = ()
        self._first = FirstBar(name="first")
        self._level = FindingStrip(FindingLine("level", "hold", "", why=False), name="level", title_role="name")
        self._gravest = ActionRow(name="raise_most")
        self._raises = ActionRow(name="raise")
        self._graver = Text("", "lead", name="graver")
        self._alarms = NoticeList(name="alarms", title_role="name")
        self._signs = SignBoard(name="signs")
        self._hint = Text("", "note", name="signs_hint")
        self._mimics = Text("", "lead", name="mimics")
        self._advice = NoticeList(name="advice")
        self._acts = ActList(name="acts")
        # Made when somebody reads: the Reaction key does not wait for it.
        self._reader: Reader | None = None
        self._view: ReactionView | None = None
        self._acts.focus_lost.connect(self.first_focus)
        for part in (self._first, self._gravest, self._raises, self._signs, self._acts):
            part.intent_requested.connect(self.intent_requested)
        self._board = self._made_board()
        self.add(self._alarms)
        self.add(self._first)
        self.add(self._level_line())
        self.add(self._board)
        self._read_place = Column()
        self.add(self._read_place)
        self.add_stretch()
        for key in (NEXT_KEY, FIRST_LINE_KEY):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self._press_key, key))

    def show_view(self, view: ReactionView) -> None:
        """Show the reaction as it is now."""
        held = self._first.holds_focus()
        if view.number != self._number:
            # Another reaction begins with its whole list, whatever was read aloud before.
            self._number = view.number
            self._show_reader(reading=False)
        self._first.show_acts(view.first)
        self._first.setVisible(not self._reading and self._first.has_acts)
        self._level.show_finding(notice_line(view.level))
        self._gravest.show_actions(view.raises[:1])
        self._gravest.setVisible(bool(view.raises))
        self._raises.show_actions(view.raises[:0:-1])
        self._graver.set_text(_("What you see, or treat as") if view.raises[1:] else _("What do you see?"))
        self._alarms.show_notices(view.alarms)
        self._signs.show_signs(view.signs)
        self._show_line(self._hint, view.signs_hint if any(sign.seen for sign in view.signs) else "")
        self._show_line(self._mimics, view.mimics)
        self._advice.show_notices(view.advice)
        self._acts.show_acts(view.acts, view.done)
        self._view = view
        if self._reader is not None:
            self._reader.show_view(view.reader, view.signs)
        if held and not self._first.holds_focus():
            self.first_focus()
        news = (view.level.title, *(alarm.title for alarm in view.alarms))
        if news != self._news:
            # A graver level or an alarm must not stand above what is in view.
            self._news = news
            show_top(self)

    def first_focus(self) -> None:
        """Put the focus on the act that is next."""
        if self._reading and self._reader is not None:
            self._reader.first_focus()
        elif not self._first.first_focus():
            self._acts.first_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= current_theme().px(_SIDE_BY_SIDE_FROM)
        # Right to left: the acts, added first, stand at the right.
        wanted = QBoxLayout.Direction.RightToLeft if fits else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() is not wanted:
            self._beside.setDirection(wanted)

    def _show_line(self, line: Text, text: str) -> None:
        line.set_text(text)
        line.setVisible(bool(text))

    def _press_key(self, key: str) -> None:
        if self._reading and self._reader is not None and key == NEXT_KEY:
            self._reader.press()
            return
        button = self._first.button_of_key(key) or self._acts.button_of_key(key)
        if button is not None:
            button.click()

    def _read_aloud(self) -> None:
        if self._view is None:
            return
        reader = self._reader or self._made_reader()
        reader.show_view(self._view.reader, self._view.signs)
        self._show_reader(reading=True)
        reader.begin()

    def _made_reader(self) -> Reader:
        reader = self._reader = Reader(name="reader")
        reader.left.connect(self._leave_reader)
        reader.intent_requested.connect(self.intent_requested)
        self._read_place.add(reader)
        return reader

    def _leave_reader(self) -> None:
        self._show_reader(reading=False)
        self.first_focus()

    def _show_reader(self, *, reading: bool) -> None:
        self._reading = reading
        self._board.setVisible(not reading)
        self._first.setVisible(not reading and self._first.has_acts)
        if self._reader is not None:
            self._reader.setVisible(reading)

    def _level_line(self) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self._level, 4)
        layout.addWidget(self._gravest, 1)
        return line

    def _made_board(self) -> QWidget:
        board = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.RightToLeft, board)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(_BETWEEN)
        # The acts are first in the layout so that the Tab key meets the next act before the signs.
        self._beside.addWidget(self._right(), _SHARES[1])
        self._beside.addWidget(self._left(), _SHARES[0])
        return board

    def _left(self) -> Column:
        left = Column()
        left.add_row(self._graver, self._raises, shares=(5, 7))
        left.add(self._signs)
        left.add(self._hint)
        left.add(self._advice)
        left.add(self._mimics)
        left.add_stretch()
        return left

    def _right(self) -> Column:
        right = Column()
        read = Button(_("Read aloud"), "R", name="read_aloud")
        read.clicked.connect(self._read_aloud)
        bind_key(read, "R")
        right.add_row(Text(_("Next, and done with times"), "lead"), read, shares=(3, 2))
        right.add(self._acts)
        right.add_stretch()
        return right
