"""Cards for what is no curve: antibodies, anti-JCV status, MRI and EDSS with the day when each is due again."""

from decimal import Decimal

from nurse_app.domain.facts import LabResult
from nurse_app.domain.lab_protocol import LabTest, Monitoring
from nurse_app.domain.quantity import measured
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.monitoring import last_good_day
from nurse_app.domain.rules.pml import is_high_index
from nurse_app.domain.rules.results import in_order, newest, newest_day
from nurse_app.i18n import _
from nurse_app.presentation.finding_words import lab_test_words
from nurse_app.presentation.formats import day, number
from nurse_app.presentation.view_parts import CardView, Tone

_LONGEST_VALUE = 60


def due_cards(case: Case) -> tuple[CardView, ...]:
    """One card a monitored test that is told in words or scores."""
    return tuple(
        _card(case, test, item)
        for item in case.protocol.labs.monitoring
        for test_id in item.tests
        if (test := case.protocol.lab_test(test_id)) is not None and test.kind != "number"
    )


def _card(case: Case, test: LabTest, item: Monitoring) -> CardView:
    title = lab_test_words(case.protocol, test.id)
    results = newest(case, test.id)
    due, tone = due_words(case, test.id, item)
    if not results:
        tone = "caution" if item.rule and not _waits_for_treatment(case, item) else "neutral"
        return CardView(f"due.{test.id}", title, _("none yet"), "", tone)
    note = " · ".join(part for part in (day(newest_day(case, test.id)), due) if part)
    return CardView(f"due.{test.id}", title, _value(case, test), note, tone)


def _waits_for_treatment(case: Case, item: Monitoring) -> bool:
    return item.from_first_infusion and case.treatment.infusions_given == 0


def due_words(case: Case, test: str, item: Monitoring | None = None) -> tuple[str, Tone]:
    """When a test is due again, or by how much it is overdue; nothing for a test that nobody asks for."""
    asked = item or next((each for each in case.protocol.labs.monitoring if test in each.tests), None)
    last = newest_day(case, test)
    if asked is None or last is None:
        return "", "neutral"
    if is_high_index(case, test):
        return _("high: need not be repeated"), "neutral"
    due = last_good_day(asked, last)
    if due < case.today:
        return _("overdue {n} d").format(n=(case.today - due).days), "caution"
    return _("due {day}").format(day=day(due)), "neutral"


def _value(case: Case, test: LabTest) -> str:
    results = in_order(case, test.id)
    last = " / ".join(dict.fromkeys(_said(test, result) for result in newest(case, test.id)))
    if test.kind != "score" or len(results) < 2:
        return last
    return _("{first} → {last}").format(first=_said(test, results[0]), last=last)


def _said(test: LabTest, result: LabResult) -> str:
    if measured(result.value) is None:
        text = str(result.value or "").strip()
        return text if len(text) <= _LONGEST_VALUE else _("see the table")
    figure = number(result.value) if isinstance(result.value, Decimal) else _plain(str(result.value))
    return _("index {value}").format(value=figure) if test.kind == "index" else figure


def _plain(text: str) -> str:
    """A number without trailing zeros; its comparator stays."""
    sign = text.strip().rstrip("0123456789. ")
    return f"{sign}{number(Decimal(text.strip()[len(sign) :].strip()))}"
