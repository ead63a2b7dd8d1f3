"""What can be done on a page of the help; names appear only where somebody is signed in."""

import pytest

from nurse_app.presentation.help_page import PaperFor, present_help
from nurse_app.presentation.help_topics import HelpTopic
from nurse_app.presentation.intents import GoToAbout, GoToSelfTest, GoToUpdate, MakePaper

FORMS = HelpTopic("paper-forms", "Paper forms", "")


def test_any_page_can_be_printed_and_saved() -> None:
    view = present_help(HelpTopic("flush", "Flush", "text"), PaperFor("p-1", "SAMPLE, Patient One", 3), signed_in=False)

    assert [action.intent for action in view.actions] == [MakePaper("topic", "print"), MakePaper("topic", "pdf")]


def test_a_blank_form_is_there_for_everybody() -> None:
    view = present_help(FORMS, PaperFor(), signed_in=False)

    assert [action.intent for action in view.actions] == [MakePaper("blank", "print"), MakePaper("blank", "pdf")]


def test_forms_for_the_patient_who_was_on_and_for_those_who_are_due() -> None:
    view = present_help(FORMS, PaperFor("p-1", "SAMPLE, Patient One", 3, 3), signed_in=False)

    assert [action.label for action in view.actions][2:] == [
        "SAMPLE, Patient One: print…",
        "SAMPLE, Patient One: PDF",
        "All 3 due: print…",
        "All 3 due: PDF",
    ]
    assert view.actions[3].intent == MakePaper("patient", "pdf", "p-1")
    assert view.actions[5].intent == MakePaper("due", "pdf")
    assert len({action.key for action in view.actions}) == len(view.actions)
    one = present_help(FORMS, PaperFor(due=1, all_due=1), signed_in=False)
    assert [action.label for action in one.actions][2:] == ["1 patient due: print…", "1 patient due: PDF"]
    many = present_help(FORMS, PaperFor(due=12, all_due=40), signed_in=False)
    assert many.actions[3].label == "12 of 40 due: PDF"


@pytest.mark.parametrize(
    ("topic", "pages"),
    [
        ("looking-after", [GoToSelfTest(), GoToUpdate(), GoToAbout()]),
        ("no-sound", [GoToSelfTest()]),
        ("flush", []),
    ],
)
def test_who_is_signed_in_is_led_to_the_programs_own_pages(topic: str, pages: list[object]) -> None:
    def led_to(*, signed_in: bool) -> list[object]:
        view = present_help(HelpTopic(topic, "Title", "text"), PaperFor(), signed_in=signed_in)
        return [action.intent for action in view.actions if not isinstance(action.intent, MakePaper)]

    assert led_to(signed_in=True) == pages
    assert led_to(signed_in=False) == []
