"""The laboratory part of a protocol: tests, limits, grades, monitoring, risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class LabTest:
    """One test: its codes, and its units with the exact factor to the first, the unit of our limits.

    ``highest`` and ``step`` are of a score, whatever its unit: what lies beyond or between is a slip of the finger.
    """

    id: str
    loinc: tuple[str, ...]
    kind: Literal["number", "presence", "index", "text", "score"]
    units: Mapping[str, Decimal]
    highest: Decimal | None = None
    step: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MultipleRule:
    """Limits as multiples of the result's own upper limit. ``_from`` includes the multiple, ``_above`` does not."""

    rule: str
    tests: tuple[str, ...]
    caution_above: Decimal
    hold_from: Decimal | None = None
    hold_above: Decimal | None = None
    stop_above: Decimal | None = None
    stop_needs_yes_to: tuple[str, ...] = ()
    stop_with_rule: str | None = None


@dataclass(frozen=True, slots=True)
class CountRule:
    """Limits in the test's first unit, and against the result's own range."""

    rule: str
    test: str
    caution_below_lower_limit: bool = False
    caution_above_upper_limit: bool = False
    expected_above_upper_limit: bool = False
    caution_not_raised_after_infusions: int | None = None
    caution_above: Decimal | None = None
    hold_below: Decimal | None = None
    hold_above: Decimal | None = None
    stop_below: Decimal | None = None
    hold_fall_above: Decimal | None = None
    hold_above_caution_with_yes_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HysLaw:
    """Liver injury pattern: enzyme from, bilirubin above, alkaline phosphatase below (multiples)."""

    enzymes: tuple[str, ...]
    enzyme_from: Decimal
    bilirubin: str
    bilirubin_above: Decimal
    cholestasis: str
    cholestasis_from: Decimal


@dataclass(frozen=True, slots=True)
class CtcaeScale:
    """CTCAE grades of a test. ``grades`` maps a grade to the boundary it begins strictly beyond.

    Grade 1 begins beyond the result's own limit when ``first_beyond_limit``; ``multiple`` measures in upper limits,
    ``value`` in the test's first unit. With ``baseline_from`` (inclusive) or ``baseline_above`` the grades are
    multiples of the value before treatment where that was abnormal, and grade 1 begins there.
    """

    test: str
    direction: Literal["up", "down"]
    measure: Literal["multiple", "value"]
    grades: Mapping[str, Decimal]
    first_beyond_limit: bool = True
    baseline_from: Decimal | None = None
    baseline_above: Decimal | None = None

    @property
    def grades_baseline(self) -> bool:
        """Do these criteria grade multiples of an abnormal value before treatment?"""
        return self.baseline_from is not None or self.baseline_above is not None


@dataclass(frozen=True, slots=True)
class Monitoring:
    """How old a result may be, in days or calendar months, before ``rule`` says so; ``rule`` None: due list only."""

    name: str
    tests: tuple[str, ...]
    rule: str | None = None
    days: int | None = None
    months: int | None = None
    from_first_infusion: bool = False
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Antibodies:
    """Anti-drug antibodies: persistent when two positives lie this many days apart with no negative between."""

    test: str
    persistent_days: int


@dataclass(frozen=True, slots=True)
class PmlGroup:
    """One row of the published table: whom it is about, and its figures per 1,000 people, as printed.

    ``index`` None: the group is of any positive index, or of negative ones. One figure for each of
    ``PmlRisk.infusions_to``.
    """

    id: str
    status: Literal["negative", "positive"]
    prior_immunosuppressant: bool
    figures: tuple[str, ...]
    index: Literal["low", "high", "not-known"] | None = None


@dataclass(frozen=True, slots=True)
class PmlRisk:
    """Risk of progressive multifocal leukoencephalopathy: who needs a dated talk and a recent MRI.

    An index of ``index_positive_from`` to ``index_indeterminate_to`` may be either. ``groups`` begin with the lowest
    risk; ``infusions_to`` are the last infusions of the table's columns, ``index_bands`` the cut-offs of the other view
    (each belongs to the band below it).
    """

    test: str
    mri: str
    index_above: Decimal
    index_positive_from: Decimal
    infusions_above: int
    decision_months: int
    mri_months: int
    index_indeterminate_to: Decimal | None = None
    infusions_to: tuple[int, ...] = ()
    groups: tuple[PmlGroup, ...] = ()
    index_bands: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class MsCourse:
    """The tests that tell the course of multiple sclerosis on one timeline.

    ``mri`` in words, ``new_t2`` and ``gadolinium`` as counts of lesions, ``disability`` as a score, ``relapse`` one
    entry each, ``enzyme`` the liver test shown beside them.
    """

    mri: str
    new_t2: str
    gadolinium: str
    disability: str
    relapse: str
    enzyme: str


@dataclass(frozen=True, slots=True)
class Labs:
    """Everything about results."""

    tests: tuple[LabTest, ...]
    multiple_rules: tuple[MultipleRule, ...]
    count_rules: tuple[CountRule, ...]
    monitoring: tuple[Monitoring, ...]
    ctcae_version: str
    ctcae: tuple[CtcaeScale, ...]
    positive_words: tuple[str, ...]
    negative_words: tuple[str, ...]
    unclear_words: tuple[str, ...] = ()
    hys_law: HysLaw | None = None
    antibodies: Antibodies | None = None
    pml_risk: PmlRisk | None = None
    ms_course: MsCourse | None = None
