"""Cards for what is no curve: antibodies, anti-JCV status, MRI and EDSS, and what else falls due beside them."""

from collections.abc import Sequence
from decimal import Decimal

from nurse_app.domain.due import Due, due_of_test
from nurse_app.domain.due_state import Standing, due_rules
from nurse_app.domain.facts import LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.quantity import measured
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.pml import is_high_index
from nurse_app.domain.rules.results import in_order, newest, newest_day
from nurse_app.i18n import _
from nurse_app.presentation.due_words import due_title, due_tone, late_words, state_words
from nurse_app.presentation.finding_words import lab_test_words
from nurse_app.presentation.formats import day, number
from nurse_app.presentation.view_parts import CardView, Tone

_LONGEST_VALUE = 60


def due_cards(case: Case, listed: Sequence[Due]) -> tuple[CardView, ...]:
    """One card a monitored test that is told in words or scores, then what else falls due, as ``due_now`` lists it."""
    tests = [
        _card(case, test, listed)
        for item in case.protocol.labs.monitoring
        for test_id in item.tests
        if (test := case.protocol.lab_test(test_id)) is not None and test.kind != "number"
    ]
    return (*tests, *(_other(case, due.standing) for due in listed if _has_card_of_its_own(case, due.standing)))


def _card(case: Case, test: LabTest, listed: Sequence[Due]) -> CardView:
    title = lab_test_words(case.protocol, test.id)
    results = newest(case, test.id)
    due, tone = due_words(case, test.id, listed)
    if not results:
        return CardView(f"due.{test.id}", title, _("none yet"), due, tone, "words")
    note = " · ".join(part for part in (day(newest_day(case, test.id)), due) if part)
    return CardView(f"due.{test.id}", title, _value(case, test), note, tone, "words")


def _has_card_of_its_own(case: Case, standing: Standing) -> bool:
    """No test stands for it, and it is near; the next infusion is told always."""
    monitored = {rule.name for rule in due_rules(case.protocol) if rule.monitoring is not None}
    rule = standing.rule
    if rule.name in monitored or monitored & set(rule.instead_of):
        return False
    return standing.state != "later" or rule.kind == "infusion"


def _other(case: Case, standing: Standing) -> CardView:
    title = due_title(case.protocol, standing.rule)
    words = state_words(case.protocol, standing)
    return CardView(f"due.{standing.rule.name}", title, words, "", due_tone(standing), "words")


def due_words(case: Case, test: str, listed: Sequence[Due]) -> tuple[str, Tone]:
    """When a test is due again, or by how much it is overdue; nothing for a test that nobody asks for."""
    standing = due_of_test(case, listed, test)
    if standing is None:
        is_high = is_high_index(case, test)
        return (_("high: need not be repeated") if is_high else ""), "neutral"
    tone = standing.bears if standing.bears != "none" else "neutral"
    if standing.rule.monitoring is None:
        return late_words(case.protocol, standing), tone
    if standing.state == "never":
        return "", tone
    return state_words(case.protocol, standing), tone


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
