"""One line of preparing: the row, the way to record it, and under it whatever is wrong."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from nurse_app.domain.commands import AddDose
from nurse_app.i18n import _
from nurse_app.presentation.prepare_lines import PrepareLine
from nurse_app.presentation.scanning import ScanBarcode
from nurse_app.presentation.view_parts import ActionView
from nurse_app.ui.finding_strips import FindingStrips, finding_lines
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.checklist_row import ChecklistRow, RowView
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import NumberField
from nurse_app.ui.widgets.finding import FindingLine
from nurse_app.ui.widgets.flow_layout import FlowLayout
from nurse_app.ui.widgets.scan_field import ScanField


class PrepareLineRow(Column):
    """Shows one PrepareLine. What it takes beside its button is made when the line first becomes current."""

    intent_requested = Signal(object)
    why_requested = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self._line: PrepareLine | None = None
        self._editor: LookButtons | ScanEntry | VolumeEntry | None = None
        self._key = ""
        self._row = ChecklistRow(name=f"{name}.row")
        self._row.action_requested.connect(self._act)
        self._warning = FindingStrips(name=f"{name}.warning")
        self._findings = FindingStrips(name=f"{name}.finding")
        self._findings.why_requested.connect(self.why_requested)
        self._correct = Button("", role="quiet", name=f"{name}.correct")
        self._correct.clicked.connect(self._ask_correction)
        self._correct.hide()
        for widget in (self._row, self._warning, self._findings):
            self.add(widget)
        self.add_left(self._correct)

    def first_focus(self) -> None:
        """What this line takes first: a barcode, a look, else its button."""
        if isinstance(self._editor, LookButtons | ScanEntry):
            self._editor.first_focus()
        else:
            self._row.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_line(self, line: PrepareLine) -> None:
        """Show the line as it now stands; cheap when nothing changed."""
        if line == self._line:
            return
        self._line = line
        if line.state == "current":
            self._make_editor(line)
            self._bind(line.action)
        elif isinstance(self._editor, VolumeEntry | ScanEntry):
            self._editor.begin_again()
        self._row.show_row(_row_view(line))
        warning = FindingLine("warning", "hold", line.warning, why=False)
        self._warning.show_lines((warning,) if line.warning else ())
        self._findings.show_lines(finding_lines(line.findings))
        self._correct.set_label(line.correct.label if line.correct else "")
        self._correct.setVisible(line.correct is not None)

    def _make_editor(self, line: PrepareLine) -> None:
        if self._editor is not None:
            return
        if line.looks:
            self._editor = LookButtons(line.looks, name=f"{self.objectName()}.look")
        elif line.scan:
            self._editor = ScanEntry(name=f"{self.objectName()}.scan")
        elif line.other_volume:
            self._editor = VolumeEntry(name=f"{self.objectName()}.volume")
        else:
            return
        self._editor.intent_requested.connect(self.intent_requested)
        self._row.set_editor(self._editor)

    def _bind(self, action: ActionView | None) -> None:
        if action is not None and action.key is not None and action.key != self._key:
            self._key = action.key
            bind_key(self._row.button, action.key)

    def _act(self) -> None:
        if self._line is not None and self._line.action is not None:
            self.intent_requested.emit(self._line.action.intent)

    def _ask_correction(self) -> None:
        if self._line is not None and self._line.correct is not None:
            self.intent_requested.emit(self._line.correct.intent)


def _row_view(line: PrepareLine) -> RowView:
    action = line.action
    return RowView(
        line.title,
        line.detail,
        line.state,
        done_text=line.done_text,
        done_tone=line.done_tone,
        action=action.label if action else "",
        action_key=action.key if action else None,
    )


class LookButtons(QWidget):
    """What an inspection may find, one button each; none is suggested."""

    intent_requested = Signal(object)

    def __init__(self, looks: tuple[ActionView, ...], *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        flow = FlowLayout(self)
        self._buttons = [self._made(look) for look in looks]
        for button in self._buttons:
            flow.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def first_focus(self) -> None:
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, look: ActionView) -> Button:
        button = Button(look.label, look.key, name=f"{self.objectName()}.{look.id}")
        button.clicked.connect(self._asking(look))
        if look.key:
            bind_key(button, look.key)
        return button

    def _asking(self, look: ActionView) -> Callable[[], None]:
        return lambda: self.intent_requested.emit(look.intent)


class ScanEntry(Column):
    """A field for the scanner."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self._field = ScanField(_("Scan here"), name=f"{name}.code", letters_are_keys=True)
        self._field.entered.connect(self._on_entered)
        self.add(self._field)

    def first_focus(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_again(self) -> None:
        self._field.clear()

    def _on_entered(self) -> None:
        if self._field.text():
            self.intent_requested.emit(ScanBarcode(self._field.code()))
            self._field.clear()


class VolumeEntry(Column):
    """Another volume than the protocol's: what happened is what is recorded, and the rules judge it."""

    intent_requested = Signal(object)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self._ask = Button(_("Another volume…"), role="quiet", name=f"{name}.ask")
        self._added = NumberField(_("Added"), "mL", name=f"{name}.added", decimals=2, required=True)
        self._taken = NumberField(_("Taken out of the bag before"), "mL", name=f"{name}.taken", decimals=2)
        self._save = Button(_("Record this volume"), name=f"{name}.save")
        self._form = Column()
        self._form.add_row(self._added, self._taken, gap=16)
        self._form.add_left(self._save)
        self.add_left(self._ask)
        self.add(self._form)
        self._form.hide()
        self._ask.clicked.connect(self._open)
        self._added.entered.connect(self._taken.setFocus)
        self._taken.entered.connect(self._record)
        self._save.clicked.connect(self._record)

    def begin_again(self) -> None:
        """Close the form and forget what was typed."""
        self._added.clear()
        self._taken.clear()
        self._form.hide()
        self._ask.show()

    def _open(self) -> None:
        self._form.show()
        self._ask.hide()
        self._added.setFocus()

    def _record(self) -> None:
        if not self._added.text() or self._added.value() is None:
            self._added.is_complete()
            self._added.setFocus()
        elif self._taken.is_complete():
            taken = Decimal(self._taken.value() or 0)
            self.intent_requested.emit(AddDose(Decimal(self._added.value() or 0), taken))
