"""A symptom round that is due: what to ask, and the signs as chips that open the reaction."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from nurse_app.presentation.reaction import SignView
from nurse_app.presentation.symptom_rounds import RoundView
from nurse_app.ui.blocks.sign_board import SignBoard
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.kinds import GAP
from nurse_app.ui.widgets.surface import BarFrame
from nurse_app.ui.widgets.text import Text


class RoundCard(BarFrame):
    """Shows a RoundView."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__("card")
        self.setObjectName(name)
        self._title = Text("", "strong", name=f"{name}.title")
        self._ask = Text("", "note", name=f"{name}.ask")
        self._head = QWidget()
        head = FlowLayout(self._head, gap=2 * GAP, line_gap=2)
        head.addWidget(self._title)
        head.addWidget(self._ask)
        self._signs = SignBoard(name=f"{name}.signs", chip=f"{name}.sign")
        self._signs.intent_requested.connect(self.intent_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 10)
        layout.setSpacing(GAP)
        layout.addWidget(self._head)
        layout.addWidget(self._signs)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_round(self, view: RoundView | None) -> None:
        """Show the round as it is now; None: nothing is due."""
        just_came = self.isHidden()
        self.setVisible(view is not None)
        if view is None:
            return
        self.set_bar(view.tone)
        self._title.set_text(view.title)
        self._title.set_tone(view.tone)
        self._ask.set_text(view.ask)
        # A finger may be on its way to what was here before; from the next look at the clocks on it means the sign.
        self._signs.setEnabled(not just_came)
        self._signs.show_signs(
            tuple(SignView(each.id, each.label, seen=False, intent=each.intent) for each in view.signs if each.intent)
        )
