"""Laboratory trends: a panel a test on one time axis, cards for what is no curve, and the same data as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from nurse_app.domain.decision_rules import apply_decisions
from nurse_app.domain.due import Due, due_now
from nurse_app.domain.facts import Facts
from nurse_app.domain.finding import Finding
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.patient_record import PatientRecord, facts_of
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.rules import blood_count, liver, monitoring
from nurse_app.domain.rules.context import Case, case_at_noon
from nurse_app.domain.rules.results import in_order
from nurse_app.domain.treatment_course import treatment_course
from nurse_app.i18n import _, ngettext
from nurse_app.presentation.due_sheet import due_action
from nurse_app.presentation.finding_words import finding_view, lab_test_words, worst_first
from nurse_app.presentation.formats import day
from nurse_app.presentation.intents import GoHome, GoToPatient, GoToTrends, GoToVisit, OpenSheet, SheetKind
from nurse_app.presentation.lab_axis import ALL, YEAR, TimeRange, time_ranges
from nurse_app.presentation.lab_drawing import Drawing, TreatmentMarks, drawing_of
from nurse_app.presentation.lab_due_cards import due_cards, due_words
from nurse_app.presentation.lab_infusions import treatment_marks
from nurse_app.presentation.lab_legend import legend
from nurse_app.presentation.lab_points import TrendPoint, panel_unit, trend_points
from nurse_app.presentation.lab_replaced import Replaced, replaced_marks, replaced_results
from nurse_app.presentation.lab_scale import bands, lines, scale
from nurse_app.presentation.lab_table import LabRow, lab_rows
from nurse_app.presentation.ms_timeline import MsRow
from nurse_app.presentation.protocol_words import optional_text
from nurse_app.presentation.view_parts import ActionView, CardView, SideView, StepHead, Tone

_MOST_FINDING_CARDS = 2
# Add, back and the other curves stand above the cards: the rest is not needed at a glance.
_BEFORE_CARDS = 3
_DAYS_COUNTED = 100
_NO_BREAK_SPACE = "\u00a0"
_GRAVITY: tuple[Tone, ...] = ("information", "caution", "hold", "stop")
_ARROWS = {"above": "↑", "below": "↓"}


@dataclass(frozen=True, slots=True)
class TrendPanel:
    """One test. ``latest`` is its newest value in words, ``note`` its day, age and next due day."""

    test: str
    title: str
    unit: str
    points: tuple[TrendPoint, ...]
    drawing: Drawing
    latest: str
    tone: Tone
    note: str
    remark: str


@dataclass(frozen=True, slots=True)
class TrendsView:
    """Everything on the page. ``legend`` says what the signs mean, ``none_yet`` which tests have no result."""

    head: StepHead
    side: SideView
    panels: tuple[TrendPanel, ...]
    treatment: TreatmentMarks
    ranges: tuple[TimeRange, ...]
    default_range: str
    legend: str
    none_yet: str
    empty: str
    table: tuple[LabRow, ...] | tuple[MsRow, ...]


@dataclass(frozen=True, slots=True)
class LabHistory:
    """What the page rests on: the facts, the course of treatment, and the results that no longer count.

    ``visit`` is the case of a visit in progress: its infusion and its decisions count for what is due and decided.
    """

    facts: Facts
    treatment: TreatmentMarks = field(default_factory=TreatmentMarks)
    replaced: tuple[Replaced, ...] = ()
    visit: Case | None = None


def lab_history(record: PatientRecord, protocol: InfusionProtocol, today: date, zone: tzinfo | None) -> LabHistory:
    """All of it from a patient's record."""
    treatment = treatment_marks(treatment_course(record, protocol, today, zone))
    return LabHistory(facts_of(record), treatment, replaced_results(record.labs))


def trend_actions(patient_id: str, visit_id: str = "", *, timeline: bool = False) -> tuple[ActionView, ...]:
    """What can be done beside the trends or the timeline; without a visit the way back leads to the ward."""
    add = ActionView("add_results", _("Add results…"), OpenSheet(SheetKind.LAB_RESULT, patient_id), "A", "primary")
    due = due_action(patient_id)
    label = _("Lab trends") if timeline else _("MS timeline")
    other = ActionView("other_curves", label, GoToTrends(patient_id, timeline=not timeline), "T")
    if visit_id:
        return add, ActionView("back", _("Back to the visit"), GoToVisit(visit_id), "K"), other, due
    # Without a visit this is the way to the form, where the end of treatment is noted.
    patient = ActionView("patient", _("Patient record…"), GoToPatient(patient_id), "P")
    return add, ActionView("home", _("Back to the ward"), GoHome(), "H"), other, due, patient


def present_trends(
    protocol: InfusionProtocol,
    history: LabHistory,
    today: date,
    zone: tzinfo | None,
    actions: tuple[ActionView, ...] = (),
) -> TrendsView:
    """The results of one patient, with the actions of ``trend_actions``.

    Takes milliseconds with many results: call it when the record or the day changed, not on every tick.
    """
    facts, treatment = history.facts, history.treatment
    case = case_at_noon(protocol, facts, today, zone)
    points = {test.id: trend_points(case, test) for test in protocol.labs.tests}
    # A visit's own facts come first: what it does is on the patient's record only when it is over.
    current = history.visit or case
    listed = due_now(current)
    beside = _Beside(current, listed, history.replaced)
    drawn = [test for test in protocol.labs.tests if points[test.id] and test.id not in _counted_on_the_timeline(case)]
    panels = tuple(_panel(case, test, points[test.id], beside) for test in drawn)
    collected = [case.day(result.collected) for result in facts.labs]
    given = [date.fromordinal(int(mark.at)) for mark in treatment.infusions]
    ranges = time_ranges(today, [*given, *collected])
    return TrendsView(
        head=StepHead(_("Lab trends"), ""),
        side=SideView(
            (*_finding_cards(current), *actions[:_BEFORE_CARDS], *due_cards(current, listed), *actions[_BEFORE_CARDS:])
        ),
        panels=panels,
        treatment=treatment,
        ranges=ranges,
        default_range=_default_range(ranges, panels),
        legend=legend([panel.drawing for panel in panels], treatment),
        none_yet=_none_yet(case),
        empty="" if facts.labs else _("No results on record yet. Add the first ones from the laboratory report."),
        table=lab_rows(case, points),
    )


