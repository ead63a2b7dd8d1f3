"""A visit in progress was opened again: what to know, and after a restart of the computer the time to confirm."""

from datetime import date

from nurse_app.domain.clock_commands import ConfirmClock
from nurse_app.i18n import _
from nurse_app.presentation.resume import ResumeView, TimeQuestion
from nurse_app.presentation.ward_clock import UnclearTimeError, read_ward_clock
from nurse_app.ui.sheets.sheet_form import SheetForm
from nurse_app.ui.widgets.card import Card
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.date_field import DateField
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.text import Text


class _WardClockField(TextField):
    """A time read off another clock, and where it would not be clear, its day."""

    def __init__(self, question: TimeQuestion, day: DateField) -> None:
        label = _("The clock on the wall shows")
        super().__init__(label, name="resume_sheet.time", hint="14:05", required=True, length=12)
        self.question = question
        self._day = day

    def command(self) -> ConfirmClock:
        """What the clock shows. Raises UnclearTimeError."""
        day: date | None = self._day.value() if self.question.asks_day else None
        return ConfirmClock(read_ward_clock(self.text(), day, self.question.asked, self.question.zone))

    def _problem(self) -> str:
        problem = super()._problem()
        if problem:
            return problem
        try:
            self.command()
        except UnclearTimeError as error:
            return str(error)
        return ""


class ResumeSheet(SheetForm):
    """To read and go on; with a question one time to type. Closing it changes nothing: the question stays open."""

    def __init__(self, view: ResumeView) -> None:
        super().__init__(name="resume_sheet", submit=_("Confirm the time") if view.question else _("Go on"))
        self._cards = {card.id: Card(name=f"resume_sheet.{card.id}") for card in view.cards}
        self.add_row(*self._cards.values(), gap=12)
        self._time: _WardClockField | None = None
        if view.question is not None:
            self._ask(view.question)
        self._due = Text("", "body", name="resume_sheet.due")
        due = Column(gap=4)
        due.add(Text(view.due_title, "strong"))
        due.add(self._due)
        self.add(due)
        self.finish()
        # Without a question there is one way on.
        self.cancel_button.setVisible(view.question is not None)
        self.cancel_button.set_label(_("Later"))
        self.show_view(view)

    def _ask(self, question: TimeQuestion) -> None:
        self._sentence = Text(question.sentence, "strong", "caution", name="resume_sheet.question")
        self._day = DateField(_("Its day"), name="resume_sheet.day", required=True)
        self._day.set_date(question.day)
        self._day.setVisible(question.asks_day)
        self._time = _WardClockField(question, self._day)
        self.add(self._sentence)
        self.ask(self._time, self._day)

    def show_view(self, view: ResumeView) -> None:
        """The same a little later; what is half typed stays."""
        for card in view.cards:
            self._cards[card.id].show_card(card.title, card.value, card.note, card.tone)
        self._due.set_text("\n".join(view.due))
        if self._time is not None and view.question is not None:
            self._time.question = view.question
            self._sentence.set_text(view.question.sentence)

    def _submit(self) -> None:
        if self._time is None:
            self.closed.emit()
        else:
            self.intent_requested.emit(self._time.command())
