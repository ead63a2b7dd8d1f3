"""The newest result of the tests that matter most before a dose: value, multiple of its upper limit, when due."""

from collections.abc import Iterator

from nurse_app.domain.due import Due, due_now
from nurse_app.domain.facts import LabResult
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import shown_multiple
from nurse_app.domain.rules.context import Case
from nurse_app.domain.rules.ctcae import edges
from nurse_app.domain.rules.results import newest, reading
from nurse_app.domain.today import facts_today, local_now
from nurse_app.i18n import _
from nurse_app.presentation.context import VisitContext
from nurse_app.presentation.finding_words import lab_test_words, unit_words
from nurse_app.presentation.formats import day
from nurse_app.presentation.lab_due_cards import due_words
from nurse_app.presentation.view_parts import CardView, Tone


def lab_cards(context: VisitContext, judged: Assessment) -> tuple[CardView, ...]:
    """A card each for the first liver enzyme and for antibodies against the drug, as the protocol names them."""
    now = local_now(context.state, context.now)
    case = Case(context.state.protocol, facts_today(context.state), now)
    listed = due_now(case)
    return tuple(_card(case, test, judged, listed) for test in _headline_tests(case.protocol))


def _headline_tests(protocol: InfusionProtocol) -> Iterator[str]:
    labs = protocol.labs
    if labs.multiple_rules:
        yield labs.multiple_rules[0].tests[0]
    if labs.antibodies is not None:
        yield labs.antibodies.test


def _card(case: Case, test: str, judged: Assessment, listed: tuple[Due, ...]) -> CardView:
    results = newest(case, test)
    title = lab_test_words(case.protocol, test)
    note, _due_tone = due_words(case, test, listed)
    if not results:
        return CardView(f"lab.{test}", title, _("no result"), note, _tone(test, judged))
    last = results[0]
    value = f"{last.value} {unit_words(last.unit or '')}".rstrip()
    words = [_multiple(case, last), day(case.day(last.collected)), note]
    return CardView(f"lab.{test}", title, value, " · ".join(word for word in words if word), _tone(test, judged))


def _multiple(case: Case, result: LabResult) -> str:
    """The value as a multiple of its own upper limit, never rounded across a limit of a rule."""
    read = reading(case.protocol, result)
    if read is None or read.upper_limit is None or read.value.exact is None:
        return ""
    limits = [rule for rule in case.protocol.labs.multiple_rules if result.test in rule.tests]
    boundaries = [
        edge
        for rule in limits
        for edge in (rule.caution_above, rule.hold_from, rule.hold_above, rule.stop_above)
        if edge is not None
    ]
    times = shown_multiple(read.value.exact, read.upper_limit, (*boundaries, *edges(case.protocol, result.test)))
    return _("{times} × upper limit").format(times=times)


def _tone(test: str, judged: Assessment) -> Tone:
    """The worst that a rule says about this test."""
    about = [item for item in judged.findings if _is_about(item, test)]
    return about[0].severity if about and about[0].severity != "information" else "neutral"


def _is_about(finding: Finding, test: str) -> bool:
    named = {finding.figures.get("test", ""), *finding.figures.get("tests", "").split(", ")}
    return test in named
