"""Small frozen pieces that many screens are made of."""

from dataclasses import dataclass
from typing import Literal

from nurse_app.presentation.intents import Intent

Tone = Literal["neutral", "brand", "done", "information", "caution", "hold", "stop", "muted"]
ActionRole = Literal["primary", "secondary", "danger", "danger-outline", "quiet"]


@dataclass(frozen=True, slots=True)
class CardView:
    """One figure in the right column; ``size`` "words": a sentence rather than a figure."""

    id: str
    title: str
    value: str
    note: str = ""
    tone: Tone = "neutral"
    size: Literal["clock", "fact", "words"] = "clock"


@dataclass(frozen=True, slots=True)
class ActionView:
    """One button. ``key`` is shown on it and presses it; ``why_not`` says what is missing when it is not enabled."""

    id: str
    label: str
    intent: Intent | None
    key: str | None = None
    role: ActionRole = "secondary"
    enabled: bool = True
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding in words; ``rule`` opens its Why."""

    rule: str
    severity: Literal["information", "caution", "hold", "stop"]
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SideView:
    """The right column, top to bottom, under the Reaction button."""

    parts: tuple[CardView | ActionView, ...]


@dataclass(frozen=True, slots=True)
class StepHead:
    """Title and lead of the middle column."""

    title: str
    lead: str = ""
