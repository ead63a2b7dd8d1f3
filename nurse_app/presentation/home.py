"""The home screen: visits in progress with their clocks, and whose infusion is due."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from heapq import nsmallest

from nurse_app.domain.due_state import near_in
from nurse_app.domain.moment import Moment, Reading
from nurse_app.domain.observation import watch
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.run import paused_for, remaining
from nurse_app.domain.state import VisitState
from nurse_app.domain.today import assess_today
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.due_words import flag_words, late_words
from nurse_app.presentation.formats import countdown, day, moment_clock
from nurse_app.presentation.home_calls import CallRow, present_calls
from nurse_app.presentation.next_look import next_look_words
from nurse_app.presentation.patient_order import by_due_day, by_name, due_text, is_number_only, shown_name
from nurse_app.presentation.view_parts import Tone

MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit in progress; ``exposed``: the drug runs or was given, so a reaction may come."""

    visit_id: str
    name: str
    line: str
    value: str
    note: str
    tone: Tone
    exposed: bool = False


@dataclass(frozen=True, slots=True)
class DueRow:
    """One patient in the list; ``tone`` marks what is late."""

    patient_id: str
    name: str
    record_no: str
    last_infusion: str
    due: str
    when: str
    before: str
    tone: Tone
    has_visit: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the home screen."""

    cards: tuple[VisitCard, ...]
    rows: tuple[DueRow, ...]
    rows_title: str
    more: str
    empty: str
    calls: tuple[CallRow, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenVisitFacts:
    """One open visit for its card."""

    visit_id: str
    state: VisitState
    now: Moment
    name: str


Summary = Mapping[str, str | int | bool | None]
Summaries = Mapping[str, Summary]
_Known = tuple[str, Summary]


def present_home(
    visits: Iterable[OpenVisitFacts],
    patients: Summaries,
    search: str,
    reading: Reading,
    protocol: InfusionProtocol,
    zone: tzinfo | None,
) -> HomeView:
    """The home screen; with a search, the matching patients instead of the due ones."""
    today = reading.wall.astimezone(zone).date()
    open_visits = [visit for visit in visits if visit.state.is_open]
    with_visit = frozenset(visit.state.patient_id for visit in open_visits)
    found, order = (_matching(patients, search), by_name) if search.strip() else (patients.items(), by_due_day)
    # A ward has thousands of patients and shows a few of them.
    first = nsmallest(MOST_ROWS, found, key=order)
    rows = tuple(_row(key, summary, today, protocol, with_visit) for key, summary in first)
    left_out = len(found) - len(rows)
    more = ngettext("{n} more: type to find them", "{n} more: type to find them", left_out).format(n=left_out)
    return HomeView(
        cards=present_cards(open_visits, zone),
        rows=rows,
        rows_title=_("Found") if search.strip() else _("Due"),
        more=more if left_out else "",
        empty=_empty(search),
        calls=present_calls(patients, reading, zone),
    )


def present_cards(
    visits: Iterable[OpenVisitFacts], zone: tzinfo | None, *, private: bool = False
) -> tuple[VisitCard, ...]:
    """The visits in progress; ``private`` hides who they are."""
    return tuple(_card(visit, zone, private=private) for visit in visits if visit.state.is_open)


def _empty(search: str) -> str:
    if search.strip():
        return _("Nobody found. Check the record number, or add the patient.")
    return _("No patients yet. Add the first one.")


def _matching(patients: Summaries, search: str) -> list[_Known]:
    words = search.casefold().split()

    def fits(summary: Summary) -> bool:
        text = f"{summary.get('record_no', '')} {summary.get('name', '')} {summary.get('birth_date', '')}".casefold()
        return all(word in text for word in words)

    return [(key, summary) for key, summary in patients.items() if fits(summary)]


def _row(
    key: str,
    summary: Summary,
    today: date,
    protocol: InfusionProtocol,
    with_visit: frozenset[str],
) -> DueRow:
    due = _date(due_text(summary))
    last = _date(summary.get("last_infusion"))
    before = _before(summary, today, protocol)
    return DueRow(
        patient_id=key,
        name=shown_name(str(summary.get("name") or "")),
        record_no=str(summary.get("record_no", "")),
        last_infusion=day(last) or _("none"),
        due=day(due) or _no_day(summary),
        when=_when(due, today),
        before=before or "—",
        tone="caution" if before and (flag_words(summary) or not summary.get("ended")) else "muted",
        has_visit=key in with_visit,
    )


def _no_day(summary: Summary) -> str:
    if summary.get("ended"):
        return _("none")
    return _("not planned") if is_number_only(summary) else _("first infusion")


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def _when(due: date | None, today: date) -> str:
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return ngettext("in {n} day", "in {n} days", days).format(n=days)
    return ngettext("late by {n} day", "late by {n} days", -days).format(n=-days)


def _before(summary: Summary, today: date, protocol: InfusionProtocol) -> str:
    """What must be seen to before the infusion: the flag first, then what comes first of what is late."""
    flag = flag_words(summary)
    if flag:
        return flag
    # Nobody has planned one: sixty warnings would hide the one that counts.
    if is_number_only(summary):
        return ""
    if summary.get("ended"):
        return _("Treatment ended, follow-up only")
    # That the infusion itself is late stands beside its day.
    near = near_in(protocol, summary, today)
    late = [item for item in near if item.bears != "none" and item.rule.kind != "infusion"]
    if not late:
        return ""
    first, rest = late_words(protocol, late[0]), len(late) - 1
    return first if rest == 0 else _("{first}, {n} more").format(first=first, n=rest)


def _card(visit: OpenVisitFacts, zone: tzinfo | None, *, private: bool) -> VisitCard:
    value, note, tone = _CARD_OF[visit.state.phase](visit.state, visit.now, zone)
    started = _("since {time}").format(time=moment_clock(visit.state.started_at, zone))
    who = started if private else visit.state.record_no
    line = _("{who} · {phase}").format(who=who, phase=_phase(visit.state))
    exposed = visit.state.run.started_at is not None
    return VisitCard(visit.visit_id, "" if private else visit.name, line, value, note, tone, exposed)


def _phase(state: VisitState) -> str:
    words = {
        "identify": _("Identify"),
        "prechecks": _("Pre-checks"),
        "prepare": _("Preparing"),
        "infuse": _("Infusing"),
        "flush": _("Flushing"),
        "observe": _("Observing"),
        "reaction": _("Reaction"),
        "discharge": _("Discharge"),
        "closed": _("Closed"),
    }
    return words[state.phase]


_Value = tuple[str, str, Tone]


def _identify(_state: VisitState, _now: Moment, _zone: tzinfo | None) -> _Value:
    return _("Identify"), _("scan the wristband"), "neutral"


def _prechecks(state: VisitState, now: Moment, _zone: tzinfo | None) -> _Value:
    decision = assess_today(state, now).decision
    answered = _("{n} of {all} answered").format(n=len(state.answers), all=len(state.protocol.questions))
    if decision == "stop":
        return _("DO NOT GIVE"), answered, "stop"
    if decision == "hold" and len(state.answers) == len(state.protocol.questions):
        return _("HOLD"), _("waiting for the prescriber"), "hold"
    return answered, "", "neutral"


def _prepare(state: VisitState, now: Moment, _zone: tzinfo | None) -> _Value:
    if assess_today(state, now).decision in ("hold", "stop"):
        return _("HOLD"), _("see Prepare"), "hold"
    return (_("Bag ready") if state.bag.second_check else _("Preparing")), "", "neutral"


def _infuse(state: VisitState, now: Moment, zone: tzinfo | None) -> _Value:
    if state.run.status == "paused":
        return _("Paused {time}").format(time=countdown(paused_for(state.run, now))), "", "caution"
    left = remaining(state, now)
    value = _("{time} left") if left.total_seconds() >= 0 else _("{time} over")
    return value.format(time=countdown(left)), next_look_words(state, now, zone), "neutral"


def _flush(_state: VisitState, _now: Moment, _zone: tzinfo | None) -> _Value:
    return _("Flush the line"), "", "brand"


def _observe(state: VisitState, now: Moment, zone: tzinfo | None) -> _Value:
    seen = watch(state, now)
    if seen.ready:
        return _("Ready"), _("observation time is over"), "done"
    left = seen.not_before.since(now).most if seen.not_before else seen.remaining
    return _("{time} left").format(time=countdown(left)), next_look_words(state, now, zone), "neutral"


def _reaction(state: VisitState, now: Moment, _zone: tzinfo | None) -> _Value:
    since = now.since(state.reactions[-1].opened_at).most
    return _("REACTION {time}").format(time=countdown(since)), "", "stop"


def _discharge(_state: VisitState, _now: Moment, _zone: tzinfo | None) -> _Value:
    return _("Discharge"), _("advice, next date, record"), "brand"


_CARD_OF: Mapping[str, Callable[[VisitState, Moment, tzinfo | None], _Value]] = {
    "identify": _identify,
    "prechecks": _prechecks,
    "prepare": _prepare,
    "infuse": _infuse,
    "flush": _flush,
    "observe": _observe,
    "reaction": _reaction,
    "discharge": _discharge,
}
