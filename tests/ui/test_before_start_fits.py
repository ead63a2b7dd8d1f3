"""Everything before the start fits: nothing is cut, every target is large enough and has a name, in any text size."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.decision import present_decision
from nurse_app.presentation.diluent import present_diluent
from nurse_app.presentation.identify import present_identify
from nurse_app.presentation.prechecks import present_prechecks
from nurse_app.presentation.prepare import present_prepare
from nurse_app.presentation.product import present_product
from nurse_app.presentation.reasons import present_discard_bag, present_not_given
from nurse_app.presentation.second_check import present_second_check
from nurse_app.presentation.small_sheets import present_line
from nurse_app.presentation.start import present_start
from nurse_app.presentation.why import present_why
from nurse_app.ui.sheets.decision_sheet import DecisionSheet
from nurse_app.ui.sheets.diluent_sheet import DiluentSheet
from nurse_app.ui.sheets.discard_bag_sheet import DiscardBagSheet
from nurse_app.ui.sheets.line_sheet import LineSheet
from nurse_app.ui.sheets.not_given_sheet import NotGivenSheet
from nurse_app.ui.sheets.product_sheet import ProductSheet
from nurse_app.ui.sheets.second_check_sheet import SecondCheckSheet
from nurse_app.ui.sheets.start_sheet import StartSheet
from nurse_app.ui.sheets.why_sheet import WhySheet
from nurse_app.ui.steps.identify_page import IdentifyPage
from nurse_app.ui.steps.prechecks_page import PrechecksPage
from nurse_app.ui.steps.prepare_page import PreparePage
from nurse_app.ui.theme import Scheme, Theme
from nurse_app.ui.widgets.button import Button
from nurse_app.ui.widgets.column import VerticalScroll
from nurse_app.ui.widgets.text import Text
from tests.kit import SECOND, VIAL, TestVisit

ShowWindow = Callable[..., QWidget]
Make = Callable[[VisitContext], QWidget]
TARGET = 44


def identify(context: VisitContext) -> QWidget:
    made = IdentifyPage()
    made.show_view(present_identify(context))
    return made


def prechecks(context: VisitContext) -> QWidget:
    made = PrechecksPage()
    made.show_view(present_prechecks(context))
    return made


def prepare(context: VisitContext) -> QWidget:
    made = PreparePage()
    made.show_view(present_prepare(context))
    return made


PARTS: dict[str, Make] = {
    "identify": identify,
    "prechecks": prechecks,
    "prepare": prepare,
    "why": lambda context: WhySheet(present_why(context, "unanswered")),
    "decision": lambda context: DecisionSheet(present_decision(context)),
    "not given": lambda context: NotGivenSheet(present_not_given(context)),
    "discard": lambda context: DiscardBagSheet(present_discard_bag(context)),
    "product": lambda context: ProductSheet(present_product(context)),
    "diluent": lambda context: DiluentSheet(present_diluent(context)),
    "second check": lambda context: SecondCheckSheet(present_second_check(context)),
    "line": lambda context: LineSheet(present_line(context)),
    "start": lambda context: StartSheet(present_start(context)),
}


@pytest.fixture
def context(protocol: InfusionProtocol) -> VisitContext:
    """A visit with findings of many kinds and a bag in the making."""
    visit = TestVisit(protocol).to("prepare")
    for act in (
        c.RecordProduct(replace(VIAL, expiry="2026-10")),
        c.InspectVial("clear"),
        c.AnswerQuestion("jaundice_or_dark_urine", answer=True),
        c.AnswerQuestion("infection_signs", answer=True),
        c.AnswerQuestion("live_vaccine_planned_or_recent", answer=True),
        c.RecordDiluent("sodium-chloride-0.9", Decimal(100), "B778"),
    ):
        visit.do(act)
    return replace(visit.wait(hours=1).context(), others=((SECOND, "SAMPLE, Nurse Two"), ("3", "SAMPLE, Nurse Three")))


def cut(root: QWidget) -> list[str]:
    """Names of the buttons and texts that have less room than they need."""
    shown = [item for item in (*root.findChildren(Button), *root.findChildren(Text)) if item.isVisible()]
    return [
        item.objectName() or item.text()
        for item in shown
        if item.text()
        and (item.height() < item.heightForWidth(item.width()) or item.width() < item.minimumSizeHint().width())
    ]


@pytest.mark.parametrize(("percent", "width"), [(100, 800), (100, 1350), (150, 700), (200, 700)])
@pytest.mark.parametrize("name", PARTS)
def test_nothing_is_cut(
    show_window: ShowWindow, theme: Theme, context: VisitContext, name: str, percent: int, width: int
) -> None:
    theme.apply(Scheme.LIGHT, percent)
    made = PARTS[name](context)
    show_window(VerticalScroll(made), size=(width, 600))

    assert cut(made) == []


@pytest.mark.parametrize("name", PARTS)
def test_every_target_is_large_enough_and_named(show_window: ShowWindow, context: VisitContext, name: str) -> None:
    made = PARTS[name](context)
    show_window(VerticalScroll(made), size=(800, 600))
    QApplication.processEvents()

    buttons = [button for button in made.findChildren(Button) if button.isVisible()]
    assert all(min(button.width(), button.height()) >= TARGET for button in buttons)
    assert all(button.objectName() and button.accessibleName() for button in buttons)
