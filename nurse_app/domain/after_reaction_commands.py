"""What a person can ask for after a reaction, or beside it."""

from dataclasses import dataclass

from nurse_app.domain.after_reaction_events import Receiver


@dataclass(frozen=True, slots=True)
class GradeReaction:
    """``reaction`` counts from 1; 0 means the last one."""

    term: str
    grade: int
    reaction: int = 0


@dataclass(frozen=True, slots=True)
class HandOver:
    to: Receiver
    name: str = ""
