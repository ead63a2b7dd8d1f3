"""The fields of one laboratory result; which of them there are depends on the test."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal

from nurse_app.i18n import _
from nurse_app.presentation.lab_entry import LabTestChoice, RangeBefore
from nurse_app.presentation.lab_entry_check import COLLECTED, LOWER, UNIT, UPPER, VALUE, LabEntries
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.date_field import DateField
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.kinds import PAGE_GAP
from nurse_app.ui.widgets.text import Text


class LabResultFields(Column):
    """Value, unit, limits and day. Enter goes from one to the next; after the last one ``finished`` follows."""

    changed = Signal()
    finished = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(gap=PAGE_GAP, name=f"{name}.fields")
        self._name = name
        self._choice: LabTestChoice | None = None
        self._expected: Mapping[str, str] = {}
        self._units: ChoiceChips | None = None
        self._day_before = ""
        self._value = TextField(_("Result"), name=f"{name}.value", length=120)
        self._unit_slot = Column(gap=3)
        self._unit_message = Text("", "note", "hold", name=f"{name}.unit.message")
        self._before = Button("", name=f"{name}.before", role="quiet")
        self._before.clicked.connect(self._take_range)
        self._lower = TextField(_("Lower limit of the laboratory"), name=f"{name}.lower", length=20)
        self._upper = TextField(_("Upper limit of the laboratory"), name=f"{name}.upper", length=20)
        self._collected = DateField(_("Sample taken on"), name=f"{name}.collected")
        self._fields: dict[str, TextField] = {
            VALUE: self._value,
            LOWER: self._lower,
            UPPER: self._upper,
            COLLECTED: self._collected,
        }
        self.setFocusProxy(self._value)
        self._lay_out()
        self._connect()

    # --- what it holds ---

    def entries(self, test: str) -> LabEntries:
        """What was typed so far, for a test."""
        unit = next(iter(self._units.chosen()), "") if self._units is not None else ""
        return LabEntries(
            test=test,
            value=self._value.text(),
            unit=unit,
            lower=self._lower.text(),
            upper=self._upper.text(),
            collected=self._collected.value(),
        )

    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen that is not on record; the day of the result before may stay."""
        held = any(field.text() for field in (self._value, self._lower, self._upper))
        has_unit = self._units is not None and bool(self._units.chosen())
        return not (held or has_unit or self._collected.text() != self._day_before)

    def show_choice(self, choice: LabTestChoice) -> None:
        """Ask for what this test needs; the day stays as it is."""
        self._choice = choice
        self.clear_but_day()
        self._value.entry.setPlaceholderText("" if choice.words or not choice.units else _("34, <5 or >1000"))
        self._units = self._make_units(choice)
        _fill(self._unit_slot, self._units or self._make_words(choice))
        for field in (self._lower, self._upper):
            field.setVisible(choice.has_limits)
        self._collected.set_label(choice.day_label)
        self._before.setVisible(choice.before is not None)
        if choice.before is not None:
            self._before.set_label(choice.before.words)

    def clear_but_day(self) -> None:
        """Empty everything that belongs to one result; results of one report share their day."""
        for field in (self._value, self._lower, self._upper):
            field.clear()
        if self._units is not None:
            self._units.choose()
        self._say_unit("")

    def keep_day(self) -> None:
        """Begin the next result of the same report."""
        self._day_before = self._collected.text()
        self.clear_but_day()

    # --- what is said about it ---

    def expect(self, wrong: Mapping[str, str]) -> None:
        """What is wrong so far; it is said when the field is left, not while it is typed into."""
        self._expected = wrong

    def show_notes(self, notes: Mapping[str, str]) -> None:
        """Say what a field left empty would mean."""
        for name in (LOWER, UPPER):
            self._fields[name].set_message(notes.get(name, ""), "caution")

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say everything that is missing or wrong, and go to the first of it."""
        for name, field in self._fields.items():
            field.set_message(problems.get(name, ""))
        if self._collected.text() and self._collected.value() is None:
            self._collected.is_complete()
        self._say_unit(problems.get(UNIT, ""))
        order = (VALUE, UNIT, LOWER, UPPER, COLLECTED)
        first = next((name for name in order if name in problems), VALUE)
        if first == UNIT and self._units is not None:
            self._units.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._fields.get(first, self._value).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- how it is made ---

    def _lay_out(self) -> None:
        unit = Column(gap=3)
        unit.add(self._unit_slot)
        unit.add(self._unit_message)
        self._unit_message.hide()
        self.add_row(self._value, unit, gap=PAGE_GAP, shares=(2, 3), comfort=220)
        self.add_left(self._before)
        self.add_row(self._lower, self._upper, self._collected, gap=PAGE_GAP, comfort=200)

    def _connect(self) -> None:
        for name, field in self._fields.items():
            field.changed.connect(self.changed)
            field.entered.connect(partial(self._after, name))
            field.entry.editingFinished.connect(partial(self._on_left, name))

    def _make_units(self, choice: LabTestChoice) -> ChoiceChips | None:
        if not choice.has_limits or not choice.units:
            return None
        chips = ChoiceChips(choice.units, name=f"{self._name}.unit", label=_("Unit, as on the report"))
        if len(choice.units) == 1:
            chips.choose(choice.units[0][0])
        chips.changed.connect(self._on_unit)
        return chips

    def _make_words(self, choice: LabTestChoice) -> ChoiceChips | None:
        if not choice.words:
            return None
        chips = ChoiceChips(
            tuple((word, word) for word in choice.words), name=f"{self._name}.words", label=_("or choose")
        )
        chips.changed.connect(lambda: self._on_words(chips))
        return chips

    # --- what happens ---

    def _on_words(self, chips: ChoiceChips) -> None:
        if chips.chosen():
            self._value.set_text(chips.chosen()[0])

    def _on_unit(self) -> None:
        self._say_unit("")
        self.changed.emit()

    def _on_left(self, name: str) -> None:
        if name in self._expected:
            self._fields[name].set_message(self._expected[name])

    def _say_unit(self, text: str) -> None:
        self._unit_message.set_text(text)
        self._unit_message.setVisible(bool(text))

    def _take_range(self) -> None:
        before: RangeBefore | None = self._choice.before if self._choice else None
        if before is None or self._units is None:
            return
        self._units.choose(before.unit)
        self._lower.set_text(before.lower)
        self._upper.set_text(before.upper)
        self._collected.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after(self, name: str) -> None:
        """From one field to the next that is asked for; from the last one the result is finished."""
        unit_open = self._units is not None and not self._units.chosen()
        if name == VALUE and unit_open and self._units is not None:
            self._units.setFocus(Qt.FocusReason.TabFocusReason)
            return
        names = [each for each, field in self._fields.items() if not field.isHidden()]
        following = names[names.index(name) + 1 :]
        if following:
            self._fields[following[0]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()


def _fill(slot: Column, widget: ChoiceChips | None) -> None:
    """Put another widget into a slot; the one before is not needed any more."""
    for before in slot.findChildren(ChoiceChips, options=Qt.FindChildOption.FindDirectChildrenOnly):
        before.setParent(None)
        before.deleteLater()
    if widget is not None:
        slot.add(widget)
    slot.setVisible(widget is not None)
