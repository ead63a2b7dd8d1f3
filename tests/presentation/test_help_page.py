"""What can be done on a page of the help; names appear only where somebody is signed in."""

from nurse_app.presentation.help_page import PaperFor, present_help
from nurse_app.presentation.help_topics import HelpTopic
from nurse_app.presentation.intents import MakePaper

FORMS = HelpTopic("paper-forms", "Paper forms", "")


def test_any_page_can_be_printed_and_saved() -> None:
    view = present_help(HelpTopic("flush", "Flush", "text"), PaperFor("p-1", "SAMPLE, Patient One", 3))

    assert [action.intent for action in view.actions] == [MakePaper("topic", "print"), MakePaper("topic", "pdf")]


def test_a_blank_form_is_there_for_everybody() -> None:
    view = present_help(FORMS, PaperFor())

    assert [action.intent for action in view.actions] == [MakePaper("blank", "print"), MakePaper("blank", "pdf")]


def test_forms_for_the_patient_who_was_on_and_for_those_who_are_due() -> None:
    view = present_help(FORMS, PaperFor("p-1", "SAMPLE, Patient One", 3))

    assert [action.label for action in view.actions][2:] == [
        "SAMPLE, Patient One: print…",
        "SAMPLE, Patient One: PDF",
        "All 3 due: print…",
        "All 3 due: PDF",
    ]
    assert view.actions[3].intent == MakePaper("patient", "pdf", "p-1")
    assert view.actions[5].intent == MakePaper("due", "pdf")
    assert len({action.key for action in view.actions}) == len(view.actions)
    one = present_help(FORMS, PaperFor(due=1))
    assert [action.label for action in one.actions][2:] == ["1 patient due: print…", "1 patient due: PDF"]
