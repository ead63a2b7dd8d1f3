"""A patient's details: a form that may be left incomplete, because not known is an answer too."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal

from nurse_app.i18n import _
from nurse_app.presentation.formats import day
from nurse_app.presentation.patient_form import (
    BORN,
    ENDED,
    EVALUATED,
    FIRST,
    LAST,
    PatientEntries,
    PatientFormView,
    YesNoField,
    date_problems,
    form_problem,
)
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.date_field import DateField
from nurse_app.ui.widgets.fields import NumberField, TextField
from nurse_app.ui.widgets.finding import FindingLine, FindingStrip
from nurse_app.ui.widgets.question_row import QuestionRow
from nurse_app.ui.widgets.text import Text


class _Answers(Column):
    """Rows of yes and no that may stay open."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, bool | None] = {}

    def add_row_for(self, item: YesNoField) -> None:
        row = QuestionRow(item.label, name=f"patient.{item.key}", yes_tone="neutral", no_tone="neutral")
        row.set_answer(item.answer)
        self.answers[item.key] = item.answer
        row.answered.connect(lambda answer, key=item.key, row=row: self._on_answer(row, key, answer=answer))
        self.add(row)

    def _on_answer(self, row: QuestionRow, key: str, *, answer: bool) -> None:
        self.answers[key] = answer
        row.set_answer(answer)


