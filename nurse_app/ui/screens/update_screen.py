"""The program’s versions: which is in use, a newer one from a file, the way back; one thing to do next at a time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nurse_app.i18n import _
from nurse_app.presentation.update_page import UpdateView
from nurse_app.ui.blocks.fact_list import fact_list
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.file_dialog import ask_for_file
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.kinds import GAP, PAGE_GAP, set_look
from nurse_app.ui.widgets.strip import Strip
from nurse_app.ui.widgets.text import Text

_BACK_KEY, _CHOOSE_KEY, _INSTALL_KEY = "Esc", "Ctrl+O", "Ctrl+S"
_GO_BACK_KEY, _CANCEL_KEY, _AGAIN_KEY = "Ctrl+B", "Ctrl+E", "Ctrl+R"


class UpdateScreen(HomeFrame):
    """Shows an UpdateView. Each signal is what its button asks for."""

    left = Signal()
    file_chosen = Signal(str)
    install_requested = Signal()
    back_requested = Signal()
    back_confirmed = Signal()
    cancelled = Signal()
    start_again_requested = Signal()

    def __init__(self, folder: str) -> None:
        """``folder`` is where choosing a file begins."""
        super().__init__(_("Program version and updates"), search_hint="", name="update")
        self.search.hide()
        self._folder = folder
        self._view: UpdateView | None = None
        self._shown: dict[str, QWidget] = {}
        self._lead = Text("", "lead", name="update.lead")
        self._facts, self._results = Column(), Column()
        self._progress = Text("", "heading", name="update.progress")
        self._add_buttons()
        page = Column(gap=PAGE_GAP)
        for widget in (self._lead, self._facts, self._progress, self._results, self._buttons()):
            page.add(widget)
        page.add_stretch()
        self.set_page(page)

    def show_view(self, view: UpdateView) -> None:
        """Show how far it is; the button that had the focus keeps it while it is there."""
        before, self._view = self._view, view
        self._lead.set_text(view.lead)
        self._progress.set_text(view.progress)
        self._progress.setVisible(bool(view.progress))
        if before is None or before.facts != view.facts:
            self._put("facts", self._facts, fact_list(view.facts, "update.fact"))
        if before is None or _result_of(before) != _result_of(view):
            self._put("result", self._results, _result(view))
        self._show_buttons(view)

    def first_focus(self) -> None:
        """The one thing to do next."""
        shown = [button for button in self._in_order() if not button.isHidden()]
        (shown[0] if shown else self._home).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_buttons(self) -> None:
        self._again = Button("", role="primary", name="update.again")
        self._install = Button("", role="primary", name="update.install")
        self._cancel = Button("", name="update.cancel")
        self._choose = Button("", name="update.choose")
        self._back = Button("", name="update.back")
        self._confirm = Button("", name="update.confirm")
        self._home = Button(_("Back to the ward"), _BACK_KEY, name="update.home")
        wired = (
            (self._again, _AGAIN_KEY, self.start_again_requested.emit),
            (self._install, _INSTALL_KEY, self.install_requested.emit),
            (self._cancel, _CANCEL_KEY, self.cancelled.emit),
            (self._choose, _CHOOSE_KEY, self._ask_for_file),
            (self._back, _GO_BACK_KEY, self.back_requested.emit),
            (self._confirm, _INSTALL_KEY, self.back_confirmed.emit),
            (self._home, _BACK_KEY, self.left.emit),
        )
        for button, key, act in wired:
            button.clicked.connect(act)
            bind_key(button, key)
        self.add_action(self._home)

    def _in_order(self) -> tuple[Button, ...]:
        return self._again, self._install, self._cancel, self._confirm, self._choose, self._back

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=GAP)
        for button in self._in_order():
            flow.addWidget(button)
        return holder

    def _show_buttons(self, view: UpdateView) -> None:
        shown = (
            (self._again, view.again, _AGAIN_KEY),
            (self._install, view.install, _INSTALL_KEY),
            (self._cancel, view.cancel, _CANCEL_KEY),
            (self._confirm, view.confirm, _INSTALL_KEY),
            (self._choose, view.choose, _CHOOSE_KEY),
            (self._back, view.back, _GO_BACK_KEY),
        )
        changed = False
        for button, words, key in shown:
            changed |= button.isHidden() == bool(words)
            if words:
                button.set_label(words, key)
            button.setVisible(bool(words))
        primary = next((button for button in (self._again, self._install, self._choose) if not button.isHidden()), None)
        for button in (self._again, self._install, self._choose):
            set_look(button, "role", "primary" if button is primary else "secondary")
        if changed and self.isVisible():
            self.first_focus()

    def _put(self, what: str, place: Column, widget: QWidget) -> None:
        there = self._shown.get(what)
        if there is not None:
            there.hide()
            there.deleteLater()
        self._shown[what] = widget
        place.add(widget)

    def _ask_for_file(self) -> None:
        """The page stays usable meanwhile: no box over a running clock."""
        title = _("Choose an update")
        ask_for_file(self, title, self._folder, self.file_chosen.emit, name="update.dialog")


def _result_of(view: UpdateView) -> tuple[object, ...]:
    return view.verdict, view.notes, view.tone


def _result(view: UpdateView) -> QWidget:
    if not view.verdict:
        return Column()
    texts = Column(gap=GAP)
    texts.add(Text(view.verdict, "heading", name="update.verdict"))
    for place, (label, words) in enumerate(view.notes):
        if not label:
            texts.add(Text(words, name=f"update.note.{place}"))
    texts.add(fact_list(tuple(line for line in view.notes if line[0]), "update.line"))
    return Strip(view.tone, "", texts)
