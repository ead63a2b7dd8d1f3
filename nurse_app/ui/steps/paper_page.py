"""A reaction that is not saved: the list with large buttons, times in memory, and recording when saving works again."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from nurse_app.presentation.paper_reaction import PaperView
from nurse_app.presentation.reaction_checklist import FIRST_LINE_KEY, NEXT_KEY
from nurse_app.ui.blocks.act_list import ActList
from nurse_app.ui.blocks.action_row import ActionRow
from nurse_app.ui.blocks.notice_list import notice_line
from nurse_app.ui.blocks.page_column import PageColumn
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip


class PaperPage(PageColumn):
    """Shows a PaperView."""

    intent_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=10, name="paper_page")
        self._notice = FindingStrip(FindingLine("paper", "stop", "", why=False), name="paper", title_role="name")
        self._offers = ActionRow(name="paper_offers")
        self._acts = ActList(name="paper_acts")
        self._offers.intent_requested.connect(self.intent_requested)
        self._acts.intent_requested.connect(self.intent_requested)
        self.add(self._notice)
        self.add(self._offers)
        self.add(self._acts)
        self.add_stretch()
        for key in (NEXT_KEY, FIRST_LINE_KEY):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(partial(self._press_key, key))

    def show_view(self, view: PaperView) -> None:
        """Show the list as it is now."""
        self._notice.show_finding(notice_line(view.notice))
        self._offers.show_actions(view.offers)
        self._offers.setVisible(bool(view.offers))
        self._acts.show_acts(view.acts, view.done)

    def first_focus(self) -> None:
        """Put the focus on the act that is next."""
        self._acts.first_focus()

    def _press_key(self, key: str) -> None:
        button = self._acts.button_of_key(key)
        if button is not None:
            button.click()
