"""Checks on reaction signs, levels and the standing order."""

from typing import get_args

from nurse_app.domain.protocol import InfusionProtocol, Level
from nurse_app.plain_data import MisfitError
from nurse_app.protocol_files.checks.basics import in_order, known, unique

LEVELS: tuple[str, ...] = get_args(Level)


def check_reaction(protocol: InfusionProtocol) -> None:
    """Signs once, actions for every level, and nothing offered before the first-line drug."""
    reaction = protocol.reaction
    unique("reaction.signs", (sign.id for sign in reaction.signs))
    unique("reaction.treatments", reaction.treatments)
    known("reaction.first_line", (reaction.first_line,), reaction.treatments, "one of treatments")
    known("reaction.actions", reaction.actions, LEVELS, "a level")
    known("reaction.actions", LEVELS, reaction.actions, "here, but is a level")
    for level, actions in reaction.actions.items():
        unique(f"reaction.actions.{level}", actions)
    _check_first_line(protocol)
    order = reaction.epinephrine
    steps = ("repeat_minutes", order.repeat_minutes), ("repeat_until_minutes", order.repeat_until_minutes)
    in_order("reaction.epinephrine", *steps)


def _check_first_line(protocol: InfusionProtocol) -> None:
    reaction = protocol.reaction
    place = "reaction.actions.anaphylaxis"
    given = [action for action in reaction.actions["anaphylaxis"] if action in reaction.treatments]
    if reaction.first_line not in given:
        raise MisfitError(place, f"“{reaction.first_line}”, the first-line treatment, is missing")
    if given[0] != reaction.first_line:
        raise MisfitError(place, f"“{given[0]}” comes before “{reaction.first_line}”, the first-line treatment")
