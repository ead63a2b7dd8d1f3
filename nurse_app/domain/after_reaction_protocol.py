"""The part of a protocol about what follows a reaction: its CTCAE grade, what is watched for, the follow-up call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Ground = Literal["interrupted", "treated", "parenteral", "first-line", "first-line-again", "transferred", "died"]


@dataclass(frozen=True, slots=True)
class CtcaeStep:
    """One grade of a term, and what on record speaks for it: a ground, a sign, or a temperature (degrees Celsius).

    ``above_c`` is exclusive, ``from_c`` the figure itself too.
    """

    grade: int
    grounds: tuple[Ground, ...] = ()
    signs: tuple[str, ...] = ()
    from_c: Decimal | None = None
    above_c: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CtcaeTerm:
    """One term of CTCAE. It is suggested when all signs are among ``only_signs``, else at one of ``levels``."""

    id: str
    meddra: str
    steps: tuple[CtcaeStep, ...]
    levels: tuple[str, ...] = ()
    only_signs: tuple[str, ...] = ()

    @property
    def grades(self) -> tuple[int, ...]:
        return tuple(step.grade for step in self.steps)


@dataclass(frozen=True, slots=True)
class DrugCode:
    """What the drug is called in a terminology, for reports."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class AfterReaction:
    """Hours count from the onset. ``delayed_signs`` are those that a follow-up call asks about.

    A second wave is watched for ``biphasic_hours`` after a severe reaction, else for ``biphasic_hours_resolved``.
    """

    ctcae_version: str
    terms: tuple[CtcaeTerm, ...]
    delayed_signs: tuple[str, ...]
    call_from_hours: Decimal
    call_until_hours: Decimal
    biphasic_hours: Decimal
    biphasic_hours_resolved: Decimal
    tryptase_from_hours: Decimal
    tryptase_until_hours: Decimal
    drug_codes: tuple[DrugCode, ...] = ()
    loinc: Mapping[str, str] = field(default_factory=dict)

    def term(self, term_id: str) -> CtcaeTerm | None:
        return next((term for term in self.terms if term.id == term_id), None)
