"""The second check knows nothing of the first entries."""

from dataclasses import replace
from decimal import Decimal

from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.second_check import SecondCheckRequest, present_second_check
from tests.kit import NURSE, SECOND, TestVisit


def test_whoever_worked_on_the_bag_cannot_check_it(protocol: InfusionProtocol) -> None:
    others = ((NURSE, "SAMPLE, Nurse One"), (SECOND, "SAMPLE, Nurse Two"))

    view = present_second_check(replace(TestVisit(protocol).to("prepare").with_bag().context(), others=others))

    assert view.people == ((SECOND, "SAMPLE, Nurse Two"),)
    assert view.nobody == ""


def test_without_anybody_else_it_says_what_to_do(protocol: InfusionProtocol) -> None:
    view = present_second_check(replace(TestVisit(protocol).to("prepare").with_bag().context(), others=()))

    assert view.people == ()
    assert "Add the second nurse" in view.nobody


def test_the_second_check_s_view_holds_nothing_of_the_first_entries(protocol: InfusionProtocol) -> None:
    shown = repr(present_second_check(TestVisit(protocol).to("prepare").with_bag().context()))

    assert "A12345" not in shown
    assert "B778" not in shown


def test_a_pin_never_reaches_a_log() -> None:
    request = SecondCheckRequest(SECOND, "482913", "A12345", Decimal(15), "TRN000417")

    assert "482913" not in f"{request} {request!r}"
