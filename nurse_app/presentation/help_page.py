"""One topic of the help with what can be done there: print it, save it, make forms for when the program is off."""

from collections.abc import Iterator
from dataclasses import dataclass

from nurse_app.i18n import _, ngettext
from nurse_app.presentation.help_topics import LOOKING_AFTER, NO_SOUND, PAPER_FORMS, HelpTopic
from nurse_app.presentation.intents import GoToAbout, GoToSelfTest, GoToUpdate, MakePaper
from nurse_app.presentation.view_parts import ActionView


@dataclass(frozen=True, slots=True)
class PaperFor:
    """For whom forms can be made: the patient who was on, empty for nobody; and for how many of those who are due.

    All are empty while names are hidden.
    """

    patient_id: str = ""
    name: str = ""
    due: int = 0
    all_due: int = 0


@dataclass(frozen=True, slots=True)
class HelpView:
    """A topic and the acts above its text."""

    topic: HelpTopic
    actions: tuple[ActionView, ...]


def present_help(topic: HelpTopic, paper: PaperFor, *, signed_in: bool) -> HelpView:
    """The topic as a page of the help; to the program's own pages it leads only who is signed in."""
    acts = _forms(paper) if topic.key == PAPER_FORMS else _page()
    pages = _program_pages(topic.key) if signed_in else ()
    return HelpView(topic, (*acts, *pages))


def _program_pages(topic: str) -> Iterator[ActionView]:
    if topic in (LOOKING_AFTER, NO_SOUND):
        yield ActionView("help.self_test", _("Test this program…"), GoToSelfTest(), "T")
    if topic == LOOKING_AFTER:
        yield ActionView("help.update", _("Versions and updates…"), GoToUpdate(), "V")
        yield ActionView("help.about", _("About this program…"), GoToAbout(), "A")


def _page() -> Iterator[ActionView]:
    yield ActionView("help.print", _("Print this page…"), MakePaper("topic", "print"), "P")
    yield ActionView("help.save", _("Save as PDF"), MakePaper("topic", "pdf"), "S")


def _forms(paper: PaperFor) -> Iterator[ActionView]:
    yield ActionView("paper.blank.print", _("Blank form: print…"), MakePaper("blank", "print"), "P")
    yield ActionView("paper.blank.pdf", _("Blank form: PDF"), MakePaper("blank", "pdf"), "S")
    if paper.patient_id:
        who, patient_id = paper.name, paper.patient_id
        words = _("{name}: print…").format(name=who)
        yield ActionView("paper.patient.print", words, MakePaper("patient", "print", patient_id), "N")
        words = _("{name}: PDF").format(name=who)
        yield ActionView("paper.patient.pdf", words, MakePaper("patient", "pdf", patient_id), "F")
    if paper.due:
        whose = _whose(paper)
        yield ActionView("paper.due.print", _("{who}: print…").format(who=whose), MakePaper("due", "print"), "D")
        yield ActionView("paper.due.pdf", _("{who}: PDF").format(who=whose), MakePaper("due", "pdf"), "U")


def _whose(paper: PaperFor) -> str:
    if paper.all_due > paper.due:
        return _("{n} of {all} due").format(n=paper.due, all=paper.all_due)
    return ngettext("{n} patient due", "All {n} due", paper.due).format(n=paper.due)
