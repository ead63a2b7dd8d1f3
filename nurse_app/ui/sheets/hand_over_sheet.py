"""The hand-over sheet: everything to read out, on paper by one key, and who took over by one touch."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from nurse_app.domain.after_reaction_commands import HandOver
from nurse_app.domain.after_reaction_events import Receiver
from nurse_app.i18n import _
from nurse_app.presentation.hand_over import HandOverBlock, HandOverView
from nurse_app.presentation.intents import SavePages
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.row import Row
from nurse_app.ui.widgets.text import Text

_NAME = "hand_over_sheet"
_LEFT = ("I", "S", "B")
_COMFORT = 330
_KEYS = ("1", "2", "3", "4")
# In a reaction a target is larger than elsewhere.
_TARGET = 60


class _Block(QFrame):
    """One letter with its lines; built anew only when a line comes or goes."""

    def __init__(self, block: HandOverBlock) -> None:
        super().__init__()
        self.setObjectName(f"{_NAME}.{block.letter}")
        self.setAccessibleName(block.title)
        self.setProperty("kind", "row")
        self.labels = tuple(line.label for line in block.lines)
        self._words: list[Text] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(3)
        heading = _("{letter} · {title}").format(letter=block.letter, title=block.title)
        layout.addWidget(Text(heading, "strong", "brand"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(block.lines):
            words = Text(line.words, name=f"{_NAME}.{block.letter}.{row}")
            grid.addWidget(Text(line.label, "note"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
            self._words.append(words)
        layout.addLayout(grid)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_lines(self, block: HandOverBlock) -> None:
        for text, line in zip(self._words, block.lines, strict=True):
            text.set_text(line.words)


class HandOverSheet(Column):
    """Shows a HandOverView and follows it. Nothing has to be entered: a touch on who takes over is enough."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: HandOverView) -> None:
        super().__init__(gap=8, name=_NAME)
        self._visit_id = view.visit_id
        self._blocks: dict[str, _Block] = {}
        self._beside: QWidget = QWidget()
        self._refusal = Text("", "strong", "hold", name=f"{_NAME}.refusal")
        self._refusal.hide()
        self._handed = Text("", "strong", "done", name=f"{_NAME}.handed")
        self._name = TextField(_("Name of who takes over (may stay empty)"), name=f"{_NAME}.name", length=60)
        holder = QWidget()
        self._place = QVBoxLayout(holder)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.addWidget(self._beside)
        self.add(self._taking_over(view))
        self.add(self._handed)
        self.add(self._refusal)
        self.add(holder)
        self.add(self._name)
        self.add_stretch()
        # Taking the focus itself lets the arrow keys scroll, and no Enter hands the patient over by mistake.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_view(view)

    def show_view(self, view: HandOverView) -> None:
        """Show the reaction as it is now."""
        labels = {block.letter: tuple(line.label for line in block.lines) for block in view.blocks}
        if labels != {letter: block.labels for letter, block in self._blocks.items()}:
            self._build(view)
        for block in view.blocks:
            self._blocks[block.letter].show_lines(block)
        self._handed.set_text("\n".join(view.handed))
        self._handed.setVisible(bool(view.handed))

    def first_focus(self) -> None:
        """On the text, so that it can be scrolled; Esc goes back."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        self._refusal.set_text(text)
        self._refusal.setVisible(bool(text))

    def _build(self, view: HandOverView) -> None:
        self._blocks = {block.letter: _Block(block) for block in view.blocks}
        left, right = Column(gap=8), Column(gap=8)
        for letter, block in self._blocks.items():
            (left if letter in _LEFT else right).add(block)
        left.add_stretch()
        right.add_stretch()
        before, self._beside = self._beside, Row(left, right, gap=8, comfort=_COMFORT)
        self._place.replaceWidget(before, self._beside)
        before.hide()
        before.deleteLater()

    def _taking_over(self, view: HandOverView) -> Row:
        """One touch each: who takes over now, and the sheet on paper. It stands first, so that nobody has to scroll."""
        buttons: list[Button] = []
        for (to, words), key in zip(view.receivers, _KEYS, strict=True):
            button = Button(words, key, name=f"{_NAME}.to.{to}")
            button.clicked.connect(partial(self._hand_over, to))
            bind_key(button, key)
            buttons.append(button)
        save = Button(_("Save PDF"), "Ctrl+S", name=f"{_NAME}.pdf")
        paper = Button(_("Print…"), "Ctrl+P", name=f"{_NAME}.print")
        save.clicked.connect(lambda: self.intent_requested.emit(SavePages(self._visit_id, "hand-over", "pdf")))
        paper.clicked.connect(lambda: self.intent_requested.emit(SavePages(self._visit_id, "hand-over", "print")))
        bind_key(save, "Ctrl+S")
        bind_key(paper, "Ctrl+P")
        for button in (*buttons, save, paper):
            button.setMinimumHeight(_TARGET)
        return Row(*buttons, save, paper)

    def _hand_over(self, to: Receiver, *_pressed: bool) -> None:
        self.intent_requested.emit(HandOver(to, self._name.text()))
