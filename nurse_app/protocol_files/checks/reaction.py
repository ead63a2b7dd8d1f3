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
    _check_paths(protocol)
    order = reaction.epinephrine
    steps = ("repeat_minutes", order.repeat_minutes), ("repeat_until_minutes", order.repeat_until_minutes)
    in_order("reaction.epinephrine", *steps)
    if reaction.look_again is not None:
        again = reaction.look_again
        in_order("reaction.look_again", ("from_minutes", again.from_minutes), ("until_minutes", again.until_minutes))


def _check_paths(protocol: InfusionProtocol) -> None:
    """Nothing that every reaction begins with, and nothing of a path, is a drug."""
    reaction = protocol.reaction
    unique("reaction.first_acts", reaction.first_acts)
    unique("reaction.paths", (path.id for path in reaction.paths))
    signs = {sign.id for sign in reaction.signs}
    for path in reaction.paths:
        known(f"reaction.paths.{path.id}.signs", path.signs, signs, "a sign")
        unique(f"reaction.paths.{path.id}.acts", path.acts)
    for place, acts in (("first_acts", reaction.first_acts), *((f"paths.{p.id}", p.acts) for p in reaction.paths)):
        drugs = [act for act in acts if act in reaction.treatments]
        if drugs:
            raise MisfitError(f"reaction.{place}", f"“{drugs[0]}” is a treatment: it belongs into the list of a level")


def _check_first_line(protocol: InfusionProtocol) -> None:
    reaction = protocol.reaction
    place = "reaction.actions.anaphylaxis"
    given = [action for action in reaction.actions["anaphylaxis"] if action in reaction.treatments]
    if reaction.first_line not in given:
        raise MisfitError(place, f"“{reaction.first_line}”, the first-line treatment, is missing")
    if given[0] != reaction.first_line:
        raise MisfitError(place, f"“{given[0]}” comes before “{reaction.first_line}”, the first-line treatment")
