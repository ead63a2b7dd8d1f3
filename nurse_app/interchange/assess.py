"""The assess command's formats: a patient's facts in, the judgement and its reasons out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nurse_app.domain.facts import Facts
from nurse_app.domain.finding import Assessment, Finding
from nurse_app.domain.protocol import InfusionProtocol
from nurse_app.interchange.facts_reading import read_facts, require_year
from nurse_app.plain_data import MisfitError, build, plain

_OWN_KEYS = ("protocol", "now")


@dataclass(frozen=True, slots=True)
class PinnedProtocol:
    """A protocol and the fingerprint of its content."""

    protocol: InfusionProtocol
    digest: str


# Finds the installed protocol of a name; raises MisfitError when there is none.
ChooseProtocol = Callable[[str], PinnedProtocol]
# The sentence of a finding.
FindingWords = Callable[[InfusionProtocol, Finding], str]


@dataclass(frozen=True, slots=True)
class Case:
    """Facts to be judged at ``now``."""

    pinned: PinnedProtocol
    now: datetime
    facts: Facts


@dataclass(frozen=True, slots=True)
class _Head:
    protocol: str
    now: datetime


def read_case(data: object, choose: ChooseProtocol) -> Case:
    """The case that a JSON value describes. Raises MisfitError."""
    if not isinstance(data, dict):
        raise MisfitError("", "must be one JSON object")
    head = build(_Head, {key: value for key, value in data.items() if key in _OWN_KEYS})
    require_year("now", head.now)
    pinned = choose(head.protocol)
    facts = {key: value for key, value in data.items() if key not in _OWN_KEYS}
    return Case(pinned, head.now, read_facts(facts, pinned.protocol, head.now))


def judgement(pinned: PinnedProtocol, assessment: Assessment, words: FindingWords) -> dict[str, object]:
    """The judgement as plain data, findings worst first."""
    protocol = pinned.protocol
    return {
        "decision": assessment.decision,
        "protocol": {"id": protocol.id, "version": protocol.version, "digest": pinned.digest},
        "findings": [_finding(protocol, finding, words) for finding in assessment.findings],
    }


def _finding(protocol: InfusionProtocol, finding: Finding, words: FindingWords) -> dict[str, object]:
    basis: dict[str, object] = dict(finding.figures)
    if finding.ctcae is not None:
        basis["ctcae"] = {name: value for name, value in plain(finding.ctcae).items() if value is not None}
    sources = (protocol.sources[source] for source in protocol.rules[finding.rule].sources)
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": words(protocol, finding),
        "basis": basis,
        "source": "; ".join(source.title for source in sources),
    }
