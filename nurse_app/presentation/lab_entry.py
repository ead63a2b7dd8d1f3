"""Laboratory results typed in by hand: what there is to choose from, and what is asked to be recorded."""

from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal

from nurse_app.domain.facts import Facts, LabResult
from nurse_app.domain.lab_protocol import LabTest
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.domain.quantity import shown
from nurse_app.domain.rules.context import Case, case_at_noon
from nurse_app.domain.rules.results import in_order
from nurse_app.i18n import _
from nurse_app.presentation.finding_words import lab_test_words, unit_words
from nurse_app.presentation.formats import day, with_unit
from nurse_app.presentation.lab_points import limits_words
from nurse_app.presentation.view_parts import StepHead


@dataclass(frozen=True, slots=True)
class AddLabResults:
    """Record these results. ``more``: the nurse goes on with the next one, so the sheet stays open."""

    patient_id: str
    results: tuple[LabResult, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class RangeBefore:
    """Unit and limits of the last result of a test, to be taken over by one press; ``words`` say what they are."""

    words: str
    unit: str
    lower: str
    upper: str


@dataclass(frozen=True, slots=True)
class LabTestChoice:
    """One test: its units (UCUM, words), the words its value may be, and the range it came with last.

    ``has_limits``: a reference range goes with it. Without units to choose from it needs none. ``day_label`` asks for
    its day: of the sample, or of what was seen.
    """

    test: str
    title: str
    units: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    has_limits: bool
    day_label: str
    before: RangeBefore | None


@dataclass(frozen=True, slots=True)
class LabEntryView:
    """Everything that entering a result needs. ``known`` are the results on record, ``born`` the birth date."""

    head: StepHead
    patient_id: str
    tests: tuple[LabTestChoice, ...]
    today: date
    zone: tzinfo | None
    protocol: InfusionProtocol
    known: frozenset[LabResult] = frozenset()
    born: date | None = None

    def choice(self, test: str) -> LabTestChoice | None:
        return next((each for each in self.tests if each.test == test), None)


def present_lab_entry(
    protocol: InfusionProtocol, facts: Facts, today: date, zone: tzinfo | None, patient_id: str
) -> LabEntryView:
    """The sheet for results that came on paper: the monitored tests first, then the others."""
    case = case_at_noon(protocol, facts, today, zone)
    asked = [test for item in protocol.labs.monitoring for test in item.tests]
    order = [*dict.fromkeys(asked), *(test.id for test in protocol.labs.tests if test.id not in asked)]
    known = (protocol.lab_test(test) for test in order)
    return LabEntryView(
        head=StepHead(_("Add results"), _("One result at a time, as the laboratory’s report has it.")),
        patient_id=patient_id,
        tests=tuple(_choice(case, test) for test in known if test is not None),
        today=today,
        zone=zone,
        protocol=protocol,
        known=frozenset(facts.labs),
        born=case.patient.birth_date,
    )


def _choice(case: Case, test: LabTest) -> LabTestChoice:
    units: dict[str, str] = {}
    for unit in test.units:
        # Several spellings of one unit look the same: the first of them stands for all.
        units.setdefault(unit_words(unit), unit)
    return LabTestChoice(
        test=test.id,
        title=lab_test_words(case.protocol, test.id),
        units=tuple((unit, words) for words, unit in units.items() if words),
        words=_words(case.protocol, test),
        has_limits=test.kind == "number",
        day_label=_("Sample taken on") if has_sample(test) else _("Seen or begun on"),
        before=_range_before(case, test),
    )


def has_sample(test: LabTest) -> bool:
    """Is it measured in a sample, rather than seen or told?"""
    return test.kind not in ("text", "score")


def _words(protocol: InfusionProtocol, test: LabTest) -> tuple[str, ...]:
    """The words of the protocol that are offered, one of each meaning; typing takes all of them."""
    if test.kind not in ("presence", "index"):
        return ()
    labs = protocol.labs
    return tuple(words[0] for words in (labs.negative_words, labs.positive_words, labs.unclear_words) if words)


def _range_before(case: Case, test: LabTest) -> RangeBefore | None:
    """Offered, never filled in by itself: a laboratory may have changed its range."""
    last = next(reversed(in_order(case, test.id)), None)
    if last is None or last.unit is None or last.unit not in test.units or (last.lln is None and last.uln is None):
        return None
    unit = unit_words(last.unit)
    limits = with_unit(limits_words(last.lln, last.uln), unit)
    words = _("Range as on {day}: {limits}").format(day=day(case.day(last.collected)), limits=limits)
    same = next(each for each in test.units if unit_words(each) == unit)
    return RangeBefore(words, same, _figure(last.lln), _figure(last.uln))


def _figure(limit: Decimal | None) -> str:
    return "" if limit is None else shown(limit)
