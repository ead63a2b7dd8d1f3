"""Where a protocol's figures and sentences come from, and who approved them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number or sentence comes from; ``verified`` says how it was seen (facts, evidence tags)."""

    title: str
    verified: Literal["seen", "second-hand", "from-memory", "our-default", "computed"]
    where: str = ""


@dataclass(frozen=True, slots=True)
class RuleBasis:
    """Why a rule exists: its sources by id and, where sources disagree, the text id of the other view."""

    sources: tuple[str, ...]
    other_view: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who at this site approved the protocol, and when."""

    by: str
    on: date
