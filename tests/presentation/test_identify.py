"""Identify: what is asked, how a mismatch stands on the page, what is said after the match."""

from datetime import date
from typing import Any

from nurse_app.domain import commands as c
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.presentation.identify import present_identify
from nurse_app.presentation.intents import GoHome, GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.view_parts import ActionView
from tests.kit import TestVisit, base_facts


def intents(visit: TestVisit) -> list[object]:
    return [part.intent for part in present_identify(visit.context()).side.parts if isinstance(part, ActionView)]


def test_a_fresh_visit_asks_to_compare_the_banner_with_the_person(protocol: InfusionProtocol) -> None:
    view = present_identify(TestVisit(protocol).context())

    assert "banner" in view.head.lead
    assert view.refusal is None
    assert view.advice is None
    assert view.matched == ""
    assert view.refusals == 0


def test_the_way_out_is_another_patient_or_not_given(protocol: InfusionProtocol) -> None:
    assert intents(TestVisit(protocol)) == [GoHome(), OpenSheet(SheetKind.NOT_GIVEN), OpenSheet(SheetKind.NOTE)]


def test_another_wristband_is_a_stop_that_shows_both_numbers(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.refused(c.Identify("TRN000471", date(1988, 3, 14), "scanned"))

    view = present_identify(visit.context())

    assert view.refusal is not None
    assert view.refusal.severity == "stop"
    assert "TRN000471" in view.refusal.sentence
    assert "TRN000417" in view.refusal.sentence
    assert view.refusals == 1


def test_another_birth_date_is_a_stop_that_says_which_identifier_differs(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.refused(c.Identify("TRN000417", date(1988, 3, 15)))

    view = present_identify(visit.context())

    assert view.refusal is not None
    assert "birth date does not" in view.refusal.sentence


def test_a_match_after_a_mismatch_takes_the_refusal_away(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.refused(c.Identify("TRN000471"))
    visit.do(c.Identify("TRN000417", date(1988, 3, 14), "scanned"))

    view = present_identify(visit.context())

    assert view.refusal is None
    assert view.refusals == 1
    assert view.matched == "SAMPLE, Patient One: identity matched 09:00 · wristband scanned"
    assert intents(visit) == [GoToVisit("v-1"), GoHome()]


def test_a_typed_wristband_is_told_as_typed(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol)
    visit.do(c.Identify("TRN000417", date(1988, 3, 14), "typed"))

    assert "typed" in present_identify(visit.context()).matched


def test_a_record_without_a_birth_date_says_that_only_one_identifier_is_compared(protocol: InfusionProtocol) -> None:
    def forget(data: dict[str, Any]) -> None:
        data["patient"]["birth_date"] = None

    view = present_identify(TestVisit(protocol, base_facts(forget, for_visit=True)).context())

    assert view.advice is not None
    assert "only the wristband" in view.advice.sentence
