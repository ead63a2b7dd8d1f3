"""What is recorded of a reaction beside and after its treatment: its CTCAE grade, and who took the patient over."""

from dataclasses import dataclass
from typing import Literal

Receiver = Literal["ambulance", "emergency-team", "ward", "next-nurse"]


@dataclass(frozen=True, slots=True)
class CtcaeGraded:
    """Somebody graded a reaction; a later entry takes the place of an earlier one. ``reaction`` counts from 1."""

    term: str
    grade: int
    version: str
    reaction: int = 1


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The patient was handed over with what the hand-over sheet says; ``name`` "": nobody asked."""

    to: Receiver
    name: str = ""
