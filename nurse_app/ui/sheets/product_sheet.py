"""The vial in the hand, from its barcode or from its label."""

from nurse_app.domain.commands import RecordProduct
from nurse_app.domain.facts import VialOnHand
from nurse_app.i18n import _
from nurse_app.presentation.product import OTHER, ProductView, expiry_understood, read_expiry
from nurse_app.presentation.scanning import ScanBarcode
from nurse_app.ui.sheets.sheet_form import AskedChips, SheetForm
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.scan_field import ScanField
from nurse_app.ui.widgets.text import Text


class ExpiryField(TextField):
    """A month or a day; shows how it was understood."""

    def __init__(self, *, name: str) -> None:
        super().__init__(_("Expiry"), name=name, hint="2027-08", required=True, length=20)

    def value(self) -> str | None:
        """The expiry as the record keeps it; None when it is not clear."""
        return read_expiry(self.text())

    def _problem(self) -> str:
        if self.text() and self.value() is None:
            return _("Write the expiry such as 2027-08 or 31-Aug-2027.")
        return super()._problem()

    def _on_typed(self) -> None:
        super()._on_typed()
        expiry = self.value()
        if expiry is not None:
            self.set_message(expiry_understood(expiry), "muted")


class ProductSheet(SheetForm):
    """Nothing is chosen beforehand but what was scanned."""

    def __init__(self, view: ProductView) -> None:
        super().__init__(name="product_sheet", submit=_("Record the vial"))
        self._view = view
        self._scan = ScanField(_("Scan the code on the vial or its carton"), name="product_sheet.scan")
        self._scan.entered.connect(self._on_scanned)
        self._brand = AskedChips(
            _("Brand"), view.brands, name="product_sheet.brand", missing=_("Choose the brand on the label.")
        )
        self._other = TextField(_("Which brand"), name="product_sheet.other_brand", required=True)
        self._other.hide()
        self._brand.changed.connect(lambda: self._other.setVisible(self._brand.chosen() == OTHER))
        self._strength = AskedChips(
            _("Strength"), view.strengths, name="product_sheet.strength", missing=_("Choose what the label says.")
        )
        self._route = AskedChips(
            _("Route"), view.routes, name="product_sheet.route", missing=_("Choose the route on the label.")
        )
        self._lot = TextField(_("Lot"), name="product_sheet.lot", required=True)
        self._expiry = ExpiryField(name="product_sheet.expiry")
        self.add(self._scan)
        self.add(Text(_("Or read the label:"), "lead", name="product_sheet.or"))
        self.ask(self._brand, self._other)
        self.add_row(self._strength, self._route, gap=16)
        self.check(self._strength, self._route)
        self.add_row(self._lot, self._expiry, gap=16)
        self.check(self._lot, self._expiry)
        self.finish()
        if view.scanned is not None:
            self._fill(view.scanned)

    def first_focus(self) -> None:
        """The scanner's field; after an incomplete scan the first thing that it did not say."""
        if self._view.scanned is None:
            self._scan.setFocus()
            return
        empty = [entry for entry in (self._lot, self._expiry) if not entry.text()]
        (empty[0] if empty else self.submit_button).setFocus()

    def _fill(self, vial: VialOnHand) -> None:
        """Show what a barcode said; what it did not say stays open."""
        product = self._view.product
        if vial.brand in product.brands:
            self._brand.chips.choose(vial.brand or "")
        if (vial.strength_mg, vial.volume_ml) == (product.strength_mg, product.volume_ml):
            self._strength.chips.choose(self._view.strengths[0][0])
        if vial.route in dict(self._view.routes):
            self._route.chips.choose(vial.route or "")
        self._lot.set_text(vial.lot or "")
        self._expiry.set_text(vial.expiry or "")

    def _on_scanned(self) -> None:
        if self._scan.text():
            self.show_refusal("")
            self.intent_requested.emit(ScanBarcode(self._scan.code()))
            self._scan.clear()

    def _submit(self) -> None:
        brand = self._brand.chosen()
        is_right = self._strength.chosen() != OTHER
        vial = VialOnHand(
            brand=self._other.text() if brand == OTHER else brand,
            route=self._route.chosen(),
            strength_mg=self._view.product.strength_mg if is_right else None,
            volume_ml=self._view.product.volume_ml if is_right else None,
            lot=self._lot.text(),
            expiry=self._expiry.value(),
        )
        self.intent_requested.emit(RecordProduct(vial, "scanned" if vial == self._view.scanned else "typed"))
