"""The instruction set of one drug as frozen values: every number a visit needs, none of them in code.

Numbers carry their unit in the field name. Texts and sources travel along by id, so that a finding can say why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from nurse_app.domain.after_reaction_protocol import AfterReaction
from nurse_app.domain.due_protocol import DueList
from nurse_app.domain.interruption_protocol import Interruption
from nurse_app.domain.lab_protocol import Labs, LabTest
from nurse_app.domain.provenance import Approval, RuleBasis, Source
from nurse_app.domain.reaction_protocol import Epinephrine, LookAgain, ReactionPath
from nurse_app.domain.watching_protocol import PressureFall, SymptomRounds, VitalSign, VitalSignSchedule

Severity = Literal["information", "caution", "hold", "stop"]
Level = Literal["none", "mild", "allergic", "severe", "anaphylaxis"]
System = Literal["skin", "respiratory", "cardiovascular", "gastrointestinal", "general", "neurological", "site"]
Status = Literal["example", "draft", "approved", "retired"]


@dataclass(frozen=True, slots=True)
class Programme:
    """The access programme of a brand; enrolment in one does not count for another."""

    brand_programmes: Mapping[str, str]
    authorisation_months: int
    form_days: int


@dataclass(frozen=True, slots=True)
class Product:
    """The only vial that may be used. ``codes`` maps GTIN or national code to brand; ``refused_codes`` to a text id."""

    brands: tuple[str, ...]
    route: str
    strength_mg: Decimal
    volume_ml: Decimal
    codes: Mapping[str, str]
    refused_codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Preparation:
    """How the bag is made and how long it keeps. Limits include their last second."""

    diluent: str
    bag_ml: Decimal
    added_ml: Decimal
    total_ml: Decimal
    max_total_age_hours: Decimal
    max_room_hours: Decimal
    future_tolerance_s: Decimal
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Infusion:
    """The planned run, mL/h and minutes of running time; pauses do not count."""

    planned_minutes: Decimal
    bag_empty_reason_below_minutes: Decimal
    bag_empty_variance_below_minutes: Decimal
    rate_ml_h: Decimal
    rate_caution_above_ml_h: Decimal
    rate_refused_above_ml_h: Decimal
    baseline_repeat_minutes: Decimal


@dataclass(frozen=True, slots=True)
class Observation:
    """Watching after the flush: minutes from its end, and never before so many minutes after the start."""

    minutes: Decimal
    not_before_start_minutes: Decimal
    shorten_from_infusion: int
    shorten_gap_days: int


@dataclass(frozen=True, slots=True)
class Question:
    """One pre-check question; a yes is the finding ``rule`` at ``severity``."""

    id: str
    rule: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class MedicineGroup:
    """Names (word beginnings, lower case) that make one finding when found in a medicine line.

    ``local_use_is_fine``: a skin, eye, nose or lung form of these does not matter.
    """

    rule: str
    severity: Severity
    names: tuple[str, ...]
    words: tuple[str, ...] = ()
    local_use_is_fine: bool = False


@dataclass(frozen=True, slots=True)
class Medicines:
    """Which other medicines matter; ``local_words`` mark a skin, eye, nose or lung form."""

    groups: tuple[MedicineGroup, ...]
    local_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years."""

    stop_below: int
    caution_from: int
    hold_from: int


@dataclass(frozen=True, slots=True)
class IntervalPlan:
    """Whole calendar days since the last infusion; each ``_from`` begins a window. None: no such window."""

    weeks: int
    early_below: int
    late_from: int
    missed_from: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The dosing plans and the limits common to all."""

    stop_below_days: int
    gap_from_days: int
    plans: tuple[IntervalPlan, ...]


@dataclass(frozen=True, slots=True)
class Crohns:
    """Stopping points in Crohn's disease, from the first infusion."""

    indication: str
    benefit_days: int
    steroid_months: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """Standing rules take a decision for so many months and become cautions; ``needs_mri`` names the risk rule."""

    standing: tuple[str, ...]
    standing_months: int
    resume: str
    shorten_observation: str
    next_infusion: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a reaction: its organ system and what it means alone."""

    id: str
    system: System
    alone: Level


@dataclass(frozen=True, slots=True)
class Reaction:
    """How signs become a level, and what the standing order says at each level (action ids, in order).

    ``first_acts`` come before everything else at every level.
    """

    signs: tuple[Sign, ...]
    anaphylaxis_systems: tuple[System, ...]
    anaphylaxis_from_systems: int
    mild_signs_at_most: int
    treatments: tuple[str, ...]
    first_line: str
    actions: Mapping[str, tuple[str, ...]]
    epinephrine: Epinephrine
    flag: str
    first_acts: tuple[str, ...] = ()
    look_again: LookAgain | None = None
    paths: tuple[ReactionPath, ...] = ()


@dataclass(frozen=True, slots=True)
class InfusionProtocol:
    """One version of one drug's instructions, as a visit pins it.

    ``basis`` says why each number and sentence is so, by places such as ``texts.prepare``: the longest beginning wins.
    """

    id: str
    version: str
    status: Status
    drug: str
    dose_mg: Decimal
    indications: tuple[str, ...]
    product: Product
    preparation: Preparation
    infusion: Infusion
    observation: Observation
    vital_signs: Mapping[str, VitalSign]
    vital_sign_schedule: VitalSignSchedule
    pressure_fall: PressureFall
    questions: tuple[Question, ...]
    medicines: Medicines
    ages: Ages
    schedule: Schedule
    labs: Labs
    decisions: Decisions
    reaction: Reaction
    rules: Mapping[str, RuleBasis]
    basis: Mapping[str, RuleBasis]
    sources: Mapping[str, Source]
    texts: Mapping[str, str]
    programme: Programme | None = None
    crohns: Crohns | None = None
    due: DueList | None = None
    symptom_rounds: SymptomRounds | None = None
    interruption: Interruption | None = None
    after_reaction: AfterReaction | None = None
    approval: Approval | None = None

    def text(self, text_id: str, **figures: str) -> str:
        """The clinical sentence of that id with its figures put in. KeyError when the protocol lacks it."""
        return self.texts[text_id].format_map(figures)

    def lab_test(self, test_id: str) -> LabTest | None:
        return next((test for test in self.labs.tests if test.id == test_id), None)

    def test_called(self, name: str) -> LabTest | None:
        """The test of that name or LOINC code, whatever the case of its letters."""
        wanted = name.casefold()
        return next((test for test in self.labs.tests if wanted == test.id.casefold() or name in test.loinc), None)

    def plan(self, weeks: int) -> IntervalPlan | None:
        return next((plan for plan in self.schedule.plans if plan.weeks == weeks), None)

    def sign(self, sign_id: str) -> Sign | None:
        return next((sign for sign in self.reaction.signs if sign.id == sign_id), None)


def minutes(count: Decimal) -> timedelta:
    """A protocol's count of minutes as a duration."""
    return timedelta(seconds=float(count * 60))


def hours(count: Decimal) -> timedelta:
    """A protocol's count of hours as a duration."""
    return minutes(count * 60)
