"""The line and the note."""

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.reasons import OTHER
from nurse_app.presentation.small_sheets import present_line, present_note
from tests.kit import TestVisit


def visit_with(protocol: InfusionProtocol, *acts: c.Command) -> TestVisit:
    visit = TestVisit(protocol).to("prechecks")
    for act in acts:
        visit.do(act)
    return visit


def test_the_line_offers_sites_and_shows_the_one_recorded(protocol: InfusionProtocol) -> None:
    visit = visit_with(protocol)
    assert present_line(visit.context()).present == ""
    assert present_line(visit.context()).sites[-1][0] == OTHER

    visit.do(c.ReadyLine("left hand"))

    assert present_line(visit.context()).present == "Recorded now: left hand"


def test_a_note_is_one_field() -> None:
    assert present_note().label == "What happened"