class PatientScreen(HomeFrame):
    """One patient's form. ``saved`` carries the entries; nothing is kept before Save.

    ``today`` is asked at each Save: a form may stay open past midnight.
    """

    left = Signal()
    paper_requested = Signal()
    reactions_requested = Signal()
    saved = Signal(object)

    def __init__(self, view: PatientFormView, today: Callable[[], date]) -> None:
        super().__init__(view.title, search_hint="", name="patient")
        self.search.hide()
        self._view = view
        self._today = today
        self._answers = _Answers()
        self._make_fields(view)
        self._message = Text("", "strong", "hold", name="patient.message")
        self._message.hide()
        page = Column(gap=4)
        if view.flag:
            page.add(FindingStrip(FindingLine("flag", "stop", view.flag, "", why=False), name="patient.flag"))
        self._lay_out(page)
        page.add(self._message)
        self.set_page(page)
        self._add_buttons()
        self._name.set_text(view.details.name)
        self._fill(view)

    def _add_buttons(self) -> None:
        back = Button(_("Back"), "Esc", name="patient.back")
        back.clicked.connect(self.left)
        paper = Button(_("Paper form…"), "Ctrl+P", name="patient.paper")
        paper.clicked.connect(self.paper_requested)
        reactions = Button(_("Reactions…"), "Ctrl+R", name="patient.reactions")
        reactions.clicked.connect(self.reactions_requested)
        if self._view.is_new:
            # There is nobody yet to make one for.
            paper.hide()
            reactions.hide()
        save = Button(_("Save"), "Ctrl+S", "primary", name="patient.save")
        save.clicked.connect(self._on_save)
        for button, key in ((back, "Esc"), (reactions, "Ctrl+R"), (paper, "Ctrl+P"), (save, "Ctrl+S")):
            bind_key(button, key)
            self.add_action(button)

    def _make_fields(self, view: PatientFormView) -> None:
        self._name = TextField(_("Name (family name, given name)"), name="patient.name")
        self._record_no = TextField(_("Record number, as on the wristband"), name="patient.record_no", required=True)
        self._birth_date = DateField(_("Born"), name="patient.birth_date")
        sexes = (("female", _("female")), ("male", _("male")), ("other", _("other")))
        self._sex = ChoiceChips(sexes, name="patient.sex", label=_("Sex"))
        self._weight = NumberField(_("Weight"), "kg", name="patient.weight", decimals=1)
        self._indication = ChoiceChips(view.indications, name="patient.indication", label=_("Indication"))
        self._allergies = TextField(_("Allergies (parted by commas)"), name="patient.allergies")
        no_allergies = (("none", _("No known allergies")),)
        self._no_allergies = ChoiceChips(no_allergies, name="patient.no_allergies", label=_("Or"))
        self._medicines = TextField(_("Other medicines (parted by commas)"), name="patient.medicines")
        no_medicines = (("none", _("No other medicines")),)
        self._no_medicines = ChoiceChips(no_medicines, name="patient.no_medicines", label=_("Or"))
        self._first = DateField(_("First infusion"), name="patient.first_infusion")
        self._given = NumberField(_("Infusions given so far"), name="patient.infusions_given")
        self._last = DateField(_("Last infusion"), name="patient.last_infusion")
        self._evaluated = DateField(_("Last prescriber evaluation"), name="patient.evaluated_on")
        self._ended = DateField(_("Treatment ended (leave open while it goes on)"), name="patient.ended_on")
        self._plan = ChoiceChips(view.plans, name="patient.plan", label=_("Plan"))
        self._programme = ChoiceChips(view.programmes, name="patient.programme", label=_("Programme"))
        self._valid_until = DateField(_("Authorised until"), name="patient.valid_until")
        self._order = ChoiceChips((("dose", view.order),), name="patient.order", label=_("Ordered for today"))

    def _lay_out(self, page: Column) -> None:
        page.add(Text(_("Who"), "heading"))
        page.add_row(self._name, self._record_no)
        page.add_row(self._birth_date, self._weight)
        page.add_row(self._sex, self._indication)
        page.add_row(self._allergies, self._no_allergies, shares=(3, 1))
        page.add_row(self._medicines, self._no_medicines, shares=(3, 1))
        page.add(Text(_("Treatment"), "heading"))
        page.add_row(self._plan, self._order)
        page.add_row(self._first, self._last, self._given)
        page.add_row(self._evaluated, self._ended)
        if self._view.programmes:
            page.add(Text(_("Programme"), "heading"))
            page.add_row(self._programme, self._valid_until)
        for item in (*self._view.programme, *self._view.history, *self._view.course):
            self._answers.add_row_for(item)
        page.add(Text(_("Past and today (leave open what is not known)"), "heading"))
        page.add(self._answers)

    def _fill(self, view: PatientFormView) -> None:
        details, treatment = view.details, view.details.treatment
        self._record_no.set_text(details.record_no)
        for chips, key in ((self._sex, details.sex), (self._indication, details.indication)):
            chips.choose(*((key,) if key else ()))
        self._weight.set_text(str(details.weight_kg) if details.weight_kg is not None else "")
        self._allergies.set_text(", ".join(details.allergies or ()))
        self._no_allergies.choose(*(("none",) if details.allergies == () else ()))
        self._medicines.set_text(", ".join(details.medicines or ()))
        self._no_medicines.choose(*(("none",) if details.medicines == () else ()))
        dates = ((self._birth_date, details.birth_date), (self._first, treatment.first_infusion))
        more = ((self._last, treatment.last_infusion), (self._valid_until, details.enrolment.valid_until))
        course = ((self._evaluated, treatment.evaluated_on), (self._ended, treatment.ended_on))
        for field, value in (*dates, *more, *course):
            field.set_text(day(value) if value else "")
        given = treatment.infusions_given
        self._given.set_text("" if given is None else str(given))
        weeks = treatment.plan_interval_weeks
        self._plan.choose(*((str(weeks),) if weeks else ()))
        programme = details.enrolment.programme
        self._programme.choose(*((programme,) if programme else ()))
        self._order.choose(*(("dose",) if details.dose_mg is not None else ()))

    def first_focus(self) -> None:
        self._name.setFocus()

    def show_refusal(self, text: str) -> None:
        """Say what stands against saving."""
        self._message.set_text(text)
        self._message.setVisible(bool(text))
        self.bring_into_view(self._message)

    def _on_save(self) -> None:
        dates = (self._birth_date, self._first, self._last, self._evaluated, self._ended, self._valid_until)
        # Every field is asked, so that each one says what is wrong with it.
        fields = (self._record_no, *dates, self._weight, self._given)
        incomplete = [field for field in fields if not field.is_complete()]
        if incomplete:
            self.show_refusal(_("Some entries cannot be read. Mend them, then save again."))
            return
        entries = self._entries()
        if self._show_wrong_dates(entries):
            return
        problem = form_problem(entries)
        self.show_refusal(problem)
        if not problem:
            self.saved.emit(entries)

    def _show_wrong_dates(self, entries: PatientEntries) -> bool:
        """Say beside each date why it cannot be, and go to the first of them."""
        problems = date_problems(entries, self._today())
        if not problems:
            return False
        fields = {BORN: self._birth_date, FIRST: self._first, LAST: self._last}
        fields |= {EVALUATED: self._evaluated, ENDED: self._ended}
        wrong = [field for name, field in fields.items() if name in problems]
        for name, words in problems.items():
            fields[name].set_message(words)
        self.show_refusal(_("Some dates cannot be. Mend them, then save again."))
        self.bring_into_view(wrong[0])
        wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _entries(self) -> PatientEntries:
        def one(chips: ChoiceChips) -> str:
            return next(iter(chips.chosen()), "")

        return PatientEntries(
            name=self._name.text(),
            record_no=self._record_no.text(),
            birth_date=self._birth_date.value(),
            sex=one(self._sex),
            weight_kg=self._weight.value(),
            indication=one(self._indication),
            no_allergies=bool(self._no_allergies.chosen()),
            allergies=self._allergies.text(),
            no_medicines=bool(self._no_medicines.chosen()),
            medicines=self._medicines.text(),
            first_infusion=self._first.value(),
            infusions_given=self._given.value(),
            last_infusion=self._last.value(),
            plan_weeks=one(self._plan),
            programme=one(self._programme),
            valid_until=self._valid_until.value(),
            ordered=bool(self._order.chosen()),
            answers=dict(self._answers.answers),
            evaluated_on=self._evaluated.value(),
            ended_on=self._ended.value(),
        )
