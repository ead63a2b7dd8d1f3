"""What a rule says about the facts, and the decision that all findings make together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from nurse_app.domain.protocol import InfusionProtocol, Severity

Decision = Literal["proceed", "caution", "hold", "stop"]
SEVERITIES: tuple[Severity, ...] = ("information", "caution", "hold", "stop")


@dataclass(frozen=True, slots=True)
class Ctcae:
    """A grade and the version of the criteria it was read from.

    ``baseline``: the abnormal value before treatment, in the unit of our limits, that it is a grade of; None when the
    grade is one of the laboratory's limit.
    """

    version: str
    grade: int
    baseline: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found. ``variant`` picks its sentence, ``figures`` are the numbers and words in it."""

    rule: str
    severity: Severity
    variant: str
    figures: Mapping[str, str] = field(default_factory=dict)
    ctcae: Ctcae | None = None

    def at(self, severity: Severity) -> "Finding":
        return replace(self, severity=severity)


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings, worst first, and the decision."""

    findings: tuple[Finding, ...]

    @property
    def decision(self) -> Decision:
        worst = worst_severity(finding.severity for finding in self.findings)
        return "proceed" if worst == "information" else worst

    def open_rules(self) -> tuple[str, ...]:
        """Rule names above information, sorted, each once."""
        return tuple(sorted({finding.rule for finding in self.findings if finding.severity != "information"}))


def worst_severity(severities: Iterable[Severity]) -> Severity:
    """The highest of them; information when there is none."""
    return max(severities, key=SEVERITIES.index, default="information")


def sentence(protocol: InfusionProtocol, finding: Finding) -> str:
    """The finding in the protocol's words."""
    return protocol.text(f"finding.{finding.rule}.{finding.variant}", **finding.figures)


def title(protocol: InfusionProtocol, finding: Finding) -> str:
    """A few words that name the finding's rule."""
    return protocol.text(f"rule.{finding.rule}")
