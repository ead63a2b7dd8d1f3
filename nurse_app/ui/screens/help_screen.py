"""The help: topics on the left, one of them on the right, and the clocks of the visits with their Reaction."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.help_page import HelpView
from nurse_app.presentation.help_topics import HelpBook, HelpTopic
from nurse_app.presentation.home import VisitCard
from nurse_app.ui.blocks.action_row import ActionRow
from nurse_app.ui.blocks.visit_list import VisitList
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.theme import current_theme
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.help_text import HelpText
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text
from nurse_app.ui.widgets.topic_list import TopicList

_BACK_KEY = "Esc"
_LIST_WIDTH = 286


class HelpScreen(HomeFrame):
    """Shows a HelpView beside the list of all topics. ``left`` is the wish to go back to what was on before."""

    left = Signal()
    topic_picked = Signal(str)
    intent_requested = Signal(object)
    reaction_of = Signal(str, object)
    wants_reactions = False

    def __init__(self, book: HelpBook, folder: Path) -> None:
        super().__init__(_("Help"), search_hint="", name="help")
        self.search.hide()
        self._view: HelpView | None = None
        self._topics = TopicList(book, name="help.topics")
        self._topics.setAccessibleName(_("Topics"))
        self._topics.picked.connect(self.topic_picked)
        self._title = Text("", "title", name="help.title")
        self._said = Text("", "strong", name="help.said")
        self._said.hide()
        self._actions = ActionRow(name="help.actions")
        self._actions.intent_requested.connect(self.intent_requested)
        self._text = HelpText(folder, name="help.text")
        self._text.topic_requested.connect(self.topic_picked)
        self._topics.paged.connect(self._text.page)
        right = Column(gap=PAGE_GAP)
        for widget in (self._title, self._actions, self._said):
            right.add(widget)
        right.add(self._text, 1)
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(PAGE_GAP * 2)
        layout.addWidget(self._topics)
        layout.addWidget(right, 1)
        self._visits = VisitList(name="help", narrow=True)
        self._visits.reaction_of.connect(self.reaction_of)
        self._side_column = Column()
        self._side_column.add(self._visits)
        self._side_column.add_stretch()
        # Given to the frame, which owns it from now on, whether there are visits or not.
        self.set_side(self._side_column)
        self.set_page(page)
        back = Button(_("Back"), _BACK_KEY, name="help.back")
        back.clicked.connect(self.left)
        bind_key(back, _BACK_KEY)
        self.add_action(back)
        current_theme().changed.connect(self._fit_list)
        self._fit_list()

    @property
    def topic(self) -> HelpTopic:
        """The topic that is shown. There is none before the first view."""
        assert self._view is not None
        return self._view.topic

    def show_view(self, view: HelpView) -> None:
        """Show a topic and what can be done with it."""
        before, self._view = self._view, view
        self._actions.show_actions(view.actions)
        if before is None or before.topic != view.topic:
            self._topics.choose(view.topic.key)
            self._title.set_text(view.topic.title)
            self._text.show_text(view.topic.title, view.topic.text)
            self.say("")

    def show_visits(self, cards: tuple[VisitCard, ...], visit_id: str, target: str) -> None:
        """The clocks of the visits in progress; Reaction means ``visit_id`` if that is one of them, else ``target``."""
        ids = {card.visit_id for card in cards}
        own_first = tuple(sorted(cards, key=lambda card: card.visit_id != visit_id))
        self._visits.show_visits(own_first, visit_id if visit_id in ids else target)
        self.set_side(self._side_column if cards else None)

    @property
    def can_react(self) -> bool:
        return self._visits.is_showing

    def react(self) -> None:
        self._visits.press()

    def say(self, text: str, *, is_problem: bool = False) -> None:
        """Say what came of a wish to save or print."""
        self._said.set_text(text)
        self._said.set_tone("hold" if is_problem else "done")
        self._said.setVisible(bool(text))

    def first_focus(self) -> None:
        """On the text, so that the keys scroll it; one Tab back is the list."""
        self._text.setFocus()

    def _fit_list(self) -> None:
        self._topics.setFixedWidth(current_theme().layout_px(_LIST_WIDTH))
