"""What is due in words, with why, since when, from where and who may put it off."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nurse_app.domain.due_state import DueDays, Standing, standings
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules.context import Case
from nurse_app.presentation.due_sheet import (
    DueLine,
    DueSheetView,
    due_action,
    due_card,
    present_due,
    present_due_of_visit,
)
from nurse_app.presentation.due_words import dated_words, due_day_words, due_tone, late_words, state_words
from nurse_app.presentation.intents import OpenSheet, SheetKind
from tests.domain.kit import NOW, Change, both, lab, no_lab, put
from tests.kit import TestVisit, base_facts

TODAY = date(2026, 11, 22)


def standing(protocol: InfusionProtocol, name: str, days: DueDays, *, before_first: bool = False) -> Standing:
    (only,) = standings(protocol, {name: days}, TODAY, before_first=before_first)
    return only


def on(days: int, span: int = 0) -> DueDays:
    first = TODAY + timedelta(days=days)
    return DueDays(first, first + timedelta(days=span))


def sheet(protocol: InfusionProtocol, *changes: Change) -> DueSheetView:
    return present_due(Case(protocol, base_facts(both(*changes)), NOW))


def line(view: DueSheetView, name: str) -> DueLine:
    return next(each for each in view.lines if each.name == name)


@pytest.mark.parametrize(
    ("name", "days", "words", "dated", "by"),
    [
        ("mri", DueDays(), "Brain MRI never done", "Brain MRI never done", "never done"),
        ("liver", DueDays(), "Liver tests not complete", "Liver tests not complete", "not complete"),
        ("authorisation", DueDays(), "Programme authorisation not on record", None, "not on record"),
        ("mri", on(-4), "Brain MRI overdue 4 d", "Brain MRI overdue since 18-Nov-2026", "18-Nov-2026"),
        ("mri", on(0), "Brain MRI due today", None, "22-Nov-2026"),
        ("mri", on(5), "Brain MRI due 27-Nov-2026", None, "27-Nov-2026"),
        ("mri", on(50), "Brain MRI due 11-Jan-2027", None, "11-Jan-2027"),
        ("next-infusion", on(-2, 6), "Next infusion due from 20-Nov-2026", None, "20-Nov-2026"),
        ("missed-infusion", on(-3), "Missed infusion", "Missed infusion", "19-Nov-2026"),
        ("treatment-gap", on(-3), "Long gap in treatment", "Long gap in treatment", "19-Nov-2026"),
        ("pml-watch", on(10), "Watch for PML until 02-Dec-2026", None, "02-Dec-2026"),
    ],
)
def test_where_an_item_stands_in_words(
    protocol: InfusionProtocol, name: str, days: DueDays, words: str, dated: str | None, by: str
) -> None:
    item = standing(protocol, name, days)
    assert late_words(protocol, item) == words
    assert dated_words(protocol, item) == (dated or words)
    assert due_day_words(protocol, item) == by


@pytest.mark.parametrize(
    ("name", "days", "tone"),
    [
        ("mri", on(-1), "caution"),
        ("risk-mri", on(-1), "hold"),
        ("authorisation", on(-1), "stop"),
        ("edss", on(-1), "information"),
        ("edss", DueDays(), "information"),
        ("mri", on(0), "information"),
        ("mri", on(28), "information"),
        ("mri", on(29), "neutral"),
        ("pml-watch", on(3), "neutral"),
    ],
)
def test_the_tone_is_what_it_means_for_today(protocol: InfusionProtocol, name: str, days: DueDays, tone: str) -> None:
    assert due_tone(standing(protocol, name, days)) == tone


def test_an_item_says_everything_about_itself(protocol: InfusionProtocol) -> None:
    found = line(sheet(protocol, no_lab("AST"), lab("ALT", collected="2026-08-01")), "liver")
    assert (found.title, found.state, found.tone, found.remark) == ("Liver tests", "not complete", "caution", "")
    assert dict(found.reasons) == {
        "Why": protocol.text("due.liver.why"),
        "Counted from": "01-Aug-2026",
        "Today’s infusion": "A caution in the pre-checks.",
        "Who may put it off": protocol.text("due.liver.put-off"),
        "Source": protocol.sources["document-001"].title,
    }


def test_a_span_is_said_with_both_days(protocol: InfusionProtocol) -> None:
    found = dict(line(sheet(protocol), "next-infusion").reasons)
    assert (found["By"], found["Counted from"]) == ("22-Nov-2026 to 28-Nov-2026", "25-Oct-2026")
    assert found["Today’s infusion"] == "No bearing on it."
    assert found["Source"].count(" · ") == 2


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        (both(put("patient.treatment.infusions_given", 0), no_lab("ALT")), "liver", "A hold in the pre-checks."),
        (put("rems.valid_until", "2026-11-21"), "authorisation", "Stops it: the dose may not be given."),
        (put("rems.valid_until", None), "authorisation", "A hold in the pre-checks."),
    ],
)
def test_its_bearing_on_today(protocol: InfusionProtocol, change: Change, name: str, words: str) -> None:
    assert dict(line(sheet(protocol, change), name).reasons)["Today’s infusion"] == words


def test_a_doubtful_sample_is_told_with_the_medicine(protocol: InfusionProtocol) -> None:
    found = line(sheet(protocol, put("patient.medicines", ["IVIg 0.4 g/kg"])), "jcv")
    assert found.remark.startswith("IVIg 0.4 g/kg is on record: the sample may be unreliable")
    assert line(sheet(protocol), "jcv").remark == ""


def test_a_protocol_without_reasons_says_what_it_has(protocol: InfusionProtocol) -> None:
    plain = replace(protocol, due=None, texts={k: v for k, v in protocol.texts.items() if not k.startswith("due.")})
    found = line(sheet(plain, no_lab("MRI")), "mri")
    assert [label for label, _words in found.reasons] == ["Today’s infusion", "Source"]
    assert dict(found.reasons)["Source"].startswith(protocol.sources["document-001"].title)
    nothing = replace(plain, basis={})
    assert "Source" not in dict(line(sheet(nothing, no_lab("MRI")), "mri").reasons)


def test_nothing_due_is_said(protocol: InfusionProtocol) -> None:
    bare = replace(protocol, due=None, status="approved", labs=replace(protocol.labs, monitoring=()))
    view = sheet(bare)
    assert (view.lines, view.empty) == ((), "Nothing is due that this protocol knows of.")
    assert view.not_approved == ""
    assert sheet(protocol).not_approved == protocol.text("protocol.not-approved")


def test_the_sheet_of_a_visit_is_that_of_its_facts(protocol: InfusionProtocol) -> None:
    visit = TestVisit(protocol, base_facts(no_lab("MRI"), for_visit=True))
    view = present_due_of_visit(visit.context())
    assert view.lines[0].name == "mri"
    assert due_action("p-1").intent == OpenSheet(SheetKind.DUE, "p-1")


@pytest.mark.parametrize(
    ("change", "value", "note", "tone"),
    [
        (put("patient.treatment.evaluated_on", "2026-10-01"), "nothing late", "", "neutral"),
        (put("rems.programme", "TOUCH"), "1 thing late", "Prescriber evaluation overdue 133 d", "information"),
        (
            no_lab("MRI", "JCV", "EDSS", "ALT"),
            "5 things late",
            "Liver tests not complete · Anti-JCV test never done · Brain MRI never done · 2 more",
            "caution",
        ),
    ],
)
def test_the_card_counts_what_is_late(
    protocol: InfusionProtocol, change: Change, value: str, note: str, tone: str
) -> None:
    card = due_card(TestVisit(protocol, base_facts(change, for_visit=True)).context())
    assert (card.value, card.note, card.tone) == (value, note, tone)


def test_the_words_of_a_state_alone(protocol: InfusionProtocol) -> None:
    assert state_words(protocol, standing(protocol, "mri", on(-1))) == "overdue 1 d"
