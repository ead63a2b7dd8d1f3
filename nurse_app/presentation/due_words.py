"""What falls due in words: the same for home, the pre-checks, the trends, the record and the recall list."""

from collections.abc import Mapping

from nurse_app.domain.due_protocol import DueRule
from nurse_app.domain.due_state import LATE, Standing
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.i18n import _
from nurse_app.presentation.formats import day
from nurse_app.presentation.view_parts import Tone

_STAGES = frozenset({"missed-infusion", "treatment-gap"})


def due_title(protocol: InfusionProtocol, rule: DueRule) -> str:
    """A few words that name it."""
    return protocol.text(f"due.{rule.name}.title" if rule.monitoring is None else f"monitoring.{rule.monitoring}")


def state_words(protocol: InfusionProtocol, standing: Standing) -> str:
    """Where it stands: overdue 4 d, due today, due 20-Dec-2026, until 20-Dec-2026, never done."""
    rule, on = standing.rule, day(standing.days.due_on)
    match standing.state:
        case "never":
            return _never_words(protocol, rule)
        case "overdue":
            return _("overdue {n} d").format(n=standing.late_days)
        case "now":
            return _("due from {day}").format(day=on) if _has_span(standing) else _("due today")
        case "watch":
            return _("until {day}").format(day=on)
        case _:
            return _("due {day}").format(day=on)


def _never_words(protocol: InfusionProtocol, rule: DueRule) -> str:
    """Of several tests one may be there: that they were never done would not be true."""
    item = next((item for item in protocol.labs.monitoring if item.name == rule.monitoring), None)
    if item is None:
        return _("not on record")
    return _("never done") if len(item.tests) == 1 else _("not complete")


def _has_span(standing: Standing) -> bool:
    return standing.days.due_on != standing.days.good_until


def late_words(protocol: InfusionProtocol, standing: Standing) -> str:
    """A late thing in one go: what, and how late. A missed infusion is late by its name."""
    title = due_title(protocol, standing.rule)
    if standing.rule.kind in _STAGES:
        return title
    return _("{what} {state}").format(what=title, state=state_words(protocol, standing))


def dated_words(protocol: InfusionProtocol, standing: Standing) -> str:
    """As ``late_words``, for paper: a count of days is wrong on the next day, a date is not."""
    if standing.state != "overdue" or standing.rule.kind in _STAGES:
        return late_words(protocol, standing)
    title, since = due_title(protocol, standing.rule), day(standing.days.good_until)
    return _("{what} overdue since {day}").format(what=title, day=since)


def due_tone(standing: Standing) -> Tone:
    """The tone of what it means for today's infusion; a late reminder is a caution too, but in its own list only."""
    if standing.bears != "none":
        return standing.bears
    return "information" if standing.state in (*LATE, "now", "soon") else "neutral"


def flag_words(summary: Mapping[str, str | int | bool | None]) -> str:
    """What stands before everything that is due: a reaction to the drug."""
    return _("Reaction on record: prescriber must decide") if summary.get("flag") not in (None, "no") else ""


def due_day_words(protocol: InfusionProtocol, standing: Standing) -> str:
    """By when, as a date; what is not on record has none."""
    return day(standing.days.due_on) or state_words(protocol, standing)