def _counted_on_the_timeline(case: Case) -> frozenset[str]:
    """Lesions since the scan before: a curve between two counts would mean nothing."""
    course = case.protocol.labs.ms_course
    return frozenset() if course is None else frozenset({course.new_t2, course.gadolinium})


def _default_range(ranges: tuple[TimeRange, ...], panels: Iterable[TrendPanel]) -> str:
    year = next(each for each in ranges if each.id == YEAR)
    newest = [panel.points[-1].at for panel in panels]
    return YEAR if not newest or max(newest) >= year.start else ALL


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a panel says besides its results; ``current`` is the case that says what is due."""

    current: Case
    listed: tuple[Due, ...]
    replaced: tuple[Replaced, ...]


def _panel(case: Case, test: LabTest, points: tuple[TrendPoint, ...], beside: _Beside) -> TrendPanel:
    ranges = bands(points)
    known = lines(case.protocol, test.id, points)
    axis, shown = scale(points, ranges, known, from_zero=test.kind != "number")
    crosses = replaced_marks(case, test, beside.replaced)
    newest = [point for point in points if point.at == points[-1].at]
    # Of several of one moment the gravest speaks, as in the rules.
    last = max(newest, key=lambda point: _GRAVITY.index(point.tone) if point.tone in _GRAVITY else -1)
    due, due_tone = due_words(beside.current, test.id, beside.listed)
    note = (day(last.day), age_words((case.today - last.day).days), last.grade, due)
    return TrendPanel(
        test=test.id,
        title=lab_test_words(case.protocol, test.id),
        unit=panel_unit(test).replace(" ", _NO_BREAK_SPACE),
        points=points,
        drawing=drawing_of(case.protocol.labs, test.id, points, crosses, (ranges, shown, axis)),
        latest=_latest(newest, last),
        tone=last.tone if last.tone != "neutral" else due_tone if last.standing == "within" else "neutral",
        note=" · ".join(part for part in note if part),
        remark=" ".join(part for part in (_expected(case, last), _left_out(case, points)) if part),
    )


def _latest(newest: Sequence[TrendPoint], last: TrendPoint) -> str:
    arrow = _ARROWS.get(last.standing, "")
    words = last.words if arrow or last.standing == "unknown" else ""
    figures = " / ".join(dict.fromkeys(point.figure for point in newest))
    value = " ".join(part for part in (figures, arrow, words) if part)
    return " · ".join(part for part in (value, last.multiple) if part)


def age_words(days: int) -> str:
    """How old a result is."""
    if days == 0:
        return _("today")
    if days < _DAYS_COUNTED:
        return _("{n} d ago").format(n=days)
    # Rounded down: a result never seems younger than a count of days would say by more than a month.
    return ngettext("{n} month ago", "{n} months ago", days // 30).format(n=days // 30)


def _expected(case: Case, last: TrendPoint) -> str:
    """The drug's known effect on a test, where the newest value shows a change that no rule minds."""
    is_minded = last.tone not in ("neutral", "information")
    if last.standing not in _ARROWS or is_minded:
        return ""
    text = f"expected.{last.result.test}"
    return optional_text(case.protocol, f"{text}.{last.standing}") or optional_text(case.protocol, text)


def _left_out(case: Case, points: tuple[TrendPoint, ...]) -> str:
    rest = len(in_order(case, points[0].result.test)) - len(points)
    text = ngettext("{n} result cannot be drawn: see the table.", "{n} results cannot be drawn: see the table.", rest)
    return text.format(n=rest) if rest else ""


def _none_yet(case: Case) -> str:
    known = {result.test for result in case.facts.labs}
    asked = [test for item in case.protocol.labs.monitoring for test in item.tests]
    missing = [lab_test_words(case.protocol, test) for test in asked if test not in known]
    return _("No result yet: {tests}.").format(tests=", ".join(missing)) if missing else ""


def _finding_cards(case: Case) -> Iterator[CardView]:
    """What the rules hold against today's results, worst first, as far as it needs somebody to decide."""
    rules = (*liver.RULES, *blood_count.RULES, monitoring.readable)
    found = [finding for rule in rules for finding in rule(case)]
    decided = apply_decisions(case.protocol.decisions, case, found)
    grave = worst_first(finding for finding in decided if finding.severity in ("hold", "stop"))
    for place, finding in enumerate(grave[:_MOST_FINDING_CARDS]):
        yield _finding_card(case, place, finding)
    rest = len(grave) - _MOST_FINDING_CARDS
    if rest > 0:
        title = ngettext("{n} more that needs a decision", "{n} more that need a decision", rest).format(n=rest)
        yield CardView("finding.more", title, "", _("See the pre-checks."), "hold")


def _finding_card(case: Case, place: int, finding: Finding) -> CardView:
    view = finding_view(case.protocol, finding)
    word = _("Stop") if finding.severity == "stop" else _("Hold")
    return CardView(f"finding.{place}", view.title, word, view.sentence, finding.severity)
