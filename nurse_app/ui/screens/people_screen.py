"""First start, sign-in, switch and lock: the people of this workstation and their PINs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nurse_app.i18n import _
from nurse_app.presentation.home import VisitCard
from nurse_app.presentation.intents import GoHome
from nurse_app.presentation.people import SignInView
from nurse_app.ui.blocks.visit_list import VisitList
from nurse_app.ui.frame import HomeFrame
from nurse_app.ui.widgets.button import Button, bind_key
from nurse_app.ui.widgets.choice_chips import ChoiceChips
from nurse_app.ui.widgets.column import Column
from nurse_app.ui.widgets.fields import TextField
from nurse_app.ui.widgets.page_title import PageTitle
from nurse_app.ui.widgets.pin_pad import PinPad
from nurse_app.ui.widgets.text import Text


def _two_columns(left: QWidget, right: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(32)
    layout.addWidget(left, 1)
    layout.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
    return holder


class SignInScreen(HomeFrame):
    """Choose a name, enter the PIN. While locked, the clocks of the visits and their Reaction stay here."""

    signed = Signal(str, str)
    intent_requested = Signal(object)
    reaction_of = Signal(str, object)
    new_person_requested = Signal()
    wants_reactions = False

    def __init__(self, view: SignInView, *, may_go_back: bool) -> None:
        super().__init__(_("Infusion ward"), search_hint="", name="sign_in")
        self.search.hide()
        self.may_go_back = may_go_back
        self._head_words = PageTitle(view.title, view.lead)
        names = tuple((one.user_id, one.name) for one in view.people)
        self._people = ChoiceChips(names, name="sign_in.people", keeps_one=True)
        if view.chosen:
            self._people.choose(view.chosen)
        elif len(view.people) == 1:
            self._people.choose(view.people[0].user_id)
        self._pad = PinPad(name="sign_in.pin", prompt=_("PIN"), minimum=6)
        self._pad.entered.connect(self._on_pin)
        self._people.picked.connect(self._pad.setFocus)
        self._visits = VisitList(name="locked")
        self._visits.reaction_of.connect(self.reaction_of)
        left = Column(gap=16)
        for widget in (self._head_words, self._people, self._visits):
            left.add(widget)
        left.add_stretch()
        self.set_page(_two_columns(left, self._pad))
        if may_go_back:
            back = Button(_("Back"), "Esc", name="sign_in.back")
            back.clicked.connect(lambda: self.intent_requested.emit(GoHome()))
            bind_key(back, "Esc")
            self.add_action(back)
            add = Button(_("Add a nurse"), "F2", name="sign_in.add")
            add.clicked.connect(self.new_person_requested)
            bind_key(add, "F2")
            self.add_action(add)

    def first_focus(self) -> None:
        (self._pad if self._people.chosen() else self._people).setFocus()

    def show_message(self, text: str) -> None:
        self._pad.clear()
        self._pad.set_message(text)

    def show_visits(self, cards: tuple[VisitCard, ...], target: str) -> None:
        """The clocks of the visits in progress, without names, each with its Reaction button; its key means one."""
        self._visits.show_visits(cards, target)

    def _on_pin(self, pin: str) -> None:
        chosen = self._people.chosen()
        if not chosen:
            self.show_message(_("Choose your name first."))
            return
        self.signed.emit(chosen[0], pin)


class NewPersonScreen(HomeFrame):
    """A new nurse: name, then a PIN twice. The first start begins here."""

    made = Signal(str, str)
    intent_requested = Signal(object)

    def __init__(self, *, is_first: bool) -> None:
        super().__init__(_("Infusion ward"), search_hint="", name="new_person")
        self.search.hide()
        title = _("Welcome. Who are you?") if is_first else _("Add a nurse")
        lead = _("Every entry carries your name. The PIN has at least 6 digits and is yours alone.")
        self._name = TextField(_("Your name"), name="new_person.name", required=True)
        self._name.entered.connect(self._to_pin)
        self._pad = PinPad(name="new_person.pin", prompt=_("Choose a PIN"), minimum=6)
        self._pad.entered.connect(self._on_pin)
        self._first_pin = ""
        left = Column(gap=16)
        for widget in (PageTitle(title, lead), self._name, Text(_("Then enter the PIN twice."), "lead")):
            left.add(widget)
        left.add_stretch()
        self.set_page(_two_columns(left, self._pad))
        if not is_first:
            back = Button(_("Back"), "Esc", name="new_person.back")
            back.clicked.connect(lambda: self.intent_requested.emit(GoHome()))
            bind_key(back, "Esc")
            self.add_action(back)

    def first_focus(self) -> None:
        self._name.setFocus()

    def show_message(self, text: str) -> None:
        """Say why the PIN is not taken, and begin again."""
        self._first_pin = ""
        self._pad.set_prompt(_("Choose a PIN"))
        self._pad.clear()
        self._pad.set_message(text)
        self._pad.setFocus()

    def _to_pin(self) -> None:
        if self._name.is_complete():
            self._pad.setFocus()

    def _on_pin(self, pin: str) -> None:
        if not self._name.is_complete():
            self._name.setFocus()
            return
        if not self._first_pin:
            self._first_pin = pin
            self._pad.set_prompt(_("The same PIN again"))
            self._pad.set_message("")
            return
        if pin != self._first_pin:
            self.show_message(_("The two PINs differ. Begin again."))
            return
        self._first_pin = ""
        self.made.emit(self._name.text().strip(), pin)
