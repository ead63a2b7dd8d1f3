"""The second check, blind: another person enters anew what is in the hand, then signs with a PIN."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nurse_app.domain.facts import VialOnHand
from nurse_app.i18n import _
from nurse_app.presentation.intents import SwitchUser
from nurse_app.presentation.scanning import ScanBarcode
from nurse_app.presentation.second_check import SecondCheckRequest, SecondCheckView
from nurse_app.ui.sheets.sheet_form import AskedChips, Entry
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import NumberField, TextField
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.pin_pad import PinPad
from nurse_app.ui.widgets.scan_field import ScanField
from nurse_app.ui.widgets.text import Text

# A lot that a hand types is shorter than a vial's barcode, which starts with its 16-digit product code.
_SHORTEST_BARCODE = 16
_PIN_DIGITS = 6


class SecondCheckSheet(Column):
    """Knows nothing of the first entries; what the second person reads is compared elsewhere."""

    intent_requested = Signal(object)
    closed = Signal()

    def __init__(self, view: SecondCheckView) -> None:
        super().__init__(gap=PAGE_GAP, name="second_check_sheet")
        self._nobody = Text(view.nobody, "strong", "hold", name="second_check_sheet.nobody")
        self._nobody.setVisible(bool(view.nobody))
        self._people = Button(_("Add the second nurse…"), name="second_check_sheet.people")
        self._people.clicked.connect(lambda: self.intent_requested.emit(SwitchUser()))
        self._people.setVisible(bool(view.nobody))
        self._who = AskedChips(
            _("Who checks?"), view.people, name="second_check_sheet.who", missing=_("Choose your name.")
        )
        self._lot = ScanField(_("Lot on the vial, typed or scanned"), name="second_check_sheet.lot", required=True)
        self._volume = NumberField(
            _("Volume added to the bag"), "mL", name="second_check_sheet.volume", decimals=2, required=True
        )
        self._record_no = ScanField(
            _("Record number on the wristband"), name="second_check_sheet.record_no", required=True
        )
        self._pin = PinPad(name="second_check_sheet.pin", prompt=_("Your own PIN"), minimum=_PIN_DIGITS)
        self._refusal = Text("", "strong", "hold", name="second_check_sheet.refusal")
        self._refusal.hide()
        self._build()

    def first_focus(self) -> None:
        """Begin with the name."""
        first = self._people if self._nobody.text() else self._who
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, text: str) -> None:
        """Say why it was not taken; "" takes it away."""
        self._refusal.set_text(text)
        self._refusal.setVisible(bool(text))

    def show_scanned(self, vial: VialOnHand) -> None:
        """The vial's barcode was scanned in place of typing its lot."""
        self._lot.set_text(vial.lot or "")
        self._go_on_from(self._lot if vial.lot else self._who)

    def _build(self) -> None:
        left = Column(gap=PAGE_GAP)
        for widget in (self._nobody, self._people, *self._entries(), self._refusal):
            left.add(widget)
        left.add_stretch()
        # Beside a stretch the pad keeps its own width, and with it the height that its buttons need.
        right = QWidget()
        beside = QHBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._pin, 0, Qt.AlignmentFlag.AlignTop)
        beside.addStretch(1)
        if self._nobody.text():
            right.hide()
            for entry in self._entries():
                entry.hide()
        self.add_row(left, right, gap=32, shares=(3, 2))
        self.add_stretch()
        self._who.changed.connect(lambda: self._go_on_from(self._who))
        self._lot.entered.connect(self._on_lot)
        self._volume.entered.connect(lambda: self._go_on_from(self._volume))
        self._record_no.entered.connect(self._pin.setFocus)
        self._pin.entered.connect(self._on_pin)

    def _entries(self) -> tuple[Entry, ...]:
        return (self._who, self._lot, self._volume, self._record_no)

    def _go_on_from(self, entry: AskedChips | TextField) -> None:
        entries = self._entries()
        entries[entries.index(entry) + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_lot(self) -> None:
        if len(self._lot.code()) >= _SHORTEST_BARCODE:
            self.intent_requested.emit(ScanBarcode(self._lot.code()))
        else:
            self._go_on_from(self._lot)

    def _on_pin(self, pin: str) -> None:
        self.show_refusal("")
        wrong = [entry for entry in self._entries() if not entry.is_complete()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        volume = Decimal(self._volume.value() or 0)
        self.intent_requested.emit(
            SecondCheckRequest(self._who.chosen(), pin, self._lot.text(), volume, self._record_no.text())
        )
