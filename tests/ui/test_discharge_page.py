"""Discharge and the closed visit in the window: advice to read out, the day line by line."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QFrame, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.closed import present_closed
from nurse_app.presentation.discharge import present_discharge
from nurse_app.ui.steps.closed_page import ClosedPage
from nurse_app.ui.steps.discharge_page import DischargePage
from tests.kit import TestVisit
from tests.ui.hands import part, words

ShowWindow = Callable[..., QWidget]


def test_the_advice_stands_beside_the_day(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    page = DischargePage()
    page.show_view(present_discharge(TestVisit(protocol).to("discharge").context()))
    show_window(page, size=(800, 640))
    page.first_focus()

    advice, summary = part(page, QFrame, "advice"), part(page, QFrame, "summary")
    assert "Do not drive when dizzy." in words(advice)
    assert "300 mg, all of it" in words(summary)
    assert advice.mapTo(page, advice.rect().topRight()).x() < summary.mapTo(page, summary.rect().topLeft()).x()


def test_the_lines_stay_the_same_widgets_until_one_changes(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("discharge")
    page = DischargePage()
    page.show_view(present_discharge(visit.context()))
    show_window(page)
    before = part(page, QFrame, "summary")

    page.show_view(present_discharge(visit.wait(seconds=1).context()))
    same = part(page, QFrame, "summary")
    visit.do(c.RecordDecision("next-infusion", "do-not-give", "Dr Sample", read_back=True))
    page.show_view(present_discharge(visit.context()))
    QApplication.processEvents()

    assert same is before
    assert "Date of the next infusion: do not give, Dr Sample" in words(page)


def test_a_closed_visit_shows_how_it_ended(show_window: ShowWindow, protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol).to("prechecks")
    visit.do(c.DoNotGive("Patient unwell"))
    page = ClosedPage()
    page.show_view(present_closed(visit.context()))
    show_window(page)

    assert "Not given: Patient unwell" in words(page)
    assert "none of 300 mg" in words(page)
    assert page.findChild(QFrame, "advice") is None
